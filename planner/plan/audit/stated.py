"""What the plan states beside its decisions, held against what the audit recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.plan.audit.case import Case
from planner.plan.audit.findings import AuditFinding, at_most, equal, money_slack, wrong
from planner.plan.audit.lots import Lot
from planner.plan.audit.measures import AMOUNTS, price_per_mw_year
from planner.plan.audit.reading import find_node, order_place, period_number, unknown
from planner.plan.audit.rules_output import Short
from planner.plan.audit.setting import Setting
from planner.plan.audit.tree import Tree
from planner.plan.plan import Order, Plan, Shortage

ByNode = dict[int, dict[tuple[str, str], float]]
"""Node number -> (route, site) -> MW per year."""


def check_orders(setting: Setting, stated: Iterable[Order], known: Iterable[Lot]) -> Iterator[AuditFinding]:
    """Days and price of each order, as known at its node."""
    for order, lot in zip(stated, known, strict=True):
        place = order_place(order)
        for name in ("ordered", "ships", "enters", "effective"):
            said, day = getattr(order, name), getattr(lot, name)
            if said != day:
                excess = abs((said - day).days)
                yield AuditFinding(
                    "dates", place, said.toordinal(), day.toordinal(), excess, f"{name} is {said}, should be {day}"
                )
        slack = money_slack(setting.cent, lot.contract)
        yield from equal("price", place, order.price, lot.contract, "contract price", slack)


def check_idle(plan: Plan) -> Iterator[AuditFinding]:
    """Orders called idle are orders of the plan."""
    for order in plan.idle:
        if order not in plan.orders:
            yield wrong("idle", order_place(order), "called idle, but not an order of the plan")


def read_output(setting: Setting, tree: Tree, plan: Plan) -> tuple[ByNode, list[AuditFinding]]:
    """Stated output by node, and what could not be read or is said twice."""
    found: ByNode = {}
    findings: list[AuditFinding] = []
    for row in plan.output:
        place = f"route {row.route} at {row.site}, {row.period}"
        problems = list(unknown(setting, place, route=row.route, site=row.site, period=row.period))
        if not problems:
            node, problems = find_node(tree, row.node, period_number(setting, row.period), place)
            running = found.setdefault(node, {})
            if (row.route, row.site) in running:
                problems.append(wrong("twice", place, "output is stated twice"))
            running[row.route, row.site] = running.get((row.route, row.site), 0.0) + row.mw
        findings += problems
    return found, findings


Rows = dict[tuple[str, int], Shortage]
"""(demand, node number) -> what the plan states."""


def read_shortage(setting: Setting, tree: Tree, plan: Plan) -> tuple[Rows, list[AuditFinding]]:
    """Stated shortage by demand and node, and what could not be read or is said twice."""
    found: Rows = {}
    findings: list[AuditFinding] = []
    for row in plan.shortage:
        place = f"demand {row.demand}, {row.period}"
        problems = list(unknown(setting, place, demand=row.demand, period=row.period))
        if not problems:
            node, problems = find_node(tree, row.node, period_number(setting, row.period), place)
            if (row.demand, node) in found:
                problems.append(wrong("twice", place, "shortage is stated twice"))
            found[row.demand, node] = row
        findings += problems
    return found, findings


def check_shortage(case: Case, rows: Rows, short: Short) -> Iterator[AuditFinding]:
    """Stated shortage and target of each demand and period; a row left out states no shortage."""
    demands = {demand.id: demand for demand in case.setting.scenario.demand}
    for (name, n), mw in short.items():
        target, row = case.setting.target(demands[name], n), rows.get((name, case.nodes[n]))
        place = f"demand {name}, {case.period(n)}"
        if row is not None:
            yield from equal("shortage", place, row.target, target, "target")
        yield from equal("shortage", place, row.mw if row else 0.0, mw, "shortage", 1e-6 * max(1.0, target))


def check_cheapest(case: Case, short: Short, least: Short, always: bool) -> Iterator[AuditFinding]:
    """Where shortage costs anything (or ``always``) the plan has no more of it than its orders make necessary."""
    for demand in case.setting.scenario.demand:
        for n in case.new:
            rated, key = demand.shortage_cost, (demand.id, n)
            if always or (rated is not None and price_per_mw_year(case.setting, rated, n) > 0):
                most = max(least[key], 1e-6 * case.setting.target(demand, n) + least[key])
                yield from at_most("cheapest", f"demand {demand.id}, {case.period(n)}", short[key], most, "shortage")


def check_measures(setting: Setting, plan: Plan, measures: Mapping[str, float]) -> Iterator[AuditFinding]:
    """Every measure is stated, and right: money to the cent, amounts to the rules' tolerance."""
    for name, right in measures.items():
        if name not in plan.measures:
            yield wrong("measures", name, "the measure is missing")
            continue
        slack = None if name in AMOUNTS else money_slack(setting.cent, right)
        yield from equal("measures", name, plan.measures[name], right, name, slack)


def check_objective(
    setting: Setting, measures: Mapping[str, float], minimise: str, objective: float | None, bound: float | None
) -> Iterator[AuditFinding]:
    """The objective is the measure that was minimised, and the bound does not lie above it."""
    if minimise not in measures:
        yield wrong("objective", minimise, "there is no such measure")
        return
    right = measures[minimise]
    slack = None if minimise in AMOUNTS else money_slack(setting.cent, right)
    if objective is not None:
        yield from equal("objective", minimise, objective, right, "objective", slack)
    if bound is not None:
        yield from at_most("bound", minimise, bound, right, "bound")
