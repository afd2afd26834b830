"""Effects of shocks that change nothing: nothing to act on, or keys beside them that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.document import Document, Path
from planner.scenario.figures import walk
from planner.scenario.findings import Finding
from planner.scenario.places import did_you_mean, finding_at, listed
from planner.scenario.scenario import Scenario
from planner.scenario.selecting import Selecting, given_keys
from planner.scenario.shock_effects import COMPARED, CREWS, CURRENCY, EFFECTS, TARGET, given_effects
from planner.scenario.shocks import Shock


def check_effects(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Shocks without effect, and effects on targets, crews, slots and currencies that find nothing to change."""
    leads = {more.shock for shock in scenario.shocks for more in shock.after}
    selecting = Selecting(scenario)
    for i, shock in enumerate(scenario.shocks):
        path: Path = ("shocks", i)
        effects = given_effects(shock)
        if not effects and shock.id not in leads:
            problem = "changes nothing: it has no effect, and no other shock comes after it"
            yield finding_at(document, path, problem, ", ".join(EFFECTS), "say what it changes, or remove it", value=shock.id)
        yield from _refund(document, path, shock)
        yield from _currencies(scenario, document, path, shock, effects)
        yield from _idle_keys(document, path, shock, effects)
        if TARGET in effects:
            yield from _targets(scenario, document, path, shock, effects)
        if CREWS in effects:
            yield from _crews(scenario, document, path, shock, selecting)
        if "slots_factor" in effects:
            yield from _slots(scenario, document, path, shock, selecting)
    for i, licence in enumerate(scenario.licences):
        if licence.hits.currencies:
            where: Path = ("licences", i, "hits", "currencies")
            yield finding_at(document, where, "a licence moves no currency", "keys that pick out goods", "remove it")


def _refund(document: Document, path: Path, shock: Shock) -> Iterator[Finding]:
    if shock.refund is not None and (shock.shipments is None or shock.lasts is not None):
        why = "shipments are not stopped" if shock.shipments is None else f"the stop ends after {shock.lasts}"
        problem = f"has no effect: {why}, and money returns only when they are stopped for good"
        fix = "add shipments: stopped" if shock.shipments is None else "leave out lasts, or remove the refund"
        yield finding_at(document, (*path, "refund"), problem, "with shipments: stopped, for good", fix, "warning")


def _currencies(scenario: Scenario, document: Document, path: Path, shock: Shock, effects: list[str]) -> Iterator[Finding]:
    named, rates, base = shock.hits.currencies, set(scenario.money.rates), scenario.money.currency
    if CURRENCY in effects and not named:
        problem = "names no currency to move"
        yield finding_at(
            document, (*path, CURRENCY), problem, listed(rates) or "no rate is given", "add hits: {currencies: [...]}"
        )
    if named and CURRENCY not in effects:
        problem = "currencies are named, but no currency_factor says how they move"
        yield finding_at(
            document, (*path, "hits", "currencies"), problem, "with currency_factor", "add it, or remove the currencies"
        )
    used = {value for at, value in walk(scenario) if at[-1] == "currency"} if named else set()
    for index, name in enumerate(named):
        where = (*path, "hits", "currencies", index)
        if name == base:
            problem = "is the base currency: its rate is 1 by definition"
            yield finding_at(document, where, problem, listed(rates) or "no rate is given", "name the other currencies")
        elif name not in rates:
            fix = did_you_mean(name, rates, "add its rate to money.rates")
            yield finding_at(
                document, where, f"unknown currency {name}: it has no rate", listed(rates) or "no rate is given", fix
            )
        elif name not in used:
            yield finding_at(document, where, f"nothing is priced in {name}: no effect", listed(used & rates), "", "warning")


def _idle_keys(document: Document, path: Path, shock: Shock, effects: list[str]) -> Iterator[Finding]:
    """Keys that pick out goods, in a shock that changes no goods."""
    meant = {TARGET: {"sites"}, CREWS: set(given_keys(shock.hits)), CURRENCY: set()}
    idle = [key for key in given_keys(shock.hits) if not any(key in meant.get(name, {key}) for name in effects)]
    if effects and idle:
        problem = f"{' and '.join(idle)} say nothing about {' or '.join(effects)}: it changes as much without them"
        fix = "remove them, or name sites" if TARGET in effects else "remove them"
        yield finding_at(
            document, (*path, "hits", idle[0]), problem, "sites" if TARGET in effects else "currencies", fix, "warning"
        )


def _targets(scenario: Scenario, document: Document, path: Path, shock: Shock, effects: list[str]) -> Iterator[Finding]:
    sites = set(shock.hits.sites)
    wanted = {site for demand in scenario.demand for site in demand.sites}
    if sites and sites <= scenario.site.keys() and not sites & wanted:
        problem = f"changes no target: no demand is served by {' or '.join(sorted(sites))}"
        yield finding_at(document, (*path, TARGET), problem, listed(wanted), "name a site of the demand it means")
    others = [key for key in given_keys(shock.hits) if key != "sites"]
    if others and any(name in COMPARED for name in effects):
        which = f"of the demand of {', '.join(shock.hits.sites)}" if sites else "of every demand"
        problem = f"changes the target {which}: {' and '.join(others)} say nothing about targets"
        yield finding_at(document, (*path, TARGET), problem, "sites", "write a shock of its own if that is not meant", "note")


def _crews(scenario: Scenario, document: Document, path: Path, shock: Shock, selecting: Selecting) -> Iterator[Finding]:
    """Crews are a site's when sites are named, else those of the suppliers whose offers are hit."""
    if shock.hits.sites:
        limits = [scenario.site[name].install_limit for name in shock.hits.sites if name in scenario.site]
        who = "none of its sites"
    else:
        names = {unit.offer.supplier for unit in selecting.pick(shock.hits)} & scenario.supplier.keys()
        limits, who = [scenario.supplier[name].install_limit for name in names], "no supplier it hits"
    if limits and not any(limits):
        problem = f"has no effect: {who} has an install_limit"
        yield finding_at(
            document, (*path, CREWS), problem, "with install_limit", "add the limit, or use install_delay", "warning"
        )


def _slots(scenario: Scenario, document: Document, path: Path, shock: Shock, selecting: Selecting) -> Iterator[Finding]:
    hit = {unit.offer.id: unit.offer for unit in selecting.pick(shock.hits)}.values()
    limited = (offer for offer in hit if offer.slots or offer.resources or _pool(scenario, offer.supplier))
    if hit and not any(True for _ in limited):
        problem = "has no effect: no offer it hits has slots"
        yield finding_at(document, (*path, "slots_factor"), problem, "offers with slots", "add slots, or use delay", "warning")


def _pool(scenario: Scenario, supplier: str) -> bool:
    return supplier in scenario.supplier and scenario.supplier[supplier].slots is not None
