"""Compares real JSON with the type the page of the interface is written from: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, is_typeddict

from planner.report.documents.fields import open_type


def find_differences(value: Any, kind: Any, path: str = "") -> Iterator[str]:
    """Every place at which the value is not what the type says."""
    parts, origin = get_args(kind), get_origin(kind)
    if is_typeddict(kind):
        yield from _of_object(value, kind, path)
    elif origin in (Union, UnionType):
        yield from _of_choice(value, parts, path)
    elif origin is Literal:
        if value not in parts:
            yield f"{path}: {value!r} is none of {parts}"
    elif not isinstance(value, origin or object) or (origin is None and not _is(value, kind)):
        yield f"{path}: {value!r} is no {(origin or kind).__name__}"
    elif origin is list:
        for item in value:
            yield from find_differences(item, parts[0], f"{path}[]")
    elif origin is dict:
        for item in value.values():
            yield from find_differences(item, parts[1], f"{path}.*")


def _of_choice(value: Any, parts: tuple[Any, ...], path: str) -> Iterator[str]:
    """Whether it fits any of the types; of the nearest one where it fits none."""
    if value is None and NoneType in parts:
        return
    yield from min((list(find_differences(value, part, path)) for part in parts if part is not NoneType), key=len)


def _of_object(value: Any, kind: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no object"
        return
    slots = open_type(kind)
    for name in value.keys() - slots.keys():
        yield f"{path}.{name}: not documented"
    for name, slot in slots.items():
        if name in value:
            yield from find_differences(value[name], slot.type, f"{path}.{name}")
        elif not slot.optional:
            yield f"{path}.{name}: missing"


def _is(value: Any, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def seen(value: Any, kind: Any, prefix: str = "") -> Iterator[str]:
    """Paths of the fields that really occur, named as on the page."""
    origin = get_origin(kind)
    if is_typeddict(kind) and isinstance(value, dict):
        for name, slot in open_type(kind).items():
            if name in value:
                yield f"{prefix}{name}"
                yield from _inside(value[name], slot.type, f"{prefix}{name}")
    elif origin in (Union, UnionType) and value is not None:
        for part in get_args(kind):
            yield from seen(value, part, prefix)


def _inside(value: Any, kind: Any, path: str) -> Iterator[str]:
    if get_origin(kind) is list:
        for item in value or ():
            yield from _inside(item, get_args(kind)[0], f"{path}[]")
    else:
        yield from seen(value, kind, f"{path}.")
