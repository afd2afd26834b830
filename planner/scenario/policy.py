"""The buyer's own rules: budget, shares, numbers of suppliers, pins and forbids."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.scenario.base import Count, Country, Day, Id, Length, NotNegative, Share, Sourced, Strict, Text, complaint
from planner.scenario.by_period import Wholes, number, read_by_period
from planner.scenario.dates import Duration, parse_period

TWELVE_MONTHS = Duration(months=12)


class Budget(Strict):
    """Cash limit by fiscal year (named by the calendar year it starts in). A year not listed is unlimited."""

    per: Literal["fiscal-year"]
    years: dict[str, float]

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "per" not in value:
            raise complaint("does not say per what time", "per: fiscal-year and amounts by year", "write a map with per:")
        if "years" in value:
            return value
        years = {}
        for key, item in value.items():
            if key == "per":
                continue
            if len(key) != 4 or not key.isdigit():
                raise complaint("is not a fiscal year", "a year such as 2026", "write the year", key)
            years[key] = number(item, key, 0.0, False)
        return {"per": value["per"], "years": years}


class ShareLimit(Strict):
    """A limit on a share of spend in all, and of capacity by step. Holds at the end, and from ``from`` on if given."""

    total: Share | None = None
    steps: dict[Id, Share] = {}
    start: Day | None = Field(None, alias="from")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"total": value}


class Approvals(Strict):
    """Frame agreements with more than ``above`` of orders can be signed only in the periods of these days."""

    sign: tuple[Day, ...] = Field(strict=False)
    above: NotNegative


class Pin(Strict):
    """One decision fixed: a supplier vetted or signed in a period, or units of an offer ordered.

    ``units`` 0 forbids it. Left-out fields mean any: an order pin without ``ships`` fixes the sum over shipments.
    """

    vet: Id | None = None
    sign: Id | None = None
    order: Id | None = None
    period: Text | None = Field(None, description="period of the decision, by name or date")
    site: Id | None = None
    ships: Text | None = Field(None, description="period of shipment, by name or date")
    units: NotNegative | None = None

    @model_validator(mode="after")
    def _one(self) -> Pin:
        named = [key for key in ("vet", "sign", "order") if getattr(self, key)]
        if len(named) != 1:
            raise complaint("must name one decision", "one of vet, sign, order", "keep one")
        if (self.order is None) == (self.units is not None):
            raise complaint("units belong to an order pin, and only there", "units with order", "add or remove units", "units")
        for key in ("period", "ships"):
            text = getattr(self, key)
            try:
                if text is not None:
                    parse_period(text)
            except ValueError:
                raise complaint("is not a period", "2026-Q1, 2026-01 or 2026-01-15", "correct it", key) from None
        return self


class Forbid(Strict):
    """Nothing new is bought from this supplier, offer or country (for this step), in this period if given."""

    supplier: Id | None = None
    offer: Id | None = None
    country: Country | None = None
    period: Text | None = None


class Resilience(Strict):
    """Enough runs without one country, supplier or group: tools it ships from ``from`` on do not count.

    The rest of the tools must reach ``share`` of every target from ``from`` on, for ``window``, if nothing happens.
    """

    country: Country | None = None
    supplier: Id | None = None
    group: Id | None = None
    start: Day = Field(alias="from")
    window: Length = Field(TWELVE_MONTHS, description="how long it must hold")
    share: Share

    @model_validator(mode="after")
    def _one(self) -> Resilience:
        if sum(name is not None for name in (self.country, self.supplier, self.group)) != 1:
            raise complaint("must name one loss", "one of country, supplier, group", "keep one")
        return self


def _teams(value: Any) -> Any:
    if isinstance(value, dict) and "teams" in value:
        value = value["teams"]
    return read_by_period(value, whole=True)


class Policy(Sourced):
    """Rules the buyer sets. What is not set is not limited."""

    first: Literal["cost", "ramp"] = Field("cost", description="ramp: least shortage, then least cost")
    budget: Budget | None = None
    max_country_share: dict[Country, ShareLimit] = {}
    min_country_share: dict[Country, ShareLimit] = {}
    max_supplier_share: dict[Id, ShareLimit] = {}
    min_supplier_share: dict[Id, ShareLimit] = {}
    groups: dict[Id, Annotated[tuple[Id, ...], Field(strict=False)]] = Field({}, description="named groups of suppliers")
    max_group_share: dict[Id, ShareLimit] = {}
    min_group_share: dict[Id, ShareLimit] = {}
    max_suppliers: Count | None = None
    min_suppliers: Count | None = None
    min_share: Share = Field(0.05, description="share of spend from which a supplier counts for min_suppliers")
    min_cell_efficiency: Share | None = None
    risk_weight: float = Field(0.0, ge=0, le=0.99, description="weight of the average of the worst futures, from 0 to 0.99")
    tail: float = Field(0.9, ge=0, lt=1, description="the worst 1 - tail of all futures are averaged")
    max_cvar_cost: NotNegative | None = Field(None, description="limit on the average cost of the worst futures")
    resilience: tuple[Resilience, ...] = Field((), strict=False)
    vetting_teams: Annotated[Wholes, BeforeValidator(_teams)] | None = None
    approvals: Approvals | None = None
    pins: tuple[Pin, ...] = Field((), strict=False)
    forbid: tuple[Forbid, ...] = Field((), strict=False)
    sanctioned: tuple[str, ...] = Field((), strict=False, description="names of suppliers nothing may be bought from")
