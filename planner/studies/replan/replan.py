"""Planning anew on a day: the ways to go on, the one to follow, and why it differs from what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.plan.audit import TreeDecisions, evaluate_tree
from planner.plan.audit.lots import Purchase
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.compare.pairing import Pair, compare, find_inputs
from planner.studies.compare.subject import Subject, read_solved
from planner.studies.replan.moved import find_changes_after
from planner.studies.replan.signed import with_carried
from planner.studies.replan.today import Settled, Today, read_today
from planner.studies.replan.ways import Asking, Kind, Way, choose
from planner.studies.solving import Solved, Solver
from planner.studies.worlds import Data
from planner.vocabulary import Exit, Status

MOST_BREACHES = 8


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
    asking = Asking(solver, today, change_cost)
    kept, free = asking.first()
    near = asking.near(kept, free)
    ways = tuple(way for way in (kept, near, free) if way is not None)
    chosen = choose(ways, free.solved, today.scenario.policy.first == "ramp")
    broken = today.broken
    if not broken and kept is not None and kept.total is None and kept.solved.infeasible:
        broken = find_breaches(today.scenario, today.restated)
    if free.solved.infeasible and free.solved.result is not None:
        broken = (*broken, *(f"no plan at all keeps the rule: {reason['says']}" for reason in free.solved.result.reasons))
    with_plan = [way for way in ways if way.total is not None]
    kinds = tuple(way.kind for way in with_plan)
    subjects = (approved, *(read_solved(way.solved, way.kind, file.source, file.data, today.scenario) for way in with_plan))
    pairs = _pairs(today, subjects, kinds, chosen)
    inputs, code = find_inputs(approved, file), _code(ways, chosen, free.solved)
    return Replan(as_of, today, change_cost, ways, chosen, subjects, kinds, pairs, inputs, broken, code)


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
