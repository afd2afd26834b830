"""Decisions, and lots: units bought together, with every date and the price that follow from the scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.plan.audit.clock import after, years
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
    """All a buyer decides. Vettings and signings are (supplier, period number)."""

    vettings: tuple[tuple[str, int], ...] = ()
    signings: tuple[tuple[str, int], ...] = ()
    orders: tuple[Purchase, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """Units that share every date. ``begins`` .. ``built`` is installation, ``effective`` the end of acceptance.

    ``price`` is per unit in ``currency``; ``contract`` the same in base currency on the day of order. ``period`` is
    the order period, ``COMMITTED`` for contracts signed before; ``counts`` is what the lot counts for.
    """

    offer: Offer
    supplier: Supplier
    site: Site | None
    units: float
    period: int
    ship_period: int
    ordered: date
    ships: date
    enters: date
    begins: date
    built: date
    effective: date
    price: float
    currency: str
    contract: float
    commitment: str = ""
    counts: frozenset[str] = EVERYTHING

    @property
    def site_id(self) -> str:
        """Id of the site, empty without one."""
        return self.site.id if self.site else ""


def earliest(setting: Setting, offer: Offer, period: int) -> date:
    """The day a unit ordered in ``period`` is ready to ship."""
    return after(setting.clock.starts[period], offer.lead_time, offer.deinstall_time)


def ship_periods(setting: Setting, offer: Offer, period: int) -> range:
    """Periods a unit ordered in ``period`` may ship in; empty when it is ready only after the horizon."""
    clock = setting.clock
    first = clock.period(earliest(setting, offer, period))
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


def _lot(setting: Setting, offer: Offer, site: Site | None, ordered: date, ships: date, price: Price, fixed: date) -> Lot:
    enters = after(ships, offer.transit_time)
    begins = built = effective = enters
    if site is not None:
        begins = max(enters, site.ready) if site.ready else enters
        built = after(begins, site.install_time if offer.install_time is None else offer.install_time)
        effective = after(built, site.acceptance_time)
    amount = escalated(setting, price, site.id if site else "", ordered, fixed)
    return Lot(
        offer=offer, supplier=setting.suppliers[offer.supplier], site=site, units=1.0,
        period=COMMITTED, ship_period=setting.clock.period(ships),
        ordered=ordered, ships=ships, enters=enters, begins=begins, built=built, effective=effective,
        price=amount, currency=setting.currency(price.currency), contract=amount * setting.exchange(price.currency, ordered),
    )  # fmt: skip


def lot_of_order(setting: Setting, order: Purchase) -> Lot:
    """The lot of a purchase order. A shipment period that is not allowed ships on its first day."""
    offer = setting.offers[order.offer]
    ordered, ready = setting.clock.starts[order.period], earliest(setting, offer, order.period)
    due = ready if setting.clock.period(ready) == order.ships else setting.clock.starts[order.ships]
    fixed = fixing_day(offer, ordered, due)
    lot = _lot(setting, offer, setting.sites[order.site], ordered, due, offer.price, fixed)
    return replace(lot, units=order.units, period=order.period, ship_period=order.ships)


def lot_of_commitment(setting: Setting, contract: Commitment) -> Lot:
    """The lot of a contract already signed."""
    offer = setting.offers[contract.offer]
    site = setting.sites[contract.site] if contract.site else None
    price = contract.price or offer.price
    fixed = contract.ordered if contract.price else fixing_day(offer, contract.ordered, contract.ships)
    counts = contract.counts if contract.counts is not None else (("slots",) if contract.owner else tuple(EVERYTHING))
    lot = _lot(setting, offer, site, contract.ordered, contract.ships, price, fixed)
    return replace(lot, units=contract.units, commitment=contract.id, counts=frozenset(counts))
