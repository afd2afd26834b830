"""The answer in a buyer's words: the ramp, the money, what to sign, how sure we are."""

from __future__ import annotations

from planner.report.answer import Answer
from planner.report.brief import FirstOrders, RampFact, find_first_orders, find_proof, find_ramp_facts, find_steps
from planner.report.futures import explain_futures
from planner.report.obstacles import explain_no_plan, explain_rules
from planner.report.shortfall import explain_gaps
from planner.report.table import counted, grouped, listed, show_mw, show_share
from planner.report.view import View, show_money


def find_headline(answer: Answer) -> list[str]:
    """Sentences, most important first. Says "optimal" only of a plan proven to the asked gap and checked."""
    view = answer.view
    if view is None:
        return [*explain_no_plan(answer), *explain_rules(answer)]
    quiet = [*_ramp(view, answer.result.minimised == "shortage"), *explain_gaps(view), _money(view)]
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
    return [_ramp_of(fact, most) for fact in find_ramp_facts(view)]


def _ramp_of(fact: RampFact, most: bool) -> str:
    whose = f" of {fact.demand}" if fact.demand else ""
    if not fact.gap_mw:
        return f"The ramp{whose} is met in full: {show_mw(fact.wanted_mw)} a year from {fact.since}."
    gap = f"the gap is widest in {fact.widest} with {show_mw(fact.gap_mw)} a year"
    gap += f" and adds up to {grouped(fact.open_gw_years, 2)} GW-years"
    if not fact.since:
        verb = "At its best the ramp reaches" if most else "The plan reaches"
        return f"{verb} {show_mw(fact.reached_mw)} of the {show_mw(fact.wanted_mw)} a year{whose} wanted by {fact.last}; {gap}."
    return f"The ramp{whose} is met from {fact.since}, {show_mw(fact.wanted_mw)} a year at the end; before that {gap}."


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
    parts: dict[str, list[str]] = {}
    for step in find_steps(view):
        parts.setdefault("" if step.now else step.period, []).append(f"{step.verb} {listed(list(step.suppliers))}")
    now_text = f"Now: {', '.join(parts.pop(''))}." if "" in parts else "Now: nobody to sign or qualify."
    then = "Then, if nothing happens" if view.branches and not view.paths.staged else "Then"
    later = "; ".join(f"{when} {', '.join(what)}" for when, what in parts.items())
    return [now_text, *([f"{then}: {later}."] if later else [])]


def _orders(view: View) -> list[str]:
    first = find_first_orders(view)
    return ["Nothing is ordered."] if first is None else [_first_orders(view, first)]


def _first_orders(view: View, first: FirstOrders) -> str:
    parts = [f"{counted(lot.units, lot.unit)} of {lot.offer} shipping {lot.ships}" for lot in first.lots]
    when = f"Order {view.this_period}" if first.now else f"First orders, {first.period}"
    later = f" {counted(first.more, 'more purchase order')} by {first.until}." if first.more else ""
    return f"{when}: {listed(parts)}.{later}"


def _proof(answer: Answer) -> str:
    proof, money = find_proof(answer), answer.scenario.money
    room, gap = "", "unknown" if proof.gap is None else show_share(proof.gap)
    if proof.low is not None and proof.high is not None:
        room = f" (between {show_money(proof.low, money)} and {show_money(proof.high, money)})"
    if proof.kind == "best":
        return "Optimal: proven that no plan is better."
    if proof.kind == "asked":
        return f"Optimal within the gap asked for: at most {gap} above the best possible{room}."
    reason = f" ({proof.reason})" if proof.reason else ""
    return f"A good plan, not proven best: stopped early{reason} with a gap of {gap}{room}."


def _check(answer: Answer) -> str:
    if answer.verified:
        return "Checked independently: every rule, day and payment agrees."
    found = counted(len(answer.result.audit.get("findings", [])), "disagreement")
    return f"NOT VERIFIED: the independent check found {found}; do not use this plan."
