"""Shares of countries, suppliers and groups: running sums by supplier, and the limits on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.instance.arrivals import NOWHERE, full_rate
from planner.instance.cash import contract_price
from planner.instance.courses import CourseBook
from planner.instance.instance import OrderColumn, Placement, ShareRow, Tally
from planner.instance.lookup import Lookup
from planner.scenario.contracts import Commitment
from planner.scenario.policy import ShareLimit

Placed = dict[int, list[tuple[int, Placement]]]
"""Node -> (order, its placement there)."""
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
    weights: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for i, column in enumerate(orders):
        if column.supplier == supplier:
            for placement in column.placements:
                if weight := placement.price if of == SPEND else _rate(look, column.offer, of):
                    weights[placement.node].append((i, weight))
    fixed = sum(
        _worth(look, contract, of) for contract in _exposed(look) if look.scenario.offer[contract.offer].supplier == supplier
    )
    return Tally(supplier, of, {node: tuple(terms) for node, terms in weights.items()}, fixed)


def _rate(look: Lookup, offer: str, step: str) -> float:
    return full_rate(look.scenario, look.scenario.offer[offer], step)


def _exposed(look: Lookup) -> list[Commitment]:
    return [contract for contract in look.scenario.commitments if "exposure" in contract.counted]


def _worth(look: Lookup, contract: Commitment, of: str) -> float:
    if of != SPEND:
        return contract.units * _rate(look, contract.offer, of)
    unit, currency = contract_price(look, contract)
    return contract.units * unit * look.rate(currency, contract.ordered)


def _limits(look: Lookup) -> tuple[tuple[dict[str, ShareLimit], bool, str], ...]:
    policy = look.scenario.policy
    return (
        (policy.max_country_share, True, "country"), (policy.max_supplier_share, True, "supplier"),
        (policy.max_group_share, True, "group"), (policy.min_country_share, False, "country"),
        (policy.min_supplier_share, False, "supplier"), (policy.min_group_share, False, "group"),
    )  # fmt: skip


def build_shares(book: CourseBook, orders: tuple[OrderColumn, ...]) -> tuple[ShareRow, ...]:
    """Every limit of the policy on a country's, supplier's or group's share, in total and by step."""
    scenario = book.look.scenario
    rows: list[ShareRow] = []
    placed: Placed = defaultdict(list)
    for i, column in enumerate(orders):
        for placement in column.placements:
            placed[placement.node].append((i, placement))
    lost: dict[tuple[int, str], tuple[tuple[tuple[int, float], ...], float]] = {}
    for limits, most, kind in _limits(book.look):
        for name, limit in sorted(limits.items()):
            members = {
                "country": {s.id for s in scenario.suppliers if s.country == name},
                "supplier": {name},
                "group": set(scenario.policy.groups.get(name, ())),
            }[kind]
            for node, of, share in _places(book, limit):
                if (node, of) not in lost:
                    lost[node, of] = _find_lost(book, orders, placed, node, of)
                rows.append(ShareRow(f"{kind} {name}", node, share, most, of, frozenset(members), *lost[node, of]))
    return tuple(rows)


def _places(book: CourseBook, limit: ShareLimit) -> Iterator[tuple[int, str, float]]:
    """(node, what, share) at which the limit holds."""
    starts, tree = book.look.scenario.calendar.starts, book.tree
    for node in sorted({n.index for n in tree.nodes if limit.start and starts[n.period] >= limit.start} | set(tree.leaves)):
        if limit.total is not None:
            yield node, SPEND, limit.total
        for step, share in sorted(limit.steps.items()):
            yield node, step, share


def _find_lost(
    book: CourseBook, orders: tuple[OrderColumn, ...], placed: Placed, node: int, of: str
) -> tuple[tuple[tuple[int, float], ...], float]:
    """Units that, by the news at the node, never ship: (order, weight of a unit), and what contracts lose."""
    look, strikes = book.look, book.tree.nodes[node].strikes
    if not strikes:
        return (), 0.0
    terms = []
    for i, placement in sorted((line for m in book.tree.path[node] for line in placed.get(m, ())), key=lambda line: line[0]):
        column = orders[i]
        if book.never_ships(look.scenario.offer[column.offer], look.scenario.site[column.site], column.arrival.due, strikes):
            terms.append((i, placement.price if of == SPEND else _rate(look, column.offer, of)))
    own = sum(
        _worth(look, contract, of)
        for contract in _exposed(look)
        if book.never_ships(
            look.scenario.offer[contract.offer],
            look.scenario.site[contract.site] if contract.site else NOWHERE,
            contract.ships,
            strikes,
        )
    )
    return tuple(terms), own
