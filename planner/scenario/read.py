"""Read a scenario file: bytes -> plain data with places -> frozen ``Scenario``, or every complaint at once."""

from __future__ import annotations

import hashlib
import pathlib
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from planner.errors import BadInput
from planner.scenario.document import Document, Mark, Path, mark_of
from planner.scenario.findings import Finding
from planner.scenario.scenario import Scenario

__all__ = ["Document", "Mark", "Path", "ReadScenario", "build_scenario", "mark_of", "read_document", "read_scenario"]


@dataclass(frozen=True, slots=True)
class ReadScenario:
    """A scenario that can be used, with what is worth knowing about it (``findings``: warnings and notes)."""

    document: Document
    scenario: Scenario
    findings: tuple[Finding, ...]


def read_document(path: pathlib.Path, root: pathlib.Path | None = None) -> Document:
    """The file as plain data, bases and changes applied; raises BadInput."""
    raw = path.read_bytes()
    sha = hashlib.sha256(raw).hexdigest()
    data: Any = yaml.load(raw, Loader=yaml.BaseLoader)
    return Document(path.name, sha, data, {}, ((path.name, sha),))


def build_scenario(document: Document) -> tuple[Scenario, list[Finding]]:
    """The scenario the data describes, and its warnings and notes; raises BadInput with every error at once."""
    from planner.scenario.check import check_scenario
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        raise BadInput([Finding(document.file, 1, 1, "", "", str(error))]) from None
    findings = check_scenario(scenario, document)
    if any(f.severity == "error" for f in findings):
        raise BadInput(findings)
    return scenario, findings


def read_scenario(path: pathlib.Path, root: pathlib.Path | None = None) -> ReadScenario:
    """Read and check one file; raises BadInput."""
    document = read_document(path, root)
    scenario, findings = build_scenario(document)
    return ReadScenario(document, scenario, tuple(findings))
