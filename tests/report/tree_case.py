"""The two makers again, with news: an export stop in one of three quarters, and a levy; reactions made by hand.

The stop (hazard 0.4 a year, six months, the maker "dawn") can become known in 2026-Q3, 2026-Q4 and 2027-Q1; the levy on
German tools (a fifth, 15 January 2027) in 2027-Q1. So there are eight futures: nothing; the levy; the stop in each of the
three quarters, alone and with the levy.

What is decided:
  everywhere   2026-Q1 qualify dawn, sign zenith, order 6 of its coaters; 2026-Q2 sign dawn, order 10 of its tools
  no stop yet  2026-Q4 order 4 more of dawn's tools, shipping 2027-Q2
  stop         in the quarter it comes (2026-Q3 or 2026-Q4): sign tramonto; in 2026-Q4 order 4 of its tools (600 MW each)
  levy         2 coaters of zenith ordered in 2027-Q2 instead of 2027-Q1 (ordered in any other future in 2027-Q1)
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from planner.plan.paths import Paths, find_paths
from planner.plan.plan import Cash, FutureCost, Order, Output, Plan, PlanNode, Signing, Vetting
from planner.report.answer import Answer
from planner.report.view import View
from planner.scenario.dates import add_months
from planner.scenario.grow import future_name
from planner.scenario.scenario import Scenario
from tests.report.cases import SCENARIO, SECRET_ID, SECRET_NAME, SECRET_OFFER, SECRET_PRICE, build_answer

STOP = "export-stop"
SHOCKS: list[dict[str, Any]] = [
    {"id": STOP, "hazard_per_year": 0.4, "lasts": "6 months", "hits": {"suppliers": ["dawn"]}, "shipments": "stopped",
     "indicator": f"notices from Beijing; what {SECRET_NAME} hears"},
    {"id": "levy", "name": f"levy on {SECRET_NAME}", "date": "2027-01-15", "probability": 0.2, "hits": {"countries": ["DE"]},
     "duty_added": 0.25, "indicator": "the register of the week before"},
]  # fmt: skip
TRAMONTO = {
    "id": "tramonto-pecvd", "supplier": "tramonto", "unit": "tool", "covers": {"pecvd": 600}, "price": {"amount": 20},
    "lead_time": "5 months", "slots": {"per": "quarter", "2026-Q1": 8},
}  # fmt: skip
FEE = Cash("root", date(2026, 1, 1), "signing", SECRET_ID, "", "", 1.5, "USD", 1.5)
CASH, PENALTY, GAP = 370.0, 30.0, 60.0
"""Of the future in which nothing happens. A stop adds 40, 20 and 100; the levy 10 of cash."""


def build_tree_scenario(**changes: Any) -> Scenario:
    """The scenario with news; ``changes`` replace whole sections."""
    data = deepcopy(SCENARIO)
    data["suppliers"].append({"id": "tramonto", "name": "Tramonto Impianti", "country": "IT"})
    data["offers"].append(deepcopy(TRAMONTO))
    data["shocks"] = deepcopy(SHOCKS)
    data["futures"] = {"branch_at": ["2026-07-01", "2026-10-01", "2027-01-01"]}
    return Scenario.model_validate({**data, **changes})


def _dawn(node: str, units: float, ordered: date, ships: str, due: date) -> Order:
    """Six weeks at sea, then three months of installation and one of acceptance."""
    period = f"{ordered.year}-Q{(ordered.month + 2) // 3}"
    enters = due + timedelta(weeks=6)
    service = add_months(add_months(enters, 3), 1)
    return Order(node, "dawn-pecvd", "dawn", "texas", units, period, ships, ordered, due, enters, service, 14.5)


def _coaters(node: str, units: float, ordered: date, ships: str, due: date) -> Order:
    period = f"{ordered.year}-Q{(ordered.month + 2) // 3}"
    return Order(
        node, SECRET_OFFER, SECRET_ID, "texas", units, period, ships, ordered, due, due, add_months(due, 4), SECRET_PRICE
    )


def _tools(node: str) -> Order:
    return Order(node, "tramonto-pecvd", "tramonto", "texas", 4, "2026-Q4", "2027-Q1", date(2026, 10, 1), date(2027, 3, 1),
                 date(2027, 3, 1), date(2027, 7, 1), 20.0)  # fmt: skip


def build_tree_plan(scenario: Scenario) -> Plan:
    """The plan described above, on the tree that grows from the scenario."""
    paths = find_paths(scenario)
    names = scenario.calendar.names
    signings = [Signing("root", SECRET_ID, "2026-Q1"), Signing("2026-Q2", "dawn", "2026-Q2")]
    orders = [
        _coaters("root", 6, date(2026, 1, 1), "2026-Q3", date(2026, 7, 1)),
        _dawn("2026-Q2", 10, date(2026, 4, 1), "2026-Q3", date(2026, 9, 1)),
    ]
    for moment in paths.moments:
        told, news, period = paths.told(moment.name), paths.news(moment.name), names[moment.period]
        stopped = any(strike.source == STOP for strike in told)
        levied = any(strike.source == "levy" for strike in told)
        if period in ("2026-Q3", "2026-Q4") and news:
            signings.append(Signing(moment.name, "tramonto", period))
        if period == "2026-Q4":
            orders.append(
                _tools(moment.name) if stopped else _dawn(moment.name, 4, date(2026, 10, 1), "2027-Q2", date(2027, 4, 1))
            )
        if period == "2027-Q1" and not levied:
            orders.append(_coaters(moment.name, 2, date(2027, 1, 1), "2027-Q3", date(2027, 7, 1)))
        if period == "2027-Q2" and levied:
            orders.append(_coaters(moment.name, 2, date(2027, 4, 1), "2027-Q4", date(2027, 10, 1)))
    output = [
        Output(m.name, names[m.period], "hjt", "texas", 2000.0 if names[m.period] < "2027-Q4" else 6000.0)
        for m in paths.moments
        if m.period >= 4
    ]
    return Plan(
        vetting=(Vetting("root", "dawn", "2026-Q1"),),
        signings=tuple(signings),
        orders=tuple(orders),
        output=tuple(output),
        cash=(FEE, *(_pay(order) for order in orders)),
        measures=_measures(paths, scenario),
        nodes=tuple(_node(scenario, paths, moment.name) for moment in paths.moments),
        futures=tuple(_future(scenario, paths, leaf) for leaf in paths.leaves("root")),
    )


def _pay(order: Order) -> Cash:
    """Everything is paid with the order."""
    amount = order.units * order.price
    return Cash(order.node, order.ordered, "order", order.supplier, order.offer, order.site, amount, "USD", amount)


def _node(scenario: Scenario, paths: Paths, name: str) -> PlanNode:
    at, news = paths.at(name), paths.news(name)
    parent = "" if at.parent < 0 else paths.parent(name)
    return PlanNode(name, parent, scenario.calendar.names[at.period], at.probability, future_name(scenario, news) if news else "")


def _future(scenario: Scenario, paths: Paths, leaf: str) -> FutureCost:
    told = {strike.source for strike in paths.told(leaf)}
    cash = CASH + 40.0 * (STOP in told) + 10.0 * ("levy" in told)
    penalty, gap = PENALTY + 20.0 * (STOP in told), GAP + 100.0 * (STOP in told)
    name = future_name(scenario, paths.told(leaf))
    return FutureCost(name, leaf, paths.at(leaf).probability, cash + penalty, cash, penalty, 0.0, gap)


def _measures(paths: Paths, scenario: Scenario) -> dict[str, float]:
    futures = [_future(scenario, paths, leaf) for leaf in paths.leaves("root")]
    return {
        "expected_cost": sum(f.probability * f.cost for f in futures),
        "cash_cost": sum(f.probability * f.cash_cost for f in futures),
        "shortage_cost": sum(f.probability * f.shortage_cost for f in futures),
        "worst_cost": max(f.cost for f in futures),
    }


def build_tree_answer(unmask: bool = False, **changes: Any) -> Answer:
    """The whole answer; keyword arguments replace sections of the scenario."""
    scenario = build_tree_scenario(**changes)
    return build_answer(unmask, scenario=scenario, plan=build_tree_plan(scenario))


def build_tree_view(unmask: bool = True, **changes: Any) -> View:
    """The plan to report on."""
    view = build_tree_answer(unmask, **changes).view
    assert view is not None
    return view
