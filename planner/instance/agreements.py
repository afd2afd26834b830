"""Vettings, signings and purchase-order fees by supplier and node; what must come before what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from planner.instance.cash import CashEvent, find_fee
from planner.instance.columns import is_forbidden
from planner.instance.instance import Fees, Key, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Strikes, Tree
from planner.scenario.dates import add
from planner.scenario.money import Amount


def build_vets(look: Lookup, tree: Tree) -> dict[Key, Fees]:
    """When each supplier that needs vetting may start it, and what that costs."""
    found = {}
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        if supplier.vetting:
            fees = _FeeBook(look, tree, (("vetting", supplier.vetting.cost),))
            for node in tree.deciding:
                found[supplier.id, node.index] = fees.of(tree.carried_out(node.index))
    return found


@dataclass(frozen=True)
class _FeeBook:
    """Fees that fall due together: (kind, amount). Found once for each period, and for all news that moves no rates."""

    look: Lookup
    tree: Tree
    fees: tuple[tuple[str, Amount | None], ...]
    _known: dict[tuple[int, Strikes], tuple[CashEvent, ...]] = field(default_factory=dict)

    def of(self, nodes: Iterable[int]) -> Fees:
        """(node, payments) where the fees are paid."""
        return tuple((n, self._at(n)) for n in nodes)

    def _at(self, n: int) -> tuple[CashEvent, ...]:
        node = self.tree.nodes[n]
        key = node.period, node.strikes if self.look.news.moves_rates else ()
        if key not in self._known:
            day = self.look.scenario.calendar.starts[node.period]
            found = (event for kind, cost in self.fees for event in find_fee(self.look, kind, cost, day, node.strikes))
            self._known[key] = tuple(found)
        return self._known[key]


def build_signs(look: Lookup, tree: Tree) -> dict[Key, Fees]:
    """When each supplier may be signed; the fee and open process qualifications fall due with it."""
    starts, found = look.scenario.calendar.starts, {}
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        opened = tuple(("qualification", step.cost) for step in supplier.process_qualification.values() if not step.qualified)
        fees = _FeeBook(look, tree, (("signing", supplier.signing_fee), *opened))
        forbidden = [is_forbidden(look.scenario, supplier.id, None, period) for period in range(len(starts) - 1)]
        for node in tree.deciding:
            if not forbidden[node.period]:
                found[supplier.id, node.index] = fees.of(tree.carried_out(node.index))
    return found


def find_vetted_by(look: Lookup, tree: Tree) -> dict[Key, tuple[Key, ...]]:
    """For each supplier that needs vetting and each deciding node: the vettings on the path that are done there."""
    done, starts = _vetting_ends(look), look.scenario.calendar.starts
    return {
        (supplier.id, node.index): tuple(
            (supplier.id, m)
            for m, end in zip(tree.path[node.index], done[supplier.id], strict=False)
            if end <= starts[node.period]
        )
        for supplier in look.scenario.suppliers
        if supplier.vetting
        for node in tree.deciding
    }


def _vetting_ends(look: Lookup) -> dict[str, tuple[date, ...]]:
    """For each supplier that needs vetting the days on which it is done, by the period in which it began."""
    starts = look.scenario.calendar.starts
    return {s.id: tuple(add(day, s.vetting.duration) for day in starts) for s in look.scenario.suppliers if s.vetting}


def find_teams(look: Lookup, tree: Tree) -> dict[int, tuple[float, tuple[Key, ...]]]:
    """Vetting teams at each node and the vettings that keep one busy there; empty without a limit."""
    if look.scenario.policy.vetting_teams is None:
        return {}
    starts = look.scenario.calendar.starts
    found, done = {}, sorted(_vetting_ends(look).items())
    for node in tree.deciding:
        day = starts[node.period]
        busy = tuple(
            (supplier, m) for supplier, ends in done for m, end in zip(tree.path[node.index], ends, strict=False) if day < end
        )
        teams = look.value(look.scenario.policy.vetting_teams, day, float("inf"))
        if len(busy) > teams:
            found[node.index] = (teams, busy)
    return found


def build_calls(look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...]) -> dict[Key, Fees]:
    """Purchase orders that pay a fee: (supplier, node) where something can be ordered."""
    found = {}
    fees = {s.id: _FeeBook(look, tree, (("order fee", s.order_fee),)) for s in look.scenario.suppliers}
    makers = {(column.supplier, column.node): set[int]() for column in orders}
    for column in orders:
        makers[column.supplier, column.node] |= {placement.node for placement in column.placements}
    for key, nodes in sorted(makers.items()):
        paid = fees[key[0]].of(sorted(nodes))
        if any(events for _, events in paid):
            found[key] = paid
    return found


def build_batches(look: Lookup, orders: tuple[OrderColumn, ...]) -> dict[Key, float]:
    """Purchase orders with a minimum: (offer, node) -> units. A minimum of one whole unit says nothing."""
    return {
        key: offer.min_order
        for key in sorted({(column.offer, column.node) for column in orders})
        if (offer := look.scenario.offer[key[0]]).min_order > (0 if offer.divisible else 1)
    }
