"""Values of a scenario as short text, and the unit a number is in."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel

from planner.scenario.by_period import ByPeriod
from planner.scenario.parts import Part, field_value
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import After
from planner.scenario.slots import Slots

MULTIPLES = {"units": "", "thousands": " thousand", "millions": " million"}
UNITS_OF_FIELDS = {
    "cell_watts": "W per cell",
    "capacity_mw": "MW per year",
    "target_mw": "MW per year",
    "data_centre.load_mw": "MW of load",
    "covers": "MW per year and unit",
    "install_limit": "units at a time",
    "available_units": "units",
    "min_order": "units",
    "units": "units",
    "slot_use": "slots per unit",
    "install_use": "places per unit",
    "rival_claims.share": "of what is free",
    "hazard_per_year": "chance per year",
    "probability": "chance",
    "quick.probability": "chance",
    "slow.probability": "chance",
    "refused.probability": "chance",
    "refund": "of what was paid",
    "slots_factor": "times slots on sale",
    "price_factor": "times the price",
    "duty_added": "of the price",
    "target_factor": "times the target",
    "crews_factor": "times places in installation",
    "output_factor": "times output",
    "currency_factor": "times the rate of exchange",
    "max_shocks": "shocks in one future",
    "min_probability": "chance",
    "max_nodes": "nodes",
    "tension": "times the hazard",
}
AMOUNTS_OF_FIELDS = {
    "price": " per unit",
    "freight": " per unit",
    "storage": " per unit and month",
    "signing_fee": "",
    "order_fee": " per order",
    "vetting.cost": "",
    "budget": "",
    "approvals.above": "",
    "max_cvar_cost": "",
}


def words(value: Any) -> str:
    """A value as a person would write it; a map by period as ``2026-Q1: 4, 2027-Q1: 10``."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value + 0.0:.12g}"
    if isinstance(value, ByPeriod):
        return _series(value)
    if isinstance(value, Slots):
        return words(value.units)
    if isinstance(value, BaseModel):
        return _model(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {words(item)}" for key, item in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value) or "nothing"
    return value.isoformat() if isinstance(value, date) else str(value)


def _series(series: ByPeriod) -> str:
    if series.listed:
        return ", ".join(words(number) for number in series.listed)
    if len(series.points) == 1 and not series.points[0][2]:
        return words(series.points[0][1])
    told = ", ".join(f"{key}: {words(number)}" for _, number, key in series.points)
    return told + (", straight between" if series.interpolate == "linear" else "")


def _model(value: BaseModel) -> str:
    """The one number a model is about, or its fields one by one."""
    if isinstance(value, After):
        return _after(value)
    for name in ("amount", "mw", "total", "rate"):
        if getattr(value, name, None) is not None and not callable(getattr(value, name)):
            return words(getattr(value, name))
    given = {
        info.alias or name: getattr(value, name)
        for name, info in type(value).model_fields.items()
        if name in value.model_fields_set
    }
    return ", ".join(f"{name} {words(item)}" for name, item in given.items()) or "nothing"


def _after(value: After) -> str:
    """``licence-stop (times 2, plus 0.1 per year)``."""
    told = f"times {words(value.times)}" if value.times != 1 or not value.hazard_per_year else ""
    added = f"plus {words(value.hazard_per_year)} per year" if value.hazard_per_year else ""
    return f"{value.shock} ({', '.join(filter(None, (told, added)))})"


def unit_of(scenario: Scenario, part: Part, field: str) -> str:
    """The unit of the numbers of a field, such as ``CNY million per unit``; empty for shares, dates and durations."""
    first = field.split(".")[0]
    if first == "slots":
        slots = field_value(part.item, "slots")
        return f"slots per {slots.per}" if isinstance(slots, Slots) else ""
    if first in ("shortage_cost", "surplus_cost"):
        per = field_value(part.item, f"{first}.per")
        return f"{_money(scenario, part, first)} per {per}"
    if part.kind == "money" and first == "rates" and "." in field:
        return f"{scenario.money.currency} per {field.split('.')[1]}"
    return _by_table(scenario, part, field, first)


def _by_table(scenario: Scenario, part: Part, field: str, first: str) -> str:
    for name in (field, field.removesuffix(".amount"), first):
        if name in UNITS_OF_FIELDS:
            return UNITS_OF_FIELDS[name] if not field.endswith((".uptime", ".yield", ".wafers_per_hour", ".cell_watts")) else ""
        if name in AMOUNTS_OF_FIELDS and not field.endswith((".escalation", ".as_of", ".currency", ".per", ".duration")):
            return _money(scenario, part, name) + AMOUNTS_OF_FIELDS[name]
    if field.endswith((".cost", ".cost.amount")):
        return _money(scenario, part, field.removesuffix(".amount"))
    return ""


def _money(scenario: Scenario, part: Part, field: str) -> str:
    """Currency and multiple of an amount: the field's own currency or the base."""
    own = field_value(part.item, f"{field}.currency")
    currency = own if isinstance(own, str) else scenario.money.currency
    return currency + MULTIPLES[scenario.money.unit]
