"""Simple ways to buy beside the tree's plan, on the same random futures."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, grouped
from planner.report.view import money_unit, show_money
from planner.scenario.money import Money
from planner.studies.baselines import SPLIT, Tried
from planner.studies.value import Value

WAYS = {
    "single_source": "One full-line maker alone",
    "split": "At most {split} from one country",
    "none": "No news expected, never changed",
    "followed": "No news expected, planned anew when it comes",
    "two_stage": "Decisions on fixed dates",
    "tree": "Planned for every piece of news",
}


def name_way(name: str) -> str:
    """The way to buy, as people call it."""
    return WAYS[name].format(split=show_percent(SPLIT))


def show_percent(share: float) -> str:
    """``10 %``, without digits that say nothing."""
    return f"{round(100 * share, 6):g} %"


def explain_ways(value: Value) -> list[str]:
    """One sentence: the tree's plan, and what the other ways cost more."""
    tree = next((tried.stress for tried in value.tried if tried.way.name == "tree"), None)
    others = [tried for tried in value.tried if tried.against is not None]
    if tree is None or not others:
        return []
    money = value.scenario.money
    cost, count = show_money(tree.expected_cost.mean, money), grouped(tree.futures, 0)
    worse = sum(1 for tried in others if tried.against and tried.against.distinct and tried.against.cost.mean > 0)
    said = (
        f"On {count} fresh random futures the tree's plan costs {cost} on average, and {worse} of {len(others)} other ways "
        f"to buy surely cost more{_nearest(others, money)}."
    )
    return [said]


def _nearest(others: list[Tried], money: Money) -> str:
    more, sure, way = min((t.against.cost.mean, t.against.distinct, t.way.name) for t in others if t.against)
    name, amount = name_way(way), f"{show_money(abs(more), money)} {'more' if more >= 0 else 'less'}"
    return f"; the nearest, {name[:1].lower()}{name[1:]}, {amount}{'' if sure else ', which may be chance'}"


def ways_table(value: Value, mask: Mask) -> Table:
    """Costs of every way, and what it costs more than the tree's plan, future by future."""
    unit = money_unit(value.scenario.money)
    ranked = sorted(value.tried, key=lambda tried: list(WAYS).index(tried.way.name))
    columns = (
        Column("way", "Way to buy"),
        Column("cost", "All costs", "money", unit),
        Column("cash", "Cash", "money", unit),
        Column("penalty", "Penalty", "money", unit),
        Column("worst", f"Worst {show_percent(1 - value.scenario.policy.tail)}", "money", unit),
        Column("more", "More than the tree", "money", unit),
        Column("low", "At least", "money", unit),
        Column("high", "At most", "money", unit),
        Column("reason", "Remark"),
    )
    note = "Averages over the same random futures for all; at least and at most: the difference with 95 % confidence."
    return Table("Ways", "How do simpler ways to buy do?", columns, tuple(_row(tried, mask) for tried in ranked), note)


def _row(tried: Tried, mask: Mask) -> tuple[Cell, ...]:
    stress, other = tried.stress, tried.against
    name = name_way(tried.way.name) + (f" ({mask.text(tried.way.about)})" if tried.way.about else "")
    if stress is None:
        return (name, *(None,) * 7, mask.text(tried.way.reason))
    costs = (stress.expected_cost.mean, stress.cash_cost.mean, stress.shortage_cost.mean, stress.cvar_cost.mean)
    more = (other.cost.mean, other.cost.low, other.cost.high) if other else (None, None, None)
    return name, *costs, *more, ""
