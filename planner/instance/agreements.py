"""Vettings, signings and purchase-order fees by supplier and node; what must come before what."""

from __future__ import annotations

from datetime import date

from planner.instance.cash import find_fee
from planner.instance.columns import is_forbidden
from planner.instance.instance import Fees, Key, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Strikes, Tree
from planner.scenario.dates import add


def build_vets(look: Lookup, tree: Tree) -> dict[Key, Fees]:
    """When each supplier that needs vetting may start it, and what that costs."""
    return {
        (supplier.id, node.index): tuple(
            (n, find_fee(look, "vetting", supplier.vetting.cost, look.scenario.calendar.starts[node.period], strikes))
            for n, strikes in _told(tree, node.index)
        )
        for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id)
        if supplier.vetting
        for node in tree.deciding
    }


def _told(tree: Tree, decision: int) -> list[tuple[int, Strikes]]:
    """(node where the decision is carried out, strikes known there)."""
    return [(n, tree.nodes[n].strikes) for n in tree.carried_out(decision)]


def build_signs(look: Lookup, tree: Tree) -> dict[Key, Fees]:
    """When each supplier may be signed; the fee and open process qualifications fall due with it."""
    starts, found = look.scenario.calendar.starts, {}
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        opened = [step.cost for step in supplier.process_qualification.values() if not step.qualified]
        forbidden = [is_forbidden(look.scenario, supplier.id, None, period) for period in range(len(starts) - 1)]
        for node in tree.deciding:
            if forbidden[node.period]:
                continue
            day, fees = starts[node.period], []
            for n, strikes in _told(tree, node.index):
                events = find_fee(look, "signing", supplier.signing_fee, day, strikes)
                for cost in opened:
                    events += find_fee(look, "qualification", cost, day, strikes)
                fees.append((n, events))
            found[supplier.id, node.index] = tuple(fees)
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
    starts, found = look.scenario.calendar.starts, {}
    makers = {(column.supplier, column.node): set[int]() for column in orders}
    for column in orders:
        makers[column.supplier, column.node] |= {placement.node for placement in column.placements}
    for key, nodes in sorted(makers.items()):
        fee, day = look.scenario.supplier[key[0]].order_fee, starts[tree.nodes[key[1]].period]
        fees = tuple((n, find_fee(look, "order fee", fee, day, tree.nodes[n].strikes)) for n in sorted(nodes))
        if any(events for _, events in fees):
            found[key] = fees
    return found


def build_batches(look: Lookup, orders: tuple[OrderColumn, ...]) -> dict[Key, float]:
    """Purchase orders with a minimum: (offer, node) -> units. A minimum of one whole unit says nothing."""
    return {
        key: offer.min_order
        for key in sorted({(column.offer, column.node) for column in orders})
        if (offer := look.scenario.offer[key[0]]).min_order > (0 if offer.divisible else 1)
    }
