"""The first and the last sheet: the answer in words and figures, and where the numbers come from."""

from __future__ import annotations

from planner.report.answer import Answer
from planner.report.futures import understated_in
from planner.report.headline import find_headline
from planner.report.table import Cell, Column, Kind, Table
from planner.report.view import money_unit

MEASURES: dict[str, tuple[str, Kind]] = {
    "expected_cost": ("All costs, discounted", "money"),
    "weighted_cost": ("All costs weighed with those of the worst futures, discounted", "money"),
    "cvar_cost": ("All costs of the worst futures on average, discounted", "money"),
    "worst_cost": ("All costs of the dearest future, discounted", "money"),
    "cash_cost": ("Cash, discounted", "money"),
    "shortage_cost": ("Capacity-gap penalty, discounted", "money"),
    "surplus_cost": ("Carrying surplus capacity, discounted", "money"),
    "cost_inside": ("Costs until the end of the plan, discounted", "money"),
    "cost_after": ("Costs after the end of the plan, discounted", "money"),
    "spend": ("Contract value of new orders, not discounted", "money"),
    "shortage": ("Capacity gap until the end of the plan", "mw"),
    "shortage_after": ("Capacity gap repeated after the end of the plan", "mw"),
}
OF_FUTURES = ("weighted_cost", "cvar_cost", "worst_cost")
"""Measures that say nothing new where there is one future."""
WEIGHING_WORST = ("weighted_cost", "cvar_cost")


def answer_table(answer: Answer) -> Table:
    """The headline, one sentence a row."""
    rows = tuple((sentence,) for sentence in find_headline(answer))
    return Table("Answer", "What does the plan say?", (Column("sentence", "Answer"),), rows)


def measures_table(answer: Answer) -> Table:
    """Every measure with its unit."""
    money = money_unit(answer.scenario.money)
    rows: list[tuple[Cell, ...]] = []
    branches = answer.view is not None and answer.view.branches
    for key, (title, kind) in MEASURES.items():
        if key in answer.result.measures and (branches or key not in OF_FUTURES):
            cut = understated_in(answer.view) if key in WEIGHING_WORST and answer.view else ""
            rows.append((f"{title}{cut}", float(answer.result.measures[key]), money if kind == "money" else "MW-years"))
    note = "On average over all futures, unless something else is said." if branches else ""
    columns = (Column("measure", "Measure"), Column("value", "Value", "money"), Column("unit", "Unit"))
    return Table("Measures", "What does it cost and reach?", columns, tuple(rows), note)
