"""Every payment of a plan and of the contracts already signed, line by line from the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planner.plan.audit.clock import after, years
from planner.plan.audit.effects import duty_added
from planner.plan.audit.lots import Decisions, Lot
from planner.plan.audit.setting import Setting
from planner.scenario.contracts import Duty
from planner.scenario.money import Amount

FREIGHT_INCLUDED = ("CPT", "CIP", "CFR", "CIF", "DAP", "DPU", "DDP")
DUTY_INCLUDED = "DDP"
DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Line:
    """One payment: ``amount`` in base currency, ``paid`` in ``currency``, not discounted."""

    day: date
    kind: str
    supplier: str
    offer: str
    site: str
    amount: float
    currency: str
    paid: float
    commitment: str = ""


def milestones(lot: Lot) -> Iterator[tuple[date, str, float]]:
    """(day, kind, share of the price) of each payment of the contract; units that never ship pay nothing after the cut-off."""
    terms = lot.offer.payment
    if lot.cutoff is not None:
        yield from ((day, kind, share) for day, kind, share in _first_two(lot) if day < lot.cutoff)
        return
    yield from _first_two(lot)
    yield lot.ships, "shipment", terms.shipment
    yield lot.enters, "arrival", terms.arrival
    yield lot.effective, "acceptance", terms.acceptance
    if terms.retention:
        yield after(lot.effective, terms.retention.after), "retention", terms.retention.share


def _first_two(lot: Lot) -> Iterator[tuple[date, str, float]]:
    yield lot.ordered, "order", lot.offer.payment.order
    yield lot.ready, "fat", lot.offer.payment.fat


def freight_of(setting: Setting, lot: Lot) -> float:
    """Freight we pay per unit, in the currency of the freight; 0 where the supplier pays it."""
    if lot.offer.freight is None or lot.offer.incoterm.rule in FREIGHT_INCLUDED:
        return 0.0
    return setting.amount(lot.offer.freight, lot.site_id, lot.ships)


def duties_of(setting: Setting, lot: Lot) -> tuple[Duty, ...]:
    """Duties in force on the day of entry, without those that another of them replaces."""
    if lot.site is None or lot.offer.incoterm.rule == DUTY_INCLUDED:
        return ()
    origin, into = lot.offer.origin or lot.supplier.country, lot.site.country

    def falls(duty: Duty) -> bool:
        if duty.into != into or (origin == into if duty.origin == "any" else duty.origin != origin):
            return False
        if (duty.starts and lot.enters < duty.starts) or (duty.ends and lot.enters >= duty.ends):
            return False
        return not duty.tags or not set(duty.tags).isdisjoint(lot.offer.tags)

    matching = tuple(duty for duty in setting.scenario.duties if falls(duty))
    replaced = {gone for duty in matching for gone in duty.replaces if gone != duty.id}
    return tuple(duty for duty in matching if duty.id not in replaced)


def lot_lines(setting: Setting, lot: Lot) -> Iterator[Line]:
    """Payments for a lot of units, zero amounts left out; what fell due before the calendar is sunk."""
    for day, kind, currency, per_unit, rate in _unit_payments(setting, lot):
        paid = per_unit * lot.units
        if paid and day >= setting.clock.starts[0]:
            yield Line(day, kind, lot.supplier.id, lot.offer.id, lot.site_id, paid * rate, currency, paid, lot.commitment)


def _unit_payments(setting: Setting, lot: Lot) -> Iterator[tuple[date, str, str, float, float]]:
    """(day, kind, currency, amount in it, base currency for one of it) for one unit."""
    shares = [(day, kind, share, setting.exchange(lot.currency, day)) for day, kind, share in milestones(lot)]
    for day, kind, share, rate in shares:
        yield day, kind, lot.currency, share * lot.price, rate
    if lot.cutoff is not None:
        paid = sum(share for _, _, share, _ in shares)
        if paid:  # comes back at the rates it was paid at
            mean = sum(share * rate for _, _, share, rate in shares) / paid
            yield lot.cutoff, "refund", lot.currency, -lot.refund * paid * lot.price, mean
        return
    freight, offer = freight_of(setting, lot), lot.offer
    carried = 0.0
    if offer.freight is not None and freight:
        currency = setting.currency(offer.freight.currency)
        rate = setting.exchange(currency, lot.ships)
        carried = freight * rate
        yield lot.ships, "freight", currency, freight, rate
    value = lot.price * setting.exchange(lot.currency, lot.enters)
    duty = sum(d.rate * (value + carried if d.of == "price and freight" else value) for d in duties_of(setting, lot))
    if lot.site is not None and offer.incoterm.rule != DUTY_INCLUDED:
        duty += value * duty_added(setting, offer, lot.site, lot.enters)
    yield lot.enters, DUTY, setting.currency(None), duty, 1.0
    if offer.storage and lot.begins > lot.enters:
        waiting = 12 * years(lot.enters, lot.begins) * offer.storage.amount
        currency = setting.currency(offer.storage.currency)
        yield lot.begins, "storage", currency, waiting, setting.exchange(currency, lot.begins)


def _fee(setting: Setting, kind: str, supplier: str, amount: Amount | None, period: int) -> Iterator[Line]:
    if amount is None:
        return
    day = setting.clock.starts[period]
    paid, currency = setting.amount(amount, "", day), setting.currency(amount.currency)
    if paid:
        yield Line(day, kind, supplier, "", "", paid * setting.exchange(currency, day), currency, paid)


def fee_lines(setting: Setting, decisions: Decisions, orders: Iterable[Lot]) -> Iterator[Line]:
    """Payments for vetting, signing, process qualification and purchase orders as such."""
    for name, period in decisions.vettings:
        terms = setting.suppliers[name].vetting
        yield from _fee(setting, "vetting", name, terms.cost if terms else None, period)
    for name, period in decisions.signings:
        yield from _fee(setting, "signing", name, setting.suppliers[name].signing_fee, period)
        for step in setting.suppliers[name].process_qualification.values():
            yield from _fee(setting, "qualification", name, None if step.qualified else step.cost, period)
    for name, period in sorted({(lot.supplier.id, lot.period) for lot in orders if lot.units > 0}):
        yield from _fee(setting, "order fee", name, setting.suppliers[name].order_fee, period)
