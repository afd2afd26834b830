"""Suppliers: qualification (vetting), frame agreement (signing), purchase order (order)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.base import NO_TIME, Country, Id, Length, Sourced, Strict, Text
from planner.scenario.factory import InstallLimit
from planner.scenario.money import Amount
from planner.scenario.slots import RivalClaims, SlotMap


class Vetting(Strict):
    """Qualifying a supplier: how long it keeps one team busy and what it costs, paid when it begins."""

    duration: Length = NO_TIME
    cost: Amount | None = None


class Qualification(Strict):
    """Qualifying one process step of a supplier: its tools run only after it; the cost falls with the signing."""

    duration: Length = NO_TIME
    cost: Amount | None = None
    qualified: bool = False


class Supplier(Sourced):
    """A maker of equipment. ``country`` is who can forbid the sale: exposure and licences."""

    id: Id
    name: Annotated[str, Field(max_length=200)] = Field("", description="as shown; may be 'undisclosed'")
    country: Country
    confidential: bool = Field(False, description="mask name and prices in every export")
    vetting: Vetting | None = None
    signing_fee: Amount | None = None
    order_fee: Amount | None = None
    process_qualification: dict[Id, Qualification] = {}
    slots: SlotMap | None = None
    rival_claims: RivalClaims | None = None
    install_limit: InstallLimit | None = None
    class_default: Text = Field("", description="what class of maker assumptions about it come from")
