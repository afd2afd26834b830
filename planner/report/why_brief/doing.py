"""What to do and what it gives: whom to sign, what to order, the ramp, the money, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.sentence import Sentence, Value
from planner.report.answer import Answer
from planner.report.brief import FirstOrders, RampFact, Step, find_first_orders, find_proof, find_ramp_facts, find_steps
from planner.report.view import View
from planner.report.why_brief.pieces import begins, lot, money, parts

MOST_LOTS, MOST_PERIODS = 6, 3


def say_doing(view: View) -> Iterator[Sentence]:
    """Agreements now and later, the first purchase orders."""
    steps = find_steps(view)
    step = view.scenario.calendar.step
    if not any(one.now for one in steps):
        yield Sentence("brief_nobody_now", {"when": begins("", step, "calendar")})
    quiet = "_quiet" if view.branches and not view.paths.staged else ""
    for period in list(dict.fromkeys(one.period for one in steps))[: MOST_PERIODS + 1]:
        yield _agreements([one for one in steps if one.period == period], step, "" if not period else quiet)
    first = find_first_orders(view)
    yield Sentence("brief_no_orders", {}) if first is None else _orders(view, first)
    if first and first.more:
        values = {"count": Value("count", first.more, "plan.orders"), "until": Value("period", first.until, "plan.orders")}
        yield Sentence("brief_more_order" if first.more == 1 else "brief_more_orders", values)


def _agreements(steps: list[Step], step: str, quiet: str) -> Sentence:
    """Sign and qualify in one period."""
    when = begins("" if steps[0].now else steps[0].period, step, "plan.signings, plan.vetting")
    sources = {"sign": "plan.signings", "qualify": "plan.vetting"}
    who: dict[str, Value] = {one.verb: Value("name", one.suppliers, sources[one.verb]) for one in steps}
    verbs = "_".join(verb for verb in ("sign", "qualify") if verb in who)
    return Sentence(f"brief_{verbs}{quiet}", {"when": when, **who})


def _orders(view: View, first: FirstOrders) -> Sentence:
    """The first purchase orders by offer and shipment, the most units first."""
    lots = sorted(first.lots, key=lambda one: -one.units)
    shown = [
        Sentence(
            "brief_lot",
            {
                "units": lot(one.units, one.units, one.unit, "plan.orders"),
                "offer": Value("name", one.offer, "plan.orders"),
                "ships": Value("period", one.ships, "plan.orders"),
            },
        )
        for one in lots[:MOST_LOTS]
    ]
    when = begins("" if first.now else first.period, view.scenario.calendar.step, "plan.orders")
    values = {"when": when, "lots": parts(shown)}
    if (rest := len(lots) - MOST_LOTS) > 0:
        return Sentence(
            f"brief_orders_rest{'_one' if rest == 1 else ''}", {**values, "rest": Value("count", rest, "plan.orders")}
        )
    return Sentence("brief_orders", values)


def say_ramp(view: View) -> Iterator[Sentence]:
    """How far the ramp is met; if nothing happens."""
    for fact in find_ramp_facts(view):
        yield _ramp(fact, "_quiet" if view.branches else "")


def _ramp(fact: RampFact, quiet: str) -> Sentence:
    values = {"wanted": Value("mw", fact.wanted_mw, "demand.target_mw")}
    whose = "_of" if fact.demand else ""
    if fact.demand:
        values["demand"] = Value("demand", fact.demand, "demand")
    if fact.since:
        values["since"] = Value("period", fact.since, "plan.shortage")
    if fact.gap_mw:
        values["widest"] = Value("period", fact.widest, "plan.shortage")
        values["gap"] = Value("mw", fact.gap_mw, "plan.shortage")
        values["open"] = Value("gw_years", fact.open_gw_years, "plan.shortage")
    if not fact.since:
        values["reached"] = Value("mw", fact.reached_mw, "plan.output")
        values["last"] = Value("period", fact.last, "calendar")
    kind = "met" if not fact.gap_mw else "late" if fact.since else "short"
    return Sentence(f"brief_ramp_{kind}{whose}{quiet}", values)


def say_money(answer: Answer, view: View) -> Iterator[Sentence]:
    """Cash and penalty, always as two numbers; over all futures where there are several, and of the worst ones."""
    measures = answer.result.measures
    values = {
        "cash": money(measures["cash_cost"], "plan.measures.cash_cost"),
        "penalty": money(measures["shortage_cost"], "plan.measures.shortage_cost"),
        "day": Value("day", view.scenario.calendar.start, "calendar.start"),
    }
    if not view.branches:
        yield Sentence("brief_money", values)
        return
    futures = len(view.everything.futures)
    yield Sentence("brief_money_average", {**values, "count": Value("count", futures, "plan.futures")})
    worst = {
        "tail": Value("percent", 1 - view.scenario.policy.tail, "policy.tail"),
        "cost": money(measures["cvar_cost"], "plan.measures.cvar_cost"),
    }
    yield Sentence("brief_worst", worst)


def say_proof(answer: Answer) -> Sentence:
    """How far the plan is proven best, and that it has been checked."""
    if not answer.verified:
        return Sentence("brief_not_verified", {"count": Value("count", len(answer.result.audit.get("findings", [])), "audit")})
    proof = find_proof(answer)
    if proof.kind == "best":
        return Sentence("brief_proof_best", {})
    if proof.gap is None:
        return Sentence("brief_proof_none", {})
    return Sentence("brief_proof_gap", {"gap": Value("share", proof.gap, "gap")})
