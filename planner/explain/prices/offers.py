"""Prices at which offers turn: those not in the plan come in, those in it go out."""

from __future__ import annotations

from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import OfferPrice, Turn
from planner.explain.forcing import is_alone, least_order, with_offer, without_offer
from planner.explain.prices.suppliers import ask_with, ask_without
from planner.explain.prices.turning import Turning, buys, find_turns
from planner.explain.repricing import first_price
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, cost_of
from planner.studies.solving import Solved


def price_offers(asking: Asking, comparing: Comparing) -> tuple[OfferPrice, ...]:
    """Every offer that can be bought: those that need the smallest change of price first."""
    scenario, plan = comparing.scenario, comparing.plan
    offers = list(scenario.offers)
    inside = [buys(plan, offer.id) for offer in offers]
    first = asking.ask([_ask(asking, scenario, offer, bought) for offer, bought in zip(offers, inside, strict=True)])
    turnings = []
    for offer, bought, solved in zip(offers, inside, first, strict=True):
        turnings.append(_turning(asking, offer, bought, cost_of(solved) if bought else cost_of(asking.base)))
        turnings[-1].begin(plan if bought else solved.plan)
    find_turns(asking, turnings)
    found = [_price(asking, comparing, *one) for one in zip(offers, inside, first, turnings, strict=True)]
    return tuple(sorted(found, key=_nearest_first))


def _ask(asking: Asking, scenario: Scenario, offer: Offer, bought: bool) -> Question:
    if is_alone(scenario, offer):  # asked before, of its supplier
        return ask_without(asking, offer.supplier) if bought else ask_with(asking, offer.supplier)
    if bought:
        return Question(f"without {offer.id}", without_offer(asking.data, offer.id), tighter=True)
    return Question(f"with {offer.id}", with_offer(asking.data, scenario, offer), tighter=True)


def _turning(asking: Asking, offer: Offer, bought: bool, without: Cost) -> Turning:
    number = next(i for i, item in enumerate(asking.data["offers"]) if item["id"] == offer.id)
    # in a tree it may be bought after news that hardly ever comes, for next to nothing on average
    branches = asking.base.plan is not None and len(asking.base.plan.futures) > 1
    least = 0.0 if offer.divisible or branches else least_order(offer) * _cheapest_share(asking.scenario, offer)
    return Turning(offer.id, number, asking.data, without, least, 1.0 if bought else 0.0)


def _cheapest_share(scenario: Scenario, offer: Offer) -> float:
    """At least what part of a unit in one plan a unit in any other plan costs: where it is cheapest, and paid last."""
    price, calendar = offer.price, scenario.calendar
    numbers = [number for series in (price.amount, *price.by_site.values()) for number in series.numbers]
    years = calendar.periods * calendar.months / 12
    paid_last = (1 + max(0.0, scenario.money.discount_rate)) ** -years * (1 - abs(price.escalation)) ** years
    return paid_last * min(numbers) / max(numbers) if max(numbers) > 0 else 0.0


def _price(asking: Asking, comparing: Comparing, offer: Offer, bought: bool, first: Solved, turning: Turning) -> OfferPrice:
    today = first_price(asking.data, turning.number)
    low, high = turning.low, turning.high
    turn: Turn = "open"
    if first.infeasible and (bought or is_alone(comparing.scenario, offer)):
        turn = "never"
    elif turning.lines and bought:
        turn = "stays"
    elif low is not None or (high or 0.0) > 0:
        turn = "enters"
    elif turning.ends is not None:
        turn = "never"
    units = sum(order.units for order in comparing.usual.orders if order.offer == offer.id)
    currency = offer.price.currency or comparing.scenario.money.currency
    return OfferPrice(
        offer.id, offer.supplier, units or float(least_order(offer)), currency, today, turn,
        None if low is None else low * today, None if high is None else high * today,
        comparing.costs(first), comparing.other(first), bought=bought,
    )  # fmt: skip


def _nearest_first(price: OfferPrice) -> tuple[bool, float, str]:
    return price.low is None, abs((price.low or 0.0) / (price.price or 1.0) - 1), price.offer
