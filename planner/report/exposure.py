"""How much hangs on one country: shares of spend and, for every process step, of capacity, against the policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.instance.arrivals import full_rate
from planner.instance.cash import contract_price
from planner.instance.lookup import Lookup
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.scenario.scenario import Scenario

SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Share:
    """A country's share of spend or of the capacity of a step (``of``); ``least`` and ``most`` are the policy's limits.

    ``share`` is None where the weights cancel out.
    """

    of: str
    country: str
    share: float | None
    least: float | None
    most: float | None


def exposure_table(view: View) -> Table:
    """Each country's share of spend in all and of bought capacity by step; signed contracts of our own count."""
    rows: list[tuple[Cell, ...]] = [
        (found.of if found.of == SPEND else f"capacity of {found.of}", found.country, found.share, found.least, found.most)
        for found in find_shares(view)
    ]
    columns = (
        Column("of", "Share of"),
        Column("country", "Country"),
        Column("share", "Share", "share"),
        Column("least", "At least", "share"),
        Column("most", "At most", "share"),
    )
    return Table("Exposure", "How much hangs on which country?", columns, tuple(rows))


def find_shares(view: View) -> list[Share]:
    """Each country's share of spend, then of every step, the largest of each first."""
    found = []
    for measure in (SPEND, *view.scenario.steps):
        weights = find_weights(view, measure)
        everything = sum(weights.values())
        for country in sorted(weights, key=lambda c: (-weights[c], c)):
            limits = find_limits(view.scenario, country, measure)
            found.append(Share(measure, country, weights[country] / everything if everything else None, *limits))
    return found


def find_weights(view: View, measure: str) -> dict[str, float]:
    """By country: contract price in base currency, or MW per year at full rate of the step ``measure``."""
    weights: dict[str, float] = defaultdict(float)
    for supplier, weight in (*_ordered(view, measure), *_signed(view.scenario, measure)):
        weights[view.scenario.supplier[supplier].country] += weight
    return {country: weight for country, weight in weights.items() if weight}


def _ordered(view: View, measure: str) -> Iterator[tuple[str, float]]:
    for order in view.plan.orders:
        each = order.price if measure == SPEND else full_rate(view.scenario, view.scenario.offer[order.offer], measure)
        yield order.supplier, order.units * each


def _signed(scenario: Scenario, measure: str) -> Iterator[tuple[str, float]]:
    look = Lookup(scenario)
    for contract in scenario.commitments:
        if "exposure" not in contract.counted:
            continue
        offer = scenario.offer[contract.offer]
        if measure == SPEND:
            unit, currency = contract_price(look, contract)
            each = unit * look.rate(currency, contract.ordered)
        else:
            each = full_rate(scenario, offer, measure)
        yield offer.supplier, contract.units * each


def find_limits(scenario: Scenario, country: str, measure: str) -> tuple[float | None, float | None]:
    """Least and most share the policy allows this country; None where it says nothing."""
    found: list[float | None] = []
    for limits in (scenario.policy.min_country_share, scenario.policy.max_country_share):
        limit = limits.get(country)
        found.append(None if limit is None else limit.total if measure == SPEND else limit.steps.get(measure))
    return found[0], found[1]
