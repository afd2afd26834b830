"""Rows that are one number of a map by period: slots, targets, and prices that change over time or by site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.exchange.columns import Data, Key, NoPlace
from planner.exchange.rows import find_items, find_owner, room
from planner.scenario.dates import parse_period
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at

PERIOD = re.compile(r"\d{4}(-(Q\d|\d{2}(-\d{2})?))?")
OWNERS = {"supplier": "suppliers", "offer": "offers", "resource": "resources"}
ALWAYS = ""
"""The period of a number that holds from the beginning."""


def is_series(value: Any) -> bool:
    """Whether a value is numbers by period: a map with periods as keys, or one number for each period of the calendar."""
    return isinstance(value, list) or (isinstance(value, dict) and any(PERIOD.fullmatch(str(key)) for key in value))


def periods_of(data: Data, path: Path, single: bool = True) -> Iterator[tuple[str, Path]]:
    """(period, place) of the numbers of a series; a single number has no period. A list has no rows."""
    value = value_at(data, path)
    if isinstance(value, dict):
        yield from ((str(key), (*path, key)) for key in value if PERIOD.fullmatch(str(key)))
    elif single and isinstance(value, int | float) and not isinstance(value, bool):
        yield ALWAYS, path


def add_period(data: Data, path: Path, period: str, column: int) -> Path:
    """Room for one more period in the series at ``path``; raises NoPlace when it is a single number or a list."""
    value = value_at(data, path)
    if value is MISSING or value is None or value == {}:
        if not period:
            value_at(data, path[:-1])[path[-1]] = None
            return path
        value_at(data, path[:-1])[path[-1]] = {}
    elif not isinstance(value, dict) or not period:
        had = "one number per period of the calendar" if isinstance(value, list) else "a number already"
        raise NoPlace(column, f"cannot be added: there is {had}", "", "change the number that is there, or clear it first")
    value_at(data, path)[period] = None
    return (*path, period)


def sort_periods(series: dict[str, Any]) -> dict[str, Any]:
    """The map with its periods in order of time; other keys stay before or behind them as they were."""
    names = [key for key in series if PERIOD.fullmatch(str(key))]
    try:
        ordered = sorted(names, key=lambda key: parse_period(key)[0])
    except ValueError:
        return series
    if ordered == names:
        return series
    before = list(series)[: list(series).index(names[0])]
    after = [key for key in series if key not in names and key not in before]
    return {key: series[key] for key in (*before, *ordered, *after)}


@dataclass(frozen=True, slots=True)
class SlotRows:
    """Delivery slots by owner and period."""

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each period of each slot map."""
        for kind, section in OWNERS.items():
            for name, path, _ in find_items(data, section):
                for period, place in periods_of(data, self._numbers(data, path)):
                    yield (kind, name, period), place

    def _numbers(self, data: Data, path: Path) -> Path:
        """Where the numbers stand: beside ``per``, or below ``units``."""
        below = (*path, "slots", "units")
        return below if value_at(data, below) is not MISSING else (*path, "slots")

    def make(self, data: Data, key: Key) -> Path:
        """Room for the slots from one more period on; raises NoPlace."""
        kind, name, period = key
        if kind not in OWNERS:
            raise NoPlace(0, "is not an owner of slots", ", ".join(OWNERS), "correct it")
        path = find_owner(data, OWNERS[kind], name, kind, 1)
        room(data, (*path, "slots"), {})
        numbers = self._numbers(data, path)
        if numbers[-1] == "slots" and not period:
            numbers = (*numbers, "units")
        if numbers[-1] == "units":
            return add_period(data, numbers, period, 2)
        value_at(data, numbers)[period] = None
        return (*numbers, period)


@dataclass(frozen=True, slots=True)
class TargetRows:
    """The wanted capacity, or the load it follows from, by demand and period."""

    fields: tuple[tuple[str, Path], ...] = (("target", ("target_mw",)), ("load", ("data_centre", "load_mw")))

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each period of each demand."""
        for name, path, _ in find_items(data, "demand"):
            for what, below in self.fields:
                for period, place in periods_of(data, (*path, *below)):
                    yield (name, what, period), place

    def make(self, data: Data, key: Key) -> Path:
        """Room for one more period; raises NoPlace."""
        name, what, period = key
        fields = dict(self.fields)
        if what not in fields:
            raise NoPlace(1, "is not a number of a demand", ", ".join(fields), "correct it")
        path = find_owner(data, "demand", name, "demand")
        if what == "load":
            room(data, (*path, "data_centre"), {})
        return add_period(data, (*path, *fields[what]), period, 2)


@dataclass(frozen=True, slots=True)
class PriceRows:
    """Prices and freight that differ by period or by site. A plain amount stands in the sheet of the offers instead."""

    fields: tuple[str, ...] = ("price", "freight")

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each period and site."""
        for name, path, item in find_items(data, "offers"):
            for field in self.fields:
                held, place = item.get(field), (*path, field)
                long = isinstance(held, dict) and not is_series(held)
                for period, where in periods_of(data, (*place, "amount") if long else place, single=False):
                    yield (name, field, "", period), where
                by_site = held.get("by_site") if isinstance(held, dict) else None
                for site in by_site if isinstance(by_site, dict) else ():
                    for period, where in periods_of(data, (*place, "by_site", site)):
                        yield (name, field, str(site), period), where

    def make(self, data: Data, key: Key) -> Path:
        """Room for one more period or site; raises NoPlace."""
        name, field, site, period = key
        if field not in self.fields:
            raise NoPlace(1, "is not an amount of an offer", ", ".join(self.fields), "correct it")
        place: Path = (*find_owner(data, "offers", name, "offer"), field)
        if not site and not period:
            raise NoPlace(3, "names neither a site nor a period", "", f"write the {field} into the sheet Offers")
        held = room(data, place, {})
        if not isinstance(held, dict) or is_series(held):
            if not site:
                return add_period(data, place, period, 3)
            value_at(data, place[:-1])[field] = {"amount": held}
        if not site:
            return add_period(data, (*place, "amount"), period, 3)
        room(data, (*place, "by_site"), {})
        return add_period(data, (*place, "by_site", site), period, 3)
