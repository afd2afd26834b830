"""Plans that state what the audit's own evaluation finds for given decisions."""

from __future__ import annotations

from datetime import date

from planner.plan.audit import Decisions, TreeDecisions, TreeEvaluation, evaluate_tree
from planner.plan.audit.tree import strike_name
from planner.plan.plan import Cash, FutureCost, Order, Output, Plan, PlanNode, Shortage, Signing, Vetting
from planner.scenario.scenario import Scenario


def plan_of(scenario: Scenario, decisions: Decisions) -> Plan:
    """The plan of decisions in a world in which nothing can happen."""

    def node(period: int) -> str:
        return "root" if period == 0 else scenario.calendar.names[period]

    return tree_plan(
        scenario,
        TreeDecisions(
            tuple((name, node(p)) for name, p in decisions.vettings),
            tuple((name, node(p)) for name, p in decisions.signings),
            tuple((node(order.period), order) for order in decisions.orders),
        ),
    )


def tree_plan(scenario: Scenario, decisions: TreeDecisions, found: TreeEvaluation | None = None) -> Plan:
    """The plan of decisions by node; ``found`` is what ``evaluate_tree`` says of them."""
    found, names = found or evaluate_tree(scenario, decisions), scenario.calendar.names
    nodes = found.tree.nodes
    demands = {demand.id: demand for demand in scenario.demand}

    def period(name: str) -> str:
        return names[nodes[found.tree.number[name]].period]

    def target(name: str, n: int) -> float:
        day, demand = scenario.calendar.starts[nodes[n].period], demands[name]
        wanted = (demand.wanted.at(day, nodes[n].period) or 0.0) * demand.factor
        for strike in nodes[n].strikes:
            if not strike.outcome and strike.holds(day):
                shock = next(shock for shock in scenario.shocks if shock.id == strike.source)
                if not shock.hits.sites or set(shock.hits.sites) & set(demand.sites):
                    wanted *= shock.target_factor
        return wanted

    cash: list[Cash] = []
    told: set[int] = set()
    for future in found.futures:
        for x in future.lines:
            node = future.nodes[period_of(scenario, x.day)]
            if node not in told:
                cash.append(Cash(nodes[node].name, x.day, x.kind, x.supplier, x.offer, x.site, x.amount, x.currency, x.paid,
                                 x.commitment))  # fmt: skip
        told |= set(future.nodes)
    orders = tuple(
        Order(node, o.offer, scenario.offer[o.offer].supplier, o.site, o.units, names[o.period], names[o.ships],
              lot.ordered, lot.ships, lot.enters, lot.effective, lot.contract)
        for (node, o), lot in zip(decisions.orders, found.orders, strict=True)
    )  # fmt: skip
    return Plan(
        vetting=tuple(Vetting(node, name, period(node)) for name, node in decisions.vettings),
        signings=tuple(Signing(node, name, period(node)) for name, node in decisions.signings),
        orders=orders,
        output=tuple(
            Output(nodes[n].name, names[nodes[n].period], route, site, mw) for (route, site, n), mw in found.output.items()
        ),
        shortage=tuple(
            Shortage(nodes[n].name, name, names[nodes[n].period], mw, target(name, n)) for (name, n), mw in found.short.items()
        ),
        cash=tuple(cash),
        measures=found.measures,
        nodes=tuple(
            PlanNode(node.name, nodes[node.parent].name if node.parent >= 0 else "", names[node.period], node.probability,
                     ", ".join(strike_name(scenario, strike) for strike in node.strikes if strike.period == node.period))
            for node in nodes
        ),
        futures=tuple(
            FutureCost(future.name, nodes[future.nodes[-1]].name, future.probability, future.measures["expected_cost"],
                       future.measures["cash_cost"], future.measures["shortage_cost"], future.measures["surplus_cost"],
                       future.measures["shortage"])
            for future in found.futures
        ),
        cut_mass=found.tree.cut_mass,
    )  # fmt: skip


def period_of(scenario: Scenario, day: date) -> int:
    """Number of the period that holds the day, the last one after the horizon."""
    return min(scenario.calendar.period_of(day), scenario.calendar.periods - 1)
