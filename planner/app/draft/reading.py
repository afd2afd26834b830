"""The text of a draft through the strict reader: the same words for the screen, the command line and the file."""

from __future__ import annotations

import hashlib
import pathlib
from dataclasses import dataclass
from typing import Any

from planner.errors import BadInput
from planner.scenario.check import check_scenario
from planner.scenario.check_rest import check_rest
from planner.scenario.complaints import explain_errors, find_missing, ordered
from planner.scenario.document import Document, Mark, Path
from planner.scenario.findings import Finding
from planner.scenario.load import Loaded, format_problem, load
from planner.scenario.names import ALLOWED, name_problem
from planner.scenario.parsed import Parsed, find_refused
from planner.scenario.scenario import Scenario
from planner.scenario.validate import validate
from planner.scenario.variants import Resolved, apply_variant
from planner.scenario.yaml_events import parse_yaml


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. ``scenario`` is None while there are errors; ``document`` is None when nothing can be read.

    ``own`` is the file alone as data with places, before bases and changes are applied.
    """

    document: Document | None
    scenario: Scenario | None
    findings: tuple[Finding, ...]
    own: Parsed | None = None


def read_text(text: str, name: str, folder: pathlib.Path) -> Reading:
    """Read and check a text as if it were the file ``name`` of ``folder``; bases it extends are read from there.

    Never raises BadInput: what is wrong stands in ``findings``, errors first.
    """
    try:
        parsed = parse_yaml(text, name)
    except BadInput as error:
        return Reading(None, None, tuple(ordered(error.findings)))
    try:
        loaded = resolve(parsed, text, folder)
    except BadInput as error:
        return Reading(None, None, tuple(ordered(error.findings)), parsed)
    scenario, findings = _check(loaded)
    return Reading(loaded.document, scenario, tuple(ordered(findings)), parsed)


def resolve(parsed: Parsed, text: str, folder: pathlib.Path) -> Loaded:
    """The data with bases and changes applied; raises BadInput when nothing more can be said than its findings."""
    name, sha = parsed.file, hashlib.sha256(text.encode("utf-8")).hexdigest()
    own = parsed.findings()
    problem, newer = format_problem(parsed.data, name, parsed.marks.get(("format",)))
    if problem:
        own.append(problem)
    if problem and newer:
        raise BadInput([problem])
    if "extends" not in parsed.data:
        if "changes" in parsed.data:
            mark = parsed.keys[("changes",)]
            said = ("changes need the scenario they change", "", "add extends: and the name of a file")
            own.append(Finding(mark.file, mark.line, mark.column, "changes", "", *said))
        document = Document(name, sha, parsed.data, parsed.marks, ((name, sha),), parsed.keys)
        return Loaded(document, own, frozenset({*parsed.refused, ("changes",), *([("format",)] if problem else [])}))
    base = load_base(parsed, folder)
    below = base.document
    changed = apply_variant(Resolved(below.data, dict(below.marks), dict(below.keys)), parsed)
    document = Document(name, sha, changed.data, changed.marks, ((name, sha), *below.files), changed.keys)
    findings = [*own, *base.findings, *changed.findings]
    return Loaded(document, findings, base.refused | frozenset(find_refused(changed.data)) if findings else frozenset[Path]())


def load_base(parsed: Parsed, folder: pathlib.Path) -> Loaded:
    """The scenario a variant extends, bases and changes applied; raises BadInput for a name that leads out of the folder."""
    base, mark = parsed.data["extends"], parsed.marks.get(("extends",), Mark(parsed.file, 1, 1))
    wrong = name_problem(base) if isinstance(base, str) else "is not the name of a file"
    if wrong or ("extends",) in parsed.refused:
        said = (wrong, ALLOWED, "name a file in this folder or below it")
        raise BadInput([*parsed.findings(), Finding(mark.file, mark.line, mark.column, "extends", "", *said)])
    path = (folder / parsed.file).parent / str(base)
    try:
        return load(path, folder)
    except BadInput as error:
        raise BadInput([*parsed.findings(), *error.findings]) from None


def _check(loaded: Loaded) -> tuple[Scenario | None, list[Finding]]:
    """The scenario, if it can be used, and everything there is to say about it."""
    document = loaded.document
    scenario, errors = validate(document.data)
    if loaded.findings or scenario is None:
        said = find_missing(document) if scenario else explain_errors(errors, document, loaded.refused)
        return None, [*loaded.findings, *said, *check_rest(document, errors, loaded.refused)]
    found = find_missing(document) or check_scenario(scenario, document)
    return (None if _has_error(found) else scenario), found


def _has_error(findings: Any) -> bool:
    return any(finding.severity == "error" for finding in findings)
