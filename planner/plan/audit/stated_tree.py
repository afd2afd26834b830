"""The tree and the futures that the plan states, against those the audit grew and replayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.plan.audit.case import Case
from planner.plan.audit.findings import AuditFinding, equal, money_slack, wrong
from planner.plan.audit.setting import Setting
from planner.plan.audit.tree import Tree, strike_name
from planner.plan.plan import Plan

CHANCE_TOLERANCE = 1e-12
COSTS = ("cash_cost", "shortage_cost", "surplus_cost")


def check_nodes(setting: Setting, tree: Tree, plan: Plan) -> Iterator[AuditFinding]:
    """Every node is listed once with its parent, period, probability and news, and nothing else is; cut mass is right."""
    stated = {node.node: node for node in plan.nodes}
    if len(stated) < len(plan.nodes):
        yield wrong("nodes", "tree", "a node is listed twice")
    for name in stated:
        if name not in tree.number:
            yield wrong("nodes", f"node {name}", "there is no such node")
    for number, node in enumerate(tree.nodes):
        if tree.number[node.name] != number:
            yield wrong("nodes", f"node {node.name}", "the name stands for two courses of events")
        place, said = f"node {node.name}", stated.get(node.name)
        if said is None:
            yield wrong("nodes", place, "the node is missing")
            continue
        parent = tree.nodes[node.parent].name if node.parent >= 0 else ""
        news = ", ".join(strike_name(setting.scenario, strike) for strike in node.strikes if strike.period == node.period)
        for what, given, right in (
            ("parent", said.parent, parent),
            ("period", said.period, setting.clock.names[node.period]),
            ("news", said.news, news),
        ):
            if given != right:
                yield wrong("nodes", place, f"{what} is {given}, should be {right}")
        yield from equal("nodes", place, said.probability, node.probability, "probability", CHANCE_TOLERANCE)
    yield from equal("cut mass", "tree", plan.cut_mass, tree.cut_mass, "cut mass", CHANCE_TOLERANCE)


def check_futures(
    setting: Setting, tree: Tree, plan: Plan, cases: Sequence[Case], found: Sequence[Mapping[str, float]]
) -> Iterator[AuditFinding]:
    """Every future is listed once by its leaf, with its name, probability and costs."""
    stated = {future.node: future for future in plan.futures}
    if len(stated) < len(plan.futures):
        yield wrong("futures", "futures", "a future is listed twice")
    leaves = {tree.nodes[case.nodes[-1]].name for case in cases}
    for name in stated:
        if name not in leaves:
            yield wrong("futures", f"future {name}", "no future ends there")
    for case, measures in zip(cases, found, strict=True):
        leaf = tree.nodes[case.nodes[-1]]
        place, said, called = f"future {leaf.name}", stated.get(leaf.name), case.name or "nothing happens"
        if said is None:
            yield wrong("futures", place, "the future is missing")
            continue
        if said.name != called:
            yield wrong("futures", place, f"name is {said.name}, should be {called}")
        yield from equal("futures", place, said.probability, leaf.probability, "probability", CHANCE_TOLERANCE)
        for name, amount, right in (
            ("cost", said.cost, measures["expected_cost"]),
            *((name, getattr(said, name), measures[name]) for name in COSTS),
        ):
            yield from equal("futures", place, amount, right, name, money_slack(setting.cent, right))
        yield from equal("futures", place, said.shortage, measures["shortage"], "shortage")
