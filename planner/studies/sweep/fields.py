"""The numbers of one field of a scenario that an assumption is about, and the same field with other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from planner.scenario.change_path import is_number
from planner.scenario.dates import DAYS_PER_MONTH, parse_duration
from planner.scenario.parts import MISSING, Part, field_value, given_numbers, short_name
from planner.studies.sweep.changing import find_numbers
from planner.studies.worlds import Data

WHOLE = ("slots", "install_limit", "min_order", "available_units", "units")
"""Fields of whole units."""
NOT_AMOUNTS = (".escalation", ".per", ".as_of", ".by_site")
NO_NUMBERS = ("fiscal_year_starts",)
UNITS = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH, "year": 12 * DAYS_PER_MONTH}
_LENGTH = re.compile(r"(\d+) (day|week|month|year)s?")


class NoNumber(ValueError):
    """The field is no number that could be smaller or larger; the text says why."""


@dataclass(frozen=True)
class Leaf:
    """One place with a number, a series of numbers or a duration: its selector, and what stands there as in the file."""

    select: str
    raw: Any

    @property
    def length(self) -> bool:
        """Whether it is a duration."""
        return isinstance(self.raw, str)


def find_leaves(data: Data, part: Part, field: str) -> tuple[Leaf, ...]:
    """The places of a field that are varied together. Raises NoNumber.

    Of an amount of money it is the amount; of a field with a duration the durations. Other fields must hold numbers of one
    kind, such as the rates of an offer's steps.
    """
    value = field_value(part.item, field)
    if value is MISSING or value is None or field in NO_NUMBERS:
        raise NoNumber("is no number")
    names = [name for name in dict.fromkeys(given_numbers(value, field)) if not name.endswith(NOT_AMOUNTS)]
    leaves = [leaf for name in names if (leaf := _leaf(data, part, name)) is not None]
    lengths = [leaf for leaf in leaves if leaf.length]
    chosen = lengths or leaves
    if not chosen:
        raise NoNumber("is no number")
    if len({_kind(name, field) for name in names}) > 1 and not lengths:
        raise NoNumber("holds several kinds of numbers")
    return tuple(chosen)


def _kind(name: str, field: str) -> str:
    """The last word of a dotted name below its field, empty for the field itself."""
    return name.rsplit(".", 1)[1] if name != field else ""


def _leaf(data: Data, part: Part, name: str) -> Leaf | None:
    head = f"{part.kind}[{part.id}]" if part.id else part.kind
    for dotted in (name, short_name(name)):
        found = find_numbers(data, f"{head}.{dotted}")
        if len(found) == 1 and _varies(found[0]):
            return Leaf(f"{head}.{dotted}", found[0])
    return None


def _varies(raw: Any) -> bool:
    return bool(_LENGTH.fullmatch(raw.strip())) if isinstance(raw, str) else any(True for _ in numbers_in(raw))


def numbers_in(raw: Any) -> Iterator[float]:
    """The numbers of a number, a list, or a map by period."""
    if is_number(raw):
        yield float(raw)
    elif isinstance(raw, list | dict):
        items = raw if isinstance(raw, list) else [item for key, item in raw.items() if key not in ("per", "interpolate")]
        for item in items:
            if is_number(item):
                yield float(item)


def mean_of(leaves: tuple[Leaf, ...]) -> float:
    """The mean of all numbers; of durations in days."""
    found = [days_of(leaf.raw) for leaf in leaves] if leaves[0].length else [n for leaf in leaves for n in numbers_in(leaf.raw)]
    return sum(found) / len(found)


def days_of(text: str) -> float:
    """A duration in days, months at their mean length."""
    length = parse_duration(text)
    return length.months * DAYS_PER_MONTH + length.days


def unit_of_length(text: str) -> str:
    """``week`` of ``6 weeks``."""
    found = _LENGTH.fullmatch(text.strip())
    return found[2] if found else "day"


def scaled(leaf: Leaf, factor: float) -> Any:
    """What stands at the leaf, every number times the factor; whole units are rounded away from what they were."""
    if leaf.length:
        return _scaled_length(leaf.raw, factor)
    whole = any(word in WHOLE for word in re.split(r"[.\[\]]", leaf.select))
    return _scaled(leaf.raw, factor, whole)


def _scaled(raw: Any, factor: float, whole: bool) -> Any:
    if is_number(raw):
        value = float(f"{raw * factor:.10g}")
        return (ceil(value) if factor > 1 else floor(value)) if whole else value
    if isinstance(raw, list):
        return [_scaled(item, factor, whole) for item in raw]
    if isinstance(raw, dict):
        return {key: _scaled(item, factor, whole) if is_number(item) else item for key, item in raw.items()}
    return raw


def _scaled_length(text: str, factor: float) -> str:
    length = parse_duration(text)
    months = length.months * factor
    if length.months and abs(months - round(months)) < 1e-9:
        return _counted(round(months), "month")
    return _counted(max(0, round(days_of(text) * factor)), "day")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
