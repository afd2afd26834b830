"""What changed between two scenarios, as sentences: for the screen, for ``planner diff`` and for the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.scenario.base import Source
from planner.scenario.by_period import ByPeriod
from planner.scenario.parts import Part, find_parts, short_name
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import FOR_GOOD
from planner.scenario.slots import Slots
from planner.scenario.words import unit_of, words

LABELS = {
    "money": "Money",
    "routes": "Route",
    "sites": "Site",
    "demand": "Demand",
    "suppliers": "Supplier",
    "offers": "Offer",
    "resources": "Resource",
    "commitments": "Signed contract",
    "duties": "Duty",
    "shocks": "Shock",
    "licences": "Licence review",
    "futures": "Futures",
    "policy": "Rule",
}
FRONT = ("title", "description", "calendar")
Leaves = dict[str, Any]


def describe_difference(a: Scenario | Mapping[str, Any], b: Scenario | Mapping[str, Any]) -> list[str]:
    """One sentence per change from ``a`` to ``b``; empty when both say the same.

    Parts are matched by id, so their order does not count, and a default written out is no change. Mappings are
    resolved documents; when one of the two does not make a scenario, the sentences name its fields as written.
    """
    try:
        first = a if isinstance(a, Scenario) else Scenario.model_validate(dict(a))
        second = b if isinstance(b, Scenario) else Scenario.model_validate(dict(b))
    except ValidationError:
        return list(_raw(_as_data(a), _as_data(b)))
    return [*_front(first, second), *_parts(first, second)]


def _front(a: Scenario, b: Scenario) -> Iterator[str]:
    for name in FRONT:
        before, after = _leaves(getattr(a, name), name), _leaves(getattr(b, name), name)
        for field in before | after:
            if before.get(field) != after.get(field):
                told = field.replace(".", " ").capitalize()
                yield _change(told, before.get(field), after.get(field), "")


def _parts(a: Scenario, b: Scenario) -> Iterator[str]:
    before = {(part.kind, part.id): part for part in find_parts(a)}
    after = {(part.kind, part.id): part for part in find_parts(b)}
    for key in before | after:
        kind, name = key
        label = f"{LABELS[kind]} {name}".strip()
        if key not in before:
            yield f"{label} is new"
        elif key not in after:
            yield f"{label} is gone"
        else:
            yield from _fields(a, b, before[key], after[key])


def _fields(a: Scenario, b: Scenario, old: Part, new: Part) -> Iterator[str]:
    before, after = _leaves(old.item), _leaves(new.item)
    for field in before | after:
        left, right = before.get(field), after.get(field)
        if left != right:
            unit = unit_of(b, new, field) if right is not None else unit_of(a, old, field)
            yield from _sentences(_subject(new, short_name(field)), left, right, unit)
    label = "Rules" if new.kind == "policy" else f"{LABELS[new.kind]} {new.id}".strip()
    yield from _sources(label, old.item.sources, new.item.sources)


def _subject(part: Part, field: str) -> str:
    """``Offer maxwell-line: price`` or ``Rule max_country_share for CN:``."""
    if part.kind == "policy":
        rule, _, rest = field.partition(".")
        return f"Rule {rule}" + (f" for {rest.replace('.', ' ')}" if rest else "")
    return f"{LABELS[part.kind]} {part.id}".strip() + f": {field}"


def _leaves(value: Any, name: str = "") -> Leaves:
    """Comparable values of a part by dotted name; what is None is left out."""
    if isinstance(value, BaseModel) and not isinstance(value, ByPeriod | Slots):
        fields = ((info.alias or key, getattr(value, key)) for key, info in type(value).model_fields.items())
        inner = ((key, _told(key, item)) for key, item in fields if key not in ("id", "sources"))
    elif isinstance(value, dict):
        inner = ((str(key), item) for key, item in value.items())
    else:
        return {} if value in (None, (), "") else {name: value}
    return {field: leaf for key, item in inner for field, leaf in _leaves(item, f"{name}.{key}" if name else key).items()}


def _told(field: str, value: Any) -> Any:
    """The value, with words where leaving it out means something."""
    return FOR_GOOD if field == "lasts" and value is None else value


def _sentences(subject: str, left: Any, right: Any, unit: str) -> Iterator[str]:
    if isinstance(left, Slots) and isinstance(right, Slots):
        if left.per != right.per:
            yield _change(subject, f"{words(left)} per {left.per}", f"{words(right)} per {right.per}", "")
            return
        left, right = left.units, right.units
    if isinstance(left, ByPeriod) and isinstance(right, ByPeriod) and _keyed(left) and _keyed(right):
        yield from _by_period(subject, left, right, unit)
    else:
        yield _change(subject, left, right, unit)


def _keyed(series: ByPeriod) -> bool:
    return bool(series.points) and bool(series.points[0][2])


def _by_period(subject: str, left: ByPeriod, right: ByPeriod, unit: str) -> Iterator[str]:
    before, after = ({day: (key, number) for day, number, key in one.points} for one in (left, right))
    for day in sorted(before | after):
        key = (after.get(day) or before[day])[0]
        old, new = (one[day][1] if day in one else None for one in (before, after))
        if old != new:
            yield _change(f"{subject} from {key}", old, new, unit)
    if left.interpolate != right.interpolate:
        yield f"{subject} now " + (
            "runs straight between its periods" if right.interpolate == "linear" else "holds until the next period"
        )


def _change(subject: str, left: Any, right: Any, unit: str) -> str:
    told = f" ({unit})" if unit else ""
    if left is None:
        return f"{subject} is new: {words(right)}{told}"
    if right is None:
        return f"{subject} is gone (was {words(left)}{f' {unit}' if unit else ''})"
    if isinstance(left, date) and isinstance(right, date):
        return f"{subject} moves from {words(left)} to {words(right)}"
    if subject.startswith(LABELS["policy"]):
        return f"{subject}: {words(left)} to {words(right)}{told}"
    return f"{subject} changes from {words(left)} to {words(right)}{told}"


def _sources(label: str, old: tuple[Source, ...], new: tuple[Source, ...]) -> Iterator[str]:
    for source in new:
        if source not in old:
            yield f"{label}: source of {', '.join(source.field)} is new or changed ({source.kind})"
    for source in old:
        if source not in new and not any(set(source.field) & set(one.field) for one in new if one not in old):
            yield f"{label}: source of {', '.join(source.field)} is gone"


def _as_data(value: Scenario | Mapping[str, Any]) -> Any:
    return value.model_dump(mode="json", by_alias=True, exclude_unset=True) if isinstance(value, Scenario) else value


def _raw(a: Any, b: Any) -> Iterator[str]:
    before, after = dict(_raw_leaves(a, "")), dict(_raw_leaves(b, ""))
    for field in before | after:
        if before.get(field) != after.get(field) or (field in before) != (field in after):
            yield _change(field, before.get(field), after.get(field), "")


def _raw_leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        items = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, list):
        items = [(_item_name(item, index), item) for index, item in enumerate(value)]
    else:
        yield name, value
        return
    for key, item in items:
        yield from _raw_leaves(item, f"{name}.{key}" if name else key)


def _item_name(item: Any, index: int) -> str:
    """An item of a list goes by its id, so that its place in the list does not matter."""
    name = item.get("id") if isinstance(item, Mapping) else None
    return str(name) if name else str(index)
