"""Elastic models: one kind of rule may be broken at a price, all others hold. What is minimised is how much it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.formulation.build import Model, build_model
from planner.formulation.problem import INFINITY, Measure, Row
from planner.instance.instance import Instance

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elastic:
    """A model of ``data`` and, for each number that may give way, the column that says by how much."""

    data: Instance
    model: Model
    slack: dict[Name, int]


def soften_demand(data: Instance, names: Iterable[str], without: tuple[str, ...] = ()) -> Elastic:
    """Demand may be missed: (demand, period) -> MW less, the same in every future; minimises their sum over periods."""
    softened = {name: replace(d, hard=False) if name in names else d for name, d in data.demands.items()}
    model = build_model(replace(data, demands=softened), without=without)
    nodes, short = data.tree.nodes, model.decisions.short
    missed = {(name, n): column for (name, n), column in short.items() if name in names}
    periods = {(name, str(nodes[n].period)): data.demands[name].target[n] for name, n in missed}
    slack: dict[Name, int] = {key: model.problem.add_column(most) for key, most in sorted(periods.items())}
    rows: list[Row] = [
        (("demand", name, nodes[n].name), {column: 1.0, slack[name, str(nodes[n].period)]: -1.0}, -INFINITY, 0.0)
        for (name, n), column in missed.items()
    ]
    return _priced(data, model, slack, rows)


def free_budgets(data: Instance, years: Iterable[str], without: tuple[str, ...] = ()) -> Elastic:
    """Budgets may be overrun: (fiscal year,) -> money more; minimises their sum."""
    freed = tuple(replace(b, amount=INFINITY) if b.cash.name in years else b for b in data.budgets)
    model = build_model(replace(data, budgets=freed), without=without)
    mine = [budget for budget in data.budgets if budget.cash.name in years]
    slack: dict[Name, int] = {(budget.cash.name,): model.problem.add_column() for budget in mine}
    rows: list[Row] = [
        (("budget", budget.cash.name, data.tree.nodes[end].name),
         {model.decisions.paid[budget.cash.name, end]: 1.0, slack[budget.cash.name,]: -1.0}, -INFINITY, budget.amount)
        for budget in mine
        for end in budget.ends
    ]  # fmt: skip
    return _priced(data, model, slack, rows)


def widen_slots(data: Instance, free: Mapping[tuple[str, str], float], without: tuple[str, ...] = ()) -> Elastic:
    """There may be more slots: (pool, window) -> slots more, whole ones; minimises their sum.

    ``data`` has plenty of slots; ``free`` are those there really are, of the pools and windows that may have more. What
    rivals take is what they take of plenty: exact where there are no rivals.
    """
    model = build_model(data, without=without)
    widened = [row for row in data.slots if (row.pool, row.window) in free]
    names = sorted({(row.pool, row.window) for row in widened})
    slack: dict[Name, int] = {name: model.problem.add_column(whole=True) for name in names}
    rows: list[Row] = []
    for row in widened:
        key = (row.pool, row.window)
        terms = {model.decisions.order[i]: use for i, use in row.terms}
        index = ("slots", *key, data.tree.nodes[row.node].name)
        rows.append((index, {**terms, slack[key]: -1.0}, -INFINITY, free[key]))
    return _priced(data, model, slack, rows)


def _priced(data: Instance, model: Model, slack: dict[Name, int], rows: list[Row]) -> Elastic:
    model.problem.add_rows("elastic", iter(rows))
    model.problem.minimise(Measure(dict.fromkeys(slack.values(), 1.0)))
    return Elastic(data, model, slack)
