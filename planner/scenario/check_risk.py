"""Rules about bad futures: weights and limits that weigh nothing, losses that lose nobody, windows without a period."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.check_futures import has_news
from planner.scenario.dates import add
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.places import did_you_mean, finding_at, listed
from planner.scenario.policy import Resilience
from planner.scenario.scenario import Scenario


def check_risk(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Measures of risk in a world without news (note), resilience against nobody or at no time (warning)."""
    policy = scenario.policy
    used = [
        name for name, on in (("risk_weight", policy.risk_weight > 0), ("max_cvar_cost", policy.max_cvar_cost is not None)) if on
    ]
    for name in used:
        if not has_news(scenario):
            problem = "nothing can happen, so the average of the worst futures is the cost itself"
            yield finding_at(document, ("policy", name), problem, "", "add shocks or licences if it is about risk", "note")
        elif policy.tail == 0:
            problem = "with tail 0 the average of the worst futures is the average of all"
            yield finding_at(document, ("policy", name), problem, "", "write a tail such as 0.9", "note")
    for i, rule in enumerate(policy.resilience):
        yield from _loss(scenario, document, ("policy", "resilience", i), rule)
        yield from _window(scenario, document, ("policy", "resilience", i), rule)


def _loss(scenario: Scenario, document: Document, path: Path, rule: Resilience) -> Iterator[Finding]:
    """Unknown suppliers and groups are complained about with all other names."""
    known = {supplier.country for supplier in scenario.suppliers}
    if rule.country is not None and rule.country not in known:
        problem = f"no supplier is in {rule.country}: nothing is lost"
        fix = did_you_mean(rule.country, known, "correct the country")
        yield finding_at(document, (*path, "country"), problem, listed(known), fix, "warning", value=rule.country)
    sellers = {offer.supplier for offer in scenario.offers}
    members = {rule.supplier} if rule.supplier else set(scenario.policy.groups.get(rule.group or "", ()))
    if members and members <= scenario.supplier.keys() and not members & sellers:
        key = "supplier" if rule.supplier else "group"
        yield finding_at(document, (*path, key), "sells nothing: nothing is lost", listed(sellers), "correct the name", "warning")


def _window(scenario: Scenario, document: Document, path: Path, rule: Resilience) -> Iterator[Finding]:
    calendar, end = scenario.calendar, add(rule.start, rule.window)
    if any(rule.start <= day < end for day in calendar.starts[:-1]):
        return
    problem = f"no period begins from {rule.start} until {end}: the rule is never asked"
    key = "window" if calendar.start <= rule.start < calendar.end else "from"
    span = f"{calendar.start} to {calendar.end}"
    yield finding_at(document, (*path, key), problem, span, "correct the day, or lengthen the window", "warning")
