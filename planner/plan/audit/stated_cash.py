"""Every payment the plan states, by node, against those recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.plan.audit.case import Case
from planner.plan.audit.cash import DUTY, Line
from planner.plan.audit.findings import AuditFinding, equal, money_slack, wrong
from planner.plan.audit.reading import find_node
from planner.plan.audit.setting import Setting
from planner.plan.audit.tree import Tree
from planner.plan.plan import Cash, Plan

Key = tuple[str, ...]
"""Day, kind, supplier, offer, site, contract, currency (empty for duty)."""
Totals = dict[tuple[int, Key], tuple[float, float]]
"""(node number, key) -> amount in base currency, amount in the currency paid."""


def read_cash(setting: Setting, tree: Tree, plan: Plan) -> tuple[tuple[tuple[Cash, int], ...], list[AuditFinding]]:
    """Stated payments with the numbers of their nodes, and those that do not stand where their day is."""
    found: list[tuple[Cash, int]] = []
    findings: list[AuditFinding] = []
    for cash in plan.cash:
        number, place = min(setting.clock.period(cash.day), setting.clock.count - 1), _place(_key(cash))
        if number < 0:
            findings.append(wrong("cash", place, "dated before the calendar: it is sunk"))
        node, problems = find_node(tree, cash.node, max(number, 0), place)
        findings += problems if number >= 0 else []
        found.append((cash, node))
    return tuple(found), findings


def check_cash(setting: Setting, tree: Tree, stated: Iterable[tuple[Cash, int]], cases: Iterable[Case]) -> Iterator[AuditFinding]:
    """Payments by node, day, kind, supplier, offer, site, contract and currency, in both currencies."""
    stated = tuple(stated)
    said: Totals = {}
    for cash, node in stated:
        _add(said, node, cash, cash.amount_paid)
    due: Totals = {}
    for case in cases:
        for line in case.lines:
            number = min(setting.clock.period(line.day), setting.clock.count - 1)
            if number >= case.fresh:
                _add(due, case.nodes[number], line, line.paid)
    for key in sorted({**said, **due}, key=str):
        (amount, paid), (owed, owed_paid) = said.get(key, (0.0, 0.0)), due.get(key, (0.0, 0.0))
        name = tree.nodes[key[0]].name if len(tree.paths) > 1 else ""
        place = _place((*key[1], *([f"at {name}"] if name else [])))
        found = next(equal("cash", place, amount, owed, "amount", money_slack(setting.cent, owed)), None)
        if found is None and key[1][-1]:
            slack = money_slack(setting.cent, owed_paid)
            found = next(equal("cash", place, paid, owed_paid, f"amount in {key[1][-1]}", slack), None)
        if found is not None:
            yield found
    yield from _check_duty_currency(setting, tree, stated)


def _key(line: Cash | Line) -> Key:
    # customs may be counted in the currency of the country or of the price, so the currency of duty is checked apart
    currency = "" if line.kind == DUTY else line.currency
    return line.day.isoformat(), line.kind, line.supplier, line.offer, line.site, line.commitment, currency


def _place(key: Key) -> str:
    return " ".join(part for part in key if part)


def _add(totals: Totals, node: int, line: Cash | Line, paid: float) -> None:
    key = node, _key(line)
    before = totals.get(key, (0.0, 0.0))
    totals[key] = before[0] + line.amount, before[1] + paid


def _check_duty_currency(setting: Setting, tree: Tree, stated: Iterable[tuple[Cash, int]]) -> Iterator[AuditFinding]:
    money = setting.scenario.money
    for cash, node in stated:
        if cash.kind != DUTY:
            continue
        place = _place((*_key(cash), cash.currency))
        if cash.currency != money.currency and cash.currency not in money.rates:
            yield wrong("cash", place, "the currency is not known")
            continue
        worth = cash.amount_paid * setting.told(tree.nodes[node].strikes).exchange(cash.currency, cash.day)
        yield from equal("cash", place, worth, cash.amount, "amount paid", money_slack(setting.cent, cash.amount))
