"""The schema's errors as findings: file, line, column, field, value, what is allowed and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from planner.scenario.by_period import PERIODS
from planner.scenario.characters import visible
from planner.scenario.check_names import SECRET
from planner.scenario.document import Document, Path, field_name, mark_of
from planner.scenario.findings import Finding, cut
from planner.scenario.known_fields import fields_at
from planner.scenario.places import listed, nearest, value_at
from planner.scenario.schema_words import Words, say, shown
from planner.scenario.yaml_errors import tight_colon

MOST_FINDINGS = 200
MOST_STRANGE = 20
LONGEST_PART = 300
NOT_SHOWN = "(not shown)"
NOTHING = Words("value is missing", "a value", "write a value (0 if none), or remove the key")
_SECRET_FIELD = re.compile(r"pass(word|wd|phrase)|\bpwd\b|token|secret|api[_-]?key|credential", re.IGNORECASE)
_PERIOD = re.compile(r"\d{4}(-(Q\d|\d{2}(-\d{2})?))?")


class _Place(NamedTuple):
    """One error of the schema: its place in the file, the path written there, the rest of its location, the error."""

    order: tuple[str, int, int]
    path: Path
    rest: Path
    item: Any

    @property
    def kind(self) -> str:
        return str(self.item["type"])


def explain_errors(errors: Sequence[Any], document: Document, refused: Iterable[Path] = ()) -> list[Finding]:
    """Every error of the schema (``errors`` as pydantic lists them) once, by place.

    There is none for values in ``refused``, which the reader has already complained about. Words are found for the
    first ``MOST_FINDINGS`` errors; of a file with more, the last finding says how many.
    """
    silent, missing = set(refused), set(_missing(document.data, ()))
    found: dict[tuple[str, str], Finding] = {}
    unknown: set[Path] = set()
    places = sorted(_located(errors, document), key=lambda place: place.order)
    spoilt = {place.path[:-1] for place in places} | {place.path for place in places if place.kind == "missing"}
    for count, place in enumerate(places):
        if len(found) >= MOST_FINDINGS:
            found["", "more"] = _more(document.file, len(places) - count)
            break
        if _covered(place.path, silent) or _consequence(document.data, place, silent | missing, spoilt):
            continue
        words = _words(document.data, place)
        at_key = place.kind == "extra_forbidden" or "[key]" in place.rest or words.problem == "is not a period"
        if at_key:
            unknown.add(place.path)
        elif _covered(place.path, missing):
            continue
        finding = _finding(document, place.path, place.rest if place.kind == "missing" else (), words, at_key)
        found.setdefault((finding.field, words.problem), finding)
    gone = sorted(missing - unknown - silent, key=str)[:MOST_FINDINGS]
    return [*found.values(), *(_finding(document, path, (), NOTHING) for path in gone if not _covered(path, unknown))]


def find_missing(document: Document) -> list[Finding]:
    """A finding for every key without a value, in data the schema would accept: nothing is left out silently."""
    return [_finding(document, path, (), NOTHING) for path in _missing(document.data, ())]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by file, line and column; secrets hidden; at most ``MOST_FINDINGS`` errors and a count of the rest."""
    unique = dict.fromkeys(_on_one_line(_without_secret(f)) for f in findings)
    order = sorted(unique, key=lambda f: (f.severity != "error", f.file, f.line, f.column, f.field))
    errors = [f for f in order if f.severity == "error"]
    if len(errors) <= MOST_FINDINGS:
        return order
    return [*errors[:MOST_FINDINGS], _more(errors[0].file, len(errors) - MOST_FINDINGS), *order[len(errors) :]]


def _more(file: str, count: int) -> Finding:
    return Finding(file, 0, 0, "", "", f"{count} more complaints are not shown", "", "correct these first")


def _located(errors: Sequence[Any], document: Document) -> Iterator[_Place]:
    for item in errors:
        path, rest = _written(document.data, _full(document.data, item))
        mark = mark_of(document, path)
        yield _Place((mark.file, mark.line, mark.column), path, rest, item)


def _missing(data: Any, path: Path) -> Iterator[Path]:
    if data is None:
        yield path
    elif isinstance(data, dict | list):
        for key, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _missing(item, (*path, key))


