"""Numbers that change over time, one row each: read from a map by period or a list, written back in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from planner.app.draft.fields import Column, columns_of, steps_to
from planner.app.draft.pen import Pen
from planner.app.draft.specs import series_names
from planner.scenario.dates import parse_period
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at
from planner.scenario.policy import Budget
from planner.scenario.slots import Slots
from planner.scenario.splice import DELETE

WHAT, PERIOD, NUMBER = "what", "period", "number"
"""Columns of such a table."""
NOT_PERIODS = frozenset({"per", "interpolate", "units", "years"})


def series_place(model: type[BaseModel], data: Any, owner: Path, what: str) -> Path | None:
    """Where the numbers of a field stand, or would stand; None when a short form has no room for them."""
    column = _column(model, what)
    node = value_at(data, owner)
    node = None if node is MISSING else node
    if column is None:
        return None
    path, holders = column.path, column.holders
    if Slots in holders or Budget in holders:
        path, holders = path[:-1], holders[:-1]
    way, there = steps_to(node, path, holders)
    if not there:
        return None
    held = value_at(node, way)
    inner = "units" if Slots in column.holders else "years" if Budget in column.holders else ""
    if inner and isinstance(held, dict) and isinstance(held.get(inner), dict | list):
        way = (*way, inner)
    return (*owner, *way)


def series_rows(model: type[BaseModel], data: Any, owner: Path, periods: tuple[str, ...]) -> Iterator[tuple[str, str, Path]]:
    """(field, period, place of the number) for everything of one part that is given by period."""
    for what in series_names(model):
        place = series_place(model, data, owner, what)
        held = value_at(data, place) if place is not None else MISSING
        if place is not None and isinstance(held, dict):
            yield from ((what, key, (*place, key)) for key in held if key not in NOT_PERIODS)
        elif place is not None and isinstance(held, list):
            names = (*periods, *(f"#{n + 1}" for n in range(len(periods), len(held))))
            yield from ((what, name, (*place, index)) for index, name in zip(range(len(held)), names, strict=False))


def write_number(pen: Pen, place: Path, period: str, value: Any, periods: tuple[str, ...]) -> None:
    """Give a period its number; periods stay in order. Raises UsageError.

    A number without periods holds from the first of ``periods`` up to it, a list is written out by their names.
    """
    held, first = value_at(pen.now, place), periods[:1]
    if isinstance(held, list):
        pen.write(place, dict(zip(periods, held, strict=False)))
    elif isinstance(held, dict) and not isinstance(held.get("units"), dict | list | None):
        pen.write(place, {**{key: item for key, item in held.items() if key != "units"}, **dict.fromkeys(first, held["units"])})
    elif not isinstance(held, dict) and held is not MISSING and held is not None:
        pen.write(place, dict.fromkeys(first, held))
    held = value_at(pen.now, place)
    held = held if isinstance(held, dict) else {}
    if period in held or _last(held) <= _order(period):
        pen.write((*place, period), value)
        return
    words = {key: item for key, item in held.items() if key in NOT_PERIODS}
    numbers = {key: item for key, item in held.items() if key not in NOT_PERIODS} | {period: value}
    pen.write(place, {**words, **dict(sorted(numbers.items(), key=lambda pair: _order(pair[0])))})


def remove_number(pen: Pen, path: Path) -> None:
    """Take one number away; with the last one goes what only it needed."""
    held = value_at(pen.now, path[:-1])
    left = [key for key in held if key not in NOT_PERIODS and key != path[-1]] if isinstance(held, dict) else held
    pen.write(path if left else path[:-1], DELETE)


def _last(held: dict[str, Any]) -> tuple[int, str]:
    return max((_order(key) for key in held if key not in NOT_PERIODS), default=(0, ""))


def _order(key: str) -> tuple[int, str]:
    """Periods in time; what is none stands last."""
    try:
        return (0, parse_period(key)[0].isoformat())
    except ValueError:
        return (1, key)


def _column(model: type[BaseModel], what: str) -> Column | None:
    for column in columns_of(model):
        name = column.name.removesuffix(".units") if Slots in column.holders else column.name
        if (column.series and name == what) or (what == "budget" and Budget in column.holders):
            return column
    return None
