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
from planner.scenario.document import Document
from planner.scenario.files import Located
from planner.scenario.findings import Finding
from planner.scenario.load import Loaded, resolve
from planner.scenario.parsed import Parsed
from planner.scenario.scenario import Scenario
from planner.scenario.validate import validate
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
        sha = hashlib.sha256(text.encode("utf-8")).hexdigest()
        loaded = resolve(parsed, sha, Located((folder / name).resolve(), folder.resolve(), name))
    except BadInput as error:
        return Reading(None, None, tuple(ordered(error.findings)), parsed)
    scenario, findings = _check(loaded)
    return Reading(loaded.document, scenario, tuple(ordered(findings)), parsed)


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
