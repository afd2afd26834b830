"""Delivery slots: how many units can ship in a window of time, and what rivals take of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from planner.scenario.base import Id, Share, Sourced, Strict, complaint
from planner.scenario.by_period import ByPeriod, read_by_period
from planner.scenario.dates import MONTHS, Window


class Slots(Strict):
    """Units that can ship per window; the number holds from its key to the next. Before the first key: none."""

    per: Window
    units: ByPeriod


def _slots(value: Any) -> Any:
    if isinstance(value, Slots):
        return value
    allowed = "per: and a whole number by period, such as {per: quarter, 2026-Q1: 4}"
    if not isinstance(value, dict):
        raise complaint("does not say per what time", allowed, "write a map with per:")
    if not isinstance(value.get("per"), str) or value["per"] not in MONTHS:
        raise complaint(
            "slots must say per what time", ", ".join(MONTHS), "write e.g. per: quarter", "per" if "per" in value else ""
        )
    rest = {key: item for key, item in value.items() if key != "per"}
    if set(rest) == {"units"}:
        return Slots(per=value["per"], units=read_by_period(rest["units"]))
    return Slots(per=value["per"], units=read_by_period(rest))


SlotMap = Annotated[
    Slots,
    BeforeValidator(_slots),
    WithJsonSchema(
        {
            "type": "object",
            "description": "units per window, from each key to the next: {per: quarter, 2026-Q1: 4, 2027-Q1: 10}",
            "properties": {"per": {"enum": list(MONTHS)}, "units": {"type": "number"}},
            "required": ["per"],
            "patternProperties": {r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$": {"type": "number"}},
        }
    ),
]


class RivalClaims(Strict):
    """Share of the slots still free that other buyers take ``per`` window of time; rounded down to whole slots."""

    share: Share
    per: Window


class Resource(Sourced):
    """A named pool of slots that several offers share."""

    id: Id
    slots: SlotMap
    rival_claims: RivalClaims | None = None


class SlotUse(Strict):
    """Slots of one named resource that one unit of an offer takes."""

    resource: Id
    units: float = Field(1.0, gt=0)
