"""The columns of every table, read from the models of the format: nothing of the format is written down twice."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from planner.scenario.by_period import ByPeriod
from planner.scenario.contracts import Duty
from planner.scenario.dates import MONTHS, Duration
from planner.scenario.document import Path
from planner.scenario.money import Amount, Price, Rate
from planner.scenario.offers import Throughput
from planner.scenario.policy import Budget, ShareLimit
from planner.scenario.shocks import LicenceOutcome
from planner.scenario.slots import Slots

Kind = Literal["text", "number", "flag", "day", "choice", "names", "numbers"]
"""What a cell holds: text, a number, true or false, a date, one of some words, words or numbers with commas between."""
SHORTS: dict[type, str] = {
    Amount: "amount",
    Price: "amount",
    Rate: "rate",
    Throughput: "mw",
    ShareLimit: "total",
    LicenceOutcome: "probability",
}
"""Models a bare value may stand for, and the field it then gives."""
REFERENCES = {
    "supplier": "suppliers", "suppliers": "suppliers", "vet": "suppliers", "sign": "suppliers",
    "offer": "offers", "offers": "offers", "order": "offers", "site": "sites", "sites": "sites", "by_site": "sites",
    "step": "steps", "steps": "steps", "covers": "steps", "process_qualification": "steps",
    "country": "countries", "countries": "countries", "origin": "countries", "into": "countries", "ships_from": "countries",
    "max_country_share": "countries", "min_country_share": "countries",
    "max_supplier_share": "suppliers", "min_supplier_share": "suppliers",
    "group": "groups", "max_group_share": "groups", "min_group_share": "groups",
    "currency": "currencies", "resource": "resources", "shock": "shocks",
}  # fmt: skip
"""Fields that name something else, and what they name."""


FIRST = (
    "id", "name", "title", "supplier", "offer", "country", "sites", "unit", "price.amount", "price.currency", "target_mw",
    "hazard_per_year", "probability", "date", "rate", "slots.per", "slots.units", "lead_time", "covers", "ready", "capacity_mw",
)  # fmt: skip
LAST = ("note", "class_default")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row. ``path`` leads to it in the words of the file, () for the row's value itself.

    ``holders`` are the models that own each part of the path; ``series``: it may change over time.
    """

    path: tuple[str, ...]
    holders: tuple[type | None, ...]
    kind: Kind
    options: tuple[str, ...] = ()
    refers: str = ""
    series: bool = False

    @property
    def name(self) -> str:
        """The dotted name, ``price.amount``; ``value`` for a row that is one value."""
        return ".".join(self.path) or "value"


@dataclass(frozen=True, slots=True)
class Below:
    """A list or map of parts inside a part: it gets a table of its own. ``kind`` is what its entries are."""

    path: tuple[str, ...]
    holders: tuple[type | None, ...]
    keyed: bool
    kind: Any


@cache
def columns_of(kind: Any) -> tuple[Column, ...]:
    """The columns of a row that is a model, a number over time or a plain value."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not ByPeriod:
        found = [item for item in _walk(kind, (), ()) if isinstance(item, Column)]
        return tuple(sorted(found, key=_rank))
    column = _leaf((), (), kind, "")
    assert column is not None
    return (column,)


@cache
def parts_below(model: type[BaseModel]) -> tuple[Below, ...]:
    """The lists and maps of parts inside a model, sources first."""
    return tuple(item for item in _walk(model, (), ()) if isinstance(item, Below))


def kinds_of(annotation: Any) -> list[Any]:
    """The kinds of value an annotation allows, without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds_of(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [kind for arg in get_args(annotation) if arg is not types.NoneType for kind in kinds_of(arg)]
    return [annotation]


def _rank(column: Column) -> int:
    """Columns people change every day come first, remarks last."""
    if column.name in LAST:
        return len(FIRST) + 1
    return FIRST.index(column.name) if column.name in FIRST else len(FIRST)


def _walk(model: type[BaseModel], path: tuple[str, ...], holders: tuple[type | None, ...]) -> list[Column | Below]:
    found: list[Column | Below] = []
    for name, info in model.model_fields.items():
        here, owners = (*path, info.alias or name), (*holders, model)
        kinds = kinds_of(info.annotation)
        kind, origin = kinds[0], get_origin(kinds[0])
        inner = kinds_of(get_args(kind)[-1 if origin is dict else 0])[0] if origin in (dict, tuple) else None
        if origin is dict or (origin is tuple and _is_model(inner)):
            found.append(Below(here, owners, origin is dict, inner))
        elif kind is Slots:
            found.append(Column((*here, "per"), (*owners, Slots), "choice", tuple(MONTHS)))
            found.append(Column((*here, "units"), (*owners, Slots), "number", series=True))
        elif kind is Budget:
            found.append(Column((*here, "per"), (*owners, Budget), "choice", ("fiscal-year",)))
        elif _is_model(kind) and kind is not ByPeriod:
            found += _walk(kind, here, owners)
        elif column := _leaf(here, owners, kind, info.alias or name):
            found.append(column)
    return found


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _leaf(path: tuple[str, ...], holders: tuple[type | None, ...], kind: Any, name: str) -> Column | None:
    refers = REFERENCES.get(name, "")
    if get_origin(kind) is Literal:
        return Column(path, holders, "choice", tuple(map(str, get_args(kind)))) if name != "format" else None
    if get_origin(kind) is tuple:
        inner = kinds_of(get_args(kind)[0])[0]
        return Column(path, holders, "numbers" if inner in (int, float) else "names", refers=refers if inner is str else "")
    if kind is ByPeriod:
        return Column(path, holders, "number", series=True)
    plain: dict[Any, Kind] = {bool: "flag", int: "number", float: "number", date: "day", Duration: "text", str: "text"}
    if name == "origin" and holders[-1:] == (Duty,):
        return Column(path, holders, "choice", ("any",), refers)
    refers = refers if kind is str else ""
    return Column(path, holders, "choice" if refers else plain.get(kind, "text"), refers=refers)


def is_short(node: Any, model: type | None) -> bool:
    """Whether a value stands for the one field of ``model`` it may stand for."""
    if model not in SHORTS or node is None:
        return False
    return not isinstance(node, dict) or not set(node) & _names(model)


@cache
def _names(model: Any) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in model.model_fields.items())


def steps_to(node: Any, column_path: tuple[str, ...], holders: tuple[type | None, ...]) -> tuple[Path, bool]:
    """The way from a row's value to a field as the file writes it; False when a short form has no room for the field."""
    way: list[str | int] = []
    for part, holder in zip(column_path, holders, strict=True):
        if is_short(node, holder):
            if part != SHORTS[holder]:  # type: ignore[index]
                return tuple(way), False
            continue
        way.append(part)
        node = node.get(part) if isinstance(node, dict) else None
    if column_path[-1:] == ("vetting_teams",) and isinstance(node, dict) and "teams" in node:
        way.append("teams")
    return tuple(way), True
