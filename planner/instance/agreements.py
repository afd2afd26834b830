"""Vettings, signings and purchase-order fees by supplier and node; what must come before what."""

from __future__ import annotations

from planner.instance.cash import find_fee
from planner.instance.columns import is_forbidden
from planner.instance.instance import Events, Key, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.dates import add


def build_vets(look: Lookup, tree: Tree) -> dict[Key, Events]:
    """When each supplier that needs vetting may start it, and what that costs."""
    starts = look.scenario.calendar.starts
    return {
        (supplier.id, node.index): tuple(find_fee(look, "vetting", supplier.vetting.cost, starts[node.period], node.index))
        for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id)
        if supplier.vetting
        for node in tree.nodes
    }


def build_signs(look: Lookup, tree: Tree) -> dict[Key, Events]:
    """When each supplier may be signed; the fee and open process qualifications fall due with it."""
    starts, found = look.scenario.calendar.starts, {}
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        for node in tree.nodes:
            if is_forbidden(look.scenario, supplier.id, None, node.period):
                continue
            day = starts[node.period]
            events = find_fee(look, "signing", supplier.signing_fee, day, node.index)
            for step in supplier.process_qualification.values():
                if not step.qualified:
                    events += find_fee(look, "qualification", step.cost, day, node.index)
            found[supplier.id, node.index] = tuple(events)
    return found


def find_vetted_by(look: Lookup, tree: Tree) -> dict[Key, tuple[Key, ...]]:
    """For each supplier that needs vetting and each node: the vettings on the path that are done there."""
    starts = look.scenario.calendar.starts
    return {
        (supplier.id, node.index): tuple(
            (supplier.id, m)
            for m in tree.path[node.index]
            if add(starts[tree.nodes[m].period], supplier.vetting.duration) <= starts[node.period]
        )
        for supplier in look.scenario.suppliers
        if supplier.vetting
        for node in tree.nodes
    }


def find_teams(look: Lookup, tree: Tree) -> dict[int, tuple[float, tuple[Key, ...]]]:
    """Vetting teams at each node and the vettings that keep one busy there; empty without a limit."""
    if look.scenario.policy.vetting_teams is None:
        return {}
    starts = look.scenario.calendar.starts
    found = {}
    for node in tree.nodes:
        day = starts[node.period]
        busy = tuple(
            (supplier.id, m)
            for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id)
            if supplier.vetting
            for m in tree.path[node.index]
            if day < add(starts[tree.nodes[m].period], supplier.vetting.duration)
        )
        teams = look.value(look.scenario.policy.vetting_teams, day, float("inf"))
        if len(busy) > teams:
            found[node.index] = (teams, busy)
    return found


def build_calls(look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...]) -> dict[Key, Events]:
    """Purchase orders that pay a fee: (supplier, node) where something can be ordered."""
    starts, found = look.scenario.calendar.starts, {}
    for key in sorted({(column.supplier, column.node) for column in orders}):
        fee = look.scenario.supplier[key[0]].order_fee
        if events := find_fee(look, "order fee", fee, starts[tree.nodes[key[1]].period], key[1]):
            found[key] = tuple(events)
    return found


def build_batches(look: Lookup, orders: tuple[OrderColumn, ...]) -> dict[Key, float]:
    """Purchase orders with a minimum: (offer, node) -> units. A minimum of one whole unit says nothing."""
    return {
        key: offer.min_order
        for key in sorted({(column.offer, column.node) for column in orders})
        if (offer := look.scenario.offer[key[0]]).min_order > (0 if offer.divisible else 1)
    }
