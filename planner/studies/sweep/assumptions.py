"""Every assumption of the register as something that can be varied: where it stands, its low and high end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planner.scenario.base import Source
from planner.scenario.parts import ALL_FIELDS, Part, find_parts, given_numbers
from planner.scenario.scenario import Scenario
from planner.scenario.words import unit_of
from planner.studies.sweep.bars import Assumption
from planner.studies.sweep.changing import Change
from planner.studies.sweep.fields import UNITS, Leaf, NoNumber, find_leaves, mean_of, scaled, unit_of_length
from planner.studies.worlds import Data

OWN_RULES = ("policy",)
"""Parts that say what the buyer wants, not what the world is like."""
OF_FUTURES = ("tension",)
MOST_SHOWN = 40


@dataclass(frozen=True)
class Varied:
    """One assumption with the changes that bring it to its ends; empty where an end is the value assumed."""

    assumption: Assumption
    low: tuple[Change, ...]
    high: tuple[Change, ...]


def find_assumptions(data: Data, scenario: Scenario, spread: float) -> tuple[list[Varied], list[tuple[str, str]]]:
    """Those that can be varied, and (place, why) of the others. ``spread``: part of a value where no range is stated.

    The same number for the same reason in parts of one kind is one assumption. A range stated for several numbers moves
    all of them, so that their mean is at its end.
    """
    groups: dict[tuple[object, ...], Varied] = {}
    skipped: list[tuple[str, str]] = []
    for part, source, field in _entries(scenario):
        place = f"{part.kind}.{part.id}.{field}" if part.id else f"{part.kind}.{field}"
        try:
            one = _vary(data, scenario, (part, source, field), place, spread)
        except NoNumber as error:
            skipped.append((place, str(error)))
            continue
        about = one.assumption
        key = (part.kind, field, about.value, about.low, about.high, source.note, place if not source.note else "")
        before = groups.get(key)
        groups[key] = one if before is None else _together(before, one)
    return list(groups.values()), skipped


def _entries(scenario: Scenario) -> Iterator[tuple[Part, Source, str]]:
    for part in find_parts(scenario):
        if part.kind in OWN_RULES:
            continue
        seen: set[str] = set()
        for source in part.item.sources:
            if source.kind != "assumption":
                continue
            for field in source.field:
                fields = dict.fromkeys(n.split(".")[0] for n in given_numbers(part.item)) if field == ALL_FIELDS else (field,)
                for name in fields:
                    if name not in seen and (part.kind != "futures" or name in OF_FUTURES):
                        seen.add(name)
                        yield part, source, name


def _vary(data: Data, scenario: Scenario, entry: tuple[Part, Source, str], place: str, spread: float) -> Varied:
    part, source, field = entry
    leaves = find_leaves(data, part, field)
    mean = mean_of(leaves)
    if mean == 0 and source.high is None:
        raise NoNumber("is 0, and no range is stated")
    low, high, stated = _ends(leaves, source, mean, spread)
    unit = unit_of(scenario, part, field)
    texts = [_text(leaves, unit), *(_text(_at(leaves, end, mean), unit) for end in (low, high))]
    changes = [_changes(leaves, end, mean) for end in (low, high)]
    return Varied(Assumption((place,), texts[0], texts[1], texts[2], stated, source.note), changes[0], changes[1])


def _ends(leaves: tuple[Leaf, ...], source: Source, mean: float, spread: float) -> tuple[float, float, bool]:
    """Low and high end in the units of ``mean``; of a duration a range is in the first unit in which it holds the value."""
    low, high = source.low, source.high
    if leaves[0].length and (low is not None or high is not None):
        units = dict.fromkeys((unit_of_length(leaves[0].raw), "month", "week", "day", "year"))
        fits = (u for u in units if (low or 0.0) * UNITS[u] <= mean + 1e-9 and (high is None or high * UNITS[u] >= mean - 1e-9))
        unit = next(fits, None)
        low = None if unit is None or low is None else low * UNITS[unit]
        high = None if unit is None or high is None else high * UNITS[unit]
    if (low is not None and low > mean + 1e-9) or (high is not None and high < mean - 1e-9):
        low = high = None  # a range of something else than this number
    stated = low is not None and high is not None
    return mean * (1 - spread) if low is None else low, mean * (1 + spread) if high is None else high, stated


def _at(leaves: tuple[Leaf, ...], end: float, mean: float) -> tuple[Leaf, ...]:
    """The leaves when their mean is at the end."""
    if mean == 0:
        return tuple(replace(leaf, raw=end) for leaf in leaves)
    return tuple(replace(leaf, raw=scaled(leaf, end / mean)) for leaf in leaves)


def _changes(leaves: tuple[Leaf, ...], end: float, mean: float) -> tuple[Change, ...]:
    moved = zip(leaves, _at(leaves, end, mean), strict=True)
    return tuple({"select": leaf.select, "set": at.raw} for leaf, at in moved if at.raw != leaf.raw)


def _text(leaves: tuple[Leaf, ...], unit: str) -> str:
    found = list(dict.fromkeys(_shown(leaf.raw) for leaf in leaves))
    text = ", ".join(found)
    text = text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
    return f"{text} {unit}".strip() if not leaves[0].length else text


def _shown(raw: Any) -> str:
    if isinstance(raw, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in raw.items() if key not in ("per", "interpolate"))
    if isinstance(raw, list):
        return ", ".join(_shown(item) for item in raw)
    return raw if isinstance(raw, str) else f"{raw:.6g}"


def _together(one: Varied, two: Varied) -> Varied:
    places = (*one.assumption.places, *two.assumption.places)
    return Varied(replace(one.assumption, places=places), (*one.low, *two.low), (*one.high, *two.high))
