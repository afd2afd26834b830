"""From a path in the data to a complaint: file, line, column, field and the value written there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from planner.scenario.document import Document, Path, field_name, mark_of
from planner.scenario.findings import Finding, Severity, cut

MOST_NAMES = 12
MOST_COMPARED = 300
MISSING = object()


def value_at(data: Any, path: Path) -> Any:
    """The value at ``path`` in plain data; ``MISSING`` when there is none."""
    for part in path:
        if isinstance(data, list):
            data = data[part] if isinstance(part, int) and 0 <= part < len(data) else MISSING
        else:
            data = data.get(part, MISSING) if isinstance(data, dict) else MISSING
        if data is MISSING:
            break
    return data


def written(document: Document, path: Path) -> Path:
    """The longest beginning of ``path`` that is written in the document: a short form has no inner fields."""
    while path and value_at(document.data, path) is MISSING:
        path = path[:-1]
    return path


def finding_at(
    document: Document,
    path: Path,
    problem: str,
    allowed: str = "",
    fix: str = "",
    severity: Severity = "error",
    value: object = MISSING,
) -> Finding:
    """A complaint about what stands at ``path``. ``value`` is read from the data unless given."""
    path = written(document, path)
    if value is MISSING:
        found = value_at(document.data, path)
        value = "" if isinstance(found, dict | list) or found is MISSING else found
    mark = mark_of(document, path)
    name = field_name(document.data, path)
    return Finding(mark.file, mark.line, mark.column, name, cut(value), problem, allowed, fix, severity)


def place_of(document: Document, path: Path) -> str:
    """Another place to name inside a message: ``line 14``, with the file if it is not the first; without lines the field."""
    path = written(document, path)
    mark = mark_of(document, path)
    if not mark.line:
        return field_name(document.data, path)
    return f"line {mark.line}" if mark.file == document.file else f"{mark.file} line {mark.line}"


def listed(names: Iterable[str]) -> str:
    """Names for a message, in order, at most a dozen."""
    known = sorted(set(names))
    more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
    return ", ".join(known[:MOST_NAMES]) + more


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """The known name most like ``name``, compared without regard to case; empty when none is near."""
    folded: dict[str, str] = {}
    for known in sorted(set(names)):
        if abs(len(known) - len(name)) <= max(3, len(name) // 2):
            folded.setdefault(known.strip().casefold(), known)
    found = difflib.get_close_matches(name.strip().casefold(), list(folded)[:MOST_COMPARED], 1, cutoff)
    return folded[found[0]] if found else ""


def did_you_mean(name: str, names: Iterable[str], otherwise: str) -> str:
    """The cure for an unknown name."""
    near = nearest(name, names)
    return f"did you mean {near}?" if near else otherwise
