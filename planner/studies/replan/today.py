"""Today's question: the scenario as things stand on the day, what is held in it, and what the approved plan goes on to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.errors import UsageError
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import Fixed
from planner.plan.paths import Paths, find_paths
from planner.plan.plan import Plan, Signing, Vetting
from planner.scenario.scenario import Scenario
from planner.studies.compare.weights import news_of
from planner.studies.first import hold
from planner.studies.replan.agreements import Begun, find_begun, with_begun
from planner.studies.replan.news import Course, close_news, find_course
from planner.studies.replan.notes import note_paid
from planner.studies.replan.restate import deciding, find_origin, restate
from planner.studies.replan.signed import Placed, find_placed, find_written, part_placed, with_contracts
from planner.studies.worlds import Data


@dataclass(frozen=True)
class Settled:
    """What has happened by the day. ``vetting`` and ``signing``: suppliers and periods.

    ``held``: orders that stand in the question as orders; ``signed``: as contracts already signed, because their terms are
    others today or they lie before the calendar; ``written``: orders today's scenario has among its contracts already.
    """

    vetting: tuple[tuple[str, str], ...]
    signing: tuple[tuple[str, str], ...]
    held: tuple[Placed, ...]
    signed: tuple[Placed, ...]
    written: tuple[Placed, ...]


@dataclass(frozen=True)
class Today:
    """The question: ``data`` and its ``scenario``, its tree, ``fix`` for what has happened, ``whole`` to keep everything.

    ``restated``: the approved plan's decisions on this tree. ``broken``: those of its later decisions that can no longer be
    taken; then ``whole`` is None. ``came``: news of the approved tree that has come or is certain, in that tree's words.
    ``notes``: what was assumed, in words. The first ``periods`` periods lie before the day.
    """

    data: Data
    scenario: Scenario
    paths: Paths
    periods: int
    fix: Fixed
    whole: Fixed | None
    restated: Plan
    settled: Settled
    broken: tuple[str, ...]
    came: str
    notes: tuple[str, ...]


def read_today(approved: tuple[Scenario, Plan], data: Data, as_of: date) -> Today:
    """The question on a day. Raises UsageError where the approved plan cannot have led to today's scenario."""
    before, plan = approved
    said = Scenario.model_validate(data)
    check_day(before, said, as_of)
    closed, notes = close_news(data, said, as_of)
    scenario = Scenario.model_validate(closed)
    paths, there = find_paths(scenario), find_paths(before)
    periods = sum(start < as_of for start in scenario.calendar.starts[:-1])
    course = _course(before, there, scenario, paths, as_of)
    way = there.trunk if there.staged else there.to(course.node)
    placed = find_placed(before, plan, way, as_of)
    written, beside = find_written(placed, before, scenario)
    waiting = [one for one in placed if one not in written]
    early = [one for one in waiting if one.order.ordered < scenario.calendar.start]
    held, signed = part_placed([one for one in waiting if one not in early], scenario, build_instance(scenario))
    begun = find_begun(before, plan, way, scenario.calendar.start)
    full = with_begun(with_contracts(closed, [*early, *signed]), begun, scenario.calendar.names[0])
    scenario = Scenario.model_validate(full)
    paths, instance = find_paths(scenario), build_instance(scenario)
    origin = find_origin(before, scenario, paths, course, periods)
    decided = {node: origin[node] for node in deciding(paths) if node in origin}
    restated = _without(restate(plan, decided), scenario, periods, {id_of(one) for one in held})
    passed = [node for node in deciding(paths) if paths.at(node).period < periods]
    restated = _with_begun(restated, begun, paths.trunk[0], scenario.calendar.names[0])
    restated, lost = _possible(restated, instance, frozenset(passed))
    broken = find_broken(restated, instance, scenario, frozenset(passed))
    fix = hold(scenario, restated, passed)
    settled = Settled(
        tuple((d.supplier, d.period) for d in plan.vetting if d.node in way and _is_before(before, d.period, as_of)),
        tuple((d.supplier, d.period) for d in plan.signings if d.node in way and _is_before(before, d.period, as_of)),
        tuple(held), (*early, *signed), tuple(written),
    )  # fmt: skip
    begun_here = (
        {name for name, _ in (*settled.vetting, *settled.signing)} - set(begun.signed) - {name for name, _ in begun.vetting}
    )
    told = (
        *notes,
        *(f"{news} has come, which the approved plan's tree does not have there" for news in course.unknown),
        *(f"contract {name} is new and more than the approved plan ordered then: it counts beside its orders" for name in beside),
        *note_paid(before, scenario, begun_here, lost, held, signed),
    )
    return Today(
        full, scenario, paths, periods, fix, None if broken else hold(scenario, restated, deciding(paths)), restated, settled,
        broken, news_of(origin.get(paths.trunk[-1], "")), told,
    )  # fmt: skip


