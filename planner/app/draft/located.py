"""Where in the tables a finding belongs: the table, the row and the column of the field it complains about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.app.draft.lookups import Lookups
from planner.app.draft.over_time import NUMBER
from planner.app.draft.specs import specs
from planner.app.draft.view import View, build_view
from planner.scenario.document import field_name
from planner.scenario.findings import Finding


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: ``row`` counts from 1, ``label`` is what people call the row, ``column`` may be empty for a whole row."""

    table: str
    row: int
    label: str
    column: str


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and its cell; ``spot`` is None for what concerns no cell."""

    finding: Finding
    spot: Spot | None


def build_views(data: Any, lookups: Lookups) -> dict[str, View]:
    """Every table of a scenario by name."""
    return {name: build_view(spec, data, lookups) for name, spec in specs().items()}


def locate_findings(findings: Iterable[Finding], data: Any, views: dict[str, View]) -> tuple[Located, ...]:
    """Every finding with the cell whose field it names, else the nearest cell or row around it."""
    findings = list(findings)
    spots = _spots(data, views) if findings else {}
    inner: dict[str, Spot] = {}
    for name, spot in spots.items():
        for end in _beginnings(name):
            inner.setdefault(end, spot)
    return tuple(Located(finding, _spot(finding.field, spots, inner)) for finding in findings)


def _spot(field: str, spots: dict[str, Spot], inner: dict[str, Spot]) -> Spot | None:
    if not field:
        return None
    found = spots.get(field) or inner.get(field)
    for shorter in _beginnings(field):
        found = found or spots.get(shorter)
    return found


def _beginnings(name: str) -> list[str]:
    """The names of the parts around a field, from the inside out."""
    ends = [at for at, sign in enumerate(name) if sign in ".["]
    return [name[:at] for at in reversed(ends) if at]


def _spots(data: Any, views: dict[str, View]) -> dict[str, Spot]:
    spots: dict[str, Spot] = {}
    for name, view in views.items():
        for number, row in enumerate(view.rows, 1):
            place = field_name(data, row.path)
            label = place.removeprefix(".".join(view.spec.base)).lstrip(".") or ""
            if place and view.growing:
                spots.setdefault(place, Spot(name, number, label, NUMBER if view.spec.shape == "over_time" else ""))
            for field in view.fields:
                if field.column is not None:
                    column = ".".join(field.column.path)
                    dotted = f"{place}.{column}" if column and place else column or place
                    spots.setdefault(dotted, Spot(name, number, label, field.name))
    return spots
