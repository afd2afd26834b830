"""The answer in a buyer's words: the ramp, the money, what to sign, how sure we are."""

from __future__ import annotations

from collections import defaultdict

from planner.report.agreements import first_day, sorted_decisions, sorted_orders
from planner.report.answer import Answer
from planner.report.capacity import RampPoint, find_ramp
from planner.report.futures import explain_futures
from planner.report.obstacles import explain_gap, explain_no_plan, explain_rules
from planner.report.table import counted, grouped, listed, show_mw, show_share
from planner.report.view import View, show_money
from planner.vocabulary import Status

IN_MONEY = (
    "expected_cost", "cvar_cost", "worst_cost", "weighted_cost", "cash_cost", "shortage_cost", "surplus_cost", "spend",
)  # fmt: skip
PROVEN_BEST = 5e-7
"""A gap that is rounding only."""


def find_headline(answer: Answer) -> list[str]:
    """Sentences, most important first. Says "optimal" only of a plan proven to the asked gap and checked."""
    view = answer.view
    if view is None:
        return [*explain_no_plan(answer), *explain_rules(answer)]
    quiet = [*_ramp(view, answer.result.minimised == "shortage"), *explain_gap(view), _money(view)]
    answers = [
        *([_if_nothing(quiet[0]), *quiet[1:]] if view.branches else quiet),
        *_agreements(view),
        *_orders(view),
        *explain_futures(view),
    ]
    return [*answers, _proof(answer), _check(answer)] if answer.verified else [_check(answer), *answers]


def _if_nothing(sentence: str) -> str:
    """The sentence as what holds if nothing happens; those after it go on in the same vein."""
    return f"If nothing happens, {sentence[:1].lower()}{sentence[1:]}"


def _ramp(view: View, most: bool) -> list[str]:
    found: dict[str, list[RampPoint]] = defaultdict(list)
    for point in find_ramp(view):
        found[point.demand].append(point)
    return [_ramp_of(name if len(found) > 1 else "", points, view, most) for name, points in found.items()]


def _ramp_of(name: str, points: list[RampPoint], view: View, most: bool) -> str:
    whose = f" of {name}" if name else ""
    last, worst = points[-1], max(points, key=lambda point: point.gap)
    if not worst.gap:
        reach = next((p for p in points if p.target >= last.target), last)
        return f"The ramp{whose} is met in full: {show_mw(last.target)} a year from {reach.period}."
    years = view.scenario.calendar.months / 12
    open_years = sum(point.gap for point in points) * years / 1000
    gap = f"the gap is widest in {worst.period} with {show_mw(worst.gap)} a year and adds up to {grouped(open_years, 2)} GW-years"
    if last.gap:
        verb = "At its best the ramp reaches" if most else "The plan reaches"
        return f"{verb} {show_mw(last.met)} of the {show_mw(last.target)} a year{whose} wanted by {last.period}; {gap}."
    closed = max((i for i, point in enumerate(points) if point.gap), default=0) + 1
    return f"The ramp{whose} is met from {points[closed].period}, {show_mw(last.target)} a year at the end; before that {gap}."


def _money(view: View) -> str:
    money, measures = view.scenario.money, view.plan.measures
    cash = show_money(measures.get("cash_cost", 0.0), money)
    penalty = show_money(measures.get("shortage_cost", 0.0), money)
    text = f"{'If nothing happens: cash' if view.branches else 'Cash'} {cash}; capacity-gap penalty {penalty}"
    if measures.get("surplus_cost"):
        text += f"; carrying surplus capacity {show_money(measures['surplus_cost'], money)}"
    return f"{text} (discounted to {view.scenario.calendar.start})."


def _agreements(view: View) -> list[str]:
    """What to sign and whom to qualify now; then the same for every later period."""
    groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    decided = [("sign", d) for d in sorted_decisions(view.plan.signings)] + [
        ("qualify", d) for d in sorted_decisions(view.plan.vetting)
    ]
    for verb, decision in sorted(decided, key=lambda pair: first_day(pair[1].period)):
        now = first_day(decision.period) <= view.scenario.calendar.start
        groups["now" if now else decision.period][verb].append(view.supplier(decision.supplier))
    parts = {when: ", ".join(f"{verb} {listed(names)}" for verb, names in verbs.items()) for when, verbs in groups.items()}
    now_text = f"Now: {parts.pop('now')}." if "now" in parts else "Now: nobody to sign or qualify."
    then = "Then, if nothing happens" if view.branches and not view.paths.staged else "Then"
    return [now_text, *([f"{then}: {'; '.join(f'{when} {text}' for when, text in parts.items())}."] if parts else [])]


def _orders(view: View) -> list[str]:
    orders = sorted_orders(view.plan.orders)
    if not orders:
        return ["Nothing is ordered."]
    first = orders[0].ordered
    now = [order for order in orders if order.ordered == first]
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for order in now:
        ships = view.period(order.ships)
        sums[order.offer, ships, view.scenario.offer[order.offer].unit] += order.units
    parts = [
        f"{counted(units, unit)} of {view.mask.offer(offer)} shipping {ships}" for (offer, ships, unit), units in sums.items()
    ]
    when = f"Order {view.this_period}" if first == view.scenario.calendar.start else f"First orders, {view.period(first)}"
    rest = len(orders) - len(now)
    later = f" {counted(rest, 'more purchase order')} by {view.period(orders[-1].ordered)}." if rest else ""
    return [f"{when}: {listed(parts)}.{later}"]


def _proof(answer: Answer) -> str:
    result = answer.result
    gap = "unknown" if result.gap is None else show_share(result.gap)
    if result.status == Status.OPTIMAL and result.gap is not None and result.gap < PROVEN_BEST:
        return "Optimal: proven that no plan is better."
    if result.status == Status.OPTIMAL:
        return f"Optimal within the gap asked for: at most {gap} above the best possible{_room(answer)}."
    reason = f" ({answer.mask.text(result.reason)})" if result.reason else ""
    return f"A good plan, not proven best: stopped early{reason} with a gap of {gap}{_room(answer)}."


def _room(answer: Answer) -> str:
    """Between what and what the best lies, where the objective is money."""
    result, money = answer.result, answer.scenario.money
    if result.objective is None or result.bound is None or result.minimised not in IN_MONEY:
        return ""
    return f" (between {show_money(result.bound, money)} and {show_money(result.objective, money)})"


def _check(answer: Answer) -> str:
    if answer.verified:
        return "Checked independently: every rule, day and payment agrees."
    found = counted(len(answer.result.audit.get("findings", [])), "disagreement")
    return f"NOT VERIFIED: the independent check found {found}; do not use this plan."
