"""What one unit costs in many courses of events, discounted: milestones, freight, duty, storage, refunds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.scenario.contracts import Duty
from planner.scenario.dates import years_between
from planner.scenario.factory import Site
from planner.scenario.money import Amount, Price
from planner.scenario.offers import SUPPLIER_PAYS_FREIGHT, Offer
from planner.scenario.scenario import Scenario
from planner.studies.courses import News, Voice
from planner.studies.days import Days, Floats, Ints, day_number, day_of
from planner.studies.fate import Fate, multiply
from planner.studies.hits import Touch, currency_factors


@dataclass(frozen=True)
class Purse:
    """The scenario's money over many courses of events."""

    scenario: Scenario
    days: Days
    voices: tuple[Voice, ...]

    def rate(self, currency: str | None, on: Ints, news: News) -> Floats:
        """Base currency for one unit of ``currency`` on the day of each row."""
        path = self.days.value(self.scenario.money.to_base(currency), on)
        return path * multiply(news, currency_factors(self.voices, currency), on)

    def present(self, paid: Floats | float, currency: str | None, on: Ints, news: News) -> Floats:
        """Worth today of ``paid`` in ``currency``; what fell due before the calendar is sunk."""
        worth = np.where(on < self.days.starts[0], 0.0, self.days.discount[on])
        return paid * self.rate(currency, on, news) * worth

    def fee(self, amount: Amount | None, day: int, news: News) -> Floats:
        """Worth today of a fee paid on ``day``."""
        if amount is None:
            return np.zeros(news.rows)
        on = np.full(news.rows, day, np.int32)
        return self.present(self.days.value_on(amount.series(), day_of(day)), amount.currency, on, news)


@dataclass(frozen=True, slots=True)
class Deal:
    """One unit of an offer for a site, bought on day ``ordered`` at ``price`` in ``currency``."""

    offer: Offer
    site: Site
    ordered: int
    price: float
    currency: str | None


def list_price(days: Days, price: Price, site: str | None, ordered: int, fixed: int) -> float:
    """The number in force on the day of order, escalated to the day that fixes it; in the price's own currency."""
    since = price.as_of or days.scenario.calendar.start
    grown = float((1 + price.escalation) ** years_between(since, day_of(fixed)))
    return days.value_on(price.series(site), day_of(ordered)) * grown


def fixing_day(days: Days, offer: Offer, ordered: int, due: int) -> int:
    """The day that fixes the price: the day of order, later by as much as ``due`` lies beyond the price hold."""
    held = int(days.after(np.array([ordered], np.int32), offer.price_hold)[0])
    return ordered + max(0, due - held)


def unit_cost(purse: Purse, touch: Touch, news: News, deal: Deal, fate: Fate) -> Floats:
    """Worth today of everything paid for one unit, by row."""
    factor = multiply(news, touch.price, deal.ordered)
    delivered = _delivered(purse, touch, news, deal, fate, factor * deal.price)
    return np.where(fate.lost, _lost(purse, news, deal, fate, factor * deal.price), delivered) if fate.lost.any() else delivered


def base_price(purse: Purse, touch: Touch, news: News, deal: Deal) -> Floats:
    """Contract price of one unit in base currency at the day of order, by row."""
    on = np.full(news.rows, deal.ordered, np.int32)
    return multiply(news, touch.price, deal.ordered) * deal.price * purse.rate(deal.currency, on, news)


def _delivered(purse: Purse, touch: Touch, news: News, deal: Deal, fate: Fate, price: Floats) -> Floats:
    offer, pay = deal.offer, deal.offer.payment
    total = np.zeros(news.rows)
    milestones = (
        (np.full(news.rows, deal.ordered, np.int32), pay.order),
        (fate.ready, pay.fat),
        (fate.shipped, pay.shipment),
        (fate.entered, pay.arrival),
        (fate.effective, pay.acceptance),
    )
    for on, share in milestones:
        if share:
            total += purse.present(share * price, deal.currency, on, news)
    if pay.retention:
        freed = purse.days.after(fate.effective, pay.retention.after)
        total += purse.present(pay.retention.share * price, deal.currency, freed, news)
    carried = np.zeros(news.rows)
    if offer.freight and offer.incoterm.rule not in SUPPLIER_PAYS_FREIGHT:
        paid = purse.days.value(offer.freight.series(deal.site.id), fate.shipped)
        carried = paid * purse.rate(offer.freight.currency, fate.shipped, news)
        total += purse.present(paid, offer.freight.currency, fate.shipped, news)
    total += _duty(purse, touch, news, deal, fate, price, carried)
    if offer.storage:
        months = 12 * np.maximum(0.0, purse.days.years(fate.entered, fate.begins))
        total += purse.present(months * offer.storage.amount, offer.storage.currency, fate.begins, news)
    return total


def _lost(purse: Purse, news: News, deal: Deal, fate: Fate, price: Floats) -> Floats:
    """Only what was due before the cut-off is paid, and a share of it returns then at the rates paid."""
    total, paid = np.zeros(news.rows), np.zeros(news.rows)
    ordered = np.full(news.rows, deal.ordered, np.int32)
    for on, share in ((ordered, deal.offer.payment.order), (fate.ready, deal.offer.payment.fat)):
        amount = np.where(on < fate.cutoff, share * price, 0.0)
        total += purse.present(amount, deal.currency, on, news)
        paid += amount * purse.rate(deal.currency, on, news)
    return total - fate.refund * paid * purse.days.discount[np.minimum(fate.cutoff, len(purse.days.discount) - 1)]


def _duty(purse: Purse, touch: Touch, news: News, deal: Deal, fate: Fate, price: Floats, carried: Floats) -> Floats:
    if deal.offer.incoterm.rule == "DDP":
        return np.zeros(news.rows)
    found, place = np.unique(fate.entered, return_inverse=True)
    rates = np.array([duty_rates(purse.scenario, deal.offer, deal.site, int(day)) for day in found])[place]
    on_price = rates[:, 0]
    for v, added in touch.duty:
        on_price = np.where(news.holds(v, fate.entered), on_price + added, on_price)
    if not on_price.any() and not rates[:, 1].any():
        return np.zeros(news.rows)
    value = price * purse.rate(deal.currency, fate.entered, news)
    return purse.present((on_price + rates[:, 1]) * value + rates[:, 1] * carried, None, fate.entered, news)


def duty_rates(scenario: Scenario, offer: Offer, site: Site, entered: int) -> tuple[float, float]:
    """Rates of the scenario's duties in force on the day of entry: on the price, on price and freight."""
    origin = offer.origin or scenario.supplier[offer.supplier].country
    falling = [duty for duty in scenario.duties if _falls(duty, origin, offer, site, entered)]
    replaced = {name for duty in falling for name in duty.replaces if name != duty.id}
    counted = [duty for duty in falling if duty.id not in replaced]
    return sum(d.rate for d in counted if d.of == "price"), sum(d.rate for d in counted if d.of != "price")


def _falls(duty: Duty, origin: str, offer: Offer, site: Site, entered: int) -> bool:
    if duty.into != site.country or (origin == duty.into if duty.origin == "any" else origin != duty.origin):
        return False
    if (duty.starts and entered < day_number(duty.starts)) or (duty.ends and entered >= day_number(duty.ends)):
        return False
    return not duty.tags or not set(duty.tags).isdisjoint(offer.tags)
