"""Prices against each other: slips of unit and of exchange."""

from __future__ import annotations

from collections.abc import Container, Iterator
from statistics import median

from planner.scenario.check_capacity import strange_rates
from planner.scenario.comparing import THOUSAND, UPSIDE_DOWN, Stray, find_strays
from planner.scenario.document import Document, Path
from planner.scenario.figures import price_per_mw, rate_of_exchange
from planner.scenario.findings import Finding
from planner.scenario.places import finding_at
from planner.scenario.scenario import Scenario


def check_prices(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Offers priced far off the others for the same steps, rates of exchange upside down, prices of 0."""
    for currency, told in find_inverted(scenario).items():
        rate = scenario.money.rates[currency].rate.numbers[0]
        path: Path = ("money", "rates", currency)
        fix = f"write {1 / rate:.4g} if that is what 1 {currency} costs in {scenario.money.currency}"
        allowed = f"{scenario.money.currency} for 1 {currency}"
        yield finding_at(document, path, f"rate of exchange upside down? {told}", allowed, fix, "warning", value=f"{rate:g}")
    yield from _strange_prices(scenario, document)
    for o, offer in enumerate(scenario.offers):
        numbers = [n for one in (offer.price.amount, *offer.price.by_site.values()) for n in one.numbers]
        if not any(numbers):
            problem = "is 0: the equipment is free"
            yield finding_at(document, ("offers", o, "price"), problem, severity="note", value="0")
        elif max(numbers) >= UPSIDE_DOWN * min(n for n in numbers if n):
            problem = f"runs from {min(numbers):g} to {max(numbers):g} by site or period"
            yield finding_at(
                document, ("offers", o, "price"), problem, "prices in one unit", "check the unit", "warning", value=""
            )


def comparable(scenario: Scenario) -> list[list[int]]:
    """Numbers of the offers that cover the same steps, priced above 0; offers with a strange capacity are left out."""
    strange = strange_rates(scenario)
    groups: dict[frozenset[str], list[int]] = {}
    for o, offer in enumerate(scenario.offers):
        if offer.id not in strange and price_per_mw(scenario, offer) > 0:
            groups.setdefault(frozenset(offer.covers), []).append(o)
    return list(groups.values())


def find_inverted(scenario: Scenario) -> dict[str, str]:
    """Currencies whose offers fit the others once the rate is turned over, and fit none of them as it stands; with proof."""
    found: dict[str, str] = {}
    for currency in scenario.money.rates:
        rate = rate_of_exchange(scenario, currency) or 1.0
        for group in comparable(scenario):
            own = [o for o in group if scenario.offers[o].price.currency == currency]
            rest = [price_per_mw(scenario, scenario.offers[o]) for o in group if scenario.offers[o].price.currency != currency]
            prices = [price_per_mw(scenario, scenario.offers[o]) for o in own]
            if not prices or not rest or any(_near(price, other) for price in prices for other in rest):
                continue
            if all(_near(price / rate**2, median(rest)) for price in prices):
                off = Stray(0, prices[0] / median(rest), median(rest))
                name = scenario.offers[own[0]].id
                found[currency] = f"offer {name} costs {off} of the others after conversion ({off.median:.4g} per MW)"
                break
    return found


def _near(price: float, other: float) -> bool:
    return 1 / UPSIDE_DOWN < price / other < UPSIDE_DOWN


def find_strange(scenario: Scenario, inverted: Container[str]) -> dict[int, Stray]:
    """Numbers of the offers whose price per MW is far off the median; those in an inverted currency are left out."""
    found: dict[int, Stray] = {}
    for group in comparable(scenario):
        kept = [o for o in group if scenario.offers[o].price.currency not in inverted]
        prices = [price_per_mw(scenario, scenario.offers[o]) for o in kept]
        found |= {kept[stray.index]: stray for stray in find_strays(prices, UPSIDE_DOWN)}
    return found


def _strange_prices(scenario: Scenario, document: Document) -> Iterator[Finding]:
    base, unit = scenario.money.currency, scenario.money.unit
    for o, stray in find_strange(scenario, find_inverted(scenario)).items():
        price = price_per_mw(scenario, scenario.offers[o])
        problem = f"{price:.4g} per MW is {stray} of the offers for the same steps ({stray.median:.4g} per MW, {base} {unit})"
        thousand = max(stray.factor, 1 / stray.factor) >= THOUSAND
        fix = "thousands instead of millions, or another unit?" if thousand else "check the currency and the rate of exchange"
        yield finding_at(document, ("offers", o, "price", "amount"), problem, "", fix, "warning")


def find_sound(scenario: Scenario) -> set[str]:
    """Ids of the offers whose capacity, price and currency nothing has been said against; for checks that build on them."""
    inverted = find_inverted(scenario)
    strange = find_strange(scenario, inverted)
    rated = strange_rates(scenario)
    offers = enumerate(scenario.offers)
    return {
        offer.id for o, offer in offers if o not in strange and offer.id not in rated and offer.price.currency not in inverted
    }
