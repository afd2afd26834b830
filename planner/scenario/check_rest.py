"""What else is wrong with a file that does not fit the format: the checks, on the part of it that does.

A person wants all errors in the first run. So what the reader or the schema refused is left out, with everything that
cannot stand without it, and the rest is checked. Complaints that may only follow from what was left out are not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from planner.scenario.check_dates import check_dates
from planner.scenario.check_duties import check_duties
from planner.scenario.check_licences import check_licences
from planner.scenario.check_money import check_money
from planner.scenario.check_names import check_names
from planner.scenario.check_references import check_references, find_references
from planner.scenario.check_shocks import check_shocks
from planner.scenario.check_slots import check_slots
from planner.scenario.document import Document, Mark, Path
from planner.scenario.findings import Finding
from planner.scenario.places import written
from planner.scenario.scenario import Scenario

MOST_ROUNDS = 12
MOST_ERRORS = 200
"""A file with more errors than anybody reads is not searched for others."""
CHECKS = (check_names, check_references, check_dates, check_slots, check_money, check_duties, check_shocks, check_licences)
"""Checks of one part at a time. Those that weigh all parts against each other would complain about what was left out."""


def check_rest(document: Document, errors: Sequence[Any], refused: Iterable[Path] = ()) -> list[Finding]:
    """Errors in what is left of the document without the places of ``errors`` (as pydantic lists them) and ``refused``.

    Empty when nothing that makes a scenario is left, or when there are errors enough.
    """
    if len(errors) > MOST_ERRORS:
        return []
    out = {path for path in (written(document, tuple(one)) for one in refused) if path} | _places(document, errors)
    for _ in range(MOST_ROUNDS):
        rest, origins = _without(document, out)
        try:
            scenario = Scenario.model_validate(rest.data)
        except ValidationError as error:
            more = {origins[path] for path in _places(rest, error.errors(include_url=False))}
            if () in more or more <= out:
                return []
            out |= more
        else:
            return _errors(scenario, rest, document, {path[:2] for path in out})
    return []


def _places(document: Document, errors: Sequence[Any]) -> set[Path]:
    """Where the errors stand, as deep as it is written; a list that only lacks its bad items is not bad itself."""
    found = set()
    for item in errors:
        inner = str(item.get("ctx", {}).get("at") or "")
        steps = [int(part) if part.isdigit() and len(part) < 4 else part for part in inner.split(".") if part]
        found.add(written(document, (*item["loc"], *steps)))
    return found - {path[:end] for path in found for end in range(len(path))}


def _without(document: Document, out: set[Path]) -> tuple[Document, dict[Path, Path]]:
    """The document without some places, and for every place in it where it stood before."""
    origins: dict[Path, Path] = {}
    data = _copied(document.data, (), (), out, origins)
    marks: dict[Path, Mark] = {new: document.marks[old] for new, old in origins.items() if old in document.marks}
    return Document(document.file, document.sha256, data, marks, document.files), origins


def _copied(value: Any, old: Path, new: Path, out: set[Path], origins: dict[Path, Path]) -> Any:
    origins[new] = old
    if isinstance(value, dict):
        kept = [key for key in value if (*old, key) not in out]
        return {key: _copied(value[key], (*old, key), (*new, key), out, origins) for key in kept}
    if isinstance(value, list):
        indexes = [index for index in range(len(value)) if (*old, index) not in out]
        return [_copied(value[index], (*old, index), (*new, at), out, origins) for at, index in enumerate(indexes)]
    return value


def _errors(scenario: Scenario, rest: Document, whole: Document, touched: set[Path]) -> list[Finding]:
    """Errors of the checks, but not about parts that lost something, nor about names of parts that were left out."""
    found = [finding for check in CHECKS for finding in check(scenario, rest) if finding.severity == "error"]
    lost = _ids(whole.data) - _ids(rest.data)
    spoilt = {(mark.file, mark.line) for path, mark in whole.marks.items() if path[:2] in touched}
    gone = {
        (mark.file, mark.line, mark.column)
        for reference in find_references(scenario)
        if (reference.name in lost or _has_nameless(whole.data)) and (mark := rest.marks.get(written(rest, reference.path)))
    }
    rates_gone = ("money", "rates") in touched
    return [
        f
        for f in found
        if (f.file, f.line) not in spoilt
        and (f.file, f.line, f.column) not in gone
        and not (rates_gone and f.field.endswith(".currency"))
    ]


def _has_nameless(data: dict[str, Any]) -> bool:
    """Whether some part's id cannot be read: any name may then be meant."""
    listed = [part for part in data.values() if isinstance(part, list)]
    return any(not isinstance(item.get("id", ""), str) for items in listed for item in items if isinstance(item, dict))


def _ids(data: dict[str, Any]) -> set[str]:
    """Ids of all parts, names of routes and groups, and the steps of the routes."""
    listed = [part for part in data.values() if isinstance(part, list)]
    found = {item["id"] for items in listed for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)}
    routes = data.get("routes")
    for route in routes.values() if isinstance(routes, dict) else ():
        steps = route.get("steps") if isinstance(route, dict) else None
        found |= {step for step in steps if isinstance(step, str)} if isinstance(steps, list) else set()
    policy = data.get("policy")
    groups = policy.get("groups") if isinstance(policy, dict) else None
    return found | (set(groups) if isinstance(groups, dict) else set())
