"""Maximum shares of 1 where news may keep units from shipping: they limit what looks unlimited."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.check_futures import has_news
from planner.scenario.check_references import SHARE_RULES, share_limits
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.places import finding_at
from planner.scenario.scenario import Scenario

PROBLEM = (
    "1 is a limit where units can be lost: what news keeps from ever shipping counts in the share but not in the whole, so as "
    "much must be bought from others"
)


def check_whole_shares(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """A warning for every maximum share of 1, in total or for a step, where anything bought may never ship."""
    if not _may_lose(scenario):
        return
    for rule in SHARE_RULES:
        if not rule.startswith("max_"):
            continue
        for name, limit in share_limits(scenario, rule).items():
            shares: dict[Path, float | None] = {("total",): limit.total}
            shares |= {("steps", step): share for step, share in limit.steps.items()}
            for path, share in shares.items():
                if share == 1:
                    where = ("policy", rule, name, *path)
                    yield finding_at(
                        document, where, PROBLEM, "a share below 1, or no rule", "leave it out for no limit", "warning"
                    )


def _may_lose(scenario: Scenario) -> bool:
    """Whether some news stops shipments, perhaps for good or beyond the calendar, or refuses a licence."""
    stops = any(shock.shipments == "stopped" for shock in scenario.shocks)
    refuses = any(licence.refused.probability > 0 for licence in scenario.licences)
    return has_news(scenario) and (stops or refuses)
