"""A limit: one number or rule of the scenario a buyer can change, and how to give it up. Everything else is structure."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.instance.lookup import Lookup
from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import DAYS_PER_MONTH, Duration
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

Edit = Callable[[Data], None]
"""Changes data in place. Edits of different limits can be made in any order."""
Turn = Callable[[Data, float], None]
"""Writes a number into data in place."""


@dataclass(frozen=True, slots=True)
class Dial:
    """A limit that can give way by degrees, from its value to ``far``; None: as far as it takes. ``step``: how finely."""

    far: float | None
    step: float
    turn: Turn


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule. ``rule`` and ``names`` say which; ``value`` in ``unit``; ``paths``: where its numbers stand in the data.

    ``give_up`` takes the rule away and leaves everything else as it is. No plan is lost by that: a plan that keeps the rule
    exists without it too (payments that then fall due earlier are the exception; every answer is therefore solved itself).
    """

    rule: str
    names: tuple[str, ...]
    value: float | None
    unit: str
    paths: tuple[Path, ...]
    give_up: Edit
    dial: Dial | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from every other limit."""
        return (self.rule, *self.names)


def without(data: Data, limits: Collection[Limit]) -> Data:
    """A copy of the data in which these limits are given up."""
    changed = copy.deepcopy(data)
    for limit in limits:
        limit.give_up(changed)
    return drop_gone(changed)


def drop_gone(data: Data) -> Data:
    """Entries of the policy's lists that were given up leave gaps, so that numbers of the others hold; now they go."""
    for key in ("pins", "forbid", "sanctioned"):
        if key in data.get("policy", {}):
            data["policy"][key] = [item for item in data["policy"][key] if item is not None]
    return data


def drop(*path: str | int) -> Edit:
    """An edit that removes what stands at the path; an entry of a list leaves a gap."""

    def edit(data: Data) -> None:
        *way, last = path
        place = at(data, way)
        if isinstance(last, int):
            place[last] = None
        else:
            place.pop(last, None)

    return edit


def put(value: object, *path: str | int) -> Edit:
    """An edit that writes the value at the path."""

    def edit(data: Data) -> None:
        *way, last = path
        at(data, way)[last] = value

    return edit


def turn_at(*path: str | int, write: Callable[[float], object] = float) -> Turn:
    """Writes a number at the path, as ``write`` makes it."""

    def turn(data: Data, number: float) -> None:
        *way, last = path
        at(data, way)[last] = write(number)

    return turn


def at(data: Any, path: Iterable[str | int]) -> Any:
    """The part of the data at the path."""
    for step in path:
        data = data[step]
    return data


def in_days(length: Duration) -> float:
    """A duration in days, months of mean length rounded up."""
    return float(-(-length.months * DAYS_PER_MONTH // 1)) + length.days


def written_days(days: float) -> str:
    """A number of days as a scenario writes it."""
    return f"{round(days)} days"


def list_periods(scenario: Scenario, series: ByPeriod) -> list[float]:
    """The series' number in each period of the calendar, on its first day; 0 before its first key."""
    look = Lookup(scenario)
    return [look.value(series, day) for day in scenario.calendar.starts[:-1]]


def paths_in_force(data: Data, path: Path, series: ByPeriod, scenario: Scenario, period: int) -> tuple[Path, ...]:
    """Where the number in force in a period stands: its key in a map, two keys where it runs straight between them."""
    written = at(data, path)
    if series.listed and isinstance(written, list):
        return ((*path, min(period, len(series.listed) - 1)),)
    if not isinstance(written, Mapping):
        return (path,)
    day = scenario.calendar.starts[period]
    before = [key for first, _, key in series.points if first <= day]
    after = [key for first, _, key in series.points if first > day]
    keys = before[-1:] + (after[:1] if series.interpolate == "linear" and before else [])
    return tuple((*path, key) for key in keys) or (path,)
