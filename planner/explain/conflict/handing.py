"""Jobs and answers as plain JSON data, between the process that asks and the one that waits."""

from __future__ import annotations

from typing import Any

from planner.explain.conflict.found import Change, Conflict, Conflicts, Member, Place, WayOut
from planner.options import Options
from planner.scenario.document import Document, Mark

Json = dict[str, Any]


def write_job(document: Document, options: Options) -> Json:
    """The scenario with the places of its numbers, and how to ask."""
    marks = [[list(path), list(mark)] for path, mark in document.marks.items()]
    return {"file": document.file, "data": document.data, "marks": marks, "options": options.as_dict()}


def read_job(job: Json) -> tuple[Document, Options]:
    """What ``write_job`` wrote."""
    marks = {tuple(path): Mark(*mark) for path, mark in job["marks"]}
    options = {**job["options"], "without": tuple(job["options"]["without"])}
    return Document(job["file"], "", job["data"], marks), Options(**options)


def read_conflicts(found: Json) -> Conflicts:
    """What ``Conflicts.as_dict`` wrote."""
    clashes = tuple(_conflict(one) for one in found["clashes"])
    return Conflicts(**{**found, "clashes": clashes, "ways": tuple(_way(one) for one in found["ways"])})


def _conflict(one: Json) -> Conflict:
    members = tuple(_member(member) for member in one["members"])
    return Conflict(**{**one, "members": members, "confirmed": tuple(one["confirmed"])})


def _member(one: Json) -> Member:
    places = tuple(Place(**place) for place in one["places"])
    return Member(**{**one, "names": tuple(one["names"]), "places": places})


def _way(one: Json) -> WayOut:
    changes = (Change(**{**c, "names": tuple(c["names"]), "place": Place(**c["place"])}) for c in one["changes"])
    return WayOut(**{**one, "changes": tuple(changes)})
