"""News that may come: shocks, what they hit and change, and reviews of export licences."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from planner.scenario.base import (
    NO_TIME,
    Country,
    Currency,
    Day,
    Id,
    Length,
    Share,
    Sourced,
    Strict,
    Text,
    complaint,
    read_duration,
)
from planner.scenario.dates import Duration

FOR_GOOD = "for good"
MOST_PER_YEAR = 100.0


def _lasts(value: Any) -> Any:
    return None if value is None or value == FOR_GOOD else read_duration(value)


Lasts = Annotated[
    Duration | None,
    BeforeValidator(_lasts),
    WithJsonSchema({"type": "string", "description": "duration such as 9 months, or: for good"}),
]


class Hits(Strict):
    """What a shock hits: everything that fits all the keys given, any of the names of each; nothing given: everything.

    ``countries`` means ships_from for stops and delays, origin for duty, and the supplier's country for the rest.
    """

    countries: tuple[Country, ...] = Field((), strict=False)
    suppliers: tuple[Id, ...] = Field((), strict=False)
    groups: tuple[Id, ...] = Field((), strict=False, description="groups of suppliers named in the policy")
    offers: tuple[Id, ...] = Field((), strict=False)
    steps: tuple[Id, ...] = Field((), strict=False, description="offers that cover any of these steps")
    tags: tuple[Id, ...] = Field((), strict=False, description="offers that carry any of these tags")
    sites: tuple[Id, ...] = Field((), strict=False)
    currencies: tuple[Currency, ...] = Field((), strict=False, description="currencies whose rate moves")


class After(Strict):
    """Makes a shock likelier once another one has struck: its hazard times ``times`` plus ``hazard_per_year``."""

    shock: Id
    times: float = Field(1.0, ge=0, le=1000)
    hazard_per_year: float = Field(0.0, ge=0, le=MOST_PER_YEAR)


class Shock(Sourced):
    """News that changes numbers, at most once in each future: by hazard between dates, or on a date with a probability.

    From the day it strikes it holds for ``lasts`` and changes what it ``hits``; factors multiply, additions add up.
    """

    id: Id
    name: Annotated[str, Field(max_length=200)] = Field("", description="as shown; default: the id with spaces")
    hazard_per_year: float | None = Field(None, ge=0, le=MOST_PER_YEAR, description="chance per year, while nothing has struck")
    start: Day | None = Field(None, alias="from", description="first day of the hazard; default: the calendar's start")
    until: Day | None = Field(None, description="first day without the hazard; default: never")
    date: Day | None = Field(None, description="the day of the news, with probability instead of a hazard")
    probability: Share | None = None
    after: tuple[After, ...] = Field((), strict=False)
    lasts: Lasts = Field(None, description="how long it holds from the day it strikes; default: for good")
    hits: Hits = Hits()
    tags: tuple[Id, ...] = Field((), strict=False, description="geopolitical: the tension dial multiplies its hazard")
    indicator: Text = Field("", description="what to watch to see it coming")
    shipments: Literal["stopped"] | None = Field(None, description="stopped: nothing it hits leaves while it holds")
    refund: Share | None = Field(None, description="of what was paid, if the stop is for good; default: what is secured")
    delay: Length = Field(NO_TIME, description="later readiness of units due while it holds")
    slots_factor: float = Field(1.0, ge=0, le=1, description="on slots still on sale while it holds")
    price_factor: float = Field(1.0, ge=0, le=100, description="on prices of orders placed while it holds")
    duty_added: float = Field(0.0, ge=0, le=10, description="on the price of units that enter while it holds")
    target_factor: float = Field(1.0, ge=0, le=10, description="on targets while it holds, of the sites it hits")
    crews_factor: float = Field(1.0, gt=0, le=1, description="on places in installation not booked yet")
    install_delay: Length = Field(NO_TIME, description="longer installation if begun while it holds, such as visas")
    output_factor: float = Field(1.0, ge=0, le=1, description="on what installed tools give while it holds")
    currency_factor: float = Field(1.0, gt=0, le=100, description="on the rates of the currencies it hits while it holds")

    @property
    def shown(self) -> str:
        """The name people read."""
        return self.name or self.id.replace("-", " ")

    @model_validator(mode="after")
    def _one_way(self) -> Shock:
        allowed = "hazard_per_year, or date and probability"
        dated = self.date is not None or self.probability is not None
        if (self.hazard_per_year is not None) == dated:
            raise complaint("says its chance twice or not at all", allowed, "keep one of the two")
        if dated and (self.date is None or self.probability is None):
            missing = "date" if self.date is None else "probability"
            raise complaint(f"has no {missing}", allowed, f"add {missing}")
        if dated and (self.start or self.until):
            raise complaint("has a date and a span of dates", "from and until go with hazard_per_year", "remove them")
        if self.start and self.until and self.until <= self.start:
            raise complaint(f"ends ({self.until}) before it starts ({self.start})", "a later day", "correct the dates", "until")
        if dated and any(more.hazard_per_year for more in self.after):
            raise complaint("a dated shock has no hazard to add to", "times", "write times instead", "after")
        return self


class LicenceOutcome(Strict):
    """One way a review ends: how likely, and how much later units become ready."""

    probability: Share
    delay: Length = NO_TIME

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"probability": value}


class Licence(Sourced):
    """Reviews of export licences: every window is drawn once for all offers it hits, ordered or not.

    A unit belongs to the window its day of readiness falls in. ``refused``: it never ships, what is secured returns.
    ``windows`` are first days; none means one window from the start of the calendar on.
    """

    id: Id
    name: Annotated[str, Field(max_length=200)] = ""
    hits: Hits = Hits()
    review: Length = Field(NO_TIME, description="from the order on; no unit is ready before it ends")
    windows: tuple[Day, ...] = Field((), strict=False)
    quick: LicenceOutcome
    slow: LicenceOutcome = LicenceOutcome(probability=0.0)
    refused: LicenceOutcome = LicenceOutcome(probability=0.0)
    indicator: Text = Field("", description="what to watch to see it coming")

    @property
    def shown(self) -> str:
        """The name people read."""
        return self.name or self.id.replace("-", " ")

    @model_validator(mode="after")
    def _in_order(self) -> Licence:
        if any(b <= a for a, b in zip(self.windows, self.windows[1:], strict=False)):
            raise complaint("windows must increase", "first days in order", "put them in order", "windows")
        for name in ("quick", "refused"):
            if getattr(self, name).delay != NO_TIME:
                raise complaint("only a slow review has a delay", "slow: {probability, delay}", "move the delay to slow", name)
        return self
