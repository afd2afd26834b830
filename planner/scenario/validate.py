"""Data -> ``Scenario`` item by item, so that a file full of errors costs no more than a good one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from planner.scenario.known_fields import item_models
from planner.scenario.scenario import Scenario

MOST_ERRORS = 1000
LARGEST_PART = 50_000


def validate(data: dict[str, Any]) -> tuple[Scenario | None, list[Any]]:
    """The scenario, or None and the schema's errors as pydantic lists them.

    The search ends early when ``MOST_ERRORS`` are found or a single part holds more than ``LARGEST_PART`` values.
    """
    if too_large := _too_large(data):
        return None, too_large
    errors: list[Any] = []
    ready = dict(data)
    for section, model in item_models().items():
        if isinstance(items := data.get(section), list):
            ready[section] = _read_items(section, model, items, errors)
        if len(errors) > MOST_ERRORS:
            return None, errors
    try:
        scenario = Scenario.model_validate(ready)
    except ValidationError as error:
        return None, [*errors, *error.errors(include_url=False)]
    return (None, errors) if errors else (scenario, [])


def _read_items(section: str, model: type[BaseModel], items: list[Any], errors: list[Any]) -> list[BaseModel]:
    """The good items; errors of the others go to ``errors``, until there are too many."""
    good = []
    for index, item in enumerate(items):
        try:
            good.append(model.model_validate(item))
        except ValidationError as error:
            errors += [{**found, "loc": (section, index, *found["loc"])} for found in error.errors(include_url=False)]
            if len(errors) > MOST_ERRORS:
                break
    return good


def _too_large(data: dict[str, Any]) -> list[Any]:
    """One error when a section, or an item of a list of the scenario, holds more values than a person would write there."""
    sections = item_models()
    for section, value in data.items():
        split = isinstance(value, list) and section in sections
        parts = [((section, i), item) for i, item in enumerate(value)] if split else [((section,), value)]
        for loc, part in parts:
            if isinstance(part, dict | list) and count_values(part) > LARGEST_PART:
                words = {"problem": f"holds more than {LARGEST_PART:,} values", "allowed": "", "fix": "make it smaller", "at": ""}
                return [{"type": "planner", "loc": loc, "ctx": words}]
    return []


def count_values(value: Any) -> int:
    """How many values stand in a value, itself included."""
    if isinstance(value, dict):
        return 1 + sum(map(count_values, value.values()))
    return 1 + sum(map(count_values, value)) if isinstance(value, list) else 1
