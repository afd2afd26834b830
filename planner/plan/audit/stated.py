"""What the plan states beside its decisions, held against what the audit recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.plan.audit.case import Case
from planner.plan.audit.cash import DUTY, Line
from planner.plan.audit.findings import AuditFinding, at_most, equal, money_slack, wrong
from planner.plan.audit.lots import Lot
from planner.plan.audit.measures import AMOUNTS, price_per_mw_year
from planner.plan.audit.reading import node_problem, order_place, period_number, unknown
from planner.plan.audit.rules_output import Short
from planner.plan.plan import Cash, Order, Plan


def check_orders(case: Case, stated: Iterable[Order]) -> Iterator[AuditFinding]:
    """Days and price of each order; ``stated`` is in the order of ``case.orders``."""
    for order, lot in zip(stated, case.orders, strict=True):
        yield from _check_order(case, order, lot)


def _check_order(case: Case, order: Order, lot: Lot) -> Iterator[AuditFinding]:
    place = order_place(order)
    for name in ("ordered", "ships", "enters", "effective"):
        said, day = getattr(order, name), getattr(lot, name)
        if said != day:
            excess = abs((said - day).days)
            yield AuditFinding("dates", place, said.toordinal(), day.toordinal(), excess, f"{name} is {said}, should be {day}")
    slack = money_slack(case.setting.cent, lot.contract)
    yield from equal("price", place, order.price, lot.contract, "contract price", slack)


def check_idle(plan: Plan) -> Iterator[AuditFinding]:
    """Orders called idle are orders of the plan."""
    for order in plan.idle:
        if order not in plan.orders:
            yield wrong("idle", order_place(order), "called idle, but not an order of the plan")


def read_output(case: Case, plan: Plan) -> tuple[dict[tuple[str, str, int], float], list[AuditFinding]]:
    """Stated output by route, site and period number, and what could not be read or is said twice."""
    found: dict[tuple[str, str, int], float] = {}
    findings: list[AuditFinding] = []
    for row in plan.output:
        place = f"route {row.route} at {row.site}, {row.period}"
        problems = list(unknown(case.setting, place, route=row.route, site=row.site, period=row.period))
        if not problems:
            key = row.route, row.site, period_number(case.setting, row.period)
            problems = list(node_problem(case.setting, row.node, key[2], place))
            if key in found:
                problems.append(wrong("twice", place, "output is stated twice"))
            found[key] = found.get(key, 0.0) + row.mw
        findings += problems
    return found, findings


def check_shortage(case: Case, plan: Plan, short: Short) -> Iterator[AuditFinding]:
    """Stated shortage and target of each demand and period; a row left out states no shortage."""
    setting = case.setting
    demands = {demand.id: demand for demand in setting.scenario.demand}
    said: dict[tuple[str, int], float] = {}
    for row in plan.shortage:
        place = f"demand {row.demand}, {row.period}"
        problems = list(unknown(setting, place, demand=row.demand, period=row.period))
        yield from problems
        if problems:
            continue
        n = period_number(setting, row.period)
        yield from node_problem(setting, row.node, n, place)
        if (row.demand, n) in said:
            yield wrong("twice", place, "shortage is stated twice")
        said[row.demand, n] = row.mw
        yield from equal("shortage", place, row.target, setting.target(demands[row.demand], n), "target")
    for (name, n), mw in short.items():
        slack = 1e-6 * max(1.0, setting.target(demands[name], n))
        place = f"demand {name}, {case.period(n)}"
        yield from equal("shortage", place, said.get((name, n), 0.0), mw, "shortage", slack)


def check_cheapest(case: Case, short: Short, least: Short, always: bool) -> Iterator[AuditFinding]:
    """Where shortage costs anything (or ``always``) the plan has no more of it than its orders make necessary."""
    for demand in case.setting.scenario.demand:
        for n in range(case.setting.clock.count):
            rated, key = demand.shortage_cost, (demand.id, n)
            if always or (rated is not None and price_per_mw_year(case.setting, rated, n) > 0):
                most = max(least[key], 1e-6 * case.setting.target(demand, n) + least[key])
                yield from at_most("cheapest", f"demand {demand.id}, {case.period(n)}", short[key], most, "shortage")


def check_cash(case: Case, plan: Plan) -> Iterator[AuditFinding]:
    """Payments by day, kind, supplier, offer, site, contract and currency, in both currencies."""
    clock = case.setting.clock
    for cash in plan.cash:
        number = min(clock.period(cash.day), clock.count - 1)
        if number < 0:
            yield wrong("cash", _place(_key(cash)), "dated before the calendar: it is sunk")
        else:
            yield from node_problem(case.setting, cash.node, number, _place(_key(cash)))
    stated, due = _totals(plan.cash), _totals(case.lines)
    for key in sorted({**stated, **due}, key=str):
        (said, said_paid), (owed, owed_paid) = stated.get(key, (0.0, 0.0)), due.get(key, (0.0, 0.0))
        base = equal("cash", _place(key), said, owed, "amount", money_slack(case.setting.cent, owed))
        found = next(base, None)
        if found is None and key[-1]:
            slack = money_slack(case.setting.cent, owed_paid)
            found = next(equal("cash", _place(key), said_paid, owed_paid, f"amount in {key[-1]}", slack), None)
        if found is not None:
            yield found
    yield from _check_duty_currency(case, plan)


Key = tuple[str, ...]


def _key(line: Cash | Line) -> Key:
    # customs may be counted in the currency of the country or of the price, so the currency of duty is checked apart
    currency = "" if line.kind == DUTY else line.currency
    return line.day.isoformat(), line.kind, line.supplier, line.offer, line.site, line.commitment, currency


def _place(key: Key) -> str:
    return " ".join(part for part in key if part)


def _totals(lines: Iterable[Cash] | Iterable[Line]) -> dict[Key, tuple[float, float]]:
    found: dict[Key, tuple[float, float]] = {}
    for line in lines:
        amount, paid = found.get(_key(line), (0.0, 0.0))
        found[_key(line)] = amount + line.amount, paid + (line.paid if isinstance(line, Line) else line.amount_paid)
    return found


def _check_duty_currency(case: Case, plan: Plan) -> Iterator[AuditFinding]:
    money = case.setting.scenario.money
    for cash in plan.cash:
        if cash.kind != DUTY:
            continue
        place = _place((*_key(cash), cash.currency))
        if cash.currency != money.currency and cash.currency not in money.rates:
            yield wrong("cash", place, "the currency is not known")
            continue
        worth = cash.amount_paid * case.setting.exchange(cash.currency, cash.day)
        yield from equal("cash", place, worth, cash.amount, "amount paid", money_slack(case.setting.cent, cash.amount))


def check_measures(case: Case, plan: Plan, measures: dict[str, float]) -> Iterator[AuditFinding]:
    """Every measure is stated, and right: money to the cent, amounts to the rules' tolerance."""
    for name, right in measures.items():
        if name not in plan.measures:
            yield wrong("measures", name, "the measure is missing")
            continue
        slack = None if name in AMOUNTS else money_slack(case.setting.cent, right)
        yield from equal("measures", name, plan.measures[name], right, name, slack)


def check_objective(
    case: Case, measures: dict[str, float], minimise: str, objective: float | None, bound: float | None
) -> Iterator[AuditFinding]:
    """The objective is the measure that was minimised, and the bound does not lie above it."""
    if minimise not in measures:
        yield wrong("objective", minimise, "there is no such measure")
        return
    right = measures[minimise]
    slack = None if minimise in AMOUNTS else money_slack(case.setting.cent, right)
    if objective is not None:
        yield from equal("objective", minimise, objective, right, "objective", slack)
    if bound is not None:
        yield from at_most("bound", minimise, bound, right, "bound")
