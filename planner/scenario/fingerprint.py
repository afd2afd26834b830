"""One scenario, one hash: however it is written, in whatever order, with whatever comments.

Two scenarios with the same hash have the same answer. What changes no answer does not change the hash: comments,
the order of suppliers, offers, sites, demand, duties and commitments, the spelling of a number (1, 1.0, 1e0, -0.0),
the Unicode form of a name, a default written out, and all texts that only explain: title, description, notes,
sources and web addresses. Ids and suppliers' names do change it: results name them, and sanctions compare them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import Duration
from planner.scenario.scenario import Scenario

EXPLAINS = frozenset({"title", "description", "note", "sources", "url", "class_default"})
ORDERED = frozenset({"steps", "months", "share"})
"""Tuples whose order means something: the steps of a route, the marks of a ramp and their shares."""


def canonical(scenario: Scenario) -> str:
    """The scenario as JSON in one form only: sorted keys, sorted lists, every number a float, no defaults."""
    return _dump(_model(scenario))


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of ``canonical`` in hexadecimal."""
    return hashlib.sha256(canonical(scenario).encode("utf-8")).hexdigest()


def fingerprint(scenario: Scenario, options: Mapping[str, object], versions: Mapping[str, str]) -> str:
    """SHA-256 of everything an answer depends on: the scenario, the options of the solve, the versions of the programs."""
    text = _dump({"scenario": scenario_hash(scenario), "options": _plain(dict(options)), "versions": _plain(dict(versions))})
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _model(part: BaseModel) -> dict[str, Any]:
    """The fields that differ from their default, so that a new optional field leaves old hashes alone."""
    found = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if name in EXPLAINS or (not info.is_required() and value == info.get_default(call_default_factory=True)):
            continue
        plain = _plain(value)
        if isinstance(value, tuple) and name not in ORDERED:
            plain = sorted(plain, key=_dump)
        found[info.alias or name] = plain
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, ByPeriod):
        return _series(value)
    if isinstance(value, BaseModel):
        return _model(value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) + 0.0  # -0.0 becomes 0.0
    if isinstance(value, date | Duration):
        return str(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _series(series: ByPeriod) -> Any:
    """A key counts by its first day: 2026, 2026-Q1 and 2026-01-01 begin alike."""
    if series.listed:
        return [float(number) + 0.0 for number in series.listed]
    points = {first.isoformat(): float(number) + 0.0 for first, number, _ in series.points}
    return {"points": points, "interpolate": series.interpolate}
