"""Sources: they name fields that exist, and the number lies in the range they give."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.base import Source, Sourced
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.parts import ALL_FIELDS, find_parts, numbers_of, part_fields
from planner.scenario.places import MISSING, did_you_mean, finding_at, listed, place_of, value_at
from planner.scenario.scenario import Scenario


def check_sources(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Sources of unknown fields (warning), ranges the wrong way round (error), numbers outside their range (note)."""
    for part in find_parts(scenario):
        for s, source in enumerate(part.item.sources):
            path: Path = (*part.path, "sources", s)
            yield from _fields(document, path, part.item, source)
            yield from _range(document, part.path, path, part.item, source)


def _fields(document: Document, path: Path, item: Sourced, source: Source) -> Iterator[Finding]:
    known = part_fields(item)
    for name in source.field:
        if name != ALL_FIELDS and name.split(".")[0] not in known:
            fix = did_you_mean(name, known, "name a field of this part, or all")
            yield finding_at(
                document, (*path, "field"), f"there is no field {name} here", listed(known), fix, "warning", value=name
            )


def _range(document: Document, part: Path, path: Path, item: Sourced, source: Source) -> Iterator[Finding]:
    low, high = source.low, source.high
    if low is not None and high is not None and low > high:
        problem = f"low ({low:g}) is above high ({high:g}, {place_of(document, (*path, 'high'))})"
        yield finding_at(document, (*path, "low"), problem, "low at most high", "swap them")
        return
    for name in source.field:
        # A source may name the outcome of a review and mean its probability.
        numbers = numbers_of(item, name) or numbers_of(item, f"{name}.probability") if name != ALL_FIELDS else ()
        # A range is for one number: of several over time nobody knows which one it means.
        for number in numbers if len(numbers) == 1 else ():
            if (low is not None and number < low) or (high is not None and number > high):
                span = f"{'' if low is None else f'{low:g}'}..{'' if high is None else f'{high:g}'}"
                where = place_of(document, (*path, "low" if low is not None else "high"))
                problem = f"{number:g} is outside the range {span} its source gives ({where})"
                target = _innermost(document, (*part, *name.split(".")))
                yield finding_at(document, target, problem, span, "", "note", value=f"{number:g}")


def _innermost(document: Document, path: Path) -> Path:
    """The number itself, where the file writes it one level below the field."""
    inner = ((*path, name) for name in ("amount", "mw", "units", "rate", "probability"))
    return next((one for one in inner if value_at(document.data, one) is not MISSING), path)
