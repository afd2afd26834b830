"""A trade-off: one point for each plan, what is proven below it, the knee and the line it is measured from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, GREY, ORANGE, Look, Say, finish, scale_of, values
from planner.studies.frontier.axes import Axis
from planner.studies.frontier.points import Frontier

HEIGHT = 400
ROOM = 0.06
"""Part of the range left free beside the points."""
PICKED = "point"
"""Name of the selection: the ``number`` of the point a reader clicks on."""
FORMATS = {"share": ".1~%", "suppliers": "d"}


def draw_tradeoff(
    found: Frontier, chosen: int, name: Callable[[Axis], str], show: Callable[[Axis, float], str], say: Say, look: Look
) -> alt.LayerChart:
    """At least one point; ``chosen`` has a ring. ``name`` says an axis with its unit, ``show`` a number on it."""
    tips = [alt.Tooltip(f"{key}:N", title=say(f"trade.tip_{key}")) for key in ("number", "against_text", "of_text", "bound_text")]
    records = [_record(found, place, show, say) for place in range(len(found.points))]
    x = alt.X(
        "against:Q", title=name(found.against), scale=_scale([point.against for point in found.points]), axis=_axis(found.against)
    )
    y = alt.Y("of:Q", title=name(found.of), scale=alt.Scale(zero=False, padding=20), axis=_axis(found.of))
    base = alt.Chart(values(records))
    kinds = [say("trade.plan"), *([say("trade.knee")] if found.knee is not None else [])]
    legend = alt.Legend(title=None, orient="top", symbolType="circle", symbolSize=120)
    colour = alt.Color("kind:N", scale=scale_of(kinds, (BLUE, ORANGE)), legend=legend)
    layers: list[Any] = []
    if len(records) > 1:
        ends = alt.Chart(values([records[0], records[-1]]))
        steps = alt.Chart(values(_stairs(records)))
        layers = [
            ends.mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1.5).encode(x=x, y=y),
            steps.mark_line(color=BLUE, strokeWidth=2).encode(x=x, y=y, order="place:O"),
        ]
    layers += [
        base.transform_filter("isValid(datum.bound)").mark_rule(color=GREY, strokeWidth=4, opacity=0.6)
        .encode(x=x, y=y, y2="bound:Q"),
        base.mark_text(color=look.ink, dx=12, dy=-12, fontWeight="bold").encode(x=x, y=y, text="number:N"),
        base.transform_filter(f"datum.number == {chosen + 1}").mark_point(
            size=420, color=look.ink, strokeWidth=2.5, filled=False, opacity=1
        ).encode(x=x, y=y),
        base.mark_circle(size=160, opacity=1, cursor="pointer")
        .encode(x=x, y=y, color=colour, tooltip=tips)
        .add_params(alt.selection_point(name=PICKED, fields=["number"], on="click", toggle=False)),
    ]  # fmt: skip
    return finish(layers, HEIGHT)


def _scale(numbers: Sequence[float]) -> alt.Scale:
    """Some room on both sides of the points, yet nothing below 0 where no point is."""
    low, high = min(numbers), max(numbers)
    room = ROOM * (high - low) or 0.5 * max(abs(high), 1.0)
    begin = low - room if low < 0 else max(0.0, low - room)
    return alt.Scale(domain=[begin, high + room], nice=False, zero=False)


def _axis(axis: Axis) -> alt.Axis:
    return alt.Axis(format=FORMATS.get(axis.unit, ",.4~f"), tickMinStep=1 if axis.unit == "suppliers" else alt.Undefined)


def _record(found: Frontier, place: int, show: Callable[[Axis, float], str], say: Say) -> dict[str, Any]:
    point = found.points[place]
    return {
        "number": place + 1,
        "of": point.of,
        "against": point.against,
        "bound": point.bound,
        "kind": say("trade.knee" if place == found.knee else "trade.plan"),
        "of_text": show(found.of, point.of),
        "against_text": show(found.against, point.against),
        "bound_text": "–" if point.bound is None else show(found.of, point.bound),
    }


def _stairs(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Between two points the dearer plan is what is known."""
    found = [{"place": 0, "against": records[0]["against"], "of": records[0]["of"]}]
    for before, after in pairwise(records):
        found.append({"place": len(found), "against": after["against"], "of": before["of"]})
        found.append({"place": len(found), "against": after["against"], "of": after["of"]})
    return found
