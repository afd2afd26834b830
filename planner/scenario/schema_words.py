"""Words for what is wrong with one value: the type of error the schema found, said in a buyer's language."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from planner.scenario.document import Path
from planner.scenario.findings import cut
from planner.scenario.places import MISSING, nearest
from planner.scenario.scalars import NUMBER, Refused, number_hint
from planner.scenario.scenario import FORMAT

ONE_OF = {"offers": "offer", "sites": "site", "demand": "demand", "suppliers": "supplier", "routes": "route", "steps": "step"}


class Words(NamedTuple):
    """What a finding says: the problem, what may stand there, and what to do."""

    problem: str
    allowed: str = ""
    fix: str = ""


def shown(value: Any) -> str:
    """A value as it would stand in a file; nothing for lists, mappings and missing values."""
    if value is None or value is MISSING or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Refused) else str(value)


def say(item: Any, value: Any, path: Path) -> Words:
    """Words for one error of the schema (``item`` as pydantic lists it) about ``value``, which stands at ``path``."""
    kind, context = item["type"], item.get("ctx", {})
    if kind == "planner":
        words = Words(context["problem"], context["allowed"], context["fix"])
        return _number(value, words) if words.problem == "must be a number" else words
    if kind in ("float_type", "int_type", "int_from_float", "float_parsing", "int_parsing"):
        whole = kind.startswith("int")
        return _number(value, Words("must be a whole number" if whole else "must be a number", NUMBER, ""))
    if kind in ("tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type"):
        return _container(kind in ("tuple_type", "list_type"), value, path)
    return _plain(kind, context, value, path)


def _plain(kind: str, context: Any, value: Any, path: Path) -> Words:
    if path == ("format",):
        return format_words(value)
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]]
        near = nearest(value, names) if isinstance(value, str) else ""
        return Words(
            "is not one of the words allowed here", ", ".join(names), f"did you mean {near}?" if near else "choose one of them"
        )
    if kind == "string_type":
        return Words(
            f"must be text, found {_what(value)}", "text", "quote it" if not isinstance(value, dict | list) else "write text"
        )
    if kind == "bool_type":
        return Words(f"must be true or false, found {_what(value)}", "true, false", "write true or false")
    if kind == "string_too_long":
        return Words(
            f"is longer than {context['max_length']} characters", f"at most {context['max_length']} characters", "shorten it"
        )
    if kind == "too_short":
        one = ONE_OF.get(str(path[-1]) if path else "", "entry")
        return Words(f"at least one {one} is needed", "", "add one")
    limits = {"greater_than": "above", "greater_than_equal": "at least", "less_than": "below", "less_than_equal": "at most"}
    if kind in limits:
        bound = f"{limits[kind]} {next(iter(context.values())):,.12g}"
        return Words(f"must be {bound}", bound, "correct it")
    if kind == "finite_number":
        return Words("is not a usable number", NUMBER, "write the number")
    return Words("cannot be used here", "", "see the description of the field")


def format_words(value: Any) -> Words:
    """Words for a format that is not the number of a format."""
    if isinstance(value, float):
        return Words("is not a format; formats are whole numbers", str(FORMAT), f"write format: {FORMAT}")
    quotes = ", without quotes" if isinstance(value, str) else ""
    return Words(f"is not a format, found {_what(value)}", str(FORMAT), f"write format: {FORMAT}{quotes}")


def _number(value: Any, words: Words) -> Words:
    if isinstance(value, str):
        problem, fix = number_hint(value)
        return Words(problem, words.allowed, fix)
    if isinstance(value, float) and "whole" in words.problem:
        return Words("must be a whole number", "whole numbers", f"write {round(value)}")
    fix = "write one number" if isinstance(value, dict | list) else "write the number"
    return Words(f"{words.problem}, found {_what(value)}", words.allowed, fix)


def _container(items: bool, value: Any, path: Path) -> Words:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if items:
        fix = "begin every entry with '- '" if isinstance(value, dict) else f"write [{cut(shown(value))}]"
        return Words(f"expected a list of {name or 'entries'}, found {_what(value)}", "a list", fix)
    fix = "write key: value lines, without '- '" if isinstance(value, list) else "write key: value lines"
    return Words(f"expected a mapping, found {_what(value)}", "key: value lines", fix)


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return "true/false"
    names: list[tuple[Any, str]] = [(dict, "a mapping"), (list, "a list"), (str, "text"), (int | float, "a number")]
    return next((name for kind, name in names if isinstance(value, kind)), "nothing")
