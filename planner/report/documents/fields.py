"""What a JSON document holds, read off its type: one line per field with path, kind, unit and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

KINDS: dict[Any, str] = {str: "text", float: "number", int: "whole number", bool: "true or false", Any: "any"}


@dataclass(frozen=True, slots=True)
class Says:
    """What a field means, and the unit of its numbers; stands in the annotation of the field."""

    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    ``path``: ``[]`` is every item of a list, ``*`` every key of a map. ``optional``: it may be left out.
    """

    path: str
    kind: str
    unit: str
    meaning: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One field as it is annotated: its bare type, its words, whether it may be left out."""

    type: Any
    says: Says
    optional: bool


def open_type(document: Any) -> dict[str, Slot]:
    """The fields of a TypedDict by name; raises TypeError for one without words."""
    found = {}
    for name, hint in get_type_hints(document, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        inner = get_args(hint)[0] if optional else hint
        if get_origin(inner) is not Annotated:
            raise TypeError(f"{document.__name__}.{name} does not say what it means")
        bare, says = get_args(inner)
        found[name] = Slot(bare, says, optional)
    return found


def list_fields(document: Any, shared: dict[Any, str], prefix: str = "") -> Iterator[Field]:
    """Every field of a TypedDict, depth first. Types in ``shared`` are named by their word and not opened."""
    for name, slot in open_type(document).items():
        path = f"{prefix}{name}"
        yield Field(path, kind_of(slot.type, shared), slot.says.unit, slot.says.meaning, slot.optional)
        inner, steps = _inside(slot.type)
        if is_typeddict(inner) and inner not in shared:
            yield from list_fields(inner, shared, f"{path}{steps}.")


def _inside(kind: Any) -> tuple[Any, str]:
    """The type inside lists, maps and null, and the steps that lead to it."""
    if get_origin(kind) is list:
        inner, steps = _inside(get_args(kind)[0])
        return inner, f"[]{steps}"
    if get_origin(kind) is dict:
        inner, steps = _inside(get_args(kind)[1])
        return inner, f".*{steps}"
    if get_origin(kind) in (Union, UnionType):
        return _inside(next(part for part in get_args(kind) if part is not NoneType))
    return kind, ""


def kind_of(kind: Any, shared: dict[Any, str]) -> str:
    """A type in words: ``list of text``, ``number or null``."""
    parts, origin = get_args(kind), get_origin(kind)
    if origin in (Union, UnionType):
        known = [kind_of(part, shared) for part in parts if part is not NoneType]
        return " or ".join([*known, *(["null"] if NoneType in parts else [])])
    if origin is Literal:
        return ", ".join(str(part) for part in parts)
    if origin is list:
        return f"list of {_several(kind_of(parts[0], shared))}"
    if origin is dict:
        return f"map to {kind_of(parts[1], shared)}"
    return shared.get(kind) or KINDS.get(kind, "object")


def _several(word: str) -> str:
    return word if word == "text" or " " in word else f"{word}s"