def _full(data: Any, item: Any) -> Path:
    """The error's place: its location, then the place below it that our own complaints name."""
    loc: Path = tuple(item["loc"])
    at = item.get("ctx", {}).get("at", "") if item["type"] == "planner" else ""
    if not at:
        return loc
    here = value_at(data, _written(data, loc)[0])
    if isinstance(here, dict) and at in here:
        return (*loc, at)
    return (*loc, *(int(part) if part.isdigit() and len(part) < 4 else part for part in at.split(".")))


def _written(data: Any, loc: Path) -> tuple[Path, Path]:
    """The parts of a location that stand in the data, and the rest: short forms and unions add parts nobody wrote."""
    path: Path = ()
    rest: Path = ()
    for part in loc:
        inside = isinstance(data, dict) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data, path, rest = data[part], (*path, part), ()
        else:
            rest = (*rest, part)
    return path, rest


def _covered(path: Path, places: set[Path]) -> bool:
    return any(path[:end] in places for end in range(1, len(path) + 1))


def _consequence(data: Any, place: _Place, unread: set[Path], spoilt: set[Path]) -> bool:
    """Whether the error only follows from others: a list that lost its bad items, or a name made from an unread value."""
    here = value_at(data, place.path)
    if place.kind == "too_short":
        return bool(here)
    if place.rest == ("id",) and any((*place.path, key) in unread for key in (here if isinstance(here, dict) else ())):
        return True
    if place.kind != "missing":
        return place.rest == ("id",) and place.path in spoilt
    fields = fields_at(place.path)
    strange = [key for key in here if key not in fields] if isinstance(here, dict) else []
    return any(nearest(str(key), fields) == place.rest[-1] or _stands_too_high(key, place.rest) for key in strange[:MOST_STRANGE])


def _stands_too_high(key: object, missing: Path) -> bool:
    """Whether numbers by period were written beside the other fields of an amount, not below ``amount``."""
    return missing == ("amount",) and bool(_PERIOD.fullmatch(str(key)))


def _words(data: Any, place: _Place) -> Words:
    path = place.path
    if place.kind == "extra_forbidden":
        return _unknown(path)
    if place.kind == "missing":
        return Words("is missing", "", f"add {place.rest[-1]}")
    words = say(place.item, value_at(data, path), path)
    if words.problem == "is not a period" and words.allowed == PERIODS:
        near = nearest(str(path[-1]), (*fields_at(path[:-1]), "interpolate"))
        fix = tight_colon(str(path[-1])) or (f"did you mean {near}?" if near else words.fix)
        return Words("is not a period", words.allowed, fix)
    return words


def _unknown(path: Path) -> Words:
    name, fields = str(path[-1]), fields_at(path[:-1])
    if tight := tight_colon(name):
        return Words("unknown field; no space after the colon", "", tight)
    if near := nearest(name, fields):
        return Words(f"unknown field; did you mean {near}?", "", f"write {near}, or remove it")
    if _PERIOD.fullmatch(name) and "amount" in fields:
        return Words("unknown field; numbers by period stand below amount", "", "write amount: and the periods below it")
    return Words("unknown field", listed(fields), "remove it")


def _finding(document: Document, path: Path, rest: Path, words: Words, at_key: bool = False) -> Finding:
    mark = document.keys.get(path) if at_key else None
    mark = mark or mark_of(document, (*path, *rest))
    name = field_name(document.data, path) + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in rest)
    value = "" if rest else visible(shown(value_at(document.data, path)))
    return Finding(mark.file, mark.line, mark.column, visible(name.lstrip(".")), cut(value), *words)


def _on_one_line(finding: Finding) -> Finding:
    """The finding with every part on one line; keys of a file can hold anything, at any length."""
    parts = [cut_to(visible(part), LONGEST_PART) for part in (finding.field, finding.problem, finding.allowed, finding.fix)]
    return replace(finding, field=parts[0], problem=parts[1], allowed=parts[2], fix=parts[3], value=cut(visible(finding.value)))


def cut_to(text: str, longest: int) -> str:
    """The text, with its end left out when it is longer than ``longest`` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _without_secret(finding: Finding) -> Finding:
    """The finding without the value when it is, or looks like, a password, token or key."""
    value, fix = finding.value, finding.fix
    if not value or not (_SECRET_FIELD.search(finding.field) or SECRET.search(value) or SECRET.search(fix)):
        return finding
    problem = finding.problem.replace(value, NOT_SHOWN)
    return replace(finding, value=NOT_SHOWN, problem=problem, fix="correct it" if value in fix or SECRET.search(fix) else fix)
