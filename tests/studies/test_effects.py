"""What each kind of news does to the cost of a plan: by hand, and as the solver's own plans say for every future."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.options import Options
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.replay import replay
from tests.studies.sample import SOON, TWO_FAR, lasting, order, own, plan, sign, story, vet

HALF = {"payment": {"order": 0.25, "fat": 0.25, "shipment": 0.5, "secured": 0.5}}
IN_EUROS = {"price": {"amount": 32, "currency": "EUR"}}
LATER = plan(
    sign("far"),
    order("far-line", 2, "2026-Q3", "2026-Q2", "2026-Q2"),
    order("far-line", 2, "2026-Q3", "2026-Q2/news@2026-Q2", "2026-Q2"),
)
SLOW = {"quick": 0.5, "slow": {"probability": 0.5, "delay": "6 months"}}
REFUSED = {"quick": 0.5, "refused": 0.5}


def shocked(effect: dict[str, Any], **more: Any) -> Scenario:
    return story(shocks=({**SOON, **effect},), **more)


def reviewed(outcomes: dict[str, Any]) -> Scenario:
    licence = {"id": "review", "windows": ["2026-02-15"], "hits": {"countries": ["CN"]}, **outcomes}
    return story(far=HALF, licences=[licence])


EFFECTS: dict[str, tuple[Scenario, Plan, float]] = {
    # nothing before January 2027: 1000 MW missing for half a year are 30
    "stop": (shocked({"shipments": "stopped", "lasts": "9 months"}), TWO_FAR, 80 + 30),
    # a quarter was paid, half of that comes back; 1000 MW missing for a year are 60
    "stop for good": (shocked({"shipments": "stopped"}, far=HALF), TWO_FAR, 20 - 10 + 60),
    "refund": (shocked({"shipments": "stopped", "refund": 0.75}, far=HALF), TWO_FAR, 20 - 15 + 60),
    # undelivered at the end of the horizon: the first half of the price is kept
    "stop beyond the end": (shocked({"shipments": "stopped", "lasts": "5 years"}), TWO_FAR, 40 + 60),
    # ready in October: 1000 MW missing for a quarter are 15
    "delay": (shocked({"delay": "6 months"}), TWO_FAR, 80 + 15),
    "slow licence": (reviewed(SLOW), TWO_FAR, 80 + 15),
    "refused licence": (reviewed(REFUSED), TWO_FAR, 20 - 10 + 60),
    "installation": (shocked({"install_delay": "6 months"}), TWO_FAR, 80 + 15),
    "duty": (shocked({"duty_added": 0.25}), TWO_FAR, 80 + 20),
    "output": (shocked({"output_factor": 0.5, "lasts": "6 months"}), TWO_FAR, 80 + 7.5),
    "target": (shocked({"target_factor": 2, "lasts": "6 months"}), TWO_FAR, 80 + 15),
    # three quarters of the price are paid on the day the euro rises by a fifth
    "currency": (shocked({"currency_factor": 1.2, "hits": {"currencies": ["EUR"]}}, far=IN_EUROS), TWO_FAR, 20 + 60 * 1.2),
    "price": (shocked({"price_factor": 1.5}), LATER, 120),
    # what the news hits elsewhere leaves the plan alone
    "another maker": (shocked({"shipments": "stopped", "hits": {"suppliers": ["near"]}}), TWO_FAR, 80),
    "another country": (shocked({"duty_added": 0.5, "hits": {"countries": ["DE"]}}), TWO_FAR, 80),
    # slots and crews count for later orders only
    "slots": (shocked({"slots_factor": 0.5}), TWO_FAR, 80),
    "crews": (shocked({"crews_factor": 0.5}), TWO_FAR, 80),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_each_effect_by_hand(name: str) -> None:
    scenario, what, struck = EFFECTS[name]
    case, courses = own(scenario, what)
    found = replay(case, courses.news)
    assert found.exact.all()
    assert found.cost.tolist() == pytest.approx([80, struck])


@pytest.mark.parametrize("mode", ["tree", "two_stage"])
@pytest.mark.parametrize("name", EFFECTS)
def test_each_effect_as_the_solver_reckons_it(name: str, mode: str) -> None:
    """The plan's own futures, with everything checked: same costs, nothing dropped but what two stages leave void."""
    scenario = lasting(EFFECTS[name][0])
    scenario = scenario.model_copy(update={"futures": scenario.futures.model_copy(update={"mode": mode})})
    solved = solve(scenario, "own", Options(gap=0.0)).plan
    assert solved is not None
    assert solved.orders
    case, courses = own(scenario, solved)
    for trust in (True, False):
        found = replay(case, courses.news, trust=trust)
        for mine, key in ((found.cost, "cost"), (found.cash, "cash_cost"), (found.shortage, "shortage")):
            assert mine.tolist() == pytest.approx([getattr(f, key) for f in solved.futures], rel=1e-6, abs=1e-9)
        if mode == "tree":
            assert not found.dropped


