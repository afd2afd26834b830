"""What is already signed, and what the customs take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from planner.scenario.base import Country, Day, Id, Sourced, Text, complaint
from planner.scenario.money import Price

Counted = Literal["slots", "cash", "exposure", "capacity"]
ALL_COUNTS: tuple[Counted, ...] = ("slots", "cash", "exposure", "capacity")


class Commitment(Sourced):
    """A contract already signed. ``counts`` says what it counts for: default all for ours, slots only for another owner."""

    id: Id
    offer: Id
    owner: Text = Field("", description="empty: ours")
    site: Id | None = None
    units: float = Field(gt=0)
    ordered: Day
    ships: Day
    price: Price | None = Field(None, description="per unit; default: the offer's on the order day")
    counts: Annotated[tuple[Counted, ...], Field(strict=False)] | None = None

    @property
    def counted(self) -> tuple[Counted, ...]:
        """What the contract counts for."""
        if self.counts is not None:
            return self.counts
        return ("slots",) if self.owner else ALL_COUNTS

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if isinstance(value, dict) and "id" not in value and isinstance(value.get("offer"), str):
            owner = "".join(c if c.isalnum() else "-" for c in str(value.get("owner") or "ours"))
            return {"id": f"{owner}-{value['offer']}-{value.get('ships', '')}"[:64], **value}
        return value

    @model_validator(mode="after")
    def _placed(self) -> Commitment:
        if self.ships < self.ordered:
            raise complaint(
                f"ships ({self.ships}) before it is ordered ({self.ordered})", "a later day", "correct the dates", "ships"
            )
        if self.site is None and {"capacity", "cash"} & set(self.counted):
            raise complaint("needs a site, because it counts for cash or capacity", "a site", "name the site", "site")
        return self


class Duty(Sourced):
    """A duty on what enters ``into`` from ``origin``, at the rate in force on the day of entry.

    Matching duties add up, unless one ``replaces`` others. Without ``tags`` it falls on every offer, else on
    offers that carry any of them. ``of`` is its base.
    """

    id: Id
    origin: Country | Literal["any"]
    into: Country
    rate: float = Field(ge=0, le=10)
    of: Literal["price", "price and freight"] = "price"
    starts: Day | None = None
    ends: Day | None = Field(None, description="first day without it")
    tags: tuple[Id, ...] = Field((), strict=False)
    replaces: tuple[Id, ...] = Field((), strict=False)

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if isinstance(value, dict):
            if "id" not in value:
                parts = (value.get("origin", ""), value.get("into", ""), value.get("starts", "always"))
                value = {"id": "-".join(str(p) for p in parts), **value}
            if isinstance(value.get("replaces"), str):
                value = {**value, "replaces": [value["replaces"]]}
        return value

    @model_validator(mode="after")
    def _forward(self) -> Duty:
        if self.starts and self.ends and self.ends <= self.starts:
            raise complaint(f"ends ({self.ends}) before it starts ({self.starts})", "a later day", "correct the dates", "ends")
        return self
