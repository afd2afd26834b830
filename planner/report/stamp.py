"""What every page of an export says about itself: how good the plan is and what it was made from."""

from __future__ import annotations

from planner import __version__
from planner.report.answer import Answer
from planner.report.table import show_share


def find_stamp(answer: Answer) -> dict[str, str]:
    """Status, gap, bound, check, fingerprint and version, as text."""
    result = answer.result
    return {
        "status": str(result.status) if answer.verified else "not verified",
        "gap": "none proven" if result.gap is None else show_share(result.gap),
        "bound": "none proven" if result.bound is None else f"{result.bound:.6g}",
        "checked": "no plan" if result.plan is None else "yes" if answer.verified else "no",
        "fingerprint": result.fingerprint,
        "version": __version__,
    }
