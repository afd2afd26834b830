"""The facts a headline is made of, before anybody puts them into words: the ramp, the money, what to sign, how sure we are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from planner.report.agreements import first_day, sorted_decisions, sorted_orders
from planner.report.answer import Answer
from planner.report.capacity import RampPoint, find_ramp
from planner.report.view import View
from planner.vocabulary import Status

IN_MONEY = (
    "expected_cost", "cvar_cost", "worst_cost", "weighted_cost", "cash_cost", "shortage_cost", "surplus_cost", "spend",
)  # fmt: skip
PROVEN_BEST = 5e-7
"""A gap that is rounding only."""
Verb = Literal["sign", "qualify"]


@dataclass(frozen=True, slots=True)
class RampFact:
    """How one demand is met; MW a year. ``demand`` is empty where there is only one.

    ``since``: the first period from which nothing is open; empty when the last period is open too. ``widest`` is the
    period of the widest gap ``gap_mw``, ``open_gw_years`` all gaps until the end of the plan.
    """

    demand: str
    wanted_mw: float
    reached_mw: float
    last: str
    since: str
    widest: str
    gap_mw: float
    open_gw_years: float


@dataclass(frozen=True, slots=True)
class Step:
    """Suppliers (masked names) to ``verb`` in ``period``; ``now`` on the first day of the plan."""

    verb: Verb
    period: str
    now: bool
    suppliers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of one offer (masked) that are ordered together to ship in the period ``ships``."""

    offer: str
    units: float
    unit: str
    ships: str


@dataclass(frozen=True, slots=True)
class FirstOrders:
    """What is ordered first, in ``period``; ``now``: on the first day of the plan. ``more`` orders follow by ``until``."""

    period: str
    now: bool
    lots: tuple[Lot, ...]
    more: int
    until: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the plan is proven.

    ``best``: no plan is better; ``asked``: within the gap asked for; ``stopped``: early; ``so_far``: the search goes on.
    ``low`` and ``high``: between what and what the best lies, where the objective is money.
    """

    kind: Literal["best", "asked", "stopped", "so_far"]
    gap: float | None
    low: float | None
    high: float | None
    reason: str


def find_ramp_facts(view: View) -> list[RampFact]:
    """One fact for every demand, in order."""
    found: dict[str, list[RampPoint]] = defaultdict(list)
    for point in find_ramp(view):
        found[point.demand].append(point)
    years = view.scenario.calendar.months / 12
    return [_ramp_fact(name if len(found) > 1 else "", points, years) for name, points in found.items()]


def _ramp_fact(name: str, points: list[RampPoint], years: float) -> RampFact:
    last, worst = points[-1], max(points, key=lambda point: point.gap)
    if worst.gap:
        closed = max(i for i, point in enumerate(points) if point.gap) + 1
        since = points[closed].period if closed < len(points) else ""
    else:
        since = next((p for p in points if p.target >= last.target), last).period
    open_gw_years = sum(point.gap for point in points) * years / 1000
    return RampFact(name, last.target, last.met, last.period, since, worst.period, worst.gap, open_gw_years)


def find_steps(view: View) -> list[Step]:
    """Whom to sign and qualify, by period; in each period the verb that comes first first."""
    groups: dict[tuple[bool, str], dict[Verb, list[str]]] = defaultdict(lambda: defaultdict(list))
    decided: list[tuple[Verb, str, str]] = [("sign", d.period, d.supplier) for d in sorted_decisions(view.plan.signings)]
    decided += [("qualify", d.period, d.supplier) for d in sorted_decisions(view.plan.vetting)]
    for verb, period, supplier in sorted(decided, key=lambda found: first_day(found[1])):
        now = first_day(period) <= view.scenario.calendar.start
        groups[now, "" if now else period][verb].append(view.supplier(supplier))
    return [Step(verb, period, now, tuple(who)) for (now, period), verbs in groups.items() for verb, who in verbs.items()]


def find_first_orders(view: View) -> FirstOrders | None:
    """The purchase orders of the first day on which anything is ordered; None without orders."""
    orders = sorted_orders(view.plan.orders)
    if not orders:
        return None
    first = orders[0].ordered
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for order in orders:
        if order.ordered == first:
            sums[order.offer, view.period(order.ships), view.scenario.offer[order.offer].unit] += order.units
    lots = tuple(Lot(view.mask.offer(offer), units, unit, ships) for (offer, ships, unit), units in sums.items())
    more = sum(order.ordered != first for order in orders)
    return FirstOrders(
        view.period(first), first == view.scenario.calendar.start, lots, more, view.period(orders[-1].ordered) if more else ""
    )


def find_proof(answer: Answer, goes_on: bool = False) -> Proof:
    """How far the plan of the answer is proven; ``goes_on``: the search lasts."""
    result = answer.result
    low, high = None, None
    if result.objective is not None and result.bound is not None and result.minimised in IN_MONEY:
        low, high = result.bound, result.objective
    if goes_on:
        return Proof("so_far", result.gap, low, high, "")
    if result.status == Status.OPTIMAL and result.gap is not None and result.gap < PROVEN_BEST:
        return Proof("best", result.gap, low, high, "")
    if result.status == Status.OPTIMAL:
        return Proof("asked", result.gap, low, high, "")
    return Proof("stopped", result.gap, low, high, answer.mask.text(result.reason))
