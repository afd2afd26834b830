"""Scenario -> Instance: every number made once, here."""

from __future__ import annotations

from planner.instance.agreements import build_batches, build_calls, build_signs, build_vets, find_teams, find_vetted_by
from planner.instance.budgets import build_budgets
from planner.instance.capacity import find_increments, find_installed, find_runs
from planner.instance.columns import build_orders, is_efficient
from planner.instance.contracts import build_contracts
from planner.instance.courses import CourseBook
from planner.instance.demand import build_demand
from planner.instance.instance import Instance, RiskNumbers
from planner.instance.lookup import Lookup
from planner.instance.losses import build_losses
from planner.instance.pins import build_pins, find_approvals
from planner.instance.places import build_installs
from planner.instance.pools import find_pools
from planner.instance.running import build_running_sum
from planner.instance.shares import build_shares, build_tallies
from planner.instance.slot_rows import build_slot_rows
from planner.instance.tree import build_tree
from planner.scenario.scenario import Scenario


def build_instance(scenario: Scenario) -> Instance:
    """All numbers of the scenario, by node, in canonical order (the order in the file does not matter)."""
    look, tree, policy = Lookup(scenario), build_tree(scenario), scenario.policy
    book, pools = CourseBook(look, tree), find_pools(scenario)
    vets, signs = build_vets(look, tree), build_signs(look, tree)
    orders = build_orders(book, pools)
    calls = build_calls(look, tree, orders)
    contracts = build_contracts(book)
    tables = (("vet", vets), ("sign", signs), ("call", calls))
    demands = {d.id: build_demand(look, tree, d) for d in sorted(scenario.demand, key=lambda d: d.id)}
    present = build_running_sum(tree, "cost", tables, orders, contracts, book.present)
    return Instance(
        tree=tree,
        vets=vets,
        signs=signs,
        calls=calls,
        batches=build_batches(look, orders),
        orders=orders,
        capacity=find_increments(tree, orders),
        installed=find_installed(tree, contracts),
        routes={name: r.steps for name, r in sorted(scenario.routes.items()) if is_efficient(scenario, r.cell_efficiency)},
        runs=find_runs(look, tree),
        demands=demands,
        vetted_by=find_vetted_by(look, tree),
        teams=find_teams(look, tree),
        slots=build_slot_rows(look, tree, pools, orders),
        installs=build_installs(look, tree, orders),
        budgets=build_budgets(look, tree, tables, orders, contracts),
        tallies=build_tallies(look, orders),
        shares=build_shares(book, orders),
        pins=build_pins(scenario, tree, vets, signs, orders),
        max_suppliers=policy.max_suppliers,
        min_suppliers=policy.min_suppliers,
        min_share=policy.min_share,
        approvals=find_approvals(scenario, tree),
        contracts=contracts,
        losses=build_losses(look, tree, orders, contracts, demands),
        risk=RiskNumbers(policy.risk_weight, policy.tail, policy.max_cvar_cost, present),
        discount=book.discounts,
    )
