"""The tree of futures: when news comes and how likely it is on the left, what each future comes to on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import sqrt
from typing import Any

import altair as alt

from planner.app.charts.look import PALETTE, RED, SKY, Look, Say, finish, legend, moment, scale_of, time_axis, values
from planner.app.words.news import say_kind, say_told
from planner.report.branches import Branch
from planner.report.table import digits_for, grouped, show_share
from planner.report.view import money_unit, show_money
from planner.scenario.money import Money

TREE, NAMES, COSTS = 0.34, 0.36, 0.76
"""Where, as shares of the width, the tree ends, the names begin, and the costs begin."""
FRAME = 110
"""Height of axis and legend."""
THICK, THIN = 10.0, 1.6
KEYS = ("future", "chance", "cash", "penalty", "gap")


def draw_tree(branches: Sequence[Branch], begin: date, end: date, money: Money, say: Say, look: Look) -> alt.LayerChart:
    """Rows from the top: if nothing happens first. ``money`` says the unit of the costs."""
    row = 24 if len(branches) <= 24 else 18
    axis, days = time_axis(begin, end)
    axis.orient, axis.tickCount = "bottom", 4
    calendar = alt.Scale(domain=days.domain, range=[0, {"expr": f"width * {TREE}"}])
    quiet = say("futures.nothing_happens")
    news = [say_kind(b.told[-b.new].name, b.told[-b.new].outcome, say) if b.new else quiet for b in branches]
    kinds = list(dict.fromkeys([quiet, *news]))
    colour = alt.Color("news:N", scale=scale_of(kinds, (look.ink, *PALETTE)), legend=legend(symbol="stroke"))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(branches) - 0.5], reverse=True, nice=False, zero=False))
    tips = [alt.Tooltip(f"{key}:N", title=say(f"futures.tip_{key}")) for key in KEYS]
    width = alt.StrokeWidth("thick:Q", scale=None)
    told = [_tip(branch, money, say) | {"news": kind} for branch, kind in zip(branches, news, strict=True)]
    x = alt.X("begin:T", axis=axis, scale=calendar)
    lines = alt.Chart(values(_lines(branches, told))).mark_rule(strokeCap="butt")
    drops = alt.Chart(values(_drops(branches, told))).mark_rule()
    layers: list[Any] = [
        alt.layer(
            lines.encode(x=x, x2="end:T", y=y, color=colour, strokeWidth=width, tooltip=tips),
            drops.encode(x="begin:T", y=y, y2="to:Q", color=colour, strokeWidth=width, tooltip=tips),
        ),
        *_names(told, y, tips, look),
        *_costs(branches, told, (y, tips), money_unit(money), row, look),
    ]
    return finish(layers, row * len(branches) + FRAME, x="independent")


def _tip(branch: Branch, money: Money, say: Say) -> dict[str, Any]:
    many = f" (× {branch.count})" if branch.count > 1 else ""
    return {
        "row": branch.row,
        "future": say_told(branch.told, say) + many,
        "name": _name(branch, say) + many,
        "chance": show_share(branch.chance),
        "cash": show_money(branch.cash, money),
        "penalty": show_money(branch.penalty, money),
        "gap": say("plan.gw_years", amount=grouped(branch.gap / 1000, 2)),
    }


def _name(branch: Branch, say: Say) -> str:
    """What a row adds to the one it leaves, with a plus for every row it lies below the first news."""
    if branch.deep <= 1:
        return say_told(branch.told, say)
    return f"{'+ ' * (branch.deep - 1)}{say_told(branch.told[-branch.new :], say)}"


def _amount(value: float) -> str:
    return grouped(value, digits_for(value))


def _thick(chance: float) -> float:
    return max(THIN, THICK * sqrt(min(chance, 1.0)))


def _lines(branches: Sequence[Branch], told: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for branch, tip in zip(branches, told, strict=True):
        for stretch in branch.stretches:
            yield tip | {"begin": moment(stretch.begin), "end": moment(stretch.end), "thick": _thick(stretch.chance)}


def _drops(branches: Sequence[Branch], told: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """From the row it leaves down to its own."""
    for branch, tip in zip(branches, told, strict=True):
        if branch.parent >= 0:
            first = branch.stretches[0]
            yield tip | {"begin": moment(first.begin), "to": branch.parent, "thick": _thick(first.chance)}


def _names(told: Sequence[dict[str, Any]], y: alt.Y, tips: list[alt.Tooltip], look: Look) -> list[Any]:
    base = alt.Chart(values(told)).encode(y=y, tooltip=tips)
    room = {"expr": f"width * {COSTS - NAMES - 0.08}"}
    return [
        base.mark_text(align="left", color=look.ink, limit=room).encode(x=alt.value({"expr": f"width * {NAMES}"}), text="name:N"),
        base.mark_text(align="right", color=look.ink).encode(x=alt.value({"expr": f"width * {COSTS - 0.015}"}), text="chance:N"),
    ]


def _costs(
    branches: Sequence[Branch],
    told: Sequence[dict[str, Any]],
    place: tuple[alt.Y, list[alt.Tooltip]],
    money: str,
    row: int,
    look: Look,
) -> list[Any]:
    """Cash and, behind it, the penalty; the sum as a number."""
    y, tips = place
    most = max([1e-9, *(branch.cash + branch.penalty for branch in branches)])
    scale = alt.Scale(domain=[0, most * 1.22], range=[{"expr": f"width * {COSTS}"}, {"expr": "width"}], nice=False)
    axis = alt.Axis(title=money, orient="bottom", format=",.3~f", tickCount=3, grid=False)
    records = [
        tip | {"low": 0.0, "middle": b.cash, "high": b.cash + b.penalty, "text": _amount(b.cash + b.penalty)}
        for b, tip in zip(branches, told, strict=True)
    ]
    base = alt.Chart(values(records)).encode(y=y, tooltip=tips)
    x = alt.X("low:Q", scale=scale, axis=axis)
    high = row - 8
    return [
        alt.layer(
            base.mark_bar(color=SKY, height=high).encode(x=x, x2="middle:Q"),
            base.mark_bar(color=RED, height=high).encode(x=alt.X("middle:Q", scale=scale, axis=axis), x2="high:Q"),
            base.mark_text(align="left", dx=4, color=look.ink).encode(x=alt.X("high:Q", scale=scale, axis=axis), text="text:N"),
        )
    ]
