"""The tree of futures: too large to solve, or how large, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from planner.scenario.check_futures import has_news
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.grow import TooManyNodes, grow
from planner.scenario.news import Source, branch_periods, find_outcomes, find_sources
from planner.scenario.places import MISSING, finding_at, value_at
from planner.scenario.scenario import Scenario
from planner.scenario.tree_size import count_nodes

MOST_AT_ONCE = 12
MOST_COMBINATIONS = 2**MOST_AT_ONCE
UNDERSTATED = 0.1
"""Cut mass above this part of 1 - tail makes the average of the worst futures too small."""
SMALLER = "fewer days in branch_at, a smaller max_shocks, a min_probability, or fewer shocks"


def check_tree(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Too much news at once or too many nodes (error); else the size of the tree and its cut mass (note)."""
    if not has_news(scenario) or any(_impossible(licence) for licence in scenario.licences):
        return
    where: Path = next(
        (path for path in (("futures",), ("shocks",)) if value_at(document.data, path) is not MISSING), ("licences",)
    )
    for period in branch_periods(scenario):
        ways = [n for source in find_sources(scenario) if (n := _ways(scenario, source, period)) > 1]
        if len(ways) > MOST_AT_ONCE or prod(ways) > MOST_COMBINATIONS:
            name = scenario.calendar.names[period]
            problem = f"{len(ways)} sources of news at once in {name}: {prod(ways):,} combinations"
            allowed = f"{MOST_AT_ONCE} shocks, or {MOST_COMBINATIONS:,} combinations, in one period"
            yield finding_at(document, where, problem, allowed, "merge shocks, or let licences be reviewed in different periods")
            return
    yield from _size(scenario, document, where)


def _impossible(licence: object) -> bool:
    return not any(getattr(licence, name).probability > 0 for name in ("quick", "slow", "refused"))


def _size(scenario: Scenario, document: Document, where: Path) -> Iterator[Finding]:
    most, least = scenario.futures.max_nodes, count_nodes(scenario)
    growth = None
    if least <= most:
        try:
            growth = grow(scenario)
        except TooManyNodes as error:
            least = error.least
    if growth is None:
        problem = f"the tree of futures has at least {least:,} nodes"
        yield finding_at(document, where, problem, f"at most {most:,} (max_nodes)", SMALLER)
        return
    futures = sum(moment.period == scenario.calendar.periods - 1 for moment in growth.moments)
    told = f"{len(growth.moments):,} nodes, {futures:,} future{'s' if futures != 1 else ''}"
    yield finding_at(document, where, f"{told}; cut mass {growth.cut_mass:.2%}", severity="note")
    policy = scenario.policy
    if growth.cut_mass > UNDERSTATED * (1 - policy.tail):
        weighed = policy.risk_weight > 0 or policy.max_cvar_cost is not None
        problem = f"the tree leaves out {growth.cut_mass:.2%}, so the average of the worst {1 - policy.tail:.0%} is understated"
        fix = "a larger max_shocks, a smaller min_probability, or a smaller tail"
        allowed = f"a cut mass of at most {UNDERSTATED * (1 - policy.tail):.2%}"
        yield finding_at(document, where, problem, allowed, fix, "warning" if weighed else "note")


def _ways(scenario: Scenario, source: Source, period: int) -> int:
    """How many things a source can say at the start of a branch period, as far as its own numbers tell."""
    periods = (0, *branch_periods(scenario))
    before = periods[periods.index(period) - 1]
    return len(find_outcomes(scenario, source, period, before, frozenset(), 0.0))
