"""Installed capacity: what each unit adds to each step, site and node; what a site can run."""

from __future__ import annotations

from collections import defaultdict

from planner.instance.arrivals import Arrival, arrival_of, find_ramp_share, full_rate, qualification_time
from planner.instance.instance import OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.dates import add
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario

Spot = tuple[str, str, int]
"""(step, site, node)."""


def effective_rates(scenario: Scenario, tree: Tree, offer: Offer, arrival: Arrival, first: int) -> dict[tuple[str, int], float]:
    """MW per year one unit gives each (step, node) at and below node ``first``."""
    rates = {}
    for step in offer.covers:
        full = full_rate(scenario, offer, step)
        service = add(arrival.in_service, qualification_time(scenario, offer, step))
        for n in tree.below(first):
            share = find_ramp_share(offer, service, scenario.calendar.starts[tree.nodes[n].period])
            if share:
                rates[step, n] = full * share
    return rates


def find_increments(scenario: Scenario, tree: Tree, orders: tuple[OrderColumn, ...]) -> dict[Spot, tuple[tuple[int, float], ...]]:
    """What becomes effective at a node, by order: its rate there less its rate at the parent."""
    found: dict[Spot, list[tuple[int, float]]] = defaultdict(list)
    known: dict[tuple[str, int, Arrival], dict[tuple[str, int], float]] = {}
    for i, column in enumerate(orders):
        key = (column.offer, column.node, column.arrival)
        if key not in known:
            rates = effective_rates(scenario, tree, scenario.offer[column.offer], column.arrival, column.node)
            known[key] = {
                (step, n): gain
                for (step, n), rate in rates.items()
                if (gain := rate - rates.get((step, tree.nodes[n].parent), 0.0))
            }
        for (step, n), gain in known[key].items():
            found[step, column.site, n].append((i, gain))
    return {spot: tuple(terms) for spot, terms in found.items()}


def find_installed(scenario: Scenario, tree: Tree) -> dict[Spot, float]:
    """MW per year of contracts already signed, by step, site and node."""
    found: dict[Spot, float] = defaultdict(float)
    for contract in scenario.commitments:
        if contract.site and "capacity" in contract.counted:
            arrival = arrival_of(scenario, contract.offer, contract.site, contract.ships)
            rates = effective_rates(scenario, tree, scenario.offer[contract.offer], arrival, 0)
            for (step, n), rate in rates.items():
                found[step, contract.site, n] += rate * contract.units
    return dict(found)


def find_runs(look: Lookup, tree: Tree) -> dict[tuple[str, int], float | None]:
    """(site, node) -> the most it can run there; no entry before the site is ready."""
    starts = look.scenario.calendar.starts
    return {
        (site.id, node.index): site.capacity_mw
        for site in look.scenario.sites
        for node in tree.nodes
        if site.ready is None or starts[node.period] >= site.ready
    }
