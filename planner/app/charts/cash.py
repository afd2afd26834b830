"""Cash by period, stacked by milestone or by the currency it is paid in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import Look, Say, finish, legend, moment, scale_of, time_axis, values
from planner.report.flows import ORDER, Flow
from planner.report.table import digits_for, grouped
from planner.report.view import money_unit, show_money
from planner.scenario.dates import add_months
from planner.scenario.money import Money

HEIGHT = 380


def draw_cash(
    flows: Sequence[Flow], months: int, money: Money, name: Callable[[str], str], say: Say, look: Look
) -> alt.LayerChart:
    """At least one flow. ``months`` per period, ``money`` says the unit of amounts, ``name`` says a milestone or currency."""
    begin, end = min(f.begin for f in flows), add_months(max(f.begin for f in flows), months)
    axis, scale = time_axis(begin, end)
    present = {flow.name for flow in flows}
    known = [*(n for n in ORDER if n in present), *sorted(present - set(ORDER))]
    keys = ("period", "what", "amount", "paid")
    tips = [alt.Tooltip(f"{key}:N", title=say(f"plan.tip_{key}")) for key in keys]
    bars = (
        alt.Chart(values(_records(flows, months, money, name)))
        .mark_bar(stroke=look.paper, strokeWidth=0.5)
        .encode(
            x=alt.X("begin:T", axis=axis, scale=scale),
            x2="end:T",
            y=alt.Y("low:Q", title=money_unit(money), axis=alt.Axis(format=",.3~f")),
            y2="high:Q",
            color=alt.Color("what:N", scale=scale_of([name(n) for n in known]), legend=legend()),
            tooltip=tips,
        )
    )
    return finish([bars], HEIGHT)


def _records(flows: Sequence[Flow], months: int, money: Money, name: Callable[[str], str]) -> list[dict[str, Any]]:
    """Payments grow upwards, refunds downwards."""
    levels: dict[tuple[str, bool], float] = {}
    found = []
    for flow in flows:
        side = flow.period, flow.amount < 0
        low = levels.get(side, 0.0)
        levels[side] = low + flow.amount
        room = add_months(flow.begin, months) - flow.begin
        found.append(
            {
                "period": flow.period,
                "begin": moment(flow.begin + room * 0.08),
                "end": moment(flow.begin + room * 0.92),
                "low": low,
                "high": low + flow.amount,
                "what": name(flow.name),
                "amount": show_money(flow.amount, money),
                "paid": f"{grouped(flow.paid, digits_for(flow.paid))} {flow.currency}" if flow.paid is not None else "–",
            }
        )
    return found
