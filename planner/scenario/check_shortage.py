"""A shortage cost must be dearer than supply, or the cheapest plan buys nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planner.scenario.check_prices import find_sound
from planner.scenario.dates import add, add_months
from planner.scenario.document import Document, Path
from planner.scenario.factory import Demand
from planner.scenario.figures import discount, price_per_mw, rate_of_exchange, ruled_out, target_of, usable_routes
from planner.scenario.findings import Finding
from planner.scenario.places import finding_at, place_of
from planner.scenario.reach import find_reaches
from planner.scenario.scenario import Scenario

MOST_STEPS = 10
"""Routes with more steps are completed step by step instead of by the cheapest combination."""


@dataclass(frozen=True, slots=True)
class Way:
    """Supplying through offer number ``offer``: price per MW, in service from ``day``; base currency."""

    offer: int
    price: float
    day: date


def check_shortage(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Demand whose shortage until the end of ``continues`` is cheaper than the dearest way of supplying it."""
    ways = list(find_ways(scenario))
    for d, demand in enumerate(scenario.demand):
        cost = demand.shortage_cost
        rate = rate_of_exchange(scenario, cost.currency) if cost else None
        if not cost or rate is None or not ways or not target_of(scenario, demand).most:
            continue
        yearly = max(cost.amount.numbers) / cost.divisor * rate
        years = {day: discounted_years(scenario, demand, day) for day in {way.day for way in ways}}
        compared = [(way.price - yearly * years[way.day], way) for way in ways]
        excess, dearest = max(compared, key=lambda pair: pair[0])
        if excess > 0:
            name, where = scenario.offers[dearest.offer].id, place_of(document, ("offers", dearest.offer, "price"))
            all_alike = min(pair[0] for pair in compared) > 0
            verdict = (
                "the plan would rather run short than buy anything"
                if all_alike
                else f"the plan would rather run short than buy {name}"
            )
            problem = (
                f"running short from {dearest.day} costs {dearest.price - excess:.4g} per MW, supply through {name} ({where}) "
                f"costs {dearest.price:.4g} or more ({scenario.money.currency} {scenario.money.unit}): {verdict}"
            )
            path: Path = ("demand", d, "shortage_cost", "amount")
            yield finding_at(
                document,
                path,
                problem,
                "a cost above the dearest supply",
                "raise it or let the demand continue longer",
                "warning",
            )


def discounted_years(scenario: Scenario, demand: Demand, start: date) -> float:
    """Years from ``start`` to the end of what the demand continues after the calendar, each month discounted."""
    end = add(scenario.calendar.end, demand.continues)
    months = max(0, 12 * (end.year - start.year) + end.month - start.month)
    return sum(discount(scenario, add_months(start, month)) for month in range(months)) / 12


def find_ways(scenario: Scenario) -> Iterator[Way]:
    """For every offer that can be used in time, the cheapest complete route through it; offers with a slip are left out."""
    reaches, sound = find_reaches(scenario), find_sound(scenario)
    cheapest = _cheapest_by_steps(scenario, sound)
    routes = [frozenset(steps) for steps in usable_routes(scenario).values()]
    for o, offer in enumerate(scenario.offers):
        price, day = price_per_mw(scenario, offer), reaches[offer.id].day
        if offer.id not in sound or not price or day is None or day >= scenario.calendar.end or ruled_out(scenario, offer):
            continue
        own = frozenset(offer.covers)
        found = [_complete(route - own, cheapest, {}) for route in routes if route & own]
        rest = min((cost for cost in found if cost is not None), default=None)
        if rest is not None:
            yield Way(o, price + rest, day)


def _cheapest_by_steps(scenario: Scenario, sound: Container[str]) -> dict[frozenset[str], float]:
    """The cheapest price per MW of every set of steps some usable and sound offer covers."""
    found: dict[frozenset[str], float] = {}
    for offer in scenario.offers:
        price, steps = price_per_mw(scenario, offer), frozenset(offer.covers)
        if price and offer.id in sound and not ruled_out(scenario, offer):
            found[steps] = min(price, found.get(steps, price))
    return found


def _complete(
    missing: frozenset[str], cheapest: Mapping[frozenset[str], float], known: dict[frozenset[str], float | None]
) -> float | None:
    """The least price per MW of offers that together cover ``missing``; None when they cannot."""
    if not missing:
        return 0.0
    if missing not in known:
        step = min(missing)
        rest = [(price, missing - steps) for steps, price in cheapest.items() if step in steps]
        if len(missing) > MOST_STEPS:
            rest = [min(rest, key=lambda pair: pair[0])] if rest else []
        totals = [price + more for price, left in rest if (more := _complete(left, cheapest, known)) is not None]
        known[missing] = min(totals, default=None)
    return known[missing]
