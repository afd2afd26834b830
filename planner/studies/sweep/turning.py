"""Where on a grid today's decisions change, and whether that surely matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product
from math import prod

from planner.scenario.scenario import Scenario
from planner.studies.costs import cost_of, subtract
from planner.studies.first import find_steps, hold, is_same
from planner.studies.solving import Ask, Solver
from planner.studies.sweep.answers import Cell, Turn
from planner.studies.worlds import Data

Place = tuple[int, ...]
MOST_TURNS = 40
"""Pairs of neighbours looked at; on a fine grid every plan may differ a little from the next."""


def find_turns(
    solver: Solver, sizes: Place, cells: Mapping[Place, Cell], worlds: Mapping[Place, tuple[Data, Scenario]]
) -> tuple[Turn, ...]:
    """One turn for each pair of neighbours whose plans begin differently, the lower value first.

    Whether it matters is found by beginning as before at the second: it surely does if that surely costs more there.
    """
    pairs = [pair for pair in _pairs(sizes) if _differ(pair, cells, worlds)][:MOST_TURNS]
    begun = {
        place: hold(worlds[place][1], plan) for place in dict.fromkeys(chain.from_iterable(pairs)) if (plan := cells[place].plan)
    }
    asks = [
        Ask(
            f"{_label(cells[after])}, begun as at {_label(cells[before])}",
            worlds[after][0],
            begun[before],
            near=cells[before].plan,
        )
        for before, after in pairs
    ]
    turns = []
    for (before, after), held in zip(pairs, solver.solve_all(asks), strict=True):
        more = subtract(cost_of(held), cells[after].cost)
        sure = True if held.infeasible else None if more is None else more.distinct
        steps = find_steps(begun[before], begun[after])
        turns.append(Turn(_number(sizes, before), _number(sizes, after), steps, more, sure))
    return tuple(turns)


def _pairs(sizes: Place) -> Iterator[tuple[Place, Place]]:
    for place in product(*map(range, sizes)):
        for axis, at in enumerate(place):
            if at + 1 < sizes[axis]:
                yield place, (*place[:axis], at + 1, *place[axis + 1 :])


def _differ(pair: tuple[Place, Place], cells: Mapping[Place, Cell], worlds: Mapping[Place, tuple[Data, Scenario]]) -> bool:
    begun = [hold(worlds[place][1], plan) for place in pair if (plan := cells[place].plan)]
    return len(begun) == len(pair) and not is_same(begun[0], begun[1])


def _label(cell: Cell) -> str:
    return ", ".join(f"{value:g}" for value in cell.values)


def _number(sizes: Place, place: Place) -> int:
    return sum(at * prod(sizes[i + 1 :]) for i, at in enumerate(place))
