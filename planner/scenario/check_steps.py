"""Whether every demand can be served: by a usable route whose every step somebody sells for one of its sites."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.document import Document, Path
from planner.scenario.factory import Demand
from planner.scenario.figures import ruled_out, target_of, usable_routes
from planner.scenario.findings import Finding, Severity
from planner.scenario.places import finding_at, listed, place_of
from planner.scenario.scenario import Scenario


def check_steps(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Steps nobody sells, and rules that leave no usable route or offer."""
    yield from _efficiency(scenario, document)
    yield from _forbidden_commitments(scenario, document)
    unsold = set(scenario.steps) - {step for offer in scenario.offers for step in offer.covers}
    for step in sorted(unsold):
        yield from _nobody_sells(scenario, document, step, unsold)
    for d, demand in enumerate(scenario.demand):
        yield from _unserved(scenario, document, d, demand, unsold)


def _nobody_sells(scenario: Scenario, document: Document, step: str, unsold: set[str]) -> Iterator[Finding]:
    routes = [name for name, route in scenario.routes.items() if step in route.steps]
    path: Path = ("routes", routes[0], "steps", scenario.routes[routes[0]].steps.index(step))
    others = [name for name, steps in usable_routes(scenario).items() if not unsold & set(steps)]
    all_hard = all(demand.hard for demand in scenario.demand) and any(target_of(scenario, d).most > 0 for d in scenario.demand)
    problem = f"nobody sells step {step}: no offer or contract covers it"
    if others:
        problem += f", so only {listed(others)} can run"
    severity: Severity = "error" if all_hard and not others else "warning"
    fix = "add an offer that covers it or correct the step's name"
    yield finding_at(document, path, problem, "a step some offer covers", fix, severity)


def _efficiency(scenario: Scenario, document: Document) -> Iterator[Finding]:
    lowest = scenario.policy.min_cell_efficiency
    if lowest is None:
        return
    path: Path = ("policy", "min_cell_efficiency")
    routes = {name: route.cell_efficiency for name, route in scenario.routes.items()}
    if not usable_routes(scenario):
        best = max(value for value in routes.values() if value is not None)
        problem = f"leaves no usable route: the best has {best:g}"
        yield finding_at(document, path, problem, f"at most {best:g}", "lower it or add a route", "warning")
    known = [offer.cell_efficiency for offer in scenario.offers]
    if all(value is not None and value < lowest for value in known):
        best = max(value for value in known if value is not None)
        problem = f"leaves no usable offer: the best has {best:g}"
        yield finding_at(document, path, problem, f"at most {best:g}", "lower it or add an offer", "warning")


def _forbidden_commitments(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for i, pin in enumerate(scenario.policy.pins):
        offer = scenario.offer.get(pin.order or "")
        why = ruled_out(scenario, offer) if offer and pin.units else ""
        if offer and why:
            problem = f"orders {offer.id}, but {why}: no plan can do both"
            yield finding_at(
                document, ("policy", "pins", i, "order"), problem, "an offer that may be ordered", "remove the pin", "warning"
            )


def _unserved(scenario: Scenario, document: Document, d: int, demand: Demand, unsold: set[str]) -> Iterator[Finding]:
    """A demand none of whose routes can be completed although every step is sold: policy or sites stand in the way."""
    usable = [offer for offer in scenario.offers if not ruled_out(scenario, offer)]
    here = [o for o in usable if not o.sites or set(o.sites) & set(demand.sites)]
    ours = [
        c.offer for c in scenario.commitments if "capacity" in c.counted and c.site in demand.sites and c.offer in scenario.offer
    ]
    covered = {step for offer in here for step in offer.covers} | {step for name in ours for step in scenario.offer[name].covers}
    routes = [set(steps) - covered for steps in usable_routes(scenario).values() if not unsold & set(steps)]
    if not routes or any(not missing for missing in routes):
        return
    missing = min(routes, key=len)
    step = min(missing)
    told = [
        f"{offer.id} ({place_of(document, ('offers', o))}): {ruled_out(scenario, offer) or 'not offered for its sites'}"
        for o, offer in enumerate(scenario.offers)
        if step in offer.covers
    ]
    problem = f"{demand.id} can never be served: no usable offer covers step {step} there; {'; '.join(told[:3])}"
    yield finding_at(document, ("demand", d, "id"), problem, "", "relax the rule or add an offer", "warning")
