"""Planning anew: keep the approved plan, plan freely, or stay near it; and the one of them to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.options import Fixed
from planner.plan.audit import TreeDecisions, evaluate_tree
from planner.plan.audit.lots import Purchase
from planner.plan.plan import Plan
from planner.result import NOISE, Result, find_gap
from planner.scenario.scenario import Scenario
from planner.studies.compare.pairing import Pair, compare, find_inputs
from planner.studies.compare.subject import Subject, read_solved
from planner.studies.costs import ROUNDING
from planner.studies.first import hold
from planner.studies.replan.charges import count_moved, find_changes_after, with_charges
from planner.studies.replan.restate import deciding
from planner.studies.replan.signed import with_carried
from planner.studies.replan.today import Settled, Today, read_today
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data
from planner.vocabulary import Exit, Status

Kind = Literal["kept", "replanned", "near"]
MOST_BREACHES = 8


@dataclass(frozen=True)
class Way:
    """One way to go on: ``kept`` does what was approved, ``replanned`` plans the rest freely, ``near`` with charges in mind.

    ``fix``: what was held. ``moved``: units of the approved plan's later orders dropped or moved, mean over the futures;
    ``charge`` is what they count for, and ``total`` cost and charge, base currency. These are None without a plan, and
    ``solved.reason`` says why.
    """

    kind: Kind
    solved: Solved
    fix: Fixed
    moved: float | None
    charge: float | None
    total: float | None


@dataclass(frozen=True)
class Replan:
    """What was found. ``ways`` in the order kept, near, replanned; ``chosen`` is one of them, None where none has a plan.

    ``subjects``: the approved plan, then every way with a plan; ``pairs`` compare the approved plan with the chosen way and
    with the kept plan, and the kept plan with the chosen way: what not planning anew would cost. ``inputs``: what today's
    scenario says otherwise than the approved plan's. ``broken``: why the approved plan cannot be kept.
    """

    as_of: date
    today: Today
    change_cost: float
    ways: tuple[Way, ...]
    chosen: Kind | None
    subjects: tuple[Subject, ...]
    kinds: tuple[Kind, ...]
    pairs: tuple[Pair, ...]
    inputs: tuple[str, ...]
    broken: tuple[str, ...]
    code: int

    @property
    def settled(self) -> Settled:
        """What has happened by the day."""
        return self.today.settled

    @property
    def way(self) -> Way | None:
        """The way chosen."""
        return next((way for way in self.ways if way.kind == self.chosen), None)


def replan(solver: Solver, approved: Subject, file: Subject, as_of: date, change_cost: float) -> Replan:
    """Plan anew on a day. ``file`` is today's scenario, not solved; ``change_cost`` is charged for each unit moved.

    Raises UsageError where the approved plan cannot have led to today's scenario.
    """
    assert approved.scenario is not None
    assert approved.plan is not None
    file = replace(file, data=with_carried(file.data, approved.data))
    today = read_today((approved.scenario, approved.plan), file.data, as_of)
    asks = [Ask("replanned", today.data, today.fix, near=today.restated)]
    if today.whole is not None:
        asks.append(Ask("kept", today.data, today.whole, replace(solver.options, reasons=False), near=today.restated))
    free, *rest = solver.solve_all(asks)
    kept = _way("kept", _bounded(rest[0], free, solver.options.gap), today.whole, today, change_cost) if today.whole else None
    found = _way("replanned", free, today.fix, today, change_cost)
    near = _near(solver, today, found, change_cost)
    ways = tuple(way for way in (kept, near, found) if way is not None)
    chosen = choose(ways, free, today.scenario.policy.first == "ramp")
    broken = today.broken
    if not broken and kept is not None and kept.total is None and kept.solved.infeasible:
        broken = find_breaches(today.scenario, today.restated)
    if free.infeasible and free.result is not None:
        broken = (*broken, *(f"no plan at all keeps the rule: {reason['says']}" for reason in free.result.reasons))
    with_plan = [way for way in ways if way.total is not None]
    kinds = tuple(way.kind for way in with_plan)
    subjects = (approved, *(read_solved(way.solved, way.kind, file.source, file.data, today.scenario) for way in with_plan))
    pairs = _pairs(today, subjects, kinds, chosen)
    inputs, code = find_inputs(approved, file), _code(ways, chosen, free)
    return Replan(as_of, today, change_cost, ways, chosen, subjects, kinds, pairs, inputs, broken, code)


def _way(kind: Kind, solved: Solved, fix: Fixed, today: Today, change_cost: float) -> Way:
    if solved.plan is None or solved.value is None:
        return Way(kind, solved, fix, None, None, None)
    moved = count_moved(solved.plan, today.restated, today.paths, today.periods)
    return Way(kind, solved, fix, moved, change_cost * moved, solved.value + change_cost * moved)


def _bounded(solved: Solved, free: Solved, gap: float) -> Solved:
    """The plan of held decisions, with what no plan can be below at all."""
    if solved.value is None or solved.result is None:
        return solved
    bound = free.bound if free.bound is not None and free.bound <= solved.value + NOISE * max(1.0, abs(solved.value)) else None
    result: Result = replace(solved.result, bound=bound, gap=find_gap(solved.value, bound))
    near = result.gap is not None and result.gap <= gap
    reason = "" if near else "held to decisions that are not the cheapest"
    result = replace(result, status=Status.OPTIMAL if near else Status.FEASIBLE, reason=reason)
    return replace(
        solved, bound=bound, reason=reason, result=result, code=Exit.SOLVED if solved.code == Exit.SOLVED else solved.code
    )


def _near(solver: Solver, today: Today, free: Way, change_cost: float) -> Way | None:
    """The plan a search finds that is charged for changes, at its true cost; None where nothing is charged or moved."""
    if not change_cost or not free.moved:
        return None
    data = with_charges(today.data, today.scenario, today.restated, change_cost, today.periods)
    guided = solver.solve(Ask("replanned with charges for changes", data, today.fix, near=today.restated))
    if guided.plan is None:
        return None
    fix: Fixed = hold(today.scenario, guided.plan, deciding(today.paths))
    true = solver.solve(Ask("near the approved plan", today.data, fix, near=guided.plan))
    return _way("near", _bounded(true, free.solved, solver.options.gap), fix, today, change_cost)


def choose(ways: Sequence[Way], free: Solved, ramp_first: bool) -> Kind | None:
    """The way with the least cost and charges; of those that differ by less than the gap of the search the least changed.

    Where the ramp comes before cost, only ways that miss no more of it than the free one.
    """
    known = [way for way in ways if way.total is not None]
    if not known:
        return None
    if ramp_first and "shortage" in free.measures:
        most = free.measures["shortage"] * (1 + ROUNDING) + ROUNDING
        known = [way for way in known if way.solved.measures["shortage"] <= most] or known
    best = min(way.total for way in known if way.total is not None)
    open_ = free.value - free.bound if free.value is not None and free.bound is not None else 0.0
    room = max(0.0, open_) + ROUNDING * max(1.0, abs(best))
    fitting = [way for way in known if way.total is not None and way.total <= best + room]
    return min(fitting, key=lambda way: (way.moved or 0.0, way.kind != "kept", way.total or 0.0)).kind


def find_breaches(scenario: Scenario, decisions: Plan) -> tuple[str, ...]:
    """The rules that the approved plan's decisions break in today's scenario, as the independent check finds them."""
    names = scenario.calendar.names
    taken = TreeDecisions(
        tuple((d.supplier, d.node) for d in decisions.vetting),
        tuple((d.supplier, d.node) for d in decisions.signings),
        tuple(
            (o.node, Purchase(o.offer, o.site, names.index(o.order_period), names.index(o.ship_period), o.units))
            for o in decisions.orders
        ),
    )
    found = [f"{finding.place}: {finding.message}" for finding in evaluate_tree(scenario, taken).violations]
    more = len(found) - MOST_BREACHES
    return (*found[:MOST_BREACHES], *([f"and {more} more"] if more > 0 else []))


def _pairs(today: Today, subjects: tuple[Subject, ...], kinds: tuple[Kind, ...], chosen: Kind | None) -> tuple[Pair, ...]:
    if chosen is None:
        return ()
    place = kinds.index(chosen) + 1
    pairs = [_pair(today, subjects, 0, place)]
    if chosen != "kept" and "kept" in kinds:
        kept = kinds.index("kept") + 1
        pairs += [_pair(today, subjects, 0, kept), _pair(today, subjects, kept, place)]
    return tuple(pairs)


def _pair(today: Today, subjects: tuple[Subject, ...], first: int, second: int) -> Pair:
    """Two answers compared; what is decided otherwise is looked for after the day only, on today's tree."""
    plans = [today.restated if place == 0 else subjects[place].plan for place in (first, second)]
    assert plans[0] is not None
    assert plans[1] is not None
    changes = find_changes_after(plans[1], plans[0], today.paths, today.periods)
    return replace(compare(subjects, first, second, "" if first else today.came), changes=changes)


def _code(ways: Sequence[Way], chosen: Kind | None, free: Solved) -> int:
    """That of the free solve; a plan that could not be kept is an answer."""
    way = next((way for way in ways if way.kind == chosen), None)
    codes = [free.code, *([way.solved.code] if way else [])]
    return min(codes, key=Exit.SEVERITY.index)


def file_subject(name: str, source: str, data: Data, scenario: Scenario) -> Subject:
    """Today's scenario before it is solved."""
    return Subject(name, scenario.title, source, data, scenario, None, Status.STOPPED, "", None, None)
