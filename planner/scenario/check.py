"""Everything one field alone cannot tell: all complaints about a scenario that is well formed, at once.

Errors stop a solve. Warnings and notes go with the answer: a warning is probably a slip, a note is worth knowing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.scenario.check_capacity import check_capacity
from planner.scenario.check_dates import check_dates
from planner.scenario.check_duties import check_duties
from planner.scenario.check_effects import check_effects
from planner.scenario.check_futures import check_futures
from planner.scenario.check_hits import check_hits
from planner.scenario.check_licences import check_licences
from planner.scenario.check_money import check_money
from planner.scenario.check_names import check_names
from planner.scenario.check_prices import check_prices
from planner.scenario.check_references import check_references
from planner.scenario.check_risk import check_risk
from planner.scenario.check_rules import check_rules
from planner.scenario.check_shocks import check_shocks
from planner.scenario.check_shortage import check_shortage
from planner.scenario.check_slots import check_slots
from planner.scenario.check_sources import check_sources
from planner.scenario.check_steps import check_steps
from planner.scenario.check_tree import check_tree
from planner.scenario.check_whole_shares import check_whole_shares
from planner.scenario.document import Document
from planner.scenario.findings import Finding
from planner.scenario.scenario import Scenario

Check = Callable[[Scenario, Document], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    check_names,
    check_references,
    check_dates,
    check_slots,
    check_capacity,
    check_steps,
    check_money,
    check_prices,
    check_shortage,
    check_duties,
    check_rules,
    check_whole_shares,
    check_sources,
    check_shocks,
    check_licences,
    check_hits,
    check_effects,
    check_futures,
    check_risk,
    check_tree,
)
SEVERITIES = ("error", "warning", "note")


def check_scenario(scenario: Scenario, document: Document) -> list[Finding]:
    """Every finding, errors first, then by file, line and column; never the same one twice.

    ``document`` is the data the scenario was built from; its marks may be empty, then findings have line 0.
    """
    found = dict.fromkeys(finding for check in CHECKS for finding in check(scenario, document))
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.file, f.line, f.column, f.field))
