"""The JSON Schema says yes to every shipped file and every short form, and no to what the models refuse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from planner.scenario.read import read_document, read_scenario
from planner.scenario.register import find_unsourced
from planner.scenario.scenario import Scenario
from planner.scenario.schema import json_schema
from planner.scenario.starter import starter_text
from planner.scenario.yaml_events import parse_yaml
from tests.scenario.sample import damaged

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))
SCHEMA = json_schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KNOWN = {
    *("$ref", "$schema", "$defs", "title", "description", "default", "type", "enum", "const", "anyOf", "oneOf", "not"),
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties"),
    *("items", "minItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "maxLength", "pattern"),
}


def accepts(schema: Any, value: Any) -> bool:
    """A small validator for the keywords our schema uses; any other keyword fails the test."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema and not accepts(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value):
        return False
    return all(
        (
            "type" not in schema or of_type(schema["type"], value),
            "enum" not in schema or value in schema["enum"],
            "const" not in schema or (type(value), value) == (type(schema["const"]), schema["const"]),
            "not" not in schema or not accepts(schema["not"], value),
            "anyOf" not in schema or any(accepts(one, value) for one in schema["anyOf"]),
            "oneOf" not in schema or sum(accepts(one, value) for one in schema["oneOf"]) == 1,
            not isinstance(value, dict) or accepts_map(schema, value),
            not isinstance(value, list) or accepts_list(schema, value),
            not isinstance(value, str) or accepts_text(schema, value),
            not of_type("number", value) or in_bounds(schema, value),
        )
    )


def of_type(name: str, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in ("number", "integer"):
        return number and (name == "number" or value == int(value))
    return isinstance(value, TYPES[name])


def in_bounds(schema: Any, value: float) -> bool:
    return (
        value >= schema.get("minimum", value)
        and value <= schema.get("maximum", value)
        and ("exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"])
        and ("exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"])
    )


def accepts_list(schema: Any, value: list[Any]) -> bool:
    return len(value) >= schema.get("minItems", 0) and all(accepts(schema.get("items", True), item) for item in value)


def accepts_text(schema: Any, value: str) -> bool:
    return len(value) <= schema.get("maxLength", len(value)) and bool(re.search(schema.get("pattern", ""), value))


