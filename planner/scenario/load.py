"""From a file, and the bases it extends, to resolved data with places and everything the reader complains about."""

from __future__ import annotations

import hashlib
import pathlib
from dataclasses import dataclass, field
from typing import Any

from planner.errors import BadInput
from planner.scenario.characters import decode_text
from planner.scenario.document import Document, Mark, Path
from planner.scenario.files import Located, locate, read_bytes
from planner.scenario.findings import Finding, cut
from planner.scenario.names import ALLOWED, name_problem
from planner.scenario.parsed import Parsed, find_refused
from planner.scenario.places import listed, nearest
from planner.scenario.scalars import Refused
from planner.scenario.scenario import FORMAT
from planner.scenario.schema_words import Words, format_words, shown
from planner.scenario.variants import Resolved, apply_variant
from planner.scenario.yaml_events import parse_yaml

LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document, complaints about it that did not stop the reading, and the places of values that were not read.

    Where ``findings`` is not empty, ``document`` may hold ``Refused`` values and is good only for finding more errors.
    """

    document: Document
    findings: list[Finding] = field(default_factory=list)
    refused: frozenset[Path] = frozenset()


def load(path: pathlib.Path, root: pathlib.Path | None = None) -> Loaded:
    """Read a file and its bases; raises BadInput when nothing more can be said about it than the findings."""
    return _load(locate(path, root), ())


def _load(place: Located, chain: tuple[Located, ...]) -> Loaded:
    raw = read_bytes(place)
    return _resolve(parse_yaml(decode_text(raw, place.name), place.name), hashlib.sha256(raw).hexdigest(), place, chain)


def resolve(parsed: Parsed, sha: str, place: Located) -> Loaded:
    """What a text says that has not been saved yet, as if it stood at the place; raises BadInput as ``load`` does.

    ``sha``: hash of the text, in hexadecimal digits.
    """
    return _resolve(parsed, sha, place, ())


def load_base(parsed: Parsed, place: Located) -> Document:
    """The scenario that a variant at the place extends, bases and changes applied; raises BadInput as ``load`` does."""
    mark = parsed.marks.get(("extends",), Mark(place.name, 1, 1))
    return _load(_find_base(place, parsed.data["extends"], mark, (place,)), (place,)).document


def _resolve(parsed: Parsed, sha: str, place: Located, chain: tuple[Located, ...]) -> Loaded:
    own = parsed.findings()
    problem, newer = format_problem(parsed.data, place.name, parsed.marks.get(("format",)))
    if problem:
        own.append(problem)
    if problem and newer:
        raise BadInput([problem])
    if "extends" not in parsed.data:
        if "changes" in parsed.data:
            mark = parsed.keys[("changes",)]
            said = ("changes need the scenario they change", "", "add extends: and the name of a file")
            own.append(Finding(mark.file, mark.line, mark.column, "changes", "", *said))
        document = Document(place.name, sha, parsed.data, parsed.marks, ((place.name, sha),), parsed.keys)
        refused = frozenset({*parsed.refused, ("changes",), *([("format",)] if problem else [])})
        return Loaded(document, own, refused)
    return _extend(place, sha, parsed, own, (*chain, place))


def _extend(place: Located, sha: str, parsed: Parsed, own: list[Finding], chain: tuple[Located, ...]) -> Loaded:
    """Load the base, then apply the changes; complaints about base and variant are raised together."""
    mark = parsed.marks[("extends",)]
    if ("extends",) in parsed.refused:
        raise BadInput(own)
    try:
        base = _load(_find_base(place, parsed.data["extends"], mark, chain), chain)
    except BadInput as error:
        raise BadInput([*own, *error.findings]) from None
    below = base.document
    resolved = apply_variant(Resolved(below.data, below.marks, below.keys), parsed)
    files = ((place.name, sha), *below.files)
    document = Document(place.name, sha, resolved.data, resolved.marks, files, resolved.keys)
    findings = [*own, *base.findings, *resolved.findings]
    refused = base.refused | frozenset(find_refused(resolved.data)) if findings else frozenset[Path]()
    return Loaded(document, findings, refused)


def _find_base(place: Located, name: Any, mark: Mark, chain: tuple[Located, ...]) -> Located:
    """Where the base is: a relative name from the folder of the file that extends it."""

    def refuse(problem: str, allowed: str = "", fix: str = "") -> BadInput:
        return BadInput([Finding(mark.file, mark.line, mark.column, "extends", cut(name or ""), problem, allowed, fix)])

    if not isinstance(name, str) or (wrong := name_problem(name)):
        raise refuse(
            wrong if isinstance(name, str) else "is not the name of a file", ALLOWED, "name a file in this folder or below it"
        )
    path = place.path.parent / name
    name_shown = (pathlib.PurePosixPath(place.name).parent / name).as_posix()
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        others = sorted(p.name for p in path.parent.glob("*.yaml") if p != place.path) if path.parent.is_dir() else []
        near = nearest(path.name, others)
        fix = f"did you mean {near}?" if near else "correct the name"
        raise refuse(f"there is no file {name_shown}", listed(others), fix) from None
    if real != path:
        raise refuse("is a link", "a file in this folder or below it", "put a copy of the file there")
    known = [link.path for link in chain]
    if real in known:
        names = [link.name for link in chain[known.index(real) :]]
        raise refuse("extends goes round in a circle: " + " -> ".join([*names, names[0]]), "", "break the circle")
    if len(chain) >= LONGEST_CHAIN:
        raise refuse(f"more than {LONGEST_CHAIN} files extend each other", "", "write the changes into fewer files")
    return Located(real, place.root, name_shown)


def format_problem(data: Any, file: str, mark: Mark | None) -> tuple[Finding | None, bool]:
    """A complaint about the format, and whether it is of a later planner: then nothing else in the file can be judged."""
    written = data.get("format", FORMAT) if isinstance(data, dict) else FORMAT
    if isinstance(written, Refused | None) or (type(written) is int and written == FORMAT):
        return None, False
    line, column = (mark.line, mark.column) if mark else (0, 0)
    newer = type(written) is int and written > FORMAT
    words = format_words(written)
    if newer:
        problem = f"written for format {written}, this planner reads up to {FORMAT}"
        words = Words(problem, f"format: {FORMAT}", "use a newer planner; the file was not touched")
    return Finding(file, line, column, "format", cut(shown(written)), *words), newer
