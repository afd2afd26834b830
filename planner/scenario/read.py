"""Read a scenario file: bytes -> plain data with places -> frozen ``Scenario``, or every complaint at once."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from dataclasses import dataclass

from planner.errors import BadInput
from planner.scenario.check import check_scenario
from planner.scenario.check_rest import check_rest
from planner.scenario.complaints import explain_errors, find_missing, ordered
from planner.scenario.document import Document, Mark, Path, mark_of
from planner.scenario.findings import Finding
from planner.scenario.load import format_problem, load
from planner.scenario.scenario import Scenario
from planner.scenario.validate import validate

__all__ = ["Document", "Mark", "Path", "ReadScenario", "build_scenario", "mark_of", "read_document", "read_scenario"]


@dataclass(frozen=True, slots=True)
class ReadScenario:
    """A scenario that can be used, with what is worth knowing about it (``findings``: warnings and notes)."""

    document: Document
    scenario: Scenario
    findings: tuple[Finding, ...]


def read_document(path: pathlib.Path, root: pathlib.Path | None = None) -> Document:
    """The file as plain data, with bases and changes applied, before it is checked against the scenario format.

    ``root`` is the folder the file must lie in, links resolved; by default its own. Raises BadInput.
    """
    try:
        loaded = load(path, root)
    except BadInput as error:
        raise BadInput(ordered(error.findings)) from None
    if loaded.findings:
        raise BadInput(ordered(loaded.findings))
    return loaded.document


def build_scenario(document: Document) -> tuple[Scenario, list[Finding]]:
    """The scenario the data describes, and its warnings and notes; raises BadInput with every error at once.

    The data may come from a file or from another process; without marks the findings have line 0.
    """
    problem, newer = format_problem(document.data, document.file, document.marks.get(("format",)))
    if problem and newer:
        raise BadInput([problem])
    scenario, errors = validate(document.data)
    if scenario is None:
        raise BadInput(ordered([*explain_errors(errors, document), *check_rest(document, errors)]))
    if found := [*([problem] if problem else []), *find_missing(document)]:
        raise BadInput(ordered(found))
    findings = ordered(check_scenario(scenario, document))
    if any(finding.severity == "error" for finding in findings):
        raise BadInput(findings)
    return scenario, findings


def read_scenario(path: pathlib.Path, root: pathlib.Path | None = None) -> ReadScenario:
    """Read and check one file; raises BadInput with the complaints of the reader and of the schema together."""
    try:
        loaded = load(path, root)
    except BadInput as error:
        raise BadInput(ordered(error.findings)) from None
    if loaded.findings:
        raise BadInput(ordered([*loaded.findings, *_schema_findings(loaded.document, loaded.refused)]))
    scenario, findings = build_scenario(loaded.document)
    return ReadScenario(loaded.document, scenario, tuple(findings))


def _schema_findings(document: Document, refused: Iterable[Path]) -> list[Finding]:
    """What the schema says about a file in which the reader could not read everything."""
    scenario, errors = validate(document.data)
    said = find_missing(document) if scenario else explain_errors(errors, document, refused)
    return [*said, *check_rest(document, errors, refused)]
