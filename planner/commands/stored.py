"""A plan an earlier solve wrote, read back for the scenario it was made for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.errors import UsageError
from planner.options import Options
from planner.plan.plan import Plan, read_plan
from planner.report.mask import HIDDEN
from planner.scenario.fingerprint import fingerprint
from planner.scenario.scenario import Scenario

RECORD = "run.json"


def read_stored(path: Path, scenario: Scenario, options: Options) -> tuple[Plan, str]:
    """(plan, fingerprint) of a plan.json. Raises UsageError when it cannot be this scenario's plan, OSError when unreadable.

    The options of its solve are read from the record beside it; without one they must be those given.
    """
    document = read_document(path)
    plan = read_stored_plan(path, document)
    used, beside = options.answer_dict(), path.parent / RECORD
    if beside.is_file():
        record = _read_json(beside)
        if isinstance(record, dict) and record.get("fingerprint") == document["fingerprint"]:
            used = {key: record.get("options", {}).get(key) for key in used}
    known = document["fingerprint"]
    if known != fingerprint(scenario, used, document.get("versions", {})):
        why = "the scenario has changed since, or the options of that solve are not these"
        raise UsageError(f"{path} is not a plan of this scenario: {why}; solve it again, or leave out --plan")
    return plan, str(known)


def read_document(path: Path) -> dict[str, Any]:
    """What a solve wrote. Raises UsageError where it is something else, OSError when unreadable."""
    document = _read_json(path)
    if not isinstance(document, dict) or "plan" not in document or "fingerprint" not in document:
        raise UsageError(f"{path} is no plan; allowed: the plan.json of a results folder, or what planner solve --json printed")
    return document


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}") from None


def read_stored_plan(path: Path, document: dict[str, Any]) -> Plan:
    """The plan in what a solve wrote, whatever scenario it was made for. Raises UsageError where there is none to be used."""
    if not document["plan"]:
        raise UsageError(f"{path} holds no plan: its solve ended {document.get('status', 'without one')}")
    try:
        plan = read_plan(document["plan"])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path} was not written by this version of the planner: {type(error).__name__} {error}") from None
    suppliers = [decision.supplier for decisions in (plan.orders, plan.signings, plan.vetting) for decision in decisions]
    if any(supplier.startswith(f"{HIDDEN}-") for supplier in suppliers):
        raise UsageError(f"{path} hides its confidential suppliers; solve with --unmask to get a plan that can be replayed")
    return plan
