"""The scenario format as tables of keys, from its JSON schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.report.markdown import flat, write_link, write_table
from planner.scenario.schema import json_schema


def write_format() -> Iterator[str]:
    """The section on scenario files, part by part."""
    schema = json_schema()
    yield "## Scenario files\n"
    yield "YAML. Unknown keys are refused. `planner schema` prints the same as JSON schema.\n"
    yield from _object("Scenario", schema)
    for name, part in sorted(schema["$defs"].items()):
        yield from _object(name, part)


def _object(name: str, part: dict[str, Any]) -> Iterator[str]:
    """One part of the format; a part with a short form says which before its keys."""
    whole = next((form for form in (part, *part.get("anyOf", ()), *part.get("oneOf", ())) if "properties" in form), part)
    yield f"### {name}\n"
    if part.get("description"):
        yield f"{flat(part['description'])}\n"
    if whole is not part:
        short = " or ".join(_kind(form) for form in part.get("anyOf", part.get("oneOf", ())) if form is not whole)
        yield f"Short form: {short}.\n"
    elif "properties" not in part:
        yield f"{_kind(part)}\n"
    needed = set(part.get("required", ())) or {key for form in part.get("oneOf", ())[:1] for key in form.get("required", ())}
    needed |= set(whole.get("required", ()))
    rows = [
        (f"`{key}`", _kind(value), "required" if key in needed else _default(value), flat(value.get("description", "")))
        for key, value in whole.get("properties", {}).items()
    ]
    yield write_table(("key", "type", "default", "meaning"), rows)


def _default(value: dict[str, Any]) -> str:
    default = value.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict | list):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return write_link(value["$ref"].rsplit("/", 1)[-1])
    if "enum" in value:
        return ", ".join(str(item) for item in value["enum"])
    if "const" in value:
        return str(value["const"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            kinds = dict.fromkeys(_kind(item) for item in value[key] if item.get("type") != "null")
            return " or ".join(kinds)
    if value.get("type") == "array":
        return f"list of {_kind(value.get('items', {}))}"
    if isinstance(value.get("additionalProperties"), dict):
        return f"map to {_kind(value['additionalProperties'])}"
    return str(value.get("type", "any")) + _range(value)


def _range(value: dict[str, Any]) -> str:
    names = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
    found = [f"{sign} {value[key]:g}" for key, sign in names.items() if key in value]
    return f" {' and '.join(found)}" if found else ""
