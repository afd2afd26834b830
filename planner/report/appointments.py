"""The days of one future's plan, and the last days of what can still wait: what the contract calendar lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.instance.arrivals import Loss
from planner.plan.plan import Order
from planner.report.agreements import first_day
from planner.report.deadlines import Alternative, Deadlines
from planner.report.mask import HIDDEN
from planner.report.payments import ON_SCREEN, shown_cash
from planner.report.table import counted, listed
from planner.report.view import View, show_money
from planner.scenario.dates import add

LAST_DAYS = ("last day to qualify", "last day to sign", "last day to order", "last day to switch")

Days = tuple[date, date, date]
"""Shipped, arrived, accepted."""
MOVES = (("shipment", "arrival", "acceptance"), ("leave the maker", "arrive", "are accepted"))
YEAR_OF_HIDDEN = "all confidential suppliers of this fiscal year together, the last payment by this day"
LOST = ("never ships", "never ship")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry: on ``day`` something of ``kind`` happens or falls due, in words ``what``. Names are masked already.

    ``upon`` is the news it belongs to; empty: while nothing happens. ``planned`` is set for last days: the day the
    plan does it. The rest says the same as ``what`` without words: ``units`` of ``unit`` in delivery ``slot``; of a
    switch the ``step``, how much of it (``part``: all, the last, or empty) and the ``other`` maker that still runs by
    ``service``; of a payment its ``amount`` (base currency, refunds negative) and what it is ``paid_for`` (kinds).
    """

    day: date
    kind: str
    what: str
    supplier: str = ""
    offer: str = ""
    site: str = ""
    planned: date | None = None
    upon: str = ""
    units: float = 0.0
    unit: str = ""
    slot: str = ""
    step: str = ""
    part: str = ""
    other: str = ""
    service: date | None = None
    amount: float | None = None
    paid_for: tuple[str, ...] = ()


def find_appointments(view: View) -> list[Appointment]:
    """Everything of the plan that the view looks at, in order of days."""
    limits = Deadlines(view)
    found = [
        *_agreements(view, limits),
        *_orders(view, limits),
        *_switches(view, limits),
        *_deliveries(view, limits),
        *_payments(view),
    ]
    return sorted(set(found), key=lambda a: (a.day, a.kind, a.supplier, a.offer, a.site, a.what))


def _agreements(view: View, limits: Deadlines) -> Iterator[Appointment]:
    for vetting in view.plan.vetting:
        name, begin = view.supplier(vetting.supplier), first_day(vetting.period)
        terms = view.scenario.supplier[vetting.supplier].vetting
        end = add(begin, terms.duration) if terms else begin
        yield Appointment(begin, "qualification begins", f"Begin the supplier qualification of {name}", name)
        yield Appointment(end, "qualification ends", f"The supplier qualification of {name} is done", name)
        if last := limits.qualify_by(vetting.supplier):
            what = f"Last day to begin the supplier qualification of {name}"
            yield Appointment(max(last, begin), "last day to qualify", what, name, planned=begin)
    for signing in view.plan.signings:
        name, day = view.supplier(signing.supplier), first_day(signing.period)
        yield Appointment(day, "frame agreement", f"Sign the frame agreement with {name}", name)
        if last := limits.sign_by(signing.supplier):
            what = f"Last day to sign the frame agreement with {name}"
            yield Appointment(max(last, day), "last day to sign", what, name, planned=day)


def _orders(view: View, limits: Deadlines) -> Iterator[Appointment]:
    by_order: dict[tuple[str, str, str, date], float] = defaultdict(float)
    by_slot: dict[tuple[str, str, str, date, date], float] = defaultdict(float)
    for order in view.plan.orders:
        by_order[order.offer, order.site, order.ship_period, order.ordered] += order.units
        by_slot[order.offer, order.site, order.ship_period, order.ordered, limits.order_by(order)] += order.units
    for (offer, site, ships, day), units in by_order.items():
        yield _order(view, day, "purchase order", (offer, site, ships), units, "Place the purchase order for")
    for (offer, site, ships, planned, last), units in by_slot.items():
        yield _order(view, last, "last day to order", (offer, site, ships), units, "Last day to order", planned)


