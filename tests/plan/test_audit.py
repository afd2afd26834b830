"""The audit accepts a plan worked out by hand and catches every fault planted in it, by the name of the rule.

The plan: Acme (China) is vetted on 2026-01-01 and signed three months later; two lines are ordered on 2026-04-01 for a
site that is ready on 2026-10-01. Bolt (Japan) is signed at once; two printers are ordered on 2026-10-01; one more is
under contract since 2025. A sister company holds one of Acme's slots. Money is in thousands of USD, 10 % a year.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.plan.audit import RULES, audit
from planner.plan.plan import Cash, FutureCost, Order, Output, Plan, PlanNode, Shortage, Signing, Vetting
from planner.scenario.scenario import Scenario

DOCUMENT: dict[str, Any] = {
    "format": 1,
    "title": "two lines and two printers",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 6},
    "money": {
        "currency": "USD", "in": "thousands", "discount_rate": 0.1, "fiscal_year_starts": 4, "allow_rate_path": True,
        "rates": {"EUR": 1.2, "CNY": {"2026-01": 0.14, "2026-07": 0.15, "2027-01": 0.16}},
    },
    "routes": {
        "hjt": {"steps": ["coat", "print"], "cell_efficiency": 0.25},
        "old": {"steps": ["coat"], "cell_efficiency": 0.2},
    },
    "sites": [
        {"id": "us", "country": "US", "ready": "2026-10-01", "capacity_mw": 300, "install_time": "1 month",
         "acceptance_time": "1 month", "install_limit": {"units": 3}},
        {"id": "de", "country": "DE"},
        {"id": "store", "country": "US"},
    ],
    "demand": [
        {"id": "ramp", "sites": ["us", "de"], "target_mw": {"2026-Q4": 100, "2027-Q2": 400}, "continues": "1 year",
         "shortage_cost": {"amount": 1, "per": "MW-year"}, "surplus_cost": {"amount": 200, "per": "GW-year"}},
    ],
    "suppliers": [
        {"id": "acme", "name": "Acme Vacuum", "country": "CN", "vetting": {"duration": "3 months", "cost": 5}, "signing_fee": 20,
         "order_fee": 3, "process_qualification": {"print": {"duration": "1 month", "cost": 7}},
         "slots": {"per": "quarter", "2026": 4}, "rival_claims": {"share": 0.4, "per": "quarter"},
         "install_limit": {"units": 2}},
        {"id": "bolt", "country": "JP", "signing_fee": {"amount": 2, "currency": "EUR"}},
        {"id": "cole", "country": "DE", "vetting": {"duration": "3 months"}},
    ],
    "offers": [
        {"id": "line", "supplier": "acme", "covers": {"coat": 100, "print": 100}, "cell_efficiency": 0.25,
         "price": {"amount": 1000, "currency": "CNY", "escalation": 0.06}, "price_hold": "1 month",
         "lead_time": "3 months", "deinstall_time": "1 month", "transit_time": "1 month", "order_ahead": "3 months",
         "payment": {"order": 0.2, "fat": 0.1, "shipment": 0.2, "arrival": 0.1, "acceptance": 0.3,
                     "retention": {"share": 0.1, "after": "12 months"}},
         "freight": {"amount": 10, "currency": "EUR"}, "storage": {"amount": 2, "per": "month"},
         "ramp": {"months": [3], "share": [0.5]}, "valid": {"until": "2026-06-30"}, "tags": ["pv"]},
        {"id": "printer", "supplier": "bolt", "covers": {"print": 150}, "price": 30, "incoterm": {"rule": "DDP"},
         "freight": 4, "lead_time": "1 month", "min_order": 2, "payment": {"order": 0.2, "acceptance": 0.8}},
    ],
    "commitments": [
        {"id": "sister", "offer": "line", "owner": "sister company", "units": 1, "ordered": "2026-01-05", "ships": "2026-08-10"},
        {"id": "first", "offer": "printer", "site": "us", "units": 1, "ordered": "2025-12-01", "ships": "2026-02-01",
         "price": 25},
    ],
    "duties": [
        {"id": "base", "origin": "CN", "into": "US", "rate": 0.2},
        {"id": "extra", "origin": "any", "into": "US", "rate": 0.1, "of": "price and freight", "starts": "2026-08-15",
         "tags": ["pv"]},
    ],
    "policy": {
        "budget": {"per": "fiscal-year", "2025": 7.4, "2027": 33},
        "max_country_share": {"CN": {"total": 0.8, "steps": {"print": 0.35}, "from": "2026-10-01"}},
        "max_suppliers": 2, "min_suppliers": 2, "min_share": 0.2, "min_cell_efficiency": 0.24, "vetting_teams": 1,
        "approvals": {"sign": ["2026-04-15"], "above": 200},
        "pins": [{"vet": "acme", "period": "2026-Q1"}, {"sign": "bolt"},
                 {"order": "line", "site": "us", "period": "2026-Q2", "ships": "2026-Q3", "units": 2}],
        "forbid": [{"offer": "printer", "period": "2026-Q2"}],
    },
}  # fmt: skip

# Ordered 2026-04-01, ready 3 + 1 months later on 2026-08-01: that is 92 days after the hold of a month (2026-05-01), so
# the price is fixed 92 days after the order, on 2026-07-02: 6 months and 1 day after the start of the calendar.
PRICE = 1000 * 1.06 ** ((6 + 1 / 30.4375) / 12)  # CNY a line: 1029.73
TWO = 2 * PRICE

LINES = Order(
    node="2026-Q2", offer="line", supplier="acme", site="us", units=2.0, order_period="2026-Q2", ship_period="2026-Q3",
    ordered=date(2026, 4, 1), ships=date(2026, 8, 1), enters=date(2026, 9, 1),
    effective=date(2026, 12, 1),  # waits for the site till 10-01, installed 11-01, accepted 12-01
    price=PRICE * 0.14,
)  # fmt: skip
PRINTERS = Order(
    node="2026-Q4", offer="printer", supplier="bolt", site="us", units=2.0, order_period="2026-Q4", ship_period="2026-Q4",
    ordered=date(2026, 10, 1), ships=date(2026, 11, 1), enters=date(2026, 11, 1), effective=date(2027, 1, 1), price=30.0,
)  # fmt: skip


def _cash(
    node: str,
    day: date,
    kind: str,
    supplier: str,
    offer: str,
    paid: float,
    rate: float = 1.0,
    currency: str = "USD",
    old: str = "",
) -> Cash:
    return Cash(node, day, kind, supplier, offer, "us" if offer else "", paid * rate, currency, paid, old)


CASH = (
    _cash("root", date(2026, 1, 1), "vetting", "acme", "", 5),
    _cash("root", date(2026, 1, 1), "signing", "bolt", "", 2, 1.2, "EUR"),
    _cash("2026-Q2", date(2026, 4, 1), "signing", "acme", "", 20),
    _cash("2026-Q2", date(2026, 4, 1), "qualification", "acme", "", 7),
    _cash("2026-Q2", date(2026, 4, 1), "order fee", "acme", "", 3),
    _cash("2026-Q2", date(2026, 4, 1), "order", "acme", "line", 0.2 * TWO, 0.14, "CNY"),
    _cash("2026-Q3", date(2026, 8, 1), "fat", "acme", "line", 0.1 * TWO, 0.15, "CNY"),
    _cash("2026-Q3", date(2026, 8, 1), "shipment", "acme", "line", 0.2 * TWO, 0.15, "CNY"),
    _cash("2026-Q3", date(2026, 8, 1), "freight", "acme", "line", 20, 1.2, "EUR"),
    _cash("2026-Q3", date(2026, 9, 1), "arrival", "acme", "line", 0.1 * TWO, 0.15, "CNY"),
    # 20 % of the price and, since 2026-08-15, 10 % of price and freight
    _cash("2026-Q3", date(2026, 9, 1), "duty", "acme", "line", 0.2 * TWO * 0.15 + 0.1 * (TWO * 0.15 + 24)),
    _cash("2026-Q4", date(2026, 10, 1), "storage", "acme", "line", 2 * 2),  # one month, two lines
    _cash("2026-Q4", date(2026, 12, 1), "acceptance", "acme", "line", 0.3 * TWO, 0.15, "CNY"),
    _cash("2027-Q2", date(2027, 12, 1), "retention", "acme", "line", 0.1 * TWO, 0.16, "CNY"),  # after the horizon
    _cash("2026-Q4", date(2026, 10, 1), "order", "bolt", "printer", 0.2 * 60),
    _cash("2027-Q1", date(2027, 1, 1), "acceptance", "bolt", "printer", 0.8 * 60),
    # the contract of 2025: its deposit is sunk, it waits for the site, is installed 11-01 and accepted 12-01
    _cash("2026-Q4", date(2026, 12, 1), "acceptance", "bolt", "printer", 0.8 * 25, old="first"),
)


def _later(months: int) -> float:
    return 1.1 ** (-months / 12)


CASH_COST = (
    5 + 2.4
    + (20 + 7 + 3 + 0.2 * TWO * 0.14) * _later(3)
    + (0.3 * TWO * 0.15 + 24) * _later(7)
    + (0.4 * TWO * 0.15 + 2.4) * _later(8)  # arrival 0.1, duty 0.2 + 0.1 and 0.1 of the freight
    + (4 + 12) * _later(9)
    + (0.3 * TWO * 0.15 + 20) * _later(11)
    + 48 * _later(12)
)  # fmt: skip
RETENTION = 0.1 * TWO * 0.16 * _later(23)
# The lines coat from 2026-12-01, print (qualified a month later) from 2027-01-01, at half rate for three months:
# on 2027-01-01 100 MW each, on 2027-04-01 200 MW. Printers: 150 + 300 MW from 2027-01-01 on.
# Output 100 then 200 MW; wanted 100, 100, 400 from 2026-10-01: short 100, 0, 200.
# The best-equipped step is print with 550 and 650 MW: 450 and 250 MW too many at 0.2 a MW and year.
SHORT_INSIDE = (100 * sum(_later(m) for m in (9, 10, 11)) + 200 * sum(_later(m) for m in (15, 16, 17))) / 12
SHORT_AFTER = 200 * sum(_later(m) for m in range(18, 30)) / 12
SURPLUS_INSIDE = 0.2 * (450 * sum(_later(m) for m in (12, 13, 14)) + 250 * sum(_later(m) for m in (15, 16, 17))) / 12
SURPLUS_AFTER = 0.2 * 250 * sum(_later(m) for m in range(18, 30)) / 12
COST = CASH_COST + RETENTION + SHORT_INSIDE + SHORT_AFTER + SURPLUS_INSIDE + SURPLUS_AFTER

PLAN = Plan(
    vetting=(Vetting("root", "acme", "2026-Q1"),),
    signings=(Signing("root", "bolt", "2026-Q1"), Signing("2026-Q2", "acme", "2026-Q2")),
    orders=(LINES, PRINTERS),
    output=(Output("2027-Q1", "2027-Q1", "hjt", "us", 100.0), Output("2027-Q2", "2027-Q2", "hjt", "us", 200.0)),
    shortage=(
        Shortage("2026-Q4", "ramp", "2026-Q4", 100.0, 100.0),
        Shortage("2027-Q1", "ramp", "2027-Q1", 0.0, 100.0),
        Shortage("2027-Q2", "ramp", "2027-Q2", 200.0, 400.0),
    ),
    cash=CASH,
    measures={
        "expected_cost": COST,
        "cash_cost": CASH_COST + RETENTION,
        "shortage_cost": SHORT_INSIDE + SHORT_AFTER,
        "surplus_cost": SURPLUS_INSIDE + SURPLUS_AFTER,
        "cost_inside": CASH_COST + SHORT_INSIDE + SURPLUS_INSIDE,
        "cost_after": RETENTION + SHORT_AFTER + SURPLUS_AFTER,
        "shortage": 75.0,  # 100 and 200 MW for a quarter
        "shortage_after": 200.0,
        "spend": TWO * 0.14 + 60,
        "cvar_cost": COST,  # one future: mean, worst and weighted are the same
        "worst_cost": COST,
        "weighted_cost": COST,
    },
    idle=(PRINTERS,),
    nodes=(
        PlanNode("root", "", "2026-Q1", 1.0),
        PlanNode("2026-Q2", "root", "2026-Q2", 1.0),
        PlanNode("2026-Q3", "2026-Q2", "2026-Q3", 1.0),
        PlanNode("2026-Q4", "2026-Q3", "2026-Q4", 1.0),
        PlanNode("2027-Q1", "2026-Q4", "2027-Q1", 1.0),
        PlanNode("2027-Q2", "2027-Q1", "2027-Q2", 1.0),
    ),
    futures=(
        FutureCost("nothing happens", "2027-Q2", 1.0, COST, CASH_COST + RETENTION, SHORT_INSIDE + SHORT_AFTER,
                   SURPLUS_INSIDE + SURPLUS_AFTER, 75.0),
    ),
)  # fmt: skip

Change = Callable[[Plan], Plan]


def rules_of(
    plan: Plan, document: dict[str, Any] = DOCUMENT, objective: float | None = COST, bound: float | None = COST
) -> set[str]:
    verdict = audit(Scenario.model_validate(document), plan, objective, bound)
    assert verdict.ok == (not verdict.findings)
    return {finding.rule for finding in verdict.findings}


def test_a_plan_worked_out_by_hand_is_accepted() -> None:
    verdict = audit(Scenario.model_validate(DOCUMENT), PLAN, COST, COST - 1)
    assert [str(finding) for finding in verdict.findings] == []
    assert verdict.ok
    assert verdict.measures == pytest.approx(PLAN.measures, rel=1e-12)


def test_a_shortage_of_nothing_may_be_left_out_and_payments_may_be_split() -> None:
    half = replace(CASH[5], amount=CASH[5].amount / 2, amount_paid=CASH[5].amount_paid / 2)
    plan = replace(PLAN, shortage=(PLAN.shortage[0], PLAN.shortage[2]), cash=(*CASH[:5], half, half, *CASH[6:]))
    assert rules_of(plan) == set()


def test_differences_within_the_tolerances_are_accepted() -> None:
    cent = 0.9e-5  # 0.9 cents in thousands of USD
    cash = tuple(replace(line, amount=line.amount + cent) if line.kind == "freight" else line for line in CASH)
    measures = {**PLAN.measures, "cash_cost": PLAN.measures["cash_cost"] + cent, "shortage": 75.00005}
    output = (replace(PLAN.output[0], mw=100.00005), PLAN.output[1])
    short = (PLAN.shortage[0], PLAN.shortage[1], replace(PLAN.shortage[2], mw=200.0003))
    found = rules_of(replace(PLAN, cash=cash, measures=measures, output=output, shortage=short), objective=COST + cent)
    assert found == set()


# --- faults in what the plan states: exactly these rules must speak ---------------------------------------------------


def order(old: Order, **changes: Any) -> Change:
    return lambda plan: replace(plan, orders=tuple(replace(o, **changes) if o == old else o for o in plan.orders), idle=())


def cash(kind: str, change: Callable[[Cash], Cash | None], offer: str = "line", old: str = "", supplier: str = "acme") -> Change:
    def changed(plan: Plan) -> Plan:
        mine = [x for x in plan.cash if (x.kind, x.offer, x.commitment, x.supplier) == (kind, offer, old, supplier)]
        assert len(mine) == 1
        lines = (change(x) if x is mine[0] else x for x in plan.cash)
        return replace(plan, cash=tuple(x for x in lines if x is not None))

    return changed


def amount(factor: float) -> Callable[[Cash], Cash]:
    return lambda line: replace(line, amount=line.amount * factor, amount_paid=line.amount_paid * factor)


def base(factor: float) -> Callable[[Cash], Cash]:
    return lambda line: replace(line, amount=line.amount * factor)


def moved(day: date, node: str) -> Callable[[Cash], Cash]:
    return lambda line: replace(line, day=day, node=node)


def gone(line: Cash) -> None:
    return None


def measure(name: str, value: float) -> Change:
    return lambda plan: replace(plan, measures={**plan.measures, name: value})


def output(n: int, **changes: Any) -> Change:
    return lambda plan: replace(plan, output=tuple(replace(x, **changes) if i == n else x for i, x in enumerate(plan.output)))


def short(n: int, **changes: Any) -> Change:
    return lambda plan: replace(plan, shortage=tuple(replace(x, **changes) if i == n else x for i, x in enumerate(plan.shortage)))


def node(n: int, **changes: Any) -> Change:
    return lambda plan: replace(plan, nodes=tuple(replace(x, **changes) if i == n else x for i, x in enumerate(plan.nodes)))


def future(**changes: Any) -> Change:
    return lambda plan: replace(plan, futures=(replace(plan.futures[0], **changes),))


STATED: list[tuple[str, set[str], Change]] = [
    # arrival: one step forgotten, the rest of the chain as it would then be stated
    ("lead time forgotten", {"dates"}, order(LINES, ships=date(2026, 5, 1))),
    ("de-install time forgotten", {"dates"}, order(LINES, ships=date(2026, 7, 1))),
    ("shipped at the start of its period", {"dates"}, order(PRINTERS, ships=date(2026, 10, 1))),
    ("transit forgotten", {"dates"}, order(LINES, enters=date(2026, 8, 1))),
    ("site not ready, installed anyway", {"dates"}, order(LINES, effective=date(2026, 11, 1))),
    ("installation forgotten", {"dates"}, order(PRINTERS, effective=date(2026, 12, 1))),
    ("acceptance forgotten", {"dates"}, order(LINES, effective=date(2026, 11, 1))),
    ("months of thirty days", {"dates"}, order(LINES, effective=date(2026, 11, 30))),
    ("ordered on another day", {"dates"}, order(LINES, ordered=date(2026, 4, 2))),
    # price
    ("escalation forgotten", {"price"}, order(LINES, price=140.0)),
    ("price fixed on the day of order", {"price"}, order(LINES, price=1000 * 1.06 ** (3 / 12) * 0.14)),
    ("price fixed on the day of shipment", {"price"}, order(LINES, price=1000 * 1.06 ** (7 / 12) * 0.14)),
    ("rate of the day of shipment", {"price"}, order(LINES, price=PRICE * 0.15)),
    ("price is not a number", {"price"}, order(LINES, price=float("nan"))),
    # every payment
    ("vetting unpaid", {"cash"}, cash("vetting", gone, "")),
    ("vetting paid at its end", {"cash"}, cash("vetting", moved(date(2026, 4, 1), "2026-Q2"), "")),
    ("signing unpaid", {"cash"}, cash("signing", gone, "")),
    ("signing in EUR taken for USD", {"cash"}, cash("signing", base(1 / 1.2), "", supplier="bolt")),
    ("qualification unpaid", {"cash"}, cash("qualification", gone, "")),
    ("order fee unpaid", {"cash"}, cash("order fee", gone, "")),
    ("order fee for each line", {"cash"}, cash("order fee", amount(2), "")),
    ("deposit unpaid", {"cash"}, cash("order", gone)),
    ("deposit for one line", {"cash"}, cash("order", amount(0.5))),
    ("factory test unpaid", {"cash"}, cash("fat", gone)),
    ("factory test named shipment", {"cash"}, cash("fat", lambda x: replace(x, kind="shipment"))),
    ("shipment unpaid", {"cash"}, cash("shipment", gone)),
    ("shipment at the rate of the order", {"cash"}, cash("shipment", base(0.14 / 0.15))),
    ("arrival unpaid", {"cash"}, cash("arrival", gone)),
    ("arrival paid on shipment", {"cash"}, cash("arrival", moved(date(2026, 8, 1), "2026-Q3"))),
    ("acceptance unpaid", {"cash"}, cash("acceptance", gone)),
    ("acceptance paid when built", {"cash"}, cash("acceptance", moved(date(2026, 11, 1), "2026-Q4"))),
    ("retention unpaid", {"cash"}, cash("retention", gone)),
    ("retention counted from arrival", {"cash"}, cash("retention", moved(date(2027, 9, 1), "2027-Q2"))),
    ("retention at the rate of acceptance", {"cash"}, cash("retention", base(0.15 / 0.16))),
    ("freight unpaid", {"cash"}, cash("freight", gone)),
    ("freight paid on arrival", {"cash"}, cash("freight", moved(date(2026, 9, 1), "2026-Q3"))),
    ("freight of a delivered printer", {"cash"}, lambda p: replace(p, cash=(*p.cash, replace(
        CASH[14], node="2026-Q4", day=date(2026, 11, 1), kind="freight", amount=8.0, amount_paid=8.0)))),
    ("duty unpaid", {"cash"}, cash("duty", gone)),
    ("duty of the day of shipment", {"cash"}, cash("duty", lambda x: replace(
        x, amount=0.2 * TWO * 0.15, amount_paid=0.2 * TWO * 0.15))),
    ("duty not on freight", {"cash"}, cash("duty", lambda x: replace(x, amount=0.3 * TWO * 0.15, amount_paid=0.3 * TWO * 0.15))),
    ("duty dated on shipment", {"cash"}, cash("duty", moved(date(2026, 8, 1), "2026-Q3"))),
    ("duty paid amount in no currency", {"cash"}, cash("duty", lambda x: replace(x, currency="JPY"))),
    ("storage unpaid", {"cash"}, cash("storage", gone)),
    ("storage of one line", {"cash"}, cash("storage", amount(0.5))),
    ("contract unpaid", {"cash"}, cash("acceptance", gone, "printer", "first", "bolt")),
    ("contract taken for an order", {"cash"},
     cash("acceptance", lambda x: replace(x, commitment=""), "printer", "first", "bolt")),
    ("contract without its maker", {"cash"}, cash("acceptance", lambda x: replace(x, supplier=""), "printer", "first", "bolt")),
    ("contract at the price of the offer", {"cash"}, cash("acceptance", amount(30 / 25), "printer", "first", "bolt")),
    ("sunk deposit paid again", {"cash"}, lambda p: replace(p, cash=(*p.cash, replace(
        CASH[16], node="root", day=date(2025, 12, 1), kind="order", amount=5.0, amount_paid=5.0)))),
    ("paid at another site", {"cash"}, cash("storage", lambda x: replace(x, site="de"))),
    ("amount in the other currency wrong", {"cash"}, cash("shipment", lambda x: replace(x, amount_paid=x.amount))),
    ("two cents too much", {"cash"}, cash("storage", lambda x: replace(x, amount=x.amount + 2e-5))),
    ("payment that is not a number", {"cash"}, cash("storage", lambda x: replace(x, amount=float("nan")))),
    ("payment at another node", {"node"}, cash("storage", lambda x: replace(x, node="2026-Q3"))),
    ("payment after the horizon at its own period", {"node"}, cash("retention", lambda x: replace(x, node="2027-Q4"))),
    # measures
    ("cash not discounted", {"measures"}, measure("cash_cost", sum(line.amount for line in CASH))),
    ("cash after the horizon forgotten", {"measures"}, measure("cash_cost", CASH_COST)),
    ("shortage after the horizon forgotten", {"measures"}, measure("shortage_cost", SHORT_INSIDE)),
    ("shortage not discounted", {"measures"}, measure("shortage_cost", 75.0 + 200.0)),
    ("surplus forgotten", {"measures"}, measure("surplus_cost", 0.0)),
    ("surplus after the horizon forgotten", {"measures"}, measure("surplus_cost", SURPLUS_INSIDE)),
    ("everything inside", {"measures"}, measure("cost_inside", COST)),
    ("nothing after", {"measures"}, measure("cost_after", 0.0)),
    ("shortage by month", {"measures"}, measure("shortage", 900.0)),
    ("shortage after for two years", {"measures"}, measure("shortage_after", 400.0)),
    ("spend with the contract of 2025", {"measures"}, measure("spend", TWO * 0.14 + 60 + 25)),
    ("spend at the rate of shipment", {"measures"}, measure("spend", TWO * 0.15 + 60)),
    ("cost too low", {"measures"}, measure("expected_cost", COST - 0.1)),
    ("cost is not a number", {"measures"}, measure("expected_cost", float("nan"))),
    ("a measure is missing", {"measures"}, lambda p: replace(p, measures={k: v for k, v in p.measures.items() if k != "spend"})),
    ("mean of the worst too low", {"measures"}, measure("cvar_cost", COST - 0.1)),
    ("worst too low", {"measures"}, measure("worst_cost", 0.0)),
    ("weighted cost missing", {"measures"}, lambda p: replace(
        p, measures={k: v for k, v in p.measures.items() if k != "weighted_cost"})),
    # nodes and futures
    ("a node left out", {"nodes"}, lambda p: replace(p, nodes=p.nodes[:-1])),
    ("a node too many", {"nodes"}, lambda p: replace(p, nodes=(*p.nodes, PlanNode("2027-Q3", "2027-Q2", "2027-Q3", 1.0)))),
    ("a node twice", {"nodes"}, lambda p: replace(p, nodes=(*p.nodes, p.nodes[0]))),
    ("a node of another parent", {"nodes"}, node(3, parent="root")),
    ("a node of another period", {"nodes"}, node(3, period="2026-Q3")),
    ("a node unsure", {"nodes"}, node(3, probability=1 - 1e-11)),
    ("something cut", {"cut mass"}, lambda p: replace(p, cut_mass=1e-9)),
    ("no future", {"futures"}, lambda p: replace(p, futures=())),
    ("a future too many", {"futures"}, lambda p: replace(p, futures=(*p.futures, replace(p.futures[0], node="2027-Q1")))),
    ("a future twice", {"futures"}, lambda p: replace(p, futures=(*p.futures, p.futures[0]))),
    ("a future of another name", {"futures"}, future(name="all is well")),
    ("a future unsure", {"futures"}, future(probability=0.9)),
    ("a future too cheap", {"futures"}, future(cost=COST - 0.1)),
    ("a future that pays less", {"futures"}, future(cash_cost=CASH_COST)),
    ("a future without shortage", {"futures"}, future(shortage=0.0)),
    ("shortage of a future for nothing", {"futures"}, future(shortage_cost=0.0)),
    ("surplus of a future for nothing", {"futures"}, future(surplus_cost=0.0)),
    # output and shortage
    ("shortage hidden", {"shortage"}, short(0, mw=0.0)),
    ("shortage left out", {"shortage"}, lambda p: replace(p, shortage=p.shortage[1:])),
    ("shortage invented", {"shortage"}, short(1, mw=10.0)),
    ("target lowered", {"shortage"}, short(2, target=200.0)),
    ("shortage of nobody", {"ids"}, lambda p: replace(p, shortage=(*p.shortage, replace(p.shortage[1], demand="none")))),
    ("shortage at another node", {"node"}, short(1, node="root")),
    ("shortage said twice", {"twice"}, lambda p: replace(p, shortage=(*p.shortage, p.shortage[1]))),
    ("output at another node", {"node"}, output(0, node="root")),
    ("output of an unknown route", {"ids", "shortage", "cheapest", "measures", "futures", "objective", "bound"},
     output(0, route="none")),
    ("idle order that is none", {"idle"}, lambda p: replace(p, idle=(replace(LINES, units=1.0),))),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "change"), [pytest.param(*fault[1:], id=fault[0]) for fault in STATED])
def test_a_wrong_statement_is_caught_by_its_rule(rules: set[str], change: Change) -> None:
    bound = COST if "bound" not in rules else COST + 1000
    assert rules_of(change(PLAN), bound=bound) == rules


# --- faults in what is decided ----------------------------------------------------------------------------------------


def add(part: str, *items: Any) -> Change:
    return lambda plan: replace(plan, **{part: (*getattr(plan, part), *items)})


def without(part: str, n: int) -> Change:
    return lambda plan: replace(plan, **{part: tuple(x for i, x in enumerate(getattr(plan, part)) if i != n)})


MORE = replace(PRINTERS, units=4.0, order_period="2027-Q1", ship_period="2027-Q1", node="2027-Q1")
DECIDED: list[tuple[str, str, Change]] = [
    ("a line more than the slots", "slots", order(LINES, units=3.0)),
    ("one printer", "min order", order(PRINTERS, units=1.0)),
    ("half a printer more", "whole units", order(PRINTERS, units=2.5)),
    ("printers when forbidden", "forbid", order(PRINTERS, order_period="2026-Q2", ship_period="2026-Q2", node="2026-Q2")),
    ("lines after the offer has ended", "valid", order(LINES, order_period="2026-Q3", ship_period="2026-Q4", node="2026-Q3")),
    ("lines before the signing", "signing", order(LINES, order_period="2026-Q1", node="root")),
    ("printers without any signing", "signing", without("signings", 0)),
    ("signed before vetting is done", "vetting",
     lambda p: replace(p, signings=(p.signings[0], Signing("root", "acme", "2026-Q1")))),
    ("signed without vetting", "vetting", without("vetting", 0)),
    ("vetting that nobody needs", "vetting", add("vetting", Vetting("root", "bolt", "2026-Q1"))),
    ("two teams at work", "teams", add("vetting", Vetting("root", "cole", "2026-Q1"))),
    ("vetted twice", "twice", add("vetting", Vetting("2026-Q3", "acme", "2026-Q3"))),
    ("signed twice", "twice", add("signings", Signing("2026-Q3", "bolt", "2026-Q3"))),
    ("ordered twice", "twice", add("orders", PRINTERS)),
    ("three makers", "supplier count", add("signings", Signing("2026-Q4", "cole", "2026-Q4"))),
    ("too little of the second maker", "supplier count", without("orders", 1)),
    ("share of spend", "exposure", without("orders", 1)),
    ("shipped before it can be", "shipment", order(PRINTERS, ship_period="2026-Q3")),
    ("shipped too long after", "shipment", order(LINES, ship_period="2027-Q1")),
    ("in service after the horizon", "service", add("orders", replace(MORE, order_period="2027-Q2", ship_period="2027-Q2"))),
    ("ready after the horizon", "shipment", add("orders", replace(LINES, order_period="2027-Q2", ship_period="2027-Q2"))),
    ("too many at once in the building", "installation",
     add("orders", replace(PRINTERS, units=4.0, order_period="2026-Q3", ship_period="2026-Q4"))),
    ("bought for a site without demand", "offered", order(PRINTERS, site="store")),
    ("bought from somebody else", "offered", order(PRINTERS, supplier="acme")),
    ("more lines than pinned", "pins", order(LINES, units=1.0)),
    ("vetted later than pinned", "pins", lambda p: replace(p, vetting=(Vetting("2026-Q2", "acme", "2026-Q2"),))),
    ("not signed as pinned", "pins", without("signings", 0)),
    ("an unknown offer", "ids", order(PRINTERS, offer="none")),
    ("an unknown site", "ids", order(PRINTERS, site="none")),
    ("an unknown supplier", "ids", add("signings", Signing("root", "none", "2026-Q1"))),
    ("an unknown period", "ids", order(PRINTERS, order_period="2028-Q1")),
    ("an unknown shipment period", "ids", order(PRINTERS, ship_period="2026-10")),
    ("no units at all", "ids", order(PRINTERS, units=0.0)),
    ("units that are not a number", "ids", order(PRINTERS, units=float("nan"))),
    ("decided at another node", "node", order(PRINTERS, node="root")),
    ("vetted at another node", "node", lambda p: replace(p, vetting=(Vetting("2026-Q1", "acme", "2026-Q1"),))),
    ("run above the installed steps", "steps", output(1, mw=250.0)),
    ("run in the ramp as if at full rate", "steps", output(0, mw=200.0)),
    ("run before acceptance", "steps", add("output", Output("2026-Q4", "2026-Q4", "hjt", "us", 100.0))),
    ("run before the site is ready", "site", add("output", Output("root", "2026-Q1", "hjt", "us", 10.0))),
    ("run above the site's limit", "site", output(1, mw=301.0)),
    ("run where nothing stands", "steps", output(1, site="de")),
    ("run for nobody", "route", output(1, site="store")),
    ("run on a route below the least efficiency", "route", output(0, route="old")),
    ("run backwards", "route", add("output", Output("2026-Q4", "2026-Q4", "hjt", "us", -5.0))),
    ("run twice", "twice", add("output", PLAN.output[0])),
    ("run less than is needed", "cheapest", output(1, mw=150.0)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*fault[1:], id=fault[0]) for fault in DECIDED])
def test_a_wrong_decision_is_caught_by_its_rule(rule: str, change: Change) -> None:
    assert rule in rules_of(change(PLAN), objective=None, bound=None)


# --- a plan made as if a rule of the scenario were not there -----------------------------------------------------------


def part(*path: Any, **values: Any) -> Callable[[dict[str, Any]], None]:
    def changed(document: dict[str, Any]) -> None:
        for key in path:
            document = document[key]
        document.update(values)

    return changed


LINE, PRINTER, ACME, BOLT, US, POLICY = (
    ("offers", 0),
    ("offers", 1),
    ("suppliers", 0),
    ("suppliers", 1),
    ("sites", 0),
    ("policy",),
)
IGNORED: list[tuple[str, str, Callable[[dict[str, Any]], None]]] = [
    ("longer lead time", "dates", part(*LINE, lead_time="4 months")),
    ("longer de-install time", "dates", part(*LINE, deinstall_time="5 weeks")),
    ("longer transit", "dates", part(*LINE, transit_time="6 weeks")),
    ("later site", "dates", part(*US, ready="2026-10-15")),
    ("longer installation", "dates", part(*US, install_time="2 months")),
    ("installation time of the offer", "dates", part(*PRINTER, install_time="6 weeks")),
    ("longer acceptance", "dates", part(*US, acceptance_time="5 weeks")),
    ("longer qualification", "steps",
     part(*ACME, process_qualification={"print": {"duration": "2 months"}, "coat": {"duration": "2 months"}})),
    ("slower ramp", "steps", part(*LINE, ramp={"months": [3, 6], "share": [0.4, 0.9]})),
    ("smaller units", "steps", part(*LINE, covers={"coat": 90, "print": 100})),
    ("contract without its capacity", "measures", part("commitments", 1, counts=["cash", "exposure"])),
    ("contract waived", "cash", part("commitments", 1, counts=["slots"])),
    ("contract of an older price", "cash",
     part("commitments", 1, price={"amount": 25, "escalation": 0.1, "as_of": "2025-01-01"})),
    ("waived qualification", "cash", part(*ACME, process_qualification={"print": {"cost": 7, "qualified": True}})),
    ("shorter price hold", "price", part(*LINE, price_hold="0 days")),
    ("price of another day", "price",
     part(*LINE, price={"amount": 1000, "currency": "CNY", "escalation": 0.06, "as_of": "2025-01-01"})),
    ("price of the site", "price", part(*PRINTER, price={"amount": 30, "by_site": {"us": 33}})),
    ("freight included", "cash", part(*LINE, incoterm={"rule": "CIF"})),
    ("duty included", "cash", part(*LINE, incoterm={"rule": "DDP"})),
    ("duty of another origin", "cash", part(*LINE, origin="VN")),
    ("duty not for these goods", "cash", part("duties", 1, tags=["cells"])),
    ("duty not yet in force", "cash", part("duties", 1, starts="2026-09-02")),
    ("duty already over", "cash", part("duties", 1, ends="2026-09-01")),
    ("duty replaced", "cash", part("duties", 1, replaces=["base"])),
    ("another discount rate", "measures", part("money", discount_rate=0.11)),
    ("a longer repetition", "measures", part("demand", 0, continues="2 years")),
    ("shortage priced per GW", "measures", part("demand", 0, shortage_cost={"amount": 1, "per": "GW-year"})),
    ("shortage priced in EUR", "measures", part("demand", 0, shortage_cost={"amount": 1, "per": "MW-year", "currency": "EUR"})),
    ("a higher target", "shortage", part("demand", 0, target_mw={"2026-Q4": 110, "2027-Q2": 400})),
    ("a target that rises in between", "shortage",
     part("demand", 0, target_mw={"2026-Q4": 100, "2027-Q2": 400, "interpolate": "linear"})),
    ("a target from a load", "shortage", lambda d: (d["demand"][0].pop("target_mw"), d["demand"][0].update(
        data_centre={"load_mw": 40, "load_factor": 0.8, "capacity_factor": 0.25, "dc_ac_ratio": 1.2}))[1]),
    ("hard demand", "demand", lambda d: (d["demand"][0].pop("shortage_cost"), d["demand"][0].update(hard=True))[1]),
    ("a smaller site", "site", part(*US, capacity_mw=150)),
    ("fewer slots", "slots", part(*ACME, slots={"per": "quarter", "2026": 2})),
    ("slots of a later key", "slots", part(*ACME, slots={"per": "quarter", "2026-Q4": 9})),
    ("slots by month", "slots", part(*ACME, slots={"per": "month", "2026-07": 0, "2026-08": 2, "2026-09": 0})),
    ("greedier rivals", "slots", part(*ACME, rival_claims={"share": 0.7, "per": "quarter"})),
    ("more slots per unit", "slots", part(*LINE, slot_use=1.5)),
    ("slots of the offer", "slots", part(*LINE, slots={"per": "year", "2026": 2})),
    ("slots of a named resource", "slots", lambda d: (
        d["offers"][0].update(resources=[{"resource": "glass", "units": 2}]),
        d.update(resources=[{"id": "glass", "slots": {"per": "half-year", "2026": 5}}]))[1]),
    ("units there are in all", "slots", part(*PRINTER, available_units=2)),
    ("a larger least order", "min order", part(*PRINTER, min_order=3)),
    ("an offer for other sites", "offered", part(*PRINTER, sites=["de"])),
    ("an offer not yet valid", "valid", part(*PRINTER, valid={"from": "2026-10-02"})),
    ("earlier limit of ordering ahead", "shipment", part(*LINE, lead_time="1 month", order_ahead="0 days")),
    ("longer vetting", "vetting", part(*ACME, vetting={"duration": "14 weeks", "cost": 5})),
    ("no team yet", "teams", part(*POLICY, vetting_teams={"teams": {"2026-Q1": 0, "2026-Q2": 1}})),
    ("a better cell wanted", "efficiency", part(*POLICY, min_cell_efficiency=0.251)),
    ("maker sanctioned by name", "sanctioned", part(*POLICY, sanctioned=["ACME vacuum"])),
    ("maker sanctioned by id", "sanctioned", part(*POLICY, sanctioned=["Bolt"])),
    ("maker forbidden", "forbid", part(*POLICY, forbid=[{"supplier": "bolt"}])),
    ("maker forbidden when signed", "forbid", part(*POLICY, forbid=[{"supplier": "bolt", "period": "2026-Q1"}])),
    ("country forbidden", "forbid", part(*POLICY, forbid=[{"country": "CN", "period": "2026-05-02"}])),
    ("offer forbidden", "forbid", part(*POLICY, forbid=[{"offer": "line"}])),
    ("no approval in that period", "approvals", part(*POLICY, approvals={"sign": ["2026-03-31"], "above": 200})),
    ("one maker only", "supplier count", part(*POLICY, max_suppliers=1)),
    ("a greater weight", "supplier count", part(*POLICY, min_share=0.25)),
    ("three makers of weight", "supplier count", part(*POLICY, min_suppliers=3)),
    ("budget before the deposit", "budget", part(*POLICY, budget={"per": "fiscal-year", "2025": 7.3})),
    ("budget of the main year", "budget", part(*POLICY, budget={"per": "fiscal-year", "2026": 400})),
    ("budget after the horizon", "budget", part(*POLICY, budget={"per": "fiscal-year", "2027": 30})),
    ("most of a country", "exposure", part(*POLICY, max_country_share={"CN": 0.77})),
    ("most of a country, early", "exposure", part(*POLICY, max_country_share={"CN": {"total": 0.8, "from": "2026-07-01"}})),
    ("most of a country by step", "exposure", part(*POLICY, max_country_share={"CN": {"steps": {"print": 0.3}}})),
    ("least of a country", "exposure", part(*POLICY, min_country_share={"JP": 0.23})),
    ("most of a maker", "exposure", part(*POLICY, max_supplier_share={"bolt": 0.22})),
    ("least of a maker by step", "exposure", part(*POLICY, min_supplier_share={"bolt": {"steps": {"coat": 0.1}}})),
    ("most of a group", "exposure", part(*POLICY, groups={"both": ["acme", "bolt"]}, max_group_share={"both": 0.99})),
    ("least of a group", "exposure", part(*POLICY, groups={"few": ["bolt", "cole"]}, min_group_share={"few": 0.3})),
    ("pinned vetting", "pins", part(*POLICY, pins=[{"vet": "acme", "period": "2026-Q2"}])),
    ("pinned signing", "pins", part(*POLICY, pins=[{"sign": "cole"}])),
    ("pinned signing in another period", "pins", part(*POLICY, pins=[{"sign": "acme", "period": "2026-07-15"}])),
    ("pinned order", "pins", part(*POLICY, pins=[{"order": "printer", "units": 3}])),
    ("pinned shipment", "pins", part(*POLICY, pins=[{"order": "printer", "ships": "2027-Q1", "units": 2}])),
    ("pinned order at another site", "pins", part(*POLICY, pins=[{"order": "line", "site": "de", "units": 2}])),
    ("order pinned to nothing", "pins", part(*POLICY, pins=[{"order": "printer", "units": 0}])),
    ("fewer places at the site", "installation", part(*US, install_limit={"units": 2})),
    ("fewer places from a day on", "installation", part(*US, install_limit={"units": {"2026-01-01": 3, "2026-10-20": 2}})),
    ("a reserve without the maker", "resilience",
     part(*POLICY, resilience=[{"supplier": "acme", "from": "2026-04-01", "share": 0.5}])),
    ("a reserve without the country", "resilience",
     part(*POLICY, resilience=[{"country": "CN", "from": "2026-08-01", "share": 0.1}])),
    ("a limit on the worst futures", "tail limit", part(*POLICY, max_cvar_cost=COST - 0.1)),
    ("smaller crew of the maker", "installation", part(*ACME, install_limit={"units": 1})),
    ("more places per unit", "installation", part(*LINE, install_use=1.5)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*fault[1:], id=fault[0]) for fault in IGNORED])
def test_a_plan_that_ignores_the_scenario_is_caught_by_the_rule(rule: str, change: Callable[[dict[str, Any]], None]) -> None:
    document = deepcopy(DOCUMENT)
    change(document)
    assert rule in rules_of(PLAN, document, None, None)


@pytest.mark.parametrize(
    ("objective", "bound", "minimise", "rules"),
    [
        (COST, COST, "expected_cost", set()),
        (None, None, "expected_cost", set()),
        (COST - 0.01, None, "expected_cost", {"objective"}),
        (float("nan"), None, "expected_cost", {"objective"}),
        (COST, COST + 0.01, "expected_cost", {"bound"}),
        (COST, float("nan"), "expected_cost", {"bound"}),
        (COST, float("-inf"), "expected_cost", set()),
        (75.0, 70.0, "shortage", set()),
        (COST, 70.0, "shortage", {"objective"}),
        (COST, COST, "happiness", {"objective"}),
    ],
)
def test_objective_and_bound(objective: float | None, bound: float | None, minimise: str, rules: set[str]) -> None:
    verdict = audit(Scenario.model_validate(DOCUMENT), PLAN, objective, bound, minimise)
    assert {finding.rule for finding in verdict.findings} == rules


def test_ramp_first_wants_the_least_shortage_even_where_it_is_free() -> None:
    document = deepcopy(DOCUMENT)
    document["demand"][0]["shortage_cost"]["amount"] = {"2028": 1}
    lazy = replace(
        PLAN, output=(), shortage=(PLAN.shortage[0], replace(PLAN.shortage[1], mw=100.0), replace(PLAN.shortage[2], mw=400.0))
    )
    assert "cheapest" not in rules_of(lazy, document, None, None)
    document["policy"]["first"] = "ramp"
    assert "cheapest" in rules_of(lazy, document, None, None)


def test_a_finding_says_where_and_by_how_much() -> None:
    verdict = audit(Scenario.model_validate(DOCUMENT), output(1, mw=250.0)(PLAN), None, None)
    (found,) = [finding for finding in verdict.findings if finding.rule == "steps"]
    assert (found.place, found.left, found.right, found.excess) == ("step coat at us, 2027-Q2", 250.0, 200.0, 50.0)


def test_every_rule_has_a_fault() -> None:
    told = {"objective", "bound"}.union(*(fault[1] for fault in STATED))
    told |= {fault[1] for fault in (*DECIDED, *IGNORED)}
    assert told == set(RULES)