def check_day(before: Scenario, today: Scenario, as_of: date) -> None:
    """Raises UsageError where the calendars do not fit, or the day lies outside them."""
    if before.calendar.step != today.calendar.step:
        text = f"the approved plan counts in {before.calendar.step}s, today's scenario in {today.calendar.step}s"
        raise UsageError(f"{text}; give the scenario the step of the plan")
    if today.calendar.start < before.calendar.start:
        raise UsageError(
            f"today's scenario starts on {today.calendar.start}, before the approved plan does ({before.calendar.start})"
        )
    if not today.calendar.start <= as_of < today.calendar.end:
        allowed = f"{today.calendar.start} to {today.calendar.end}, the calendar of today's scenario"
        raise UsageError(f"--as-of is {as_of}; allowed: a day in {allowed}")


def _course(before: Scenario, there: Paths, today: Scenario, paths: Paths, as_of: date) -> Course:
    """Where events stand in the approved tree in the last of its periods that begins before the day."""
    number = sum(start < as_of for start in before.calendar.starts[:-1]) - 1
    if number < 0:
        return Course(there.trunk[0], frozenset())
    period = before.calendar.names[number]
    if period not in today.calendar.names:
        return Course(there.trunk[number], frozenset())
    return find_course(there, before.calendar.names, paths, today.calendar.names, period)


def _is_before(scenario: Scenario, period: str, as_of: date) -> bool:
    return scenario.calendar.starts[scenario.calendar.names.index(period)] < as_of


def id_of(one: Placed) -> tuple[str, str, str, str]:
    """What tells an order apart: offer, site, order period, ship period."""
    return one.order.offer, one.order.site, one.order.order_period, one.order.ship_period


def _without(plan: Plan, scenario: Scenario, periods: int, held: set[tuple[str, str, str, str]]) -> Plan:
    """The decisions without past orders that are contracts in the question."""
    past = set(scenario.calendar.names[:periods])
    orders = (o for o in plan.orders if o.order_period not in past or (o.offer, o.site, o.order_period, o.ship_period) in held)
    return replace(plan, orders=tuple(orders))


def _with_begun(plan: Plan, begun: Begun, root: str, first: str) -> Plan:
    """The decisions with those from before the calendar, which the question has in its ``first`` period."""
    signings = (*(Signing(root, name, first) for name in begun.signed), *plan.signings)
    vetting = (*(Vetting(root, name, first) for name, _ in begun.vetting), *plan.vetting)
    return replace(plan, signings=signings, vetting=vetting)


def _possible(plan: Plan, instance: Instance, passed: frozenset[str]) -> tuple[Plan, frozenset[str]]:
    """The decisions without past agreements that today's scenario forbids, and the suppliers they were with."""
    names = instance.tree.nodes
    sign, vet = ({(s, names[n].name) for s, n in table} for table in (instance.signs, instance.vets))
    lost = {d.supplier for d in plan.signings if d.node in passed and (d.supplier, d.node) not in sign}
    lost |= {d.supplier for d in plan.vetting if d.node in passed and (d.supplier, d.node) not in vet}
    return replace(
        plan,
        signings=tuple(d for d in plan.signings if d.node not in passed or (d.supplier, d.node) in sign),
        vetting=tuple(d for d in plan.vetting if d.node not in passed or (d.supplier, d.node) in vet),
    ), frozenset(lost)


def find_broken(plan: Plan, instance: Instance, scenario: Scenario, passed: frozenset[str]) -> tuple[str, ...]:
    """Later decisions that today's scenario leaves no way to take, in words; each once."""
    nodes, periods = instance.tree.nodes, scenario.calendar.names
    orders = {(nodes[c.node].name, c.offer, c.site, periods[c.ship_period]) for c in instance.orders}
    sign, vet = ({(s, nodes[n].name) for s, n in table} for table in (instance.signs, instance.vets))
    found: dict[str, None] = {}
    for order in plan.orders:
        if order.node not in passed and (order.node, order.offer, order.site, order.ship_period) not in orders:
            told = (
                f"order {order.units:g} of {order.offer} for {order.site} in {order.order_period}, shipping {order.ship_period}"
            )
            found[told] = None
    for verb, decisions, known in (("sign", plan.signings, sign), ("qualify", plan.vetting, vet)):
        for decision in decisions:
            if decision.node not in passed and (decision.supplier, decision.node) not in known:
                found[f"{verb} {decision.supplier} in {decision.period}"] = None
    return tuple(found)
