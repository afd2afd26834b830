"""Money: the base currency, rates of exchange, and amounts that may differ by site and period."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.scenario.base import Currency, Day, Sourced, Strict, Text, complaint
from planner.scenario.by_period import ByPeriod, Series

UNITS = {"units": 1.0, "thousands": 1e3, "millions": 1e6}
CENT = 0.01


class Rate(Strict):
    """Units of the base currency for one unit of the foreign one, constant unless a path is allowed."""

    rate: Series
    as_of: Day | None = None
    url: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, int | float | str) or (isinstance(value, dict) and not {"rate", "as_of", "url"} & set(value)):
            return {"rate": value}
        return value

    @model_validator(mode="after")
    def _above_zero(self) -> Rate:
        if min(self.rate.numbers) <= 0:
            raise complaint("must be above 0", "base currency per unit of this one", "correct the rate")
        return self


def _month(value: Any) -> Any:
    text = str(value)
    if isinstance(value, bool) or not text.isdigit() or not 1 <= int(text) <= 12:
        raise complaint("is not a month", "1 to 12", "write the month's number")
    return int(text)


class Money(Sourced):
    """How money is counted. Every amount of the file is in ``in`` units of its currency."""

    currency: Currency
    unit: Literal["units", "thousands", "millions"] = Field("units", alias="in")
    discount_rate: float = Field(0.0, description="per year; 0.08 is 8 %")
    fiscal_year_starts: Annotated[int, BeforeValidator(_month)] = 1
    rates: dict[Currency, Rate] = {}
    allow_rate_path: bool = Field(False, description="let rates of exchange change over time; the plan may speculate on it")

    @model_validator(mode="after")
    def _sane(self) -> Money:
        if not -0.5 <= self.discount_rate <= 1.0:
            raise complaint("outside -0.5..1.0", "-0.5 to 1.0 per year", "write 0.08 for 8 %", "discount_rate")
        for code, rate in self.rates.items():
            if len(set(rate.rate.numbers)) > 1 and not self.allow_rate_path:
                text = "changes over time, so the plan may speculate on it"
                raise complaint(text, "one constant", "write one number, or allow_rate_path: true", f"rates.{code}")
        return self

    def to_base(self, currency: str | None) -> ByPeriod:
        """The rate of exchange of ``currency`` (None: the base currency) over time."""
        if currency is None or currency == self.currency:
            return ByPeriod(listed=(1.0,))
        return self.rates[currency].rate


class Amount(Strict):
    """An amount of money, alike everywhere or by site; in ``money.in`` units of ``currency`` (default: the base)."""

    amount: Series
    currency: Currency | None = None
    by_site: dict[str, Series] = {}

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) and "amount" in value else short_amount(value, {"currency", "by_site"})

    def series(self, site: str | None = None) -> ByPeriod:
        """The amount over time at ``site``."""
        return self.by_site.get(site or "", self.amount)


def short_amount(value: Any, keys: set[str]) -> Any:
    """A bare number, list or map by period stands for ``amount``."""
    if isinstance(value, dict) and (keys & set(value) or "amount" in value):
        return value
    if isinstance(value, str):
        raise complaint(
            "must be a number", "plain number only; the unit is set by money.in and currency", "write only the number"
        )
    return {"amount": value}


class Price(Amount):
    """Contract price per unit. Escalates by ``escalation`` per year from ``as_of`` (default: the calendar's start)."""

    escalation: float = Field(0.0, ge=-0.5, le=1.0)
    as_of: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return short_amount(value, {"currency", "by_site", "escalation", "as_of"})


class Rated(Strict):
    """Money per unit of something, such as 90 per GW-year of shortage; ``per`` is said, never assumed."""

    amount: Series
    per: Literal["GW-year", "MW-year"]
    currency: Currency | None = None

    @property
    def divisor(self) -> float:
        """MW-years in one ``per``."""
        return 1000.0 if self.per == "GW-year" else 1.0
