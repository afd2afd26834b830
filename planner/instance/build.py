"""Scenario -> Instance: every number made once, here."""

from __future__ import annotations

from datetime import date

from planner.instance.agreements import build_batches, build_calls, build_signs, build_vets, find_teams, find_vetted_by
from planner.instance.arrivals import arrival_of
from planner.instance.budgets import build_budgets
from planner.instance.capacity import find_increments, find_installed, find_runs
from planner.instance.cash import CashEvent, NodeOf, contract_price, find_unit_events
from planner.instance.columns import build_orders, is_efficient
from planner.instance.demand import build_demand
from planner.instance.instance import ContractCash, Instance
from planner.instance.lookup import Lookup
from planner.instance.pins import build_pins, find_approvals
from planner.instance.places import build_installs
from planner.instance.pools import find_pools
from planner.instance.shares import build_shares, build_tallies
from planner.instance.slot_rows import build_slot_rows
from planner.instance.tree import build_chain
from planner.scenario.scenario import Scenario


def build_instance(scenario: Scenario) -> Instance:
    """All numbers of the scenario, by node, in canonical order (the order in the file does not matter)."""
    look, tree = Lookup(scenario), build_chain(scenario.calendar)
    last = tree.leaves[-1]

    def node_of(day: date) -> int:
        return min(max(scenario.calendar.period_of(day), 0), last)

    pools = find_pools(scenario)
    vets, signs = build_vets(look, tree), build_signs(look, tree)
    orders = build_orders(look, tree, pools, node_of)
    calls = build_calls(look, tree, orders)
    fixed_cash = _contract_cash(look, node_of)
    policy = scenario.policy
    days = {e.day for c in orders for e in c.events} | {paid.event.day for paid in fixed_cash}
    days |= {e.day for table in (vets, signs, calls) for events in table.values() for e in events}
    return Instance(
        tree=tree,
        vets=vets,
        signs=signs,
        calls=calls,
        batches=build_batches(look, orders),
        orders=orders,
        capacity=find_increments(scenario, tree, orders),
        installed=find_installed(scenario, tree),
        routes={name: r.steps for name, r in sorted(scenario.routes.items()) if is_efficient(scenario, r.cell_efficiency)},
        runs=find_runs(look, tree),
        demands={d.id: build_demand(look, tree, d) for d in sorted(scenario.demand, key=lambda d: d.id)},
        vetted_by=find_vetted_by(look, tree),
        teams=find_teams(look, tree),
        slots=build_slot_rows(look, tree, pools, orders),
        installs=build_installs(look, tree, orders),
        budgets=build_budgets(look, tree, (vets, signs, calls, orders), [paid.event for paid in fixed_cash]),
        tallies=build_tallies(look, orders),
        shares=build_shares(look, tree),
        pins=build_pins(scenario, tree, vets, signs, orders),
        max_suppliers=policy.max_suppliers,
        min_suppliers=policy.min_suppliers,
        min_share=policy.min_share,
        approvals=find_approvals(scenario, tree),
        fixed_cash=fixed_cash,
        discount={day: look.discount(day) for day in sorted(days)},
    )


def _contract_cash(look: Lookup, node_of: NodeOf) -> tuple[ContractCash, ...]:
    """Payments still to come for own contracts that count for cash."""
    scenario, lines = look.scenario, list[ContractCash]()
    for contract in sorted(scenario.commitments, key=lambda c: c.id):
        if not contract.site or "cash" not in contract.counted:
            continue
        offer = scenario.offer[contract.offer]
        arrival = arrival_of(scenario, contract.offer, contract.site, contract.ships)
        price = contract_price(look, contract)
        for e in find_unit_events(look, offer, scenario.site[contract.site], price, contract.ordered, arrival, node_of):
            event = CashEvent(e.node, e.day, e.kind, e.amount * contract.units, e.currency, e.paid * contract.units)
            lines.append(ContractCash(contract.id, offer.supplier, contract.offer, contract.site, event))
    return tuple(lines)
