"""Offers: supplier x equipment x terms."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from planner.scenario.base import (
    NO_TIME,
    Count,
    Country,
    Day,
    Id,
    Length,
    NotNegative,
    Positive,
    Share,
    Sourced,
    Strict,
    Text,
    complaint,
)
from planner.scenario.dates import Duration
from planner.scenario.money import Amount, Price
from planner.scenario.slots import RivalClaims, SlotMap, SlotUse

HOURS_PER_YEAR = 8760
TWELVE_MONTHS = Duration(months=12)
SUPPLIER_PAYS_FREIGHT = frozenset({"CPT", "CIP", "CFR", "CIF", "DAP", "DPU", "DDP"})


class Throughput(Strict):
    """What one unit gives one step: MW per year, or wafers per hour x W per cell x uptime x yield."""

    mw: Positive | None = None
    wafers_per_hour: Positive | None = None
    uptime: Share = 1.0
    yield_share: Share = Field(1.0, alias="yield")
    cell_watts: Positive | None = Field(None, description="W per cell; default: the route's")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise complaint("must be a number", "MW per year per unit, a plain number", "write only the number, in MW")
        return value if isinstance(value, dict) else {"mw": value}

    @model_validator(mode="after")
    def _one_way(self) -> Throughput:
        if (self.mw is None) == (self.wafers_per_hour is None):
            raise complaint("says the capacity twice or not at all", "mw, or wafers_per_hour", "keep one of the two")
        return self

    def rate(self, route_watts: float | None) -> float:
        """Effective MW per year of one unit at full rate."""
        if self.mw is not None:
            return self.mw
        watts = self.cell_watts or route_watts or 0.0
        return (self.wafers_per_hour or 0.0) * watts * HOURS_PER_YEAR * self.uptime * self.yield_share / 1e6


class Incoterm(Strict):
    """Who pays freight and duty: freight is on top except under C- and D-rules, duty except under DDP."""

    rule: Literal["EXW", "FCA", "FAS", "FOB", "CPT", "CIP", "CFR", "CIF", "DAP", "DPU", "DDP"]
    place: Text = ""


class Ramp(Strict):
    """Share of the full rate by age in months since acceptance; 1.0 after the last."""

    months: tuple[int, ...] = Field(strict=False)
    share: tuple[Share, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _rises(self) -> Ramp:
        if len(self.months) != len(self.share):
            raise complaint("months and share differ in length", "one share per month mark", "make them equally long")
        if any(b <= a for a, b in zip((0, *self.months), self.months, strict=False)):
            raise complaint("months must increase from above 0", "e.g. [3, 6]", "put them in order", "months")
        if any(b < a for a, b in zip(self.share, self.share[1:], strict=False)):
            raise complaint("shares must not fall", "e.g. [0.3, 0.7]", "put them in order", "share")
        return self


class Retention(Strict):
    """The last part of the price, kept back until ``after`` acceptance."""

    share: Share
    after: Length


class Payment(Strict):
    """Shares of the price by event; they sum to 1. ``secured`` is what a guarantee returns if a unit never ships."""

    order: Share = 0.0
    fat: Share = 0.0
    shipment: Share = 0.0
    arrival: Share = 0.0
    acceptance: Share = 0.0
    retention: Retention | None = None
    secured: Share = 0.0

    @model_validator(mode="after")
    def _whole(self) -> Payment:
        kept = self.retention.share if self.retention else 0.0
        total = self.order + self.fat + self.shipment + self.arrival + self.acceptance + kept
        if abs(total - 1) > 1e-9:
            raise complaint(f"the shares sum to {total:g}", "shares that sum to 1", "correct the shares")
        return self


class Storage(Strict):
    """Cost of keeping one unit waiting, ``per`` month."""

    amount: NotNegative
    per: Literal["month"]
    currency: str | None = None


class Validity(Strict):
    """First and last day on which the offer can be ordered."""

    start: Day | None = Field(None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _forward(self) -> Validity:
        if self.start and self.until and self.until < self.start:
            text = f"ends ({self.until}) before it starts ({self.start})"
            raise complaint(text, "until on or after from", "swap or correct the dates", "until")
        return self

    def covers(self, day: date) -> bool:
        """Whether the offer can be ordered on ``day``."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


class Offer(Sourced):
    """One way to buy equipment. Units are whole unless ``divisible``.

    ``origin`` decides duty, ``ships_from`` stops and freight; both default to the supplier's country.
    """

    id: Id
    supplier: Id
    unit: Text = "unit"
    divisible: bool = False
    condition: Literal["new", "used"] = "new"
    origin: Country | None = None
    ships_from: Country | None = None
    covers: dict[Id, Throughput] = Field(min_length=1)
    cell_efficiency: Share | None = None
    price: Price
    incoterm: Incoterm = Incoterm(rule="FCA")
    freight: Amount | None = Field(None, description="per unit, paid at shipment unless the incoterm includes it")
    storage: Storage | None = None
    lead_time: Length = Field(NO_TIME, description="order to ready for shipment")
    deinstall_time: Length = Field(NO_TIME, description="taking down used equipment, before shipment")
    transit_time: Length = NO_TIME
    install_time: Length | None = Field(None, description="default: the site's")
    order_ahead: Length = Field(TWELVE_MONTHS, description="how long before its earliest shipment a unit may be ordered")
    price_hold: Length = Field(TWELVE_MONTHS, description="how long the price of the order day holds")
    ramp: Ramp | None = None
    slots: SlotMap | None = None
    slot_use: float = Field(1.0, gt=0, description="slots of the supplier's pool one unit takes")
    resources: tuple[SlotUse, ...] = Field((), strict=False)
    available_units: Count | None = Field(None, description="units there are in all")
    rival_claims: RivalClaims | None = None
    min_order: NotNegative = Field(0.0, description="units per purchase order, over all sites and shipments")
    install_use: float = Field(1.0, ge=0, description="places in installation one unit takes")
    payment: Payment = Payment(order=1.0)
    valid: Validity = Validity()
    sites: tuple[Id, ...] = Field((), strict=False, description="sites it is offered for; default: all")
    tags: tuple[Id, ...] = Field((), strict=False)
