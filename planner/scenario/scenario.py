"""A scenario: everything one story says, frozen."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from planner.scenario.base import Id, Strict, Text
from planner.scenario.calendar import Calendar
from planner.scenario.contracts import Commitment, Duty
from planner.scenario.factory import Demand, Route, Site
from planner.scenario.futures import Futures
from planner.scenario.money import Money
from planner.scenario.offers import Offer
from planner.scenario.policy import Policy
from planner.scenario.shocks import Licence, Shock
from planner.scenario.slots import Resource
from planner.scenario.suppliers import Supplier

FORMAT = 1


class Scenario(Strict):
    """The root of the scenario format. See docs/interface.md for every key."""

    format: Literal[1]
    title: Text
    description: Text = ""
    calendar: Calendar
    money: Money
    routes: dict[Id, Route] = Field(min_length=1)
    sites: tuple[Site, ...] = Field(min_length=1, strict=False)
    demand: tuple[Demand, ...] = Field(min_length=1, strict=False)
    suppliers: tuple[Supplier, ...] = Field(min_length=1, strict=False)
    offers: tuple[Offer, ...] = Field(min_length=1, strict=False)
    resources: tuple[Resource, ...] = Field((), strict=False)
    commitments: tuple[Commitment, ...] = Field((), strict=False)
    duties: tuple[Duty, ...] = Field((), strict=False)
    shocks: tuple[Shock, ...] = Field((), strict=False)
    licences: tuple[Licence, ...] = Field((), strict=False)
    futures: Futures = Futures()
    policy: Policy = Policy()

    @cached_property
    def supplier(self) -> dict[str, Supplier]:
        """Suppliers by id."""
        return {s.id: s for s in self.suppliers}

    @cached_property
    def offer(self) -> dict[str, Offer]:
        """Offers by id."""
        return {o.id: o for o in self.offers}

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by id."""
        return {s.id: s for s in self.sites}

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """Every process step of every route, in order of the ids."""
        return tuple(sorted({step for route in self.routes.values() for step in route.steps}))
