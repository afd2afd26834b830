"""A plan for two futures, stated in full, and every fault of the tree planted in it; and that large trees are audited fast.

Maker m sells a tool of 100 MW for 100, three months from order to service; one is ordered at once and one at each node of
the second quarter. The news of that quarter (2026-04-01, chance 1/4) costs: prices half more, duty a fifth more, half the
output, a month's delay, and the target doubles.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from planner.plan.audit import Purchase, TreeDecisions, audit, evaluate_tree
from planner.plan.plan import Cash, Order, Plan
from planner.scenario.scenario import Scenario
from tests.plan.stating import tree_plan

Part = dict[str, Any]
NEWS = "/news@2026-Q2"
DOCUMENT: Part = {
    "format": 1, "title": "faults", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
    "money": {"currency": "USD", "discount_rate": 0.1}, "routes": {"r": {"steps": ["coat"]}},
    "sites": [{"id": "s", "country": "US"}],
    "demand": [{"id": "d", "sites": ["s"], "target_mw": 100, "shortage_cost": {"amount": 1, "per": "MW-year"}}],
    "suppliers": [{"id": "m", "country": "CN", "signing_fee": 5}],
    "offers": [{"id": "tool", "supplier": "m", "covers": {"coat": 100}, "price": 100, "lead_time": "3 months",
                "payment": {"order": 0.5, "arrival": 0.5}}],
    "shocks": [{"id": "news", "date": "2026-04-01", "probability": 0.25, "price_factor": 1.5, "duty_added": 0.2,
                "output_factor": 0.5, "delay": "1 month", "target_factor": 2.0}],
}  # fmt: skip
SCENARIO = Scenario.model_validate(DOCUMENT)
LATER = Purchase("tool", "s", 1, 2, 1.0)
DECISIONS = TreeDecisions(
    (),
    (("m", "root"),),
    (("root", Purchase("tool", "s", 0, 1, 1.0)), ("2026-Q2", LATER), ("2026-Q2" + NEWS, LATER)),
)
PLAN = tree_plan(SCENARIO, DECISIONS)
COST = PLAN.measures["expected_cost"]
Change = Callable[[Plan], Plan]


def rules_of(plan: Plan, document: Part = DOCUMENT) -> set[str]:
    return {finding.rule for finding in audit(Scenario.model_validate(document), plan, COST, COST).findings}


def test_the_plan_is_accepted() -> None:
    """The first tool was due on 04-01: with the news it is there a month later and pays duty; the second is due on 07-01."""
    assert rules_of(PLAN) == set()
    first, calm, dear = PLAN.orders
    assert (first.ships, first.effective) == (date(2026, 4, 1), date(2026, 4, 1))  # as known when it was ordered
    assert (calm.price, calm.effective) == (100, date(2026, 7, 1))
    assert (dear.price, dear.ships) == (pytest.approx(150), date(2026, 8, 1))
    rows = {(x.node, x.kind, x.day.isoformat()): x.amount for x in PLAN.cash}
    assert rows == {
        ("root", "signing", "2026-01-01"): 5, ("root", "order", "2026-01-01"): 50,
        ("2026-Q2", "arrival", "2026-04-01"): 50, ("2026-Q2", "order", "2026-04-01"): 50,
        ("2026-Q3", "arrival", "2026-07-01"): 50,
        ("2026-Q2" + NEWS, "arrival", "2026-05-01"): 50, ("2026-Q2" + NEWS, "duty", "2026-05-01"): pytest.approx(20),
        ("2026-Q2" + NEWS, "order", "2026-04-01"): pytest.approx(75),
        ("2026-Q3" + NEWS, "arrival", "2026-08-01"): pytest.approx(75),
        ("2026-Q3" + NEWS, "duty", "2026-08-01"): pytest.approx(30),
    }  # fmt: skip
    assert [(x.node, x.mw) for x in PLAN.output] == [
        ("root", 0), ("2026-Q2", 100), ("2026-Q3", 200), ("2026-Q4", 200),
        ("2026-Q2" + NEWS, 0), ("2026-Q3" + NEWS, 50), ("2026-Q4" + NEWS, 100),
    ]  # fmt: skip


def changed(part: str, fits: Callable[[Any], bool], **changes: Any) -> Change:
    """The plan with the items that fit changed; there must be some."""

    def change(plan: Plan) -> Plan:
        assert any(fits(item) for item in getattr(plan, part))
        items = (replace(item, **changes) if fits(item) else item for item in getattr(plan, part))
        return replace(plan, **{part: tuple(items)})

    return change


def at(node: str) -> Callable[[Any], bool]:
    return lambda item: item.node == node


def less(part: str, fits: Callable[[Any], bool]) -> Change:
    return lambda plan: replace(plan, **{part: tuple(item for item in getattr(plan, part) if not fits(item))})


def more(part: str, *items: Any) -> Change:
    return lambda plan: replace(plan, **{part: (*getattr(plan, part), *items)})


def second(node: str) -> Callable[[Order], bool]:
    return lambda order: order.node == node and order.order_period == "2026-Q2"


def pay(node: str, kind: str) -> Callable[[Cash], bool]:
    return lambda cash: cash.node == node and cash.kind == kind


SIGNING = next(x for x in PLAN.cash if x.kind == "signing")
STATED: list[tuple[str, set[str], Change]] = [
    ("a node forgotten", {"nodes"}, less("nodes", at("2026-Q3" + NEWS))),
    ("a node under another", {"nodes"}, changed("nodes", at("2026-Q3" + NEWS), parent="2026-Q2")),
    ("a chance rounded", {"nodes"}, changed("nodes", at("2026-Q3" + NEWS), probability=0.25 + 2e-12)),
    ("a node renamed", {"nodes"}, changed("nodes", at("2026-Q3" + NEWS), node="2026-Q3/news@2026-Q3")),
    ("no news said", {"nodes"}, changed("nodes", at("2026-Q2" + NEWS), news="")),
    ("old news said again", {"nodes"}, changed("nodes", at("2026-Q3" + NEWS), news="news")),
    ("mass cut", {"cut mass"}, lambda p: replace(p, cut_mass=0.1)),
    ("a future forgotten", {"futures"}, less("futures", at("2026-Q4" + NEWS))),
    ("a future renamed", {"futures"}, changed("futures", at("2026-Q4" + NEWS), name="news")),
    ("a future cheaper", {"futures"}, changed("futures", at("2026-Q4" + NEWS), cost=PLAN.futures[1].cost - 1)),
    ("futures of the same chance", {"futures"}, changed("futures", lambda x: True, probability=0.5)),
    ("order dates as they turn out", {"dates"}, changed("orders", at("root"), ships=date(2026, 5, 1))),
    ("the price without the news", {"price"}, changed("orders", second("2026-Q2" + NEWS), price=100.0)),
    ("the price with the news", {"price"}, changed("orders", second("2026-Q2"), price=150.0)),
    ("a shared payment at every leaf", {"cash"}, more("cash", SIGNING)),
    ("a payment at the sister node", {"cash"}, changed("cash", pay("2026-Q2", "order"), node="2026-Q2" + NEWS)),
    ("a payment at the node of the order", {"node", "cash"},
     changed("cash", pay("2026-Q3" + NEWS, "arrival"), node="2026-Q2" + NEWS)),
    ("a payment at a node nobody knows", {"node", "cash"}, changed("cash", pay("2026-Q3" + NEWS, "arrival"), node="2026-Q3/x")),
    ("a payment known too early", {"cash"}, changed("cash", pay("2026-Q2", "arrival"), day=date(2026, 5, 1))),
    ("a payment of one future forgotten", {"cash"}, less("cash", pay("2026-Q3" + NEWS, "duty"))),
    ("targets the news doubled", {"shortage"}, changed("shortage", at("2026-Q3" + NEWS), target=100.0)),
    ("a shortage of one future hidden", {"shortage"}, less("shortage", at("2026-Q3" + NEWS))),
    ("a shortage at another node", {"node", "shortage", "twice"}, changed("shortage", at("2026-Q3" + NEWS), node="2026-Q2")),
    ("the mean of the worst", {"measures"}, lambda p: replace(p, measures={**p.measures, "cvar_cost": COST})),
    ("the dearest", {"measures"}, lambda p: replace(p, measures={**p.measures, "worst_cost": COST})),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "change"), [pytest.param(*fault[1:], id=fault[0]) for fault in STATED])
def test_a_wrong_statement_is_caught(rules: set[str], change: Change) -> None:
    assert rules_of(change(PLAN)) == rules


DECIDED: list[tuple[str, str, Change]] = [
    ("an order at a node nobody knows", "node", changed("orders", second("2026-Q2"), node="2026-Q2/x")),
    ("an order at a node of another period", "node", changed("orders", second("2026-Q2"), node="2026-Q3")),
    ("the same order twice in one future", "twice", more("orders", PLAN.orders[1])),
    ("an order of one future missing", "futures", less("orders", second("2026-Q2" + NEWS))),
    ("signed in one future only", "signing", lambda p: replace(p, signings=(replace(
        p.signings[0], node="2026-Q2", period="2026-Q2"),))),
    ("signed before and again after the news", "twice", more("signings", replace(
        PLAN.signings[0], node="2026-Q2" + NEWS, period="2026-Q2"))),
    ("run as if nothing had happened", "steps", changed("output", at("2026-Q3" + NEWS), mw=100.0)),
    ("run less than possible in one future", "cheapest", changed("output", at("2026-Q3" + NEWS), mw=10.0)),
    ("run twice at a node", "twice", more("output", next(x for x in PLAN.output if x.node == "2026-Q3" + NEWS))),
    ("run at the node of a sister", "steps", changed("output", at("2026-Q2"), node="2026-Q2" + NEWS)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*fault[1:], id=fault[0]) for fault in DECIDED])
def test_a_wrong_decision_is_caught(rule: str, change: Change) -> None:
    assert rule in rules_of(change(PLAN))


def shocked(**changes: Any) -> Part:
    return {**DOCUMENT, "shocks": [{**DOCUMENT["shocks"][0], **changes}]}


IGNORED: list[tuple[str, str, Part]] = [
    ("another chance", "nodes", shocked(probability=0.3)),
    ("another day", "dates", shocked(date="2026-07-01")),
    ("a longer delay", "dates", shocked(delay="2 months")),
    ("a higher price", "price", shocked(price_factor=1.6)),
    ("more duty", "cash", shocked(duty_added=0.3)),
    ("duty under DDP", "cash", {**DOCUMENT, "offers": [{**DOCUMENT["offers"][0], "incoterm": {"rule": "DDP"}}]}),
    ("less output", "steps", shocked(output_factor=0.4)),
    ("a smaller target", "shortage", shocked(target_factor=1.5)),
    ("a stop", "cash", shocked(shipments="stopped", lasts="4 months")),
    ("a stop for good", "steps", shocked(shipments="stopped")),
    ("fewer slots", "slots", {**shocked(slots_factor=0.4), "offers": [
        {**DOCUMENT["offers"][0], "slots": {"per": "year", "2026": 2}}]}),
    ("nothing hit", "price", shocked(hits={"suppliers": ["n"]})),
    ("a review", "dates", {**DOCUMENT, "licences": [{"id": "x", "review": "4 months", "quick": 1}]}),
    ("a licence", "nodes", {**DOCUMENT, "licences": [{"id": "x", "quick": 0.5, "refused": 0.5}]}),
    ("hard demand", "demand", {**DOCUMENT, "demand": [
        {"id": "d", "sites": ["s"], "hard": True, "target_mw": {"2026-Q2": 100, "2026-Q4": 101}}]}),
    ("a limit on the worst", "tail limit", {**DOCUMENT, "policy": {"max_cvar_cost": COST}}),
    ("a budget", "budget", {**DOCUMENT, "policy": {"budget": {"per": "fiscal-year", "2026": 260}}}),
    ("a reserve", "resilience", {**DOCUMENT, "policy": {"resilience": [{"country": "CN", "from": "2026-04-01", "share": 0.1}]}}),
    ("two stages", "node", {**DOCUMENT, "futures": {"mode": "two_stage"}}),
    ("no futures", "nodes", {**DOCUMENT, "futures": {"mode": "none"}}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document"), [pytest.param(*fault[1:], id=fault[0]) for fault in IGNORED])
def test_a_plan_that_ignores_the_news_is_caught(rule: str, document: Part) -> None:
    assert rule in rules_of(PLAN, document)


def test_a_finding_says_in_which_future() -> None:
    verdict = audit(SCENARIO, changed("output", at("2026-Q3" + NEWS), mw=60.0)(PLAN), None, None)
    (found,) = [finding for finding in verdict.findings if finding.rule == "steps"]
    assert (found.place, found.left, found.right) == ("step coat at s, 2026-Q3; if news in 2026-Q2", 60.0, 50.0)
    both = audit(SCENARIO, less("signings", lambda x: True)(PLAN), None, None)
    assert [finding.place for finding in both.findings if finding.rule == "signing"] == [
        "order of tool for s, ordered 2026-Q1, ships 2026-Q2; if nothing happens and 1 more",
        "order of tool for s, ordered 2026-Q2, ships 2026-Q3; if nothing happens and 1 more",
    ]


# --- speed -----------------------------------------------------------------------------------------------------------


def large() -> tuple[Scenario, TreeDecisions]:
    """12 offers of 6 makers, 2 sites, 16 quarters; three shocks and a licence: some 400 nodes, 60 futures, 60 orders."""
    r, steps = Random(5), ["wet", "pecvd", "tco", "print", "test"]
    days = ["2026-05-01", "2027-05-01", "2028-02-01"]
    document: Part = {
        "format": 1, "title": "large", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 16},
        "money": {"currency": "USD", "in": "millions", "discount_rate": 0.08, "rates": {"CNY": 0.14}},
        "routes": {"r": {"steps": steps}},
        "sites": [{"id": f"s{i}", "country": "US", "install_time": "3 months", "install_limit": {"units": 900}}
                  for i in range(2)],
        "demand": [{"id": f"d{i}", "sites": [f"s{i}"], "target_mw": 9000, "shortage_cost": {"amount": 90, "per": "GW-year"}}
                   for i in range(2)],
        "suppliers": [{"id": f"m{j}", "country": "CN" if j < 4 else "JP", "signing_fee": 2,
                       "slots": {"per": "quarter", "2026": 99}, "rival_claims": {"share": 0.01, "per": "quarter"},
                       "install_limit": {"units": 900}} for j in range(6)],
        "offers": [{"id": f"o{i}", "supplier": f"m{i % 6}", "covers": dict.fromkeys(steps, 100), "transit_time": "6 weeks",
                    "price": {"amount": 200, "currency": "CNY", "escalation": 0.03}, "freight": 1, "order_ahead": "24 months",
                    "ramp": {"months": [3, 6], "share": [0.3, 0.7]},
                    "payment": {"order": 0.3, "fat": 0.2, "acceptance": 0.4, "retention": {"share": 0.1, "after": "1 year"}}}
                   for i in range(12)],
        "shocks": [{"id": "ban", "hazard_per_year": 0.1, "shipments": "stopped", "lasts": "9 months",
                    "hits": {"countries": ["CN"]}},
                   {"id": "tariff", "hazard_per_year": 0.2, "duty_added": 0.2},
                   {"id": "money", "hazard_per_year": 0.1, "currency_factor": 1.1, "hits": {"currencies": ["CNY"]}}],
        "licences": [{"id": "permit", "windows": ["2027-01-01"], "quick": 0.6, "slow": {"probability": 0.3, "delay": "2 months"},
                      "refused": 0.1, "hits": {"countries": ["CN"]}}],
        "futures": {"branch_at": days, "max_shocks": 2},
        "policy": {"budget": {"per": "fiscal-year", **{str(y): 1e6 for y in range(2026, 2031)}},
                   "max_country_share": {"JP": {"total": 1, "steps": dict.fromkeys(steps, 1.0), "from": "2027-01-01"}}},
    }  # fmt: skip
    scenario = Scenario.model_validate(document)
    tree = evaluate_tree(scenario, TreeDecisions()).tree
    early = [node for node in tree.nodes if node.period <= 6]
    orders = []
    for i in range(60):
        node = r.choice(early)
        orders.append((node.name, Purchase(f"o{i % 12}", f"s{r.randrange(2)}", node.period, node.period + r.randrange(4), 1.0)))
    return scenario, TreeDecisions((), tuple((f"m{j}", "root") for j in range(6)), tuple(orders))


def test_a_large_tree_is_audited_fast() -> None:
    scenario, decisions = large()
    plan = tree_plan(scenario, decisions)
    assert 300 < len(plan.nodes) < 800
    assert len(plan.futures) > 50
    cost, best = plan.measures["expected_cost"], float("inf")
    for _ in range(2):
        began = time.process_time()
        verdict = audit(scenario, plan, cost, cost)
        best = min(best, time.process_time() - began)
    assert {finding.rule for finding in verdict.findings} <= {"twice", "service"}  # some of the random orders
    assert best < 1.5
