"""Regret over the futures of one scenario: ways to begin today against every future known from the first day."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import UsageError
from planner.options import Fixed
from planner.plan.plan import Plan
from planner.scenario.grow import Growth, Moment, future_name
from planner.scenario.scenario import Scenario
from planner.studies.alone import along
from planner.studies.costs import cost_of
from planner.studies.draw import find_leaves
from planner.studies.first import hold, is_same
from planner.studies.regret.matrix import Candidate, RegretMatrix, World
from planner.studies.regret.replaying import Place
from planner.studies.regret.scenarios import build_matrix, renamed
from planner.studies.regret.surprise import unforeseen
from planner.studies.solving import Ask, Solver
from planner.studies.worlds import Data, in_mode

MOST_WORLDS, MOST_PLANS = 12, 8
TREE, NONE = "planned for every piece of news", "no news expected"


def find_regret_of_futures(
    solver: Solver,
    data: Data,
    scenario: Scenario,
    growth: Growth,
    others: Sequence[tuple[str, Plan]] = (),
    most: int = MOST_WORLDS,
) -> RegretMatrix:
    """Plans for the tree, without news, for each future, and ``others``, in the ``most`` likeliest futures.

    The best of a future is that of whoever knows it from the first day. A plan is begun without knowing; what comes after
    today is decided as by somebody who knows the rest. So a regret is what today's decisions alone cost.
    Of plans that begin alike one is taken; beyond ``MOST_PLANS`` those of the least likely futures are left out.
    """
    notes: list[str] = []
    places = _known_futures(solver, data, scenario, growth, most, notes)
    tree, none = solver.solve_all([Ask(TREE, in_mode(data, "tree")), Ask(NONE, in_mode(data, "none"))])
    plans = [Candidate(solved.label, solved.plan) for solved in (tree, none) if solved.plan is not None]
    notes += [f"{solved.label}: {solved.reason}" for solved in (tree, none) if solved.plan is None]
    plans += [Candidate(name, plan) for name, plan in others]
    plans += [Candidate(p.world.name, p.world.solved.plan, i) for i, p in enumerate(places) if p.world.solved.plan is not None]
    different = _begun_differently(plans, scenario)
    if len(different) > MOST_PLANS:
        notes.append(f"{len(different) - MOST_PLANS} plans for the least likely futures are left out")
    return build_matrix(solver, scenario, different[:MOST_PLANS], places, notes)


def _known_futures(solver: Solver, data: Data, scenario: Scenario, growth: Growth, most: int, notes: list[str]) -> list[Place]:
    """The likeliest futures as worlds of their own, solved; the one in which nothing happens comes first."""
    leaves = [growth.moments[leaf] for leaf in find_leaves(growth)]
    chosen = [leaves[0], *sorted(leaves[1:], key=lambda leaf: (-leaf.probability, leaf.name))][:most]
    if len(leaves) > most:
        rest = sum(leaf.probability for leaf in leaves) - sum(leaf.probability for leaf in chosen)
        notes.append(f"{len(leaves) - most} less likely futures, {100 * rest:.2g} % of all chance, are left out")
    told: list[tuple[Moment, Data]] = []
    for leaf in chosen:
        try:
            told.append((leaf, along(data, scenario, leaf.strikes, trunk=leaf is leaves[0])))
        except UsageError as error:
            notes.append(f"{future_name(scenario, leaf.strikes)} is left out: {error}")
    answers = solver.solve_all([Ask(f"known: {future_name(scenario, leaf.strikes)}", world) for leaf, world in told])
    places = []
    for (leaf, world), solved in zip(told, answers, strict=True):
        name = future_name(scenario, leaf.strikes)
        if solved.plan is None:
            notes.append(f"{name} is left out: {solved.reason}")
        else:
            found = World(name, leaf.probability, cost_of(solved), solved)
            places.append(Place(found, unforeseen(world, leaf.strikes), Scenario.model_validate(world)))
    return places


def _begun_differently(plans: Sequence[Candidate], scenario: Scenario) -> list[Candidate]:
    """The first of every group of plans that begin alike."""
    found: list[tuple[Candidate, Fixed | None, int]] = []
    for plan in plans:
        begun = _begin(plan.plan, scenario)
        for place, (first, known, more) in enumerate(found):
            if known is not None and begun is not None and is_same(known, begun):
                found[place] = (first, known, more + 1)
                break
        else:
            found.append((plan, begun, 0))
    return [renamed(plan, more) for plan, _, more in found]


def _begin(plan: Plan, scenario: Scenario) -> Fixed | None:
    """The plan's decisions of today; None for one of another calendar."""
    try:
        return hold(scenario, plan)
    except ValueError:
        return None
