"""Regret over scenarios: the plan of each, and plans from elsewhere, begun in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import cost_of
from planner.studies.regret.choosing import choose, find_worst
from planner.studies.regret.matrix import Candidate, RegretMatrix, World
from planner.studies.regret.replaying import Place, begin_everywhere, regret_all
from planner.studies.solving import Ask, Solver
from planner.studies.worlds import Data
from planner.vocabulary import Exit


@dataclass(frozen=True)
class Given:
    """One scenario to plan for; ``name`` is that of its file."""

    name: str
    data: Data
    scenario: Scenario


def find_regret(solver: Solver, given: Sequence[Given], others: Sequence[tuple[str, Plan]] = ()) -> RegretMatrix:
    """Every plan in every scenario. ``others`` are further plans by name. Scenarios without a plan are left out, and said."""
    answers = solver.solve_all([Ask(one.name, one.data) for one in given])
    places, notes = [], []
    for one, solved in zip(given, answers, strict=True):
        if solved.plan is None:
            notes.append(f"{one.name} is left out: {solved.reason}")
        else:
            places.append(Place(World(one.name, None, cost_of(solved), solved), one.data, one.scenario))
    plans = [
        Candidate(place.world.name, place.world.solved.plan, home)
        for home, place in enumerate(places)
        if place.world.solved.plan is not None
    ]
    plans += [Candidate(name, plan) for name, plan in others]
    return build_matrix(solver, given[0].scenario, plans, places, notes)


def build_matrix(
    solver: Solver, scenario: Scenario, plans: Sequence[Candidate], places: Sequence[Place], notes: Sequence[str]
) -> RegretMatrix:
    """Begin every plan in every world, and judge."""
    cells, worlds = regret_all(begin_everywhere(solver, plans, places), [place.world for place in places])
    worst = tuple(find_worst(row) for row in cells)
    choice, tied = choose(worst)
    return RegretMatrix(
        scenario, tuple(plans), tuple(worlds), tuple(tuple(row) for row in cells), worst, choice, tied,
        solver.options.gap, _code(solver, places), tuple(notes),
    )  # fmt: skip


def _code(solver: Solver, places: Sequence[Place]) -> int:
    """What all solves together stand for; that a plan cannot be begun in a world is an answer."""
    if not places:
        return min((solved.code for solved in solver.known.values()), key=Exit.SEVERITY.index, default=Exit.SOLVED)
    codes = [solved.code for solved in solver.known.values() if not solved.infeasible]
    return min(codes, key=Exit.SEVERITY.index, default=Exit.SOLVED)


def renamed(candidate: Candidate, more: int) -> Candidate:
    """The candidate, saying for how many further worlds the best plan begins as it does."""
    return candidate if not more else replace(candidate, name=f"{candidate.name} and {more} more")
