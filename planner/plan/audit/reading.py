"""From a plan in business words to decisions; what names nothing known is a finding and is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from planner.plan.audit.findings import AuditFinding, wrong
from planner.plan.audit.futures import Placed
from planner.plan.audit.lots import Purchase
from planner.plan.audit.setting import Setting
from planner.plan.audit.tree import Tree
from planner.plan.plan import Order, Plan, Signing, Vetting


def read_decisions(setting: Setting, tree: Tree, plan: Plan) -> tuple[Placed, tuple[Order, ...], list[AuditFinding]]:
    """Decisions of the plan, the stated orders they were read from (same order), and what could not be read."""
    findings: list[AuditFinding] = []
    orders: list[Order] = []
    purchases: list[tuple[Purchase, int]] = []
    for order in plan.orders:
        problems = list(_order_problems(setting, order))
        if not any(problem.rule == "ids" for problem in problems):
            period, ships = period_number(setting, order.order_period), period_number(setting, order.ship_period)
            node, misplaced = find_node(tree, order.node, period, order_place(order), decided=True)
            problems += misplaced
            orders.append(order)
            purchases.append((Purchase(order.offer, order.site, period, ships, float(order.units)), node))
        findings += problems
    vettings = _starts(setting, tree, "vetting", plan.vetting, findings)
    signings = _starts(setting, tree, "signing", plan.signings, findings)
    return Placed(vettings, signings, tuple(purchases)), tuple(orders), findings


def period_number(setting: Setting, name: str) -> int:
    """Number of the period of that exact name, which must be one of the calendar's."""
    return setting.clock.names.index(name)


def find_node(tree: Tree, name: str, period: int, place: str, decided: bool = False) -> tuple[int, list[AuditFinding]]:
    """Number of the node ``name``; where it is none of ``period``, that is said and the trunk's node is taken.

    Decisions (``decided``) of a staged tree stand on the trunk.
    """
    found, trunk = tree.number.get(name), tree.paths[0][period]
    if found is not None and tree.nodes[found].period == period and (found == trunk or not (decided and tree.staged)):
        return found, []
    one = len(tree.paths) == 1 or (decided and tree.staged)
    right = tree.nodes[trunk].name if one else f"a node of that period, such as {tree.nodes[trunk].name}"
    return trunk, [wrong("node", place, f"node is {name}, should be {right}")]


def unknown(setting: Setting, place: str, **names: str) -> Iterator[AuditFinding]:
    """Findings for ids and period names that the scenario does not have; keys say what each name is."""
    known: dict[str, Iterable[str]] = {
        "supplier": setting.suppliers, "offer": setting.offers, "site": setting.sites, "route": setting.scenario.routes,
        "demand": {demand.id for demand in setting.scenario.demand}, "period": setting.clock.names,
    }  # fmt: skip
    for kind, name in names.items():
        if name not in known[kind]:
            yield wrong("ids", place, f"there is no {kind} {name!r}")


def _starts(
    setting: Setting, tree: Tree, what: str, stated: Iterable[Vetting | Signing], findings: list[AuditFinding]
) -> tuple[tuple[str, int], ...]:
    found = []
    for decision in stated:
        place = f"{what} of {decision.supplier}, {decision.period}"
        problems = list(unknown(setting, place, supplier=decision.supplier, period=decision.period))
        if not problems:
            period = period_number(setting, decision.period)
            node, problems = find_node(tree, decision.node, period, place, decided=True)
            found.append((decision.supplier, node))
        findings += problems
    return tuple(found)


def _order_problems(setting: Setting, order: Order) -> Iterator[AuditFinding]:
    place = order_place(order)
    missing = list(unknown(setting, place, offer=order.offer, site=order.site, period=order.order_period))
    missing += unknown(setting, place, period=order.ship_period)
    yield from missing
    if missing:
        return
    supplier = setting.offers[order.offer].supplier
    if order.supplier != supplier:
        yield wrong("offered", place, f"supplier is {order.supplier}, should be {supplier}")
    if not (isfinite(order.units) and order.units > 0):
        yield wrong("ids", place, f"{order.units} is not a number of units")


def order_place(order: Order) -> str:
    """How a finding names a stated order."""
    return f"order of {order.offer} for {order.site}, ordered {order.order_period}, ships {order.ship_period}"
