"""Capacity: megawatts that can be known, figures of the same kind that do not fit together, steps nobody sells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.scenario.comparing import THOUSAND, find_strays
from planner.scenario.document import Document, Path
from planner.scenario.figures import bottleneck, route_watts, target_of, unit_rate
from planner.scenario.findings import Finding
from planner.scenario.offers import Offer, Throughput
from planner.scenario.places import finding_at, place_of
from planner.scenario.scenario import Scenario

LARGEST_RANGE = 1e6
LARGEST_TARGET = 1e7
IGNORED_WITH_MW = {"uptime": "uptime", "yield_share": "yield", "cell_watts": "cell_watts"}


def check_capacity(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """All complaints about MW, and the figures derived from other figures as notes."""
    crews = {supplier.id: ("suppliers", s, "install_limit") for s, supplier in enumerate(scenario.suppliers)}
    for o, offer in enumerate(scenario.offers):
        for step, throughput in offer.covers.items():
            yield from _throughput(scenario, document, ("offers", o, "covers", step), step, throughput)
        yield from _derived_rates(scenario, document, o, offer)
        yield from _places(scenario, document, o, crews)
    yield from _strange_rates(scenario, document)
    yield from _range_of_rates(scenario, document)
    yield from _targets(scenario, document)


def _throughput(scenario: Scenario, document: Document, path: Path, step: str, given: Throughput) -> Iterator[Finding]:
    if given.mw is not None:
        for name, key in IGNORED_WITH_MW.items():
            if name in given.model_fields_set:
                problem = f"has no effect: mw is the effective capacity already, {key} goes with wafers_per_hour"
                yield finding_at(document, (*path, key), problem, "", "remove it or give wafers_per_hour", "warning")
        return
    watts = route_watts(scenario, step)
    if given.cell_watts or not watts or (len(watts) == 1 and None not in watts):
        return
    path = (*path, "wafers_per_hour")
    if watts == {None}:
        problem = "cannot be turned into MW: neither it nor a route gives cell_watts"
        yield finding_at(document, path, problem, "cell_watts here or on every route that uses the step", "add cell_watts")
    else:
        routes = [(name, route.cell_watts) for name, route in scenario.routes.items() if step in route.steps]
        told = ", ".join(f"{name} {watt:g} W" if watt else f"{name} none" for name, watt in routes)
        problem = f"cannot be turned into MW: the routes that use {step} differ in cell_watts ({told})"
        yield finding_at(document, path, problem, "one cell_watts", "add cell_watts beside it")


def _derived_rates(scenario: Scenario, document: Document, o: int, offer: Offer) -> Iterator[Finding]:
    derived = {step: unit_rate(scenario, step, t) for step, t in offer.covers.items() if t.wafers_per_hour is not None}
    if derived and all(derived.values()):
        told = ", ".join(f"{step} {mw:,.1f}" for step, mw in derived.items())
        yield finding_at(document, ("offers", o, "covers"), f"wafers per hour give MW per year and unit: {told}", severity="note")


def _places(scenario: Scenario, document: Document, o: int, crews: Mapping[str, Path]) -> Iterator[Finding]:
    """A unit that takes more places than a limit ever has can never be installed."""
    offer = scenario.offers[o]
    supplier = scenario.supplier.get(offer.supplier)
    limits: list[tuple[Path, float]] = []
    if supplier and supplier.install_limit:
        limits.append((crews[supplier.id], max(supplier.install_limit.units.numbers)))
    for i, site in enumerate(scenario.sites):
        if site.install_limit and (not offer.sites or site.id in offer.sites):
            limits.append((("sites", i, "install_limit"), max(site.install_limit.units.numbers)))
    for path, most in limits:
        if offer.install_use > most:
            problem = (
                f"one unit takes {offer.install_use:g} places, more than the {most:g} there are ({place_of(document, path)})"
            )
            yield finding_at(
                document, ("offers", o, "install_use"), problem, f"at most {most:g}", "correct one of the two", "warning"
            )


def strange_rates(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Offers with a rate far off the median of its step: the first such step, and the complaint."""
    by_step: dict[str, list[tuple[str, float]]] = {}
    for offer in scenario.offers:
        for step, throughput in offer.covers.items():
            rate = unit_rate(scenario, step, throughput)
            if rate > 0:
                by_step.setdefault(step, []).append((offer.id, rate))
    found: dict[str, tuple[str, str]] = {}
    for step, rates in by_step.items():
        for stray in find_strays([rate for _, rate in rates], THOUSAND):
            name, rate = rates[stray.index]
            found.setdefault(name, (step, f"{rate:g} MW is {stray} for {step} ({stray.median:g} MW)"))
    return found


def _strange_rates(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """One finding per offer: a slip of unit touches all its steps alike."""
    strays = strange_rates(scenario)
    for o, offer in enumerate(scenario.offers):
        if offer.id in strays:
            step, problem = strays[offer.id]
            yield finding_at(
                document, ("offers", o, "covers", step), problem, "MW per year and unit", "GW or kW instead of MW?", "warning"
            )


def _range_of_rates(scenario: Scenario, document: Document) -> Iterator[Finding]:
    named = strange_rates(scenario)
    rated = [(bottleneck(scenario, offer), o) for o, offer in enumerate(scenario.offers) if offer.id not in named]
    known = [pair for pair in rated if pair[0] > 0]
    if not known:
        return
    (low, first), (high, last) = min(known), max(known)
    if high / low > LARGEST_RANGE:
        where = place_of(document, ("offers", last, "covers"))
        problem = f"capacities span more than 6 orders of magnitude: {low:g} MW here, {high:g} MW at {where}"
        yield finding_at(document, ("offers", first, "covers"), problem, "", "check the units of both", "warning")


def _targets(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for d, demand in enumerate(scenario.demand):
        target = target_of(scenario, demand)
        path: Path = ("demand", d, "target_mw" if demand.target_mw else "data_centre")
        if target.most > LARGEST_TARGET:
            problem = f"the target reaches {target.most:,.0f} MW, more than the world uses"
            yield finding_at(document, path, problem, "MW per year", "kW instead of MW?", "warning")
        if demand.data_centre:
            name = scenario.calendar.names[target.by_period.index(target.most)]
            factor = demand.data_centre.cells_per_load
            problem = f"the load needs {factor:.4g} MW of cells per MW: {target.most:,.0f} MW in {name}, the most"
            yield finding_at(document, path, problem, severity="note")
        yield from _site_limits(scenario, document, d, target.most)


def _site_limits(scenario: Scenario, document: Document, d: int, most: float) -> Iterator[Finding]:
    demand = scenario.demand[d]
    sites = [(i, site) for i, site in enumerate(scenario.sites) if site.id in demand.sites]
    limits = [site.capacity_mw for _, site in sites if site.capacity_mw is not None]
    if not sites or len(limits) < len(sites) or not most:
        return
    path: Path = ("sites", sites[0][0], "capacity_mw")
    where = place_of(document, ("demand", d, "target_mw" if demand.target_mw else "data_centre"))
    room = sum(limits)
    if room <= most / THOUSAND:
        problem = f"the sites of {demand.id} have room for {room:g} MW, the target is {most:,.0f} MW ({where})"
        yield finding_at(document, path, problem, "MW per year", "GW instead of MW?", "warning")
    elif room < most:
        problem = (
            f"the sites of {demand.id} have room for {room:,.0f} MW in all, less than the target of {most:,.0f} MW ({where})"
        )
        yield finding_at(document, path, problem, "", "raise the sites' capacity or lower the target", "warning")
