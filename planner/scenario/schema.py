"""The scenario format as JSON Schema: completion and red lines in an editor, and a contract for other programs.

The models are the truth; here their schema learns the short forms the models accept, and the form of a variant. What
an editor cannot see (references, sums, dates against the calendar) only ``planner check`` tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.scenario.base import ID_LENGTH, ID_PATTERN
from planner.scenario.changes import ACTIONS
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import FOR_GOOD
from planner.scenario.variants import VARIANT_KEYS

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SERIES: Schema = {"$ref": "#/$defs/Series"}
DURATION = r"^ *\d{1,4} (day|week|month|year)s? *$"
BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
SHORT_FORMS: dict[str, Schema] = {
    "Amount": SERIES,
    "Price": SERIES,
    "Rate": SERIES,
    "Throughput": {"type": "number", "exclusiveMinimum": 0},
    "ShareLimit": {"type": "number", "minimum": 0, "maximum": 1},
    "LicenceOutcome": {"type": "number", "minimum": 0, "maximum": 1},
}
"""What may stand in the place of the whole object."""


def json_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a scenario file or of a variant that ``extends`` one."""
    schema = _tidy(Scenario.model_json_schema(by_alias=True))
    parts: dict[str, Schema] = schema["$defs"]
    for name, short in SHORT_FORMS.items():
        parts[name] = {"description": parts[name].pop("description"), "anyOf": [short, parts[name]]}
    parts["Series"] = _series()
    parts["Change"] = _change()
    _budget(parts["Budget"])
    _lists_of_one(parts)
    _one_way(parts)
    teams = {"type": "object", "properties": {"teams": SERIES}, "required": ["teams"], "additionalProperties": False}
    parts["Policy"]["properties"]["vetting_teams"] = {"anyOf": [SERIES, teams]}
    for name in ("Commitment", "Duty"):  # their id is made from what they say when it is left out
        parts[name]["required"].remove("id")
    return {
        "$schema": DIALECT,
        "title": "Planner scenario",
        "description": "A scenario, or with extends: a variant of another file",
        "type": "object",
        "properties": {
            **schema["properties"],
            "extends": {"type": "string", "description": "the file this one is a variant of, from the same folder"},
            "changes": {"type": "array", "items": {"$ref": "#/$defs/Change"}},
        },
        "additionalProperties": False,
        "oneOf": [
            {"required": schema["required"], "not": {"anyOf": [{"required": ["extends"]}, {"required": ["changes"]}]}},
            {"required": ["extends"], "propertyNames": {"enum": list(VARIANT_KEYS)}},
        ],
        "$defs": parts,
    }


def _tidy(value: Any) -> Any:
    """Standard names for bounds, one definition for all series, ids with their pattern."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_series(value):
        return dict(SERIES)
    if "patternProperties" in value and "per" in value.get("properties", {}):
        return _slots(value)
    found = {BOUNDS.get(key, key) if isinstance(item, int | float) else key: _tidy(item) for key, item in value.items()}
    if isinstance(found.get("properties"), dict) and "id" in found["properties"]:
        found["properties"]["id"] = {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$", "maxLength": ID_LENGTH}
    return found


def _is_series(value: Schema) -> bool:
    return len(value.get("oneOf", ())) == 3 and "patternProperties" in value["oneOf"][-1]


def _period_map(value: Schema) -> Schema:
    return {**value, "additionalProperties": False}


def _series() -> Schema:
    found: list[Schema] = []
    _each(Scenario.model_json_schema(by_alias=True), lambda part: found.append(part) if _is_series(part) else None)
    number, listed, by_period = found[0]["oneOf"]
    return {"description": found[0]["description"], "oneOf": [number, {**listed, "minItems": 1}, _period_map(by_period)]}


def _each(value: Any, visit: Callable[[Schema], None]) -> None:
    if isinstance(value, dict):
        visit(value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _each(item, visit)


def _slots(value: Schema) -> Schema:
    properties = {**value["properties"], "units": SERIES, "interpolate": {"enum": ["step", "linear"]}}
    return {**_period_map(value), "properties": properties}


def _budget(part: Schema) -> None:
    """Years stand beside ``per``, or below ``years``."""
    part["required"] = ["per"]
    part["patternProperties"] = {r"^\d{4}$": {"type": "number", "minimum": 0}}


def _lists_of_one(parts: dict[str, Schema]) -> None:
    """A single name may stand without brackets."""
    for name, field in (("Source", "field"), ("Duty", "replaces")):
        listed = parts[name]["properties"][field]
        parts[name]["properties"][field] = {"description": listed.pop("description", ""), "anyOf": [{"type": "string"}, listed]}


def _one_way(parts: dict[str, Schema]) -> None:
    """A shock comes by hazard or on a date; a rule of resilience names one loss; a shock that does not end is for good."""
    lasts = parts["Shock"]["properties"]["lasts"]
    parts["Shock"]["properties"]["lasts"] = {
        "description": lasts["description"],
        "anyOf": [{"const": FOR_GOOD}, {"type": "string", "pattern": DURATION}],
    }
    parts["Shock"]["anyOf"] = [
        {"required": ["hazard_per_year"], "not": _any_of("date", "probability")},
        {"required": ["date", "probability"], "not": _any_of("hazard_per_year", "from", "until")},
    ]
    losses = ("country", "supplier", "group")
    parts["Resilience"]["anyOf"] = [
        {"required": [one], "not": _any_of(*(other for other in losses if other != one))} for one in losses
    ]


def _any_of(*names: str) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


def _change() -> Schema:
    return {
        "type": "object",
        "description": "one change of a variant: what it selects and what it does there",
        "properties": {
            "select": {"type": "string", "description": "such as offers[acme].price.amount"},
            "set": {"description": "the new value"},
            "multiply": {"type": "number"},
            "add": {"type": "number"},
            "append": {"description": "an item for the end of the list"},
            "remove": {"const": True},
            "note": {"type": "string"},
        },
        "required": ["select"],
        "additionalProperties": False,
        "oneOf": [{"required": [action]} for action in ACTIONS],
    }
