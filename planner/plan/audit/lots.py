"""Decisions, and lots: units bought together, with every date and the price that follow from the scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.plan.audit.clock import after, years
from planner.plan.audit.effects import factor, licences_of
from planner.plan.audit.journey import travel
from planner.plan.audit.setting import Setting
from planner.scenario.contracts import Commitment
from planner.scenario.factory import Site
from planner.scenario.money import Price
from planner.scenario.offers import Offer
from planner.scenario.suppliers import Supplier

EVERYTHING = frozenset({"slots", "cash", "exposure", "capacity"})
COMMITTED = -1
"""Order period of a contract signed before the plan."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """``units`` of an offer for a site, ordered in period ``period`` to ship in period ``ships`` (numbers from 0)."""

    offer: str
    site: str
    period: int
    ships: int
    units: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """All a buyer decides in one course of events. Vettings and signings are (supplier, period number)."""

    vettings: tuple[tuple[str, int], ...] = ()
    signings: tuple[tuple[str, int], ...] = ()
    orders: tuple[Purchase, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """Units that share every date. ``due`` is the day of their slot, ``ready`` that of their factory test.

    ``begins`` .. ``built`` is installation, ``effective`` the end of acceptance; units that never ship have no such days
    but a ``cutoff``, with ``refund`` the share of what was paid that comes back. ``price`` is per unit in ``currency``;
    ``contract`` the same in base currency on the day of order. ``period`` is the order period, ``COMMITTED`` for contracts
    signed before; ``counts`` is what the lot counts for. ``lost_from`` is the first period whose news says that the
    units never ship, None while they do.
    """

    offer: Offer
    supplier: Supplier
    site: Site | None
    units: float
    period: int
    ship_period: int
    ordered: date
    due: date
    ready: date
    ships: date
    enters: date
    begins: date
    built: date
    effective: date
    cutoff: date | None
    refund: float
    price: float
    currency: str
    contract: float
    commitment: str = ""
    counts: frozenset[str] = EVERYTHING
    lost_from: int | None = None

    @property
    def site_id(self) -> str:
        """Id of the site, empty without one."""
        return self.site.id if self.site else ""


def earliest(setting: Setting, offer: Offer, period: int, site: Site | None = None) -> date:
    """The day a unit ordered in ``period`` is ready to ship: made, taken down, and every review of a licence over."""
    ordered = setting.clock.starts[period]
    reviewed = (after(ordered, licence.review) for licence in licences_of(setting, offer, site))
    return max(after(ordered, offer.lead_time, offer.deinstall_time), *reviewed, ordered)


def ship_periods(setting: Setting, offer: Offer, period: int, site: Site | None = None) -> range:
    """Periods a unit ordered in ``period`` may ship in; empty when it is ready only after the horizon."""
    clock = setting.clock
    first = clock.period(earliest(setting, offer, period, site))
    if first >= clock.count:
        return range(0)
    latest = after(clock.starts[first], offer.order_ahead)
    return range(first, max(tau for tau in range(first, clock.count) if tau == first or clock.starts[tau] <= latest) + 1)


def escalated(setting: Setting, price: Price, site: str, looked_up: date, fixed: date) -> float:
    """Price per unit in its currency: the number in force on ``looked_up``, grown to the day it is ``fixed``."""
    base = price.as_of or setting.clock.starts[0]
    return setting.amount(price, site, looked_up) * float((1 + price.escalation) ** years(base, fixed))


def fixing_day(offer: Offer, ordered: date, due: date) -> date:
    """The day whose price level holds: the day of order, later by as much as ``due`` lies beyond the price hold."""
    return ordered + max(timedelta(0), due - after(ordered, offer.price_hold))


def _lot(
    setting: Setting, offer: Offer, site: Site | None, ordered: date, due: date, price: Price, fixed: date, times: float
) -> Lot:
    way = travel(setting, offer, site, due)
    amount = escalated(setting, price, site.id if site else "", ordered, fixed) * times
    return Lot(
        offer=offer, supplier=setting.suppliers[offer.supplier], site=site, units=1.0,
        period=COMMITTED, ship_period=setting.clock.period(due),
        ordered=ordered, due=due, ready=way.ready, ships=way.ships, enters=way.enters, begins=way.begins, built=way.built,
        effective=way.effective, cutoff=way.cutoff, refund=way.refund,
        price=amount, currency=setting.currency(price.currency), contract=amount * setting.exchange(price.currency, ordered),
    )  # fmt: skip


def lot_of_order(setting: Setting, order: Purchase) -> Lot:
    """The lot of a purchase order. A shipment period that is not allowed ships on its first day."""
    offer, site = setting.offers[order.offer], setting.sites[order.site]
    ordered, ready = setting.clock.starts[order.period], earliest(setting, offer, order.period, site)
    due = ready if setting.clock.period(ready) == order.ships else setting.clock.starts[order.ships]
    fixed = fixing_day(offer, ordered, due)
    times = factor(setting, "price_factor", offer, site, ordered)
    lot = _lot(setting, offer, site, ordered, due, offer.price, fixed, times)
    return replace(lot, units=order.units, period=order.period, ship_period=order.ships)


def lot_of_commitment(setting: Setting, contract: Commitment) -> Lot:
    """The lot of a contract already signed."""
    offer = setting.offers[contract.offer]
    site = setting.sites[contract.site] if contract.site else None
    price = contract.price or offer.price
    fixed = contract.ordered if contract.price else fixing_day(offer, contract.ordered, contract.ships)
    counts = contract.counts if contract.counts is not None else (("slots",) if contract.owner else tuple(EVERYTHING))
    lot = _lot(setting, offer, site, contract.ordered, contract.ships, price, fixed, 1.0)
    return replace(lot, units=contract.units, commitment=contract.id, counts=frozenset(counts))