def accepts_map(schema: Any, value: dict[str, Any]) -> bool:
    if not set(schema.get("required", ())) <= set(value) or len(value) < schema.get("minProperties", 0):
        return False
    for key, item in value.items():
        rules = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        rules += [rule for pattern, rule in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        if not all(accepts(rule, item) for rule in rules or [schema.get("additionalProperties", True)]):
            return False
        if not accepts(schema.get("propertyNames", True), key):
            return False
    return True


def data_of(text: str) -> Any:
    return parse_yaml(text, "f.yaml").data


def test_it_has_a_title_and_closes_every_object() -> None:
    assert SCHEMA["title"]
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["$schema"].startswith("https://json-schema.org/")
    objects = {name: part for name, part in SCHEMA["$defs"].items() if part.get("type") == "object"}
    assert len(objects) > 20
    assert [name for name, part in objects.items() if part.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_files_fit(path: Path) -> None:
    assert accepts(SCHEMA, data_of(path.read_text()))


SHORT = [
    ("price: 30", "price: [30, 30, 30, 30, 30, 30, 30, 30]"),
    ("price: 30", "price: {2026: 30, 2027: 31}"),
    ("price: 30", "price: {amount: {2026: 30}, escalation: 0.02, as_of: 2026-01-01}"),
    ("signing_fee: 2", "signing_fee: {amount: 2, currency: CNY}"),
    ("CNY: 0.145", "CNY: {rate: 0.145, as_of: 2026-01-01}"),
    ("covers: {plate: 600}", "covers: {plate: {wafers_per_hour: 8000, uptime: 0.9, yield: 0.98}}"),
    ("{CN: 0.8}", "{CN: {total: 0.8, steps: {wet: 0.9}, from: 2027-01-01}}"),
    ("{per: fiscal-year, 2026: 3000, 2027: 3000}", "{per: fiscal-year, years: {2026: 3000, 2027: 3000}}"),
    ("{CN: 0.8}", "{CN: 0.8}\n  vetting_teams: {teams: 2}"),
    ("{CN: 0.8}", "{CN: 0.8}\n  vetting_teams: {2026: 2, 2027: 3}"),
    ("rate: 0.25, ", "rate: 0.25, replaces: [], "),
    ("{id: base, origin: CN", "{origin: CN"),
    ("{id: early, offer", "{offer"),
    ("    signing_fee: 2", "    signing_fee: 2\n    sources: [{is: quote, field: slots}, {is: fact, field: [slots, name]}]"),
    ("slots: {per: quarter, 2026-Q1: 3}", "slots: {per: year, units: {2026: 12}}"),
    ("slots: {per: quarter, 2026-Q1: 3}", "slots: {per: half-year, units: 12}"),
]  # fmt: skip


@pytest.mark.parametrize("edit", SHORT, ids=lambda edit: edit[1].strip()[:50])
def test_short_and_long_forms_fit_the_schema_and_the_models(edit: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(damaged(edit))
    read_scenario(path)
    assert accepts(SCHEMA, data_of(path.read_text()))


@pytest.mark.parametrize(
    "edit",
    [
        ("price: 30", "prise: 30"),
        ("price: 30", "price: thirty"),
        ("price: 30", "price: {amount: 30, per: unit}"),
        ("price: 30", "price: {2026-Q7: 30}"),
        ("format: 1", "format: 2"),
        ("step: quarter", "step: week"),
        ("{CN: 0.8}", "{CN: 80}"),
        ("    country: DE\n", ""),
        ("id: beta\n", "id: be ta\n"),
        ("slots: {per: quarter, 2026-Q1: 3}", "slots: {2026-Q1: 3}"),
        ("slots: {per: quarter, 2026-Q1: 3}", "slots: {per: quarter, whenever: 3}"),
        ("discount_rate: 0.08", "discount: 0.08"),
        ("min_order: 2", "min_order: -2"),
        ("title: Sample", "title: Sample\nchanges: []"),
    ],
    ids=lambda edit: edit[1].strip() or edit[0].strip(),
)
def test_what_the_models_refuse_does_not_fit(edit: tuple[str, str]) -> None:
    data = data_of(damaged(edit))
    assert not accepts(SCHEMA, data)
    with pytest.raises(ValueError, match="validation error"):
        Scenario.model_validate(data)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("extends: a.yaml\nchanges: [{select: sites, set: []}]", True),
        ("format: 1\ntitle: x\ndescription: y\nextends: a.yaml", True),
        ("extends: a.yaml\nchanges: [{select: sites, remove: true, note: gone}]", True),
        ("extends: a.yaml\nchanges: [{select: sites, set: 1, multiply: 2}]", False),
        ("extends: a.yaml\nchanges: [{select: sites}]", False),
        ("extends: a.yaml\nsites: []", False),
        ("title: x", False),
    ],
)
def test_variants(text: str, fits: bool) -> None:
    assert accepts(SCHEMA, data_of(text)) is fits


def test_the_news_of_the_starter_is_good_when_its_marks_are_removed(tmp_path: Path) -> None:
    text = starter_text()
    begin = text.index("# shocks:")
    path = tmp_path / "f.yaml"
    path.write_text(text[:begin] + re.sub("^# ", "", text[begin:], flags=re.MULTILINE))
    read = read_scenario(path)
    assert [shock.id for shock in read.scenario.shocks] == ["export-stop"]
    # the target begins later; 8 quarters, seven in which the stop may come: 8 + 7 + 6 + ... + 1 = 36 nodes, 8 futures
    assert [(one.severity, one.field) for one in read.findings] == [("note", "demand.ramp.target_mw"), ("note", "shocks")]
    assert read.findings[1].problem == "36 nodes, 8 futures; cut mass 0.00%"
    assert accepts(SCHEMA, read_document(path).data)
    assert find_unsourced(read.scenario) == []


def test_the_starter_is_read_without_a_complaint_and_explains_itself(tmp_path: Path) -> None:
    text = starter_text()
    path = tmp_path / "f.yaml"
    path.write_text(text)
    assert [one.severity for one in read_scenario(path).findings] == ["note"]
    assert accepts(SCHEMA, read_document(path).data)
    assert 50 <= text.count("\n") <= 90
    sections = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert {"calendar", "money", "routes", "sites", "demand", "suppliers", "offers", "policy"} <= set(sections)
    for section in ("calendar", "routes", "sites", "demand", "suppliers", "offers", "duties"):
        before = text[: text.index(f"\n{section}:")]
        assert before.splitlines()[-1].startswith("#"), f"{section} has no explanation"
