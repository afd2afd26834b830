"""Money lines: what one decision costs, when, in which currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.instance.arrivals import Arrival, Fate, Loss
from planner.instance.lookup import Lookup
from planner.instance.news import Effect
from planner.instance.tree import Strikes
from planner.scenario.contracts import Commitment, Duty
from planner.scenario.dates import add, years_between
from planner.scenario.factory import Site
from planner.scenario.money import Amount, Price
from planner.scenario.offers import SUPPLIER_PAYS_FREIGHT, Offer
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Shock

UnitPrice = tuple[float, str]
"""Price of one unit and its currency."""


@dataclass(frozen=True, slots=True)
class CashEvent:
    """One payment per unit (or per fee): ``amount`` in base currency, ``paid`` in ``currency``; refunds are negative."""

    day: date
    kind: str
    amount: float
    currency: str
    paid: float


def find_price(look: Lookup, price: Price, site: str | None, ordered: date, fixed: date) -> UnitPrice:
    """The list price of the order day, escalated to the day that fixes it."""
    since = price.as_of or look.scenario.calendar.start
    unit = look.value(price.series(site), ordered) * float((1 + price.escalation) ** years_between(since, fixed))
    return unit, price.currency or look.scenario.money.currency


def contract_price(look: Lookup, contract: Commitment) -> UnitPrice:
    """Unit price of a contract already signed: its own, or the offer's on the day it was ordered."""
    if contract.price is not None:
        return find_price(look, contract.price, contract.site, contract.ordered, contract.ordered)
    offer = look.scenario.offer[contract.offer]
    fixed = price_fixed_on(offer, contract.ordered, contract.ships)
    return find_price(look, offer.price, contract.site, contract.ordered, fixed)


def price_fixed_on(offer: Offer, ordered: date, due: date) -> date:
    """The day that fixes the price: the order day, or as much later as shipment lies beyond ``price_hold``."""
    late = due - add(ordered, offer.price_hold)
    return ordered + late if late.days > 0 else ordered


def find_duty_rate(scenario: Scenario, offer: Offer, site: Site, entered: date) -> tuple[float, float]:
    """Duty rates in force at entry: (on price, on price and freight)."""
    if offer.incoterm.rule == "DDP":
        return 0.0, 0.0
    origin = offer.origin or scenario.supplier[offer.supplier].country
    matching = [d for d in scenario.duties if _falls_on(d, origin, offer, site, entered)]
    replaced = {name for d in matching for name in d.replaces}
    counted = [d for d in matching if d.id not in replaced]
    return sum(d.rate for d in counted if d.of == "price"), sum(d.rate for d in counted if d.of != "price")


def _falls_on(duty: Duty, origin: str, offer: Offer, site: Site, day: date) -> bool:
    from_there = origin != duty.into if duty.origin == "any" else origin == duty.origin
    in_force = (duty.starts is None or duty.starts <= day) and (duty.ends is None or day < duty.ends)
    return from_there and duty.into == site.country and in_force and (not duty.tags or bool(set(duty.tags) & set(offer.tags)))


def find_unit_events(
    look: Lookup, offer: Offer, site: Site, price: UnitPrice, ordered: date, fate: Fate, strikes: Strikes
) -> tuple[CashEvent, ...]:
    """Every payment for one unit bought at ``price``, by day; days before the calendar's start are sunk and left out."""
    lines = _lost(look, offer, price, ordered, fate, strikes) if isinstance(fate, Loss) else None
    if lines is None:
        assert isinstance(fate, Arrival)
        lines = _delivered(look, offer, site, price, ordered, fate, strikes)
    return tuple(line for line in lines if line.paid and line.day >= look.scenario.calendar.start)


def _line(look: Lookup, kind: str, day: date, paid: float, currency: str, strikes: Strikes) -> CashEvent:
    return CashEvent(day, kind, paid * look.rate(currency, day, strikes), currency, paid)


def _lost(look: Lookup, offer: Offer, price: UnitPrice, ordered: date, loss: Loss, strikes: Strikes) -> list[CashEvent]:
    """What a unit that never ships costs: the payments before the cut-off, and what returns of them."""
    unit, currency = price
    events = (("order", ordered, offer.payment.order), ("fat", loss.ready, offer.payment.fat))
    lines = [_line(look, kind, day, share * unit, currency, strikes) for kind, day, share in events if day < loss.cutoff]
    back = [sum(line.amount for line in lines), sum(line.paid for line in lines)]
    return [*lines, CashEvent(loss.cutoff, "refund", -loss.refund * back[0], currency, -loss.refund * back[1])]


def _delivered(
    look: Lookup, offer: Offer, site: Site, price: UnitPrice, ordered: date, arrival: Arrival, strikes: Strikes
) -> list[CashEvent]:
    unit, currency = price
    base = look.scenario.money.currency
    due = _milestones(offer, ordered, arrival)
    lines = [_line(look, kind, day, share * unit, currency, strikes) for kind, day, share in due if share]
    freight = 0.0
    if offer.freight and offer.incoterm.rule not in SUPPLIER_PAYS_FREIGHT:
        paid = look.value(offer.freight.series(site.id), arrival.shipped)
        lines.append(_line(look, "freight", arrival.shipped, paid, offer.freight.currency or base, strikes))
        freight = lines[-1].amount
    on_price, on_both = find_duty_rate(look.scenario, offer, site, arrival.entered)
    if offer.incoterm.rule != "DDP":
        added = look.news.holding(strikes, arrival.entered, offer, site.id, Effect.DUTY)
        on_price += sum(shock.duty_added for shock in added if isinstance(shock, Shock))
    worth = unit * look.rate(currency, arrival.entered, strikes)
    lines.append(_line(look, "duty", arrival.entered, (on_price + on_both) * worth + on_both * freight, base, strikes))
    months = 12 * years_between(arrival.entered, arrival.install_from)
    if offer.storage and months > 0:
        paid = months * offer.storage.amount
        lines.append(_line(look, "storage", arrival.install_from, paid, offer.storage.currency or base, strikes))
    return lines


def _milestones(offer: Offer, ordered: date, arrival: Arrival) -> Iterator[tuple[str, date, float]]:
    pay = offer.payment
    yield "order", ordered, pay.order
    yield "fat", arrival.ready, pay.fat
    yield "shipment", arrival.shipped, pay.shipment
    yield "arrival", arrival.entered, pay.arrival
    yield "acceptance", arrival.in_service, pay.acceptance
    if pay.retention:
        yield "retention", add(arrival.in_service, pay.retention.after), pay.retention.share


def find_fee(look: Lookup, kind: str, amount: Amount | None, day: date, strikes: Strikes) -> tuple[CashEvent, ...]:
    """A fee paid on ``day``; nothing if there is none."""
    if amount is None or not (paid := look.value(amount.series(), day)):
        return ()
    return (_line(look, kind, day, paid, amount.currency or look.scenario.money.currency, strikes),)
