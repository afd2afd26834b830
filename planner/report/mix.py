"""From whom a plan buys: units and spend by supplier and by country, while nothing happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from planner.instance.cash import contract_price
from planner.instance.lookup import Lookup
from planner.report.view import View

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """Units of equipment, and the part of all spend, with one supplier or in one country (``name``, as shown).

    Purchase orders and signed contracts of our own. Spend is the contract price in base currency on the day of order;
    ``spend`` and ``spend_share`` are None for suppliers whose prices stay hidden.
    """

    name: str
    units: float
    spend: float | None
    spend_share: float | None


def find_mix(view: View) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Shares of the suppliers, then of the countries, the largest spend first."""
    bought = _bought(view)
    hidden = {view.supplier(name) for name, _, _ in bought if view.mask.hides(name)}
    country = {supplier.id: supplier.country for supplier in view.scenario.suppliers}
    return _shares(bought, view.supplier, hidden), _shares(bought, lambda name: country[name], set())


def _bought(view: View) -> list[tuple[str, float, float]]:
    """(supplier, units, spend) of every order and every signed contract that counts for exposure."""
    found = [(order.supplier, order.units, order.units * order.price) for order in view.plan.orders]
    look = Lookup(view.scenario)
    for contract in view.scenario.commitments:
        if "exposure" in contract.counted:
            unit, currency = contract_price(look, contract)
            spend = contract.units * unit * look.rate(currency, contract.ordered)
            found.append((view.scenario.offer[contract.offer].supplier, contract.units, spend))
    return found


def _shares(bought: list[tuple[str, float, float]], named: Callable[[str], str], hidden: set[str]) -> tuple[Share, ...]:
    units, spend = defaultdict[str, float](float), defaultdict[str, float](float)
    for supplier, number, amount in bought:
        units[named(supplier)] += number
        spend[named(supplier)] += amount
    total = sum(spend.values())
    ranked = sorted(units, key=lambda name: (-spend[name], name))
    shares = {name: spend[name] / total if total > LEAST else 0.0 for name in ranked}
    return tuple(
        Share(name, units[name], None, None) if name in hidden else Share(name, units[name], spend[name], shares[name])
        for name in ranked
    )
