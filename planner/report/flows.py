"""When cash flows: payments added up by calendar period, by milestone or by currency."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.report.mask import HIDDEN
from planner.report.payments import shown_cash
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit
from planner.scenario.dates import parse_period

By = Literal["milestone", "currency"]
MILESTONES = {
    "vetting": "fees", "signing": "fees", "qualification": "fees", "order fee": "fees", "order": "order", "fat": "fat",
    "shipment": "shipment", "arrival": "arrival", "acceptance": "acceptance", "retention": "retention",
    "freight": "freight and duty", "duty": "freight and duty", "storage": "freight and duty", "refund": "refund",
    HIDDEN: HIDDEN,
}  # fmt: skip
"""Kinds of payment by what they are told apart by in a picture; small ones come together."""
ORDER = tuple(dict.fromkeys(MILESTONES.values()))


@dataclass(frozen=True, slots=True)
class Flow:
    """Cash of one ``name`` (milestone or currency) in one period, base currency, not discounted; refunds count negative.

    ``paid`` is the same in the currency it is paid in where all of it is in that ``currency``, else None.
    """

    period: str
    begin: date
    name: str
    amount: float
    currency: str
    paid: float | None


def find_flows(view: View, by: By) -> list[Flow]:
    """The flows in order of periods; of one period in order of milestones or currencies. Confidential ones come together."""
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    paid: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in shown_cash(view):
        key = view.period(line.day), MILESTONES.get(line.kind, line.kind) if by == "milestone" else line.currency
        amounts[key] += line.amount
        paid[key][line.currency] += line.amount_paid
    ordered = sorted(amounts, key=lambda key: (parse_period(key[0])[0], _place(key[1]), key[1]))
    return [_flow(period, name, amounts[period, name], paid[period, name]) for period, name in ordered]


def _flow(period: str, name: str, amount: float, paid: dict[str, float]) -> Flow:
    currency = next(iter(paid)) if len(paid) == 1 else ""
    return Flow(period, parse_period(period)[0], name, amount, currency, paid[currency] if currency else None)


def flows_table(view: View, by: By) -> Table:
    """One row per period, one column per milestone or currency, and the sum."""
    money, flows = money_unit(view.scenario.money), find_flows(view, by)
    names = list(dict.fromkeys(flow.name for flow in sorted(flows, key=lambda flow: _place(flow.name))))
    rows: list[tuple[Cell, ...]] = []
    for period in dict.fromkeys(flow.period for flow in flows):
        found = {flow.name: flow.amount for flow in flows if flow.period == period}
        rows.append((period, *(found.get(name, 0.0) for name in names), sum(found.values())))
    columns = (Column("period", "Period"), *(Column(name, name, "money", money) for name in names))
    return Table("Cash", "What is paid when?", (*columns, Column("total", "Total", "money", money)), tuple(rows))


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
