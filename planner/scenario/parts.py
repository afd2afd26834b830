"""The parts of a scenario that name their sources, and their fields in the words of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from planner.scenario.base import Sourced
from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import Duration
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario
from planner.scenario.slots import Slots

ALL_FIELDS = "all"
NOT_SOURCED = frozenset({"id", "sources", "note"})
SHORT_FORMS = (".amount", ".mw", ".total", ".rate")
"""Inner fields a bare number stands for: ``price: 245`` is ``price.amount``."""
LISTS = ("sites", "demand", "suppliers", "offers", "resources", "commitments", "duties", "shocks", "licences")
MISSING = object()


@dataclass(frozen=True, slots=True)
class Part:
    """One sourced part: ``kind`` as the file names its section, ``id`` empty where there is only one."""

    kind: str
    id: str
    path: Path
    item: Sourced


def find_parts(scenario: Scenario) -> Iterator[Part]:
    """Money, routes, every list of the scenario, futures, policy."""
    yield Part("money", "", ("money",), scenario.money)
    for name, route in scenario.routes.items():
        yield Part("routes", name, ("routes", name), route)
    for kind in LISTS:
        for index, item in enumerate(getattr(scenario, kind)):
            yield Part(kind, item.id, (kind, index), item)
    yield Part("futures", "", ("futures",), scenario.futures)
    yield Part("policy", "", ("policy",), scenario.policy)


def part_fields(item: BaseModel) -> list[str]:
    """Names of the fields a source may support."""
    named = (info.alias or name for name, info in type(item).model_fields.items())
    return [name for name in named if name not in NOT_SOURCED]


def field_value(item: Any, dotted: str) -> Any:
    """The value of ``price`` or ``covers.wet``; ``MISSING`` when the part has no such field."""
    for key in dotted.split("."):
        if isinstance(item, BaseModel):
            names = {info.alias or name: name for name, info in type(item).model_fields.items()}
            item = getattr(item, names[key], MISSING) if key in names else MISSING
        else:
            item = item.get(key, MISSING) if isinstance(item, dict) else MISSING
        if item is MISSING:
            return MISSING
    return item


def numbers_of(item: Any, dotted: str) -> tuple[float, ...]:
    """The numbers of one field: of a plain number, a series or an amount of money; empty for anything else."""
    value = field_value(item, dotted)
    for inner in ("amount", "mw", "units", "rate"):
        found = getattr(value, inner, None)
        if isinstance(found, ByPeriod | float):
            value = found
            break
    if isinstance(value, ByPeriod):
        return value.numbers
    return (float(value),) if isinstance(value, int | float) and not isinstance(value, bool) else ()


def given_numbers(value: Any, name: str = "") -> Iterator[str]:
    """Dotted names of the numbers and durations the file gives in a part; what has its default is left out."""
    if isinstance(value, ByPeriod | Slots | Duration) or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield name
    elif isinstance(value, BaseModel):
        for key, info in type(value).model_fields.items():
            shown = info.alias or key
            if key in value.model_fields_set and (name or shown not in NOT_SOURCED):
                yield from given_numbers(getattr(value, key), f"{name}.{shown}" if name else shown)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from given_numbers(item, f"{name}.{key}")
    elif isinstance(value, tuple) and any(True for item in value for _ in given_numbers(item, name)):
        yield name


def short_name(dotted: str) -> str:
    """The field as people name it: ``price`` for ``price.amount``."""
    return next((dotted.removesuffix(end) for end in SHORT_FORMS if dotted.endswith(end)), dotted)
