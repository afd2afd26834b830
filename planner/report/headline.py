"""The answer in a buyer's words: the ramp, the money, what to sign, how sure we are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.report.agreements import first_day, sorted_decisions, sorted_orders
from planner.report.answer import Answer
from planner.report.capacity import RampPoint, find_ramp
from planner.report.table import grouped, show, show_mw, show_share
from planner.report.view import View, show_money
from planner.vocabulary import Status

IN_MONEY = ("expected_cost", "cash_cost", "shortage_cost", "surplus_cost", "spend")


def find_headline(answer: Answer) -> list[str]:
    """Sentences, most important first. Says "optimal" only of a plan proven to the asked gap and checked."""
    view = answer.view
    if view is None:
        return [*_no_plan(answer), *_reasons(answer)]
    failed = [] if answer.verified else [_check(answer)]
    passed = [_check(answer)] if answer.verified else []
    return [*failed, *_ramp(view), *_reasons(answer), _money(view), *_agreements(view), *_orders(view), _proof(answer), *passed]


def _no_plan(answer: Answer) -> list[str]:
    if answer.result.status == Status.INFEASIBLE:
        return ["No plan meets every rule."]
    reason = f": {answer.mask.text(answer.result.reason)}" if answer.result.reason else ""
    return [f"Stopped before any plan was found{reason}. Whether one exists is not known."]


def _reasons(answer: Answer) -> list[str]:
    return [answer.mask.text(text) for reason in answer.result.reasons if (text := reason_text(reason))]


def reason_text(reason: dict[str, Any]) -> str:
    """The sentence of one reason."""
    return str(reason.get("text", ""))


def _ramp(view: View) -> list[str]:
    found: dict[str, list[RampPoint]] = defaultdict(list)
    for point in find_ramp(view):
        found[point.demand].append(point)
    return [_ramp_of(name if len(found) > 1 else "", points, view) for name, points in found.items()]


def _ramp_of(name: str, points: list[RampPoint], view: View) -> str:
    whose = f" of {name}" if name else ""
    last, worst = points[-1], max(points, key=lambda point: point.gap)
    if not worst.gap:
        reach = next((p for p in points if p.target >= last.target), last)
        return f"The ramp{whose} is met in full: {show_mw(last.target)} a year from {reach.period}."
    years = view.scenario.calendar.months / 12
    open_years = sum(point.gap for point in points) * years / 1000
    gap = f"the gap is widest in {worst.period} with {show_mw(worst.gap)} a year and adds up to {grouped(open_years, 2)} GW-years"
    if last.gap:
        return f"Reachable: {show_mw(last.met)} of {show_mw(last.target)} a year{whose} by {last.period}; {gap}."
    closed = max((i for i, point in enumerate(points) if point.gap), default=0) + 1
    return f"The ramp{whose} is met from {points[closed].period}, {show_mw(last.target)} a year at the end; before that {gap}."


def _money(view: View) -> str:
    money, measures = view.scenario.money, view.plan.measures
    cash = show_money(measures.get("cash_cost", 0.0), money)
    penalty = show_money(measures.get("shortage_cost", 0.0), money)
    text = f"Cash {cash}; capacity-gap penalty {penalty}"
    if measures.get("surplus_cost"):
        text += f"; carrying surplus capacity {show_money(measures['surplus_cost'], money)}"
    return f"{text} (discounted to {view.scenario.calendar.start})."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _agreements(view: View) -> list[str]:
    start, parts = view.scenario.calendar.start, list[str]()
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    decided = [("sign", d) for d in sorted_decisions(view.plan.signings)] + [
        ("qualify", d) for d in sorted_decisions(view.plan.vetting)
    ]
    for verb, decision in decided:
        when = "now" if first_day(decision.period) <= start else f"in {decision.period}"
        groups[when, verb].append(view.supplier(decision.supplier))
    for when, verb in sorted(groups, key=lambda key: (key[0] != "now", key[0], key[1] != "sign")):
        parts.append(f"{verb} {_listed(groups[when, verb])} {when}")
    if not parts:
        return ["Nobody new needs to be qualified or signed."]
    text = ", ".join(parts)
    return [f"{text[0].upper()}{text[1:]}."]


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
    later = f" {counted(rest, 'purchase order')} more by {view.period(orders[-1].ordered)}." if rest else ""
    return [f"{when}: {_listed(parts)}.{later}"]


def counted(number: float, thing: str) -> str:
    """``1 line``, ``12 lines``, ``2.50 lines``."""
    text = show(number, "units")
    return f"{text} {thing}{'' if text == '1' or thing.endswith('s') else 's'}"


def _proof(answer: Answer) -> str:
    result = answer.result
    gap = "unknown" if result.gap is None else show_share(result.gap)
    if result.status == Status.OPTIMAL:
        return f"Optimal within the gap asked for: at most {gap} above the best possible{_room(answer)}."
    reason = f" ({answer.mask.text(result.reason)})" if result.reason else ""
    return f"A good plan, not proven best: stopped early{reason} with a gap of {gap}{_room(answer)}."


def _room(answer: Answer) -> str:
    """Between what and what the best lies, where the objective is money."""
    result, money = answer.result, answer.scenario.money
    if (
        cost is None
        or result.objective is None
        or result.bound is None
        or abs(cost - result.objective) > 1e-6 * max(1.0, abs(cost))
    ):
        return ""
    return f" (between {show_money(result.bound, money)} and {show_money(result.objective, money)})"


def _check(answer: Answer) -> str:
    if answer.verified:
        return "Checked independently: every rule, day and payment agrees."
    found = counted(len(answer.result.audit.get("findings", [])), "disagreement")
    return f"NOT VERIFIED: the independent check found {found}; do not use this plan."
