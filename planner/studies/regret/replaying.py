"""Plans begun in worlds they were not made for: what each costs there when everything after today is decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.options import Fixed
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference, cost_of, subtract
from planner.studies.first import hold, is_same
from planner.studies.regret.matrix import Candidate, Cell, World
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data


@dataclass(frozen=True)
class Place:
    """A world as it is asked about: its scenario beside what was found, and the ``data`` in which plans are begun."""

    world: World
    data: Data
    scenario: Scenario


def begin_everywhere(solver: Solver, plans: Sequence[Candidate], places: Sequence[Place]) -> list[list[Cell]]:
    """One cell for each plan and world, without regrets: those need the best of the world, which may be found here."""
    asks: dict[tuple[int, int], Ask] = {}
    cells = [[Cell(Cost(), None, None)] * len(places) for _ in plans]
    for i, plan in enumerate(plans):
        for j, place in enumerate(places):
            begun = _hold(plan.plan, place.scenario)
            if isinstance(begun, str):
                cells[i][j] = Cell(Cost(reason=begun), None, False, begun)
            elif _is_own(begun, place):
                cells[i][j] = Cell(cost_of(place.world.solved), None, True)
            else:
                asks[i, j] = Ask(f"{plan.name} begun in {place.world.name}", place.data, begun, near=plan.plan)
    for (i, j), solved in zip(asks, solver.solve_all(list(asks.values())), strict=True):
        cells[i][j] = _read(solved)
    return cells


def _hold(plan: Plan, scenario: Scenario) -> Fixed | str:
    """The plan's decisions of today, to be held in the scenario; or why they mean nothing there."""
    offers, sites, names = scenario.offer, scenario.site, scenario.calendar.names
    try:
        begun = hold(scenario, plan)
    except ValueError:
        return "it orders for a period this calendar does not have"
    for kind, known, asked in (
        ("supplier", scenario.supplier, [name for _, name in (*begun.vet, *begun.sign)]),
        ("offer", offers, [row[1] for row in begun.order]),
        ("site", sites, [row[2] for row in begun.order]),
    ):
        missing = next((name for name in asked if name not in known), None)
        if missing is not None:
            return f"there is no {kind} {missing}"
    root = next(node for node in plan.nodes if not node.parent)
    return begun if root.period == names[0] else f"it begins in {root.period}, this calendar in {names[0]}"


def _is_own(begun: Fixed, place: Place) -> bool:
    plan = place.world.solved.plan
    return plan is not None and is_same(begun, hold(place.scenario, plan))


def _read(solved: Solved) -> Cell:
    if solved.infeasible:
        return Cell(Cost(reason=solved.reason), None, False, _why(solved))
    if solved.plan is None:
        return Cell(cost_of(solved), None, None, solved.reason)
    return Cell(cost_of(solved), None, True, solved.reason)


def _why(solved: Solved) -> str:
    """The rule without which the plan could be begun so, in a buyer's words."""
    for reason in solved.result.reasons if solved.result else ():
        if "short" in reason:
            return "demand that must be met is not"
        return f"it breaks a rule: {reason['says'][:1].lower()}{reason['says'][1:].rstrip('.')}"
    return "more than one rule stands against it"


def regret_all(cells: Sequence[Sequence[Cell]], worlds: Sequence[World]) -> tuple[list[list[Cell]], list[World]]:
    """The cells with their regrets, and the worlds with the best that any plan, also one begun elsewhere, costs there."""
    bests = [_best(world, [row[j].cost for row in cells]) for j, world in enumerate(worlds)]
    rows = [[_regret(cell, bests[j].best) for j, cell in enumerate(row)] for row in cells]
    return rows, bests


def _best(world: World, costs: Sequence[Cost]) -> World:
    value = min((cost.value for cost in (world.best, *costs) if cost.value is not None), default=None)
    bound = world.best.bound if value is None or world.best.bound is None else min(world.best.bound, value)
    return replace(world, best=Cost(value, bound, world.best.reason))


def _regret(cell: Cell, best: Cost) -> Cell:
    found = subtract(cell.cost, best) if cell.kept else None
    if found is None:
        return cell
    # no plan costs less than the best
    return replace(cell, regret=Difference(max(0.0, found.value), max(0.0, found.low), max(0.0, found.high), found.room))
