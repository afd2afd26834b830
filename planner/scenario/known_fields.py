"""Which fields may stand at a place in a scenario, read from the models themselves."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from planner.scenario.by_period import ByPeriod
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario


def fields_at(path: Path) -> tuple[str, ...]:
    """Names of the fields, as written in a file, that the mapping at ``path`` may have; empty where names are free."""
    kinds = [Scenario]
    for part in path:
        kinds = [below for kind in kinds for below in _below(kind, part)]
    return tuple(name for kind in kinds for name in _names(kind))


def item_models() -> dict[str, type[BaseModel]]:
    """The model of the items of every section of a scenario that is a list."""
    return {
        name: _kinds(get_args(field.annotation)[0])[0]
        for name, field in Scenario.model_fields.items()
        if _is_list(field.annotation)
    }


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple


def _names(kind: Any) -> list[str]:
    if kind is ByPeriod:
        return ["interpolate"]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _below(kind: Any, part: str | int) -> list[Any]:
    """The kinds of value below one field, key or item of ``kind``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found = (field for name, field in kind.model_fields.items() if part in (field.alias, name))
        return [below for field in found for below in _kinds(field.annotation)]
    origin, args = get_origin(kind), get_args(kind)
    if origin is dict:
        return _kinds(args[1])
    return _kinds(args[0]) if origin is tuple else []


def _kinds(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [kind for arg in get_args(annotation) for kind in _kinds(arg)]
    return [annotation]
