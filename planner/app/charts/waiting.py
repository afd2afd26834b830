"""What waiting costs: the later the first signature, the dearer the best plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, RED, Look, Say, finish, values
from planner.explain.explanation import Delay
from planner.report.table import digits_for, grouped


def draw_delays(delays: Sequence[Delay], money: str, say: Say, look: Look) -> alt.LayerChart:
    """A point for each period with what surely lies between; a red cross where no plan keeps every rule. Money in ``money``."""
    records = [_record(delay, money, say) for delay in delays]
    order = [delay.period for delay in delays]
    x = alt.X("period:N", sort=order, axis=alt.Axis(title=say("why.waiting_axis"), labelAngle=0))
    y = alt.Y("value:Q", axis=alt.Axis(title=say("why.waiting_costs", money=money)), scale=alt.Scale(zero=True))
    tips = [alt.Tooltip("period:N", title=say("why.waiting_axis")), alt.Tooltip("text:N", title=say("why.waiting_more"))]
    base = alt.Chart(values(records)).encode(x=x, tooltip=tips)
    known = base.transform_filter("isValid(datum.value)")
    layers: list[Any] = [
        known.mark_line(color=BLUE, strokeWidth=2).encode(y=y),
        base.transform_filter("isValid(datum.low) && isValid(datum.high)").mark_rule(color=BLUE, strokeWidth=2).encode(
            y=alt.Y("low:Q"), y2="high:Q"
        ),
        known.mark_point(color=BLUE, filled=True, size=70).encode(y=y),
        known.mark_text(dy=-12, color=look.ink, fontSize=11).encode(y=y, text="shown:N"),
        base.transform_filter("datum.never").mark_text(text="✕", color=RED, fontSize=16).encode(y=alt.datum(0)),
    ]  # fmt: skip
    return finish(layers, 260)


def _record(delay: Delay, money: str, say: Say) -> dict[str, Any]:
    costs = delay.costs
    never = costs.verdict == "impossible"
    shown = "" if costs.value is None else grouped(costs.value, digits_for(costs.value))
    return {
        "period": delay.period, "value": None if never else costs.value, "low": costs.low, "high": costs.high, "never": never,
        "shown": shown, "text": say("why.waiting_never") if never else f"{shown} {money}".strip() if shown else "–",
    }  # fmt: skip
