"""Budgets by fiscal year and limits on shares: which decisions weigh how much in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from planner.instance.arrivals import full_rate
from planner.instance.cash import CashEvent
from planner.instance.instance import BudgetRow, Events, Key, OrderColumn, ShareRow
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.dates import add_months
from planner.scenario.policy import ShareLimit

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


def build_shares(look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...], fixed_spend: dict[str, float]) -> tuple[ShareRow, ...]:
    """Every limit of the policy on a country's, supplier's or group's share, in total and by step."""
    scenario, policy = look.scenario, look.scenario.policy
    country = {s.id: s.country for s in scenario.suppliers}
    limited: list[tuple[str, ShareLimit, bool, set[str]]] = []
    for most, countries, makers, groups in (
        (True, policy.max_country_share, policy.max_supplier_share, policy.max_group_share),
        (False, policy.min_country_share, policy.min_supplier_share, policy.min_group_share),
    ):
        limited += [(f"country {c}", limit, most, {s for s in country if country[s] == c}) for c, limit in countries.items()]
        limited += [(f"supplier {s}", limit, most, {s}) for s, limit in makers.items()]
        limited += [(f"group {g}", limit, most, set(policy.groups.get(g, ()))) for g, limit in groups.items()]
    return tuple(
        row
        for name, limit, most, makers_of in sorted(limited, key=lambda item: (item[0], item[2]))
        for row in _share_rows(look, tree, orders, fixed_spend, name, limit, most, makers_of)
    )


def _share_rows(
    look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...], fixed_spend: dict[str, float],
    name: str, limit: ShareLimit, most: bool, makers: set[str],
) -> Iterator[ShareRow]:  # fmt: skip
    scenario = look.scenario
    nodes = [n.index for n in tree.nodes if limit.start and scenario.calendar.starts[n.period] >= limit.start]
    nodes = sorted(set(nodes) | set(tree.leaves))
    kinds: list[tuple[str, float, list[float], dict[str, float]]] = []
    if limit.total is not None:
        kinds.append(("", limit.total, [c.price for c in orders], fixed_spend))
    for step, share in sorted(limit.steps.items()):
        rates = {o.id: full_rate(scenario, o, step) for o in scenario.offers}
        fixed: dict[str, float] = {}
        for c in scenario.commitments:
            if "exposure" in c.counted:
                maker = scenario.offer[c.offer].supplier
                fixed[maker] = fixed.get(maker, 0.0) + c.units * rates[c.offer]
        kinds.append((f" {step}", share, [rates[c.offer] for c in orders], fixed))
    for kind, share, weights, contracts in kinds:
        for node in nodes:
            path = set(tree.path[node])
            everything = tuple((i, w) for i, w in enumerate(weights) if w and orders[i].node in path)
            inside = tuple((i, w) for i, w in everything if orders[i].supplier in makers)
            own = sum(v for s, v in contracts.items() if s in makers)
            yield ShareRow(name + kind, node, share, most, inside, everything, own, sum(contracts.values()))
