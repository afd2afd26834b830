"""The assumption register: where every number comes from, and which numbers do not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.scenario.base import Source
from planner.scenario.parts import ALL_FIELDS, MISSING, Part, field_value, find_parts, given_numbers, short_name
from planner.scenario.scenario import Scenario
from planner.scenario.words import unit_of, words


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of one field. ``part`` is the section of the file; ``low`` and ``high`` are in the field's unit.

    ``value`` is the field's value as text with its unit, empty for the field ``all``.
    """

    part: str
    id: str
    field: str
    value: str
    kind: str
    url: str
    date: str
    confidence: str
    note: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A number or a duration given without a source. ``field`` is dotted: ``covers.wet``."""

    part: str
    id: str
    field: str
    value: str


def build_register(scenario: Scenario) -> list[Entry]:
    """Every source of every part, one entry per field it supports, in the order of the file."""
    return [
        _entry(scenario, part, source, field)
        for part in find_parts(scenario)
        for source in part.item.sources
        for field in source.field
    ]


def _entry(scenario: Scenario, part: Part, source: Source, field: str) -> Entry:
    return Entry(
        part.kind,
        part.id,
        field,
        _value(scenario, part, field),
        source.kind,
        source.url,
        source.date,
        source.confidence,
        source.note,
        source.low,
        source.high,
    )


def _value(scenario: Scenario, part: Part, field: str) -> str:
    value = MISSING if field == ALL_FIELDS else field_value(part.item, field)
    if value is MISSING or value is None:
        return ""
    unit = unit_of(scenario, part, field)
    return f"{words(value)} {unit}".strip()


def find_unsourced(scenario: Scenario) -> list[Unsourced]:
    """Numbers and durations the file gives in a sourced part that no source of that part names.

    A source that names ``price`` supports all of the price, one that names ``price.escalation`` only that.
    """
    return list(_unsourced(scenario))


def _unsourced(scenario: Scenario) -> Iterator[Unsourced]:
    for part in find_parts(scenario):
        supported = {field for source in part.item.sources for field in source.field}
        if ALL_FIELDS in supported:
            continue
        for field in dict.fromkeys(given_numbers(part.item)):
            steps = field.split(".")
            if not any(".".join(steps[:end]) in supported for end in range(1, len(steps) + 1)):
                yield Unsourced(part.kind, part.id, short_name(field), _value(scenario, part, short_name(field)))
