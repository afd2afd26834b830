"""A grid of solves over one or two numbers, and where on it today's decisions change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from planner.errors import BadInput
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, cost_of
from planner.studies.frontier.values import find_signed
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.sweep.answers import Cell, Sweep, Vary
from planner.studies.sweep.changing import Change, change_data, find_numbers
from planner.studies.sweep.turning import find_turns
from planner.studies.worlds import Data
from planner.vocabulary import Exit

Place = tuple[int, ...]
"""Where a cell stands: the number of its value on each axis."""


def find_sweep(solver: Solver, data: Data, scenario: Scenario, varies: Sequence[Vary]) -> Sweep:
    """Solve for every combination of values, the middle of the grid first, each from a neighbour solved before it."""
    sizes = tuple(len(vary.values) for vary in varies)
    worlds = {place: _build(data, varies, place) for place in product(*map(range, sizes))}
    cells: dict[Place, Cell] = {}
    for batch in find_order(sizes):
        asks = {place: _ask(varies, place, world, cells) for place in batch if not isinstance(world := worlds[place], str)}
        answers = dict(zip(asks, solver.solve_all(list(asks.values())), strict=True))
        for place in batch:
            cells[place] = _read(varies, place, answers.get(place), worlds[place])
    ordered = [cells[place] for place in product(*map(range, sizes))]
    known = {place: world for place, world in worlds.items() if not isinstance(world, str)}
    turns = find_turns(solver, sizes, cells, known)
    return Sweep(scenario, tuple(varies), tuple(_base(data, vary) for vary in varies), tuple(ordered), turns, solver.options.gap,
                 _code(solver))  # fmt: skip


def find_order(sizes: Place) -> list[list[Place]]:
    """Cells in batches: first the middle, then what stands one step, two steps and so on away from it."""
    middle = tuple((size - 1) // 2 for size in sizes)
    batches: dict[int, list[Place]] = {}
    for place in product(*map(range, sizes)):
        batches.setdefault(sum(abs(a - b) for a, b in zip(place, middle, strict=True)), []).append(place)
    return [batches[steps] for steps in sorted(batches)]


def find_neighbours(sizes: Place, place: Place) -> Iterator[Place]:
    """Cells one step away on one axis."""
    for axis, at in enumerate(place):
        for other in (at - 1, at + 1):
            if 0 <= other < sizes[axis]:
                yield (*place[:axis], other, *place[axis + 1 :])


def _build(data: Data, varies: Sequence[Vary], place: Place) -> tuple[Data, Scenario] | str:
    """The scenario of a cell, or why it cannot be."""
    changes: list[Change] = [
        {"select": vary.select, vary.action: vary.values[at]} for vary, at in zip(varies, place, strict=True)
    ]
    try:
        return change_data(data, changes, "--vary")
    except BadInput as error:
        finding = error.findings[0]
        return f"{finding.field}: {finding.problem}" if finding.field else finding.problem


def _ask(varies: Sequence[Vary], place: Place, world: tuple[Data, Scenario], cells: dict[Place, Cell]) -> Ask:
    sizes = tuple(len(vary.values) for vary in varies)
    beside = (cells[other].plan for other in find_neighbours(sizes, place) if other in cells)
    near = next((plan for plan in beside if plan is not None), None)
    values = (f"{vary.name} {vary.values[at]:g}" for vary, at in zip(varies, place, strict=True))
    return Ask(", ".join(values), world[0], near=near)


def _read(varies: Sequence[Vary], place: Place, solved: Solved | None, world: object) -> Cell:
    values = tuple(vary.values[at] for vary, at in zip(varies, place, strict=True))
    if solved is None:
        return Cell(values, Cost(reason=str(world)), None, (), str(world))
    signed = find_signed(solved.plan) if solved.plan else ()
    return Cell(values, cost_of(solved), solved, signed, solved.reason)


def _base(data: Data, vary: Vary) -> str:
    found = {repr(value): value for value in find_numbers(data, vary.select)}
    return f"{next(iter(found.values()))}" if len(found) == 1 else ""


def _code(solver: Solver) -> int:
    """What all solves together stand for; that there is no plan at some value is an answer."""
    codes = [solved.code for solved in solver.known.values() if not solved.infeasible]
    return min(codes, key=Exit.SEVERITY.index, default=Exit.INFEASIBLE)
