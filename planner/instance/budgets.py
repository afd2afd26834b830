"""Budgets by fiscal year: which decisions cost how much cash in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from planner.instance.cash import CashEvent
from planner.instance.instance import BudgetRow, Events, Key, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.dates import add_months

Decisions = tuple[dict[Key, Events], dict[Key, Events], dict[Key, Events], tuple[OrderColumn, ...]]


def build_budgets(look: Lookup, tree: Tree, decisions: Decisions, fixed: Iterable[CashEvent]) -> tuple[BudgetRow, ...]:
    """One row per listed fiscal year and node that ends it (the last node for years that end later)."""
    budget = look.scenario.policy.budget
    if budget is None:
        return ()
    vets, signs, calls, orders = decisions
    rows, contracts = [], list(fixed)
    for year, amount in sorted(budget.years.items()):
        begin = date(int(year), look.scenario.money.fiscal_year_starts, 1)
        end = add_months(begin, 12)

        def cash(events: Iterable[CashEvent], first: date = begin, last: date = end) -> float:
            return sum(event.amount for event in events if first <= event.day < last)

        for node in _ends(look, tree, end):
            path = set(tree.path[node])
            rows.append(
                BudgetRow(
                    year,
                    node,
                    amount - cash(contracts),
                    _weigh(vets, path, cash),
                    _weigh(signs, path, cash),
                    _weigh(calls, path, cash),
                    tuple((i, paid) for i, c in enumerate(orders) if c.node in path and (paid := cash(c.events))),
                )
            )
    return tuple(rows)


def _weigh(events: dict[Key, Events], path: set[int], cash: Callable[[Events], float]) -> tuple[tuple[Key, float], ...]:
    return tuple((key, paid) for key, lines in events.items() if key[1] in path and (paid := cash(lines)))


def _ends(look: Lookup, tree: Tree, end: date) -> Iterator[int]:
    starts, leaves = look.scenario.calendar.starts, set(tree.leaves)
    for node in tree.nodes:
        begins, ends = starts[node.period], starts[node.period + 1]
        if begins < end <= ends or (node.index in leaves and end > ends):
            yield node.index