def _order(
    view: View, day: date, kind: str, line: tuple[str, str, str], units: float, verb: str, planned: date | None = None
) -> Appointment:
    offer, site, ships = line
    known = view.scenario.offer[offer]
    what = f"{verb} {counted(units, known.unit)} of {view.mask.offer(offer)} for {site}, delivery slot {ships}"
    return Appointment(
        day, kind, what, view.supplier(known.supplier), view.mask.offer(offer), site, planned,
        units=units, unit=known.unit, slot=ships,
    )  # fmt: skip


def _switches(view: View, limits: Deadlines) -> Iterator[Appointment]:
    """For every step and maker: until when all of it, and until when the last of it, could come from another maker."""
    groups: dict[tuple[str, str], list[Order]] = defaultdict(list)
    for order in view.plan.orders:
        for step in view.scenario.offer[order.offer].covers:
            groups[step, order.supplier].append(order)
    for (step, supplier), orders in sorted(groups.items()):
        ranked = sorted(orders, key=lambda order: (order.effective, order.offer, order.site))
        first, last = (limits.switch_by(step, order) for order in (ranked[0], ranked[-1]))
        if first is not None:
            yield _switch(view, supplier, first, "all" if last and last.day != first.day else "")
        if last is not None and (first is None or last.day != first.day):
            yield _switch(view, supplier, last, "the last")


def _switch(view: View, supplier: str, other: Alternative, part: str) -> Appointment:
    here, there = view.supplier(supplier), view.supplier(other.offer.supplier)
    whose = f"{part} of {other.step}" if part else other.step
    what = f"Last day to switch {whose} from {here} to another maker ({there}) that still runs by {other.service}"
    return Appointment(
        other.day, "last day to switch", what, here, view.mask.offer(other.order.offer), other.order.site,
        step=other.step, part=part.removesuffix(f" of {other.step}"), other=there, service=other.service,
    )  # fmt: skip


def _deliveries(view: View, limits: Deadlines) -> Iterator[Appointment]:
    """Shipment, arrival and acceptance of every batch; in a future with news after that news."""
    strikes = view.paths.at(view.leaf).strikes if view.branches else ()
    batches: dict[tuple[str, str, Days | date], float] = defaultdict(float)
    for order in view.plan.orders:
        fate = limits.post.fate(order, strikes) if strikes else None
        if isinstance(fate, Loss):
            batches[order.offer, order.site, fate.cutoff] += order.units
        else:
            days = (fate.shipped, fate.entered, fate.in_service) if fate else (order.ships, order.enters, order.effective)
            batches[order.offer, order.site, days] += order.units
    for (name, place, when), units in batches.items():
        offer = view.scenario.offer[name]
        batch = f"{counted(units, offer.unit)} of {view.mask.offer(name)} for {place}"
        for day, kind, verb in [(when, *LOST)] if isinstance(when, date) else zip(when, *MOVES, strict=True):
            who, equipment = view.supplier(offer.supplier), view.mask.offer(name)
            yield Appointment(day, kind, f"{batch} {verb}", who, equipment, place, units=units, unit=offer.unit)


def _payments(view: View) -> Iterator[Appointment]:
    """What falls due on one day for one supplier, together."""
    sums: dict[tuple[date, str], float] = defaultdict(float)
    kinds: dict[tuple[date, str], set[str]] = defaultdict(set)
    for line in shown_cash(view):
        sums[line.day, line.supplier] += line.amount
        kinds[line.day, line.supplier].add(line.kind)
    for (day, supplier), amount in sums.items():
        known = supplier != HIDDEN
        what = f"{'Refund' if amount < 0 else 'Payment'} of {show_money(abs(amount), view.scenario.money)}: "
        what += (
            f"{view.supplier(supplier)} ({listed(sorted(ON_SCREEN.get(kind, kind) for kind in kinds[day, supplier]))})"
            if known
            else YEAR_OF_HIDDEN
        )
        who, why = view.supplier(supplier) if known else "", tuple(sorted(kinds[day, supplier])) if known else (HIDDEN,)
        yield Appointment(day, "payment", what, who, amount=amount, paid_for=why)
