"""Budgets by fiscal year: which decisions cost how much cash in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.instance.cash import CashEvent
from planner.instance.instance import Budget, OrderColumn, OwnContract
from planner.instance.lookup import Lookup
from planner.instance.running import Tables, build_running_sum
from planner.instance.tree import Tree
from planner.scenario.dates import add_months


def build_budgets(
    look: Lookup, tree: Tree, tables: Tables, orders: tuple[OrderColumn, ...], contracts: tuple[OwnContract, ...]
) -> tuple[Budget, ...]:
    """One per listed fiscal year; it holds at the nodes that end the year (the last nodes for years that end later)."""
    budget = look.scenario.policy.budget
    if budget is None:
        return ()
    found = []
    for year, amount in sorted(budget.years.items()):
        begin = date(int(year), look.scenario.money.fiscal_year_starts, 1)
        end = add_months(begin, 12)

        def cash(events: Iterable[CashEvent], first: date = begin, last: date = end) -> float:
            return sum(event.amount for event in events if first <= event.day < last)

        found.append(
            Budget(build_running_sum(tree, year, tables, orders, contracts, cash), amount, tuple(_ends(look, tree, end)))
        )
    return tuple(found)


def _ends(look: Lookup, tree: Tree, end: date) -> Iterator[int]:
    starts, leaves = look.scenario.calendar.starts, set(tree.leaves)
    for node in tree.nodes:
        begins, ends = starts[node.period], starts[node.period + 1]
        if begins < end <= ends or (node.index in leaves and end > ends):
            yield node.index
