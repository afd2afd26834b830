"""What planning for news is worth: the answer in sentences, and the costs behind it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, counted, grouped, show_share
from planner.report.value_chances import chances_table, corners_table, explain_chances
from planner.report.value_ways import explain_ways, show_percent, ways_table
from planner.report.view import money_unit, show_money
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.value import Value
from planner.studies.worth import Worth

COSTS = {
    "none": "No news expected, and none comes",
    "begun": "Begun as if nothing happened, then by the news",
    "followed": "As if nothing happened, until news comes",
    "two_stage": "Decisions on fixed dates, whatever comes",
    "tree": "Planned for every piece of news",
    "known": "Every future known from the first day",
}
VALUES = {
    "stochastic_solution": (
        "Planning for news today",
        "Beginning today as if nothing happened, and following the news from then on,",
    ),
    "stochastic_solution_until_news": ("Planning for news until it comes", "Acting as if nothing happened until news comes"),
    "revising": ("Being able to revise", "Deciding on fixed dates, whatever the news,"),
    "perfect_information": ("Knowing the future", ""),
}
MOST_FUTURES = 12
UNKNOWN = "not distinguishable"


def explain_value(value: Value) -> list[str]:
    """The answer in sentences, most important first."""
    if value.futures == 1:
        return ["The scenario names no news that may come: there is nothing to plan for, and nothing to compare."]
    if value.tree.value is None:
        return [f"There is no plan on the tree of futures: {value.tree.reason}."]
    found = [_whole(value)]
    if value.worth:
        found += [_difference(value.worth, name, value.scenario) for name in VALUES]
    return [*found, *explain_chances(value), *explain_ways(value)]


def value_tables(value: Value, mask: Mask) -> list[Table]:
    """Costs, values, futures known from the first day, chances, corners, ways to buy; those without rows are left out."""
    tables = []
    if value.worth:
        tables += [costs_table(value.worth, value.scenario), values_table(value.worth, value.scenario)]
        tables.append(futures_table(value.worth, value.scenario, mask))
    tables += [chances_table(value, mask), corners_table(value, mask), ways_table(value, mask)]
    return [table for table in tables if table.rows]


def measured(scenario: Scenario) -> str:
    """How futures are weighed: ``on average``, or with the policy's weight of the worst ones."""
    policy = scenario.policy
    if not policy.risk_weight:
        return "on average"
    mean, weight, worst = (show_percent(share) for share in (1 - policy.risk_weight, policy.risk_weight, 1 - policy.tail))
    return f"by a measure that is {mean} average and {weight} average of the worst {worst}"


def _whole(value: Value) -> str:
    assert value.tree.value is not None
    cost = show_money(value.tree.value, value.scenario.money)
    return f"Planned for its {value.futures} futures, the scenario costs {cost} {measured(value.scenario)}."


def _difference(worth: Worth, name: str, scenario: Scenario) -> str:
    found, (title, doing) = worth.differences[name], VALUES[name]
    if found is None:
        part = {"stochastic_solution": worth.begun, "stochastic_solution_until_news": worth.followed,
                "revising": worth.two_stage, "perfect_information": worth.known}[name]  # fmt: skip
        return f"{title}: not known ({part.reason})."
    amount = show_money(max(0.0, found.value), scenario.money)
    if not found.distinct:
        room = show_money(found.room, scenario.money)
        return f"{title}: {UNKNOWN}, a difference of {amount} where {room} are not proven."
    if name == "perfect_information":
        return f"Whoever knew the future today would pay {amount} less: no forecast is worth more."
    return f"{doing} costs {amount} more: what {title[0].lower()}{title[1:]} is worth."


def costs_table(worth: Worth, scenario: Scenario) -> Table:
    """Every cost with what is proven of it."""
    rows = tuple(_cost_row(title, getattr(worth, name)) for name, title in COSTS.items())
    columns = (
        Column("plan", "Plan"),
        Column("cost", "Cost", "money", money_unit(scenario.money)),
        Column("bound", "At least", "money", money_unit(scenario.money)),
        Column("gap", "Gap", "share"),
        Column("reason", "Remark"),
    )
    note = f"Costs are {measured(scenario)} over the tree's futures, discounted; the first is that of one future alone."
    return Table("Value", "What does it cost to know less, or more?", columns, rows, note)


def _cost_row(title: str, cost: Cost) -> tuple[Cell, ...]:
    share = cost.gap / max(abs(cost.value), 1e-9) if cost.value is not None and cost.bound is not None else None
    return title, cost.value, cost.bound, share, cost.reason


def values_table(worth: Worth, scenario: Scenario) -> Table:
    """Every difference with the room the gaps leave."""
    unit = money_unit(scenario.money)
    rows = tuple(_value_row(VALUES[name][0], found) for name, found in worth.differences.items() if found)
    columns = (
        Column("value", "What is it worth?"),
        Column("difference", "Difference", "money", unit),
        Column("low", "At least", "money", unit),
        Column("high", "At most", "money", unit),
        Column("verdict", "Verdict"),
    )
    return Table(
        "Differences", "What is planning for news worth?", columns, rows, "At least and at most: as far as the gaps prove."
    )


def _value_row(title: str, found: Difference) -> tuple[Cell, ...]:
    # none of these differences is below 0: the first plan is one of those the second is chosen from
    low = max(0.0, found.low) if found.distinct else 0.0
    return title, found.value, low, max(0.0, found.high), "" if found.distinct else UNKNOWN


def futures_table(worth: Worth, scenario: Scenario, mask: Mask) -> Table:
    """Every future known from the first day, the likeliest first."""
    ranked = sorted(worth.futures, key=lambda future: (-future.probability, future.name))
    rows: Iterator[tuple[Cell, ...]] = (
        (mask.text(future.name), future.probability, future.cost.value, future.cost.reason) for future in ranked[:MOST_FUTURES]
    )
    rest = ranked[MOST_FUTURES:]
    chance = show_share(sum(future.probability for future in rest))
    note = f"{counted(len(rest), 'other future')} with a chance of {chance} in all: --json lists them." if rest else ""
    columns = (
        Column("future", "Future"),
        Column("probability", "Chance", "share"),
        Column("cost", "Cost if known", "money", money_unit(scenario.money)),
        Column("reason", "Remark"),
    )
    title = f"What would each of the {grouped(len(ranked), 0)} futures cost if it were known?"
    return Table("Known", title, columns, tuple(rows), note)
