"""Windows of one licence: each becomes known in a period of its own, or nodes could not be told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.errors import BadInput
from planner.scenario.read import Document, build_scenario, read_scenario
from tests.command import ROOT


def findings(windows: list[str], **futures: Any) -> list[str]:
    data = dict(read_scenario(Path(ROOT / "scenarios" / "minimal.yaml")).document.data)
    data["licences"] = [
        {
            "id": "review",
            "hits": {"countries": ["CN"]},
            "windows": windows,
            "quick": 0.5,
            "slow": {"probability": 0.5, "delay": "3 months"},
        }
    ]
    data["futures"] = futures
    try:
        _, found = build_scenario(Document("x.yaml", "", data))
    except BadInput as error:
        found = error.findings
    return [f"{finding.field} {finding.problem}" for finding in found if finding.severity == "error"]


def test_two_windows_of_a_quarter_are_refused() -> None:
    assert findings(["2026-04-01", "2026-05-15"]) == [
        "licences.review.windows[1] becomes known in the same period as the window of 2026-04-01"
    ]


def test_windows_drawn_together_because_news_comes_seldom_are_refused() -> None:
    assert len(findings(["2026-04-01", "2026-07-01"], branch_at=["2026-10-01"])) == 1


def test_a_window_a_quarter_is_fine() -> None:
    assert findings(["2026-04-01", "2026-07-01"]) == []
