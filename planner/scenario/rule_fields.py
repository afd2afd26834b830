"""Where the numbers of each rule family stand in a scenario."""

from __future__ import annotations

from typing import Any

from planner.scenario.document import Document, Path, mark_of

FIELDS: tuple[tuple[str, Path], ...] = (
    ("demand", ("demand",)),
    ("site_limit", ("sites",)),
    ("vetting", ("policy", "vetting_teams")),
    ("vetting", ("suppliers",)),
    ("slots", ("offers",)),
    ("order_size", ("offers",)),
    ("budget", ("policy", "budget")),
    *(("exposure", ("policy", f"{end}_{kind}_share")) for end in ("max", "min") for kind in ("country", "supplier", "group")),
    ("supplier_count", ("policy", "max_suppliers")),
    ("supplier_count", ("policy", "min_suppliers")),
    ("approvals", ("policy", "approvals")),
    ("pins", ("policy", "pins")),
    ("installation", ("sites",)),
    ("resilience", ("policy", "resilience")),
    ("tail_limit", ("policy", "max_cvar_cost")),
)
"""Where the numbers of each rule stand in a scenario."""


def place_reason(document: Document, reason: dict[str, Any]) -> dict[str, Any]:
    """The reason with ``places``: file:line:column of every field of the document the rule reads."""
    marks = [mark_of(document, path) for rule, path in FIELDS if rule == reason["rule"] and _stands(document.data, path)]
    return {**reason, "places": [f"{mark.file}:{mark.line}:{mark.column}" for mark in marks if mark.line]}


def _stands(data: Any, path: Path) -> bool:
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True
