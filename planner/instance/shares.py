"""Shares of countries, suppliers and groups: running sums by supplier, and the limits on them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.instance.arrivals import full_rate
from planner.instance.cash import contract_price
from planner.instance.instance import OrderColumn, ShareRow, Tally
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.policy import ShareLimit

SPEND = "spend"
"""Tally of contract prices in base currency; other tallies are named by their step."""


def build_tallies(look: Lookup, orders: tuple[OrderColumn, ...]) -> tuple[Tally, ...]:
    """Running sums the policy's rules need, by supplier: spend, and MW per year of each step with a limit."""
    scenario, policy = look.scenario, look.scenario.policy
    limits = [limit for group in _limits(look) for limit in group[0].values()]
    steps = sorted({step for limit in limits for step in limit.steps})
    spend = any(limit.total is not None for limit in limits) or policy.min_suppliers or policy.approvals
    return tuple(
        tally
        for of in ([SPEND] if spend else []) + steps
        for supplier in sorted(scenario.supplier)
        for tally in [_tally(look, orders, supplier, of)]
        if tally.weights or tally.fixed
    )


def _tally(look: Lookup, orders: tuple[OrderColumn, ...], supplier: str, of: str) -> Tally:
    scenario = look.scenario
    rates = {o.id: full_rate(scenario, o, of) for o in scenario.offers if o.supplier == supplier}
    weights = tuple(
        (i, weight)
        for i, c in enumerate(orders)
        if c.supplier == supplier and (weight := c.price if of == SPEND else rates[c.offer])
    )
    fixed = 0.0
    for contract in scenario.commitments:
        if "exposure" in contract.counted and contract.offer in rates:
            unit, currency = contract_price(look, contract)
            worth = unit * look.rate(currency, contract.ordered) if of == SPEND else rates[contract.offer]
            fixed += contract.units * worth
    return Tally(supplier, of, weights, fixed)


def _limits(look: Lookup) -> tuple[tuple[dict[str, ShareLimit], bool, str], ...]:
    policy = look.scenario.policy
    return (
        (policy.max_country_share, True, "country"), (policy.max_supplier_share, True, "supplier"),
        (policy.max_group_share, True, "group"), (policy.min_country_share, False, "country"),
        (policy.min_supplier_share, False, "supplier"), (policy.min_group_share, False, "group"),
    )  # fmt: skip


def build_shares(look: Lookup, tree: Tree) -> tuple[ShareRow, ...]:
    """Every limit of the policy on a country's, supplier's or group's share, in total and by step."""
    scenario = look.scenario
    rows: list[ShareRow] = []
    for limits, most, kind in _limits(look):
        for name, limit in sorted(limits.items()):
            members = {
                "country": {s.id for s in scenario.suppliers if s.country == name},
                "supplier": {name},
                "group": set(scenario.policy.groups.get(name, ())),
            }[kind]
            rows += _rows_of(look, tree, f"{kind} {name}", limit, most, frozenset(members))
    return tuple(rows)


def _rows_of(look: Lookup, tree: Tree, name: str, limit: ShareLimit, most: bool, members: frozenset[str]) -> Iterator[ShareRow]:
    starts = look.scenario.calendar.starts
    nodes = {n.index for n in tree.nodes if limit.start and starts[n.period] >= limit.start} | set(tree.leaves)
    for node in sorted(nodes):
        if limit.total is not None:
            yield ShareRow(name, node, limit.total, most, SPEND, members)
        for step, share in sorted(limit.steps.items()):
            yield ShareRow(name, node, share, most, step, members)
