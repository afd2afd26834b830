"""How many nodes a tree has, counted without growing it."""

from __future__ import annotations

from planner.scenario.news import NO_NEWS, STRUCK, Source, branch_periods, find_outcomes, find_sources
from planner.scenario.scenario import Scenario

Polynomial = tuple[int, ...]
"""Numbers of courses of events, by how many of their strikes came by chance."""


def count_nodes(scenario: Scenario) -> int:
    """Nodes of the tree if nothing is too unlikely: exact, and with ``after`` entries of times 0 or new hazards a least number.

    Only for trees without ``min_probability``; with one the number is 0: nothing is known.
    """
    if scenario.futures.min_probability > 0:
        return 0
    periods, most = branch_periods(scenario), scenario.futures.max_shocks
    stories = [_stories(scenario, source, periods) for source in find_sources(scenario) if not _may_vanish(source)]
    total = 0
    for period in range(scenario.calendar.periods):
        # Sources speak independently: their numbers of courses multiply, except that max_shocks counts them together.
        together: Polynomial = (1,)
        for story in stories:
            together = _product(together, story[period], most)
        total += sum(together)
    return total


def _may_vanish(source: Source) -> bool:
    """Whether another shock can make this one impossible."""
    return source.shock is not None and any(more.times == 0 for more in source.shock.after)


def _stories(scenario: Scenario, source: Source, periods: tuple[int, ...]) -> list[Polynomial]:
    """For every period of the calendar, in how many ways the source can have spoken so far."""
    silent, quiet, chosen, before = 1, 0, 0, 0
    found: list[Polynomial] = []
    for period in range(scenario.calendar.periods):
        if period in periods:
            outcomes = find_outcomes(scenario, source, period, before, frozenset(), 0.0) if silent else ()
            before = period
            if source.licence and outcomes:
                silent, quiet, chosen = 0, 1, len(outcomes) - 1
            elif [name for name, _ in outcomes] == [NO_NEWS, STRUCK]:
                chosen += 1
            elif [name for name, _ in outcomes] == [STRUCK]:
                silent, quiet = 0, 1
        found.append((silent + quiet, chosen))
    return found


def _product(left: Polynomial, right: Polynomial, most: int) -> Polynomial:
    size = min(len(left) + len(right) - 1, most + 1)
    return tuple(sum(left[i] * right[n - i] for i in range(len(left)) if 0 <= n - i < len(right)) for n in range(size))
