"""Plain JSON data back into the frozen objects it came from, by what their fields say they hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from planner.explain.explanation import Explanation

T = TypeVar("T")


def read_explanation(data: dict[str, Any]) -> Explanation:
    """The explanation that ``as_dict`` wrote. Raises KeyError or TypeError for anything else."""
    return read_as(Explanation, data)


def read_as(kind: type[T], data: Any) -> T:
    """An object of a frozen dataclass whose fields are such objects, tuples of them, or plain."""
    hints = get_type_hints(kind)
    return kind(**{part.name: _value(hints[part.name], data[part.name]) for part in fields(cast(Any, kind))})


def _value(hint: Any, value: Any) -> Any:
    inner = [one for one in get_args(hint) if one is not NoneType]
    if get_origin(hint) is tuple:
        return tuple(_value(inner[0], one) for one in value)
    if value is None:
        return None
    if is_dataclass(hint):
        return read_as(cast(type[Any], hint), value)
    return _value(inner[0], value) if len(inner) == 1 and is_dataclass(inner[0]) else value