def test_delays_and_stops_follow_each_other() -> None:
    """Ready two months late, on 1 June; the second stop begins before the first ends and holds until 1 December."""
    shocks = (
        {**SOON, "probability": 1.0, "delay": "2 months"},
        {**SOON, "probability": 1.0, "shipments": "stopped", "lasts": "4 months"},
        {"date": "2026-07-15", "probability": 1.0, "shipments": "stopped", "lasts": "139 days"},
    )
    case, courses = own(story(shocks=shocks), TWO_FAR)
    # shipped on 1 August, but stopped again until then + ... : 15 July + 139 days = 1 December; in use from January 2027
    assert replay(case, courses.news).cost.tolist() == pytest.approx([80 + 30])


def test_contracts_go_through_the_same_news() -> None:
    """A contract of one line, paid 10 of 40 before the calendar; stopped for good it gives half of that back."""
    contract = {"id": "old", "offer": "far-line", "site": "plant", "units": 1, "ordered": "2025-10-01", "ships": "2026-05-01"}
    scenario = story(shocks=({**SOON, "shipments": "stopped"},), far=HALF, commitments=[contract])
    case, courses = own(scenario, plan())
    found = replay(case, courses.news)
    # shipped: 30 still to pay, 500 MW missing for a year; stopped: 5 back, 1000 MW missing
    assert found.cost.tolist() == pytest.approx([30 + 30, -5 + 60])
    assert found.by_country["CN"].tolist() == pytest.approx([40, 40])
    assert found.lost.tolist() == pytest.approx([0, 40])


def test_fees_are_paid_where_the_decision_is_carried_out() -> None:
    """Vetting 1, signing 2, qualification 3, and the order's fee of 4 euros (5) once though two lines are ordered."""
    maker = {
        "id": "far", "country": "CN", "vetting": {"duration": "0 days", "cost": 1}, "signing_fee": 2,
        "order_fee": {"amount": 4, "currency": "EUR"}, "process_qualification": {"line": {"cost": 3, "duration": "3 months"}},
    }  # fmt: skip
    scenario = story(suppliers=[maker, {"id": "near", "country": "DE"}])
    case, courses = own(scenario, plan(vet("far"), sign("far"), order("far-line", 2, "2026-Q2")))
    assert replay(case, courses.news).cost.tolist() == pytest.approx([80 + 1 + 2 + 3 + 5])


def test_surplus_is_charged_above_the_target() -> None:
    """Three lines give 1500 MW: 500 too many for a year from July, 1500 for a quarter before; at 0.02 a MW-year."""
    demand = {"id": "ramp", "sites": ["plant"], "target_mw": {"2026-Q3": 1000}, "continues": "0 years",
              "shortage_cost": {"amount": 60, "per": "GW-year"}, "surplus_cost": {"amount": 20, "per": "GW-year"}}  # fmt: skip
    case, courses = own(story(demand=[demand]), plan(sign("far"), order("far-line", 3, "2026-Q2")))
    found = replay(case, courses.news)
    assert found.surplus_cost.tolist() == pytest.approx([0.02 * (500 + 1500 / 4)])
    assert np.isclose(found.cost[0], 120 + 0.02 * 875)
