"""Words for the two sides of a trade-off, and how their numbers are written."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.table import Column, Kind, digits_for, grouped, show, show_share
from planner.report.view import money_unit, show_money
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis

MEASURES = {
    "weighted_cost": "cost, worst futures weighed",
    "expected_cost": "cost",
    "cvar_cost": "average cost of the worst {tail}",
    "worst_cost": "cost of the dearest future",
    "cash_cost": "cash",
    "shortage_cost": "capacity-gap penalty",
    "surplus_cost": "cost of surplus capacity",
    "shortage": "capacity gap",
    "spend": "contract value of new orders",
}
KINDS: dict[str, Kind] = {"money": "money", "MW-years": "mw", "share": "share", "suppliers": "units"}


def name_axis(axis: Axis, scenario: Scenario, mask: Mask) -> str:
    """What the axis measures, in small letters: ``average cost of the worst 10 %``, ``share of CN``."""
    if axis.kind == "measure":
        return MEASURES[axis.about].format(tail=f"{round(100 * (1 - scenario.policy.tail), 6):g} %")
    if axis.kind == "suppliers":
        return "number of suppliers"
    if axis.kind == "country-share":
        return f"share of {axis.about} in spend"
    name = mask.supplier(axis.about) if mask.hides(axis.about) else scenario.supplier[axis.about].name or axis.about
    return f"share of {name} in spend"


def unit_of_axis(axis: Axis, scenario: Scenario) -> str:
    """The unit of its numbers; empty for shares and counts."""
    return {"money": money_unit(scenario.money), "MW-years": "MW-years"}.get(axis.unit, "")


def axis_column(axis: Axis, key: str, scenario: Scenario, mask: Mask) -> Column:
    """A column of its numbers."""
    name = name_axis(axis, scenario, mask)
    return Column(key, name[:1].upper() + name[1:], KINDS[axis.unit], unit_of_axis(axis, scenario))


def show_value(axis: Axis, value: float, scenario: Scenario) -> str:
    """One number with its unit: ``USD 779 m``, ``43.2 %``, ``4 suppliers``, ``1,200 MW-years``."""
    if axis.unit == "money":
        return show_money(value, scenario.money)
    if axis.unit == "share":
        return show_share(value)
    if axis.unit == "suppliers":
        return f"{show(value, 'units')} supplier{'' if value == 1 else 's'}"
    return f"{grouped(value, digits_for(value))} MW-years"


def say_amount(axis: Axis, value: float, scenario: Scenario, mask: Mask) -> str:
    """One number with what it is of: ``4 suppliers``, ``a share of CN in spend of 38.1 %``."""
    shown = show_value(axis, value, scenario)
    if axis.unit == "suppliers":
        return shown
    name = name_axis(axis, scenario, mask)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} of {shown}"


def show_mark(axis: Axis, value: float) -> str:
    """A number on a scale, without its unit."""
    if axis.unit == "share":
        return f"{100 * value:g} %"
    return f"{value:,.10g}"
