"""Prices, values and turns against sums on paper; see the case for its makers and lines."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.explain import Wanted, find_explanation
from planner.explain.explanation import Explanation, OfferPrice
from planner.explain.prices.why_not import IN_THE_PLAN
from planner.explain.reread import read_explanation
from planner.explain.rules import find_rules, without
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.command import ROOT
from tests.explain.plan_case import CASE, EXACT, ask_about, changed


def explained(data: dict[str, Any], *parts: str, why_not: tuple[str, ...] = ()) -> Explanation:
    return find_explanation(ask_about(data), Wanted(parts, why_not), "f")


def offer_of(explanation: Explanation, offer: str) -> OfferPrice:
    return next(price for price in explanation.offers if price.offer == offer)


def test_turning_prices_by_hand() -> None:
    """The third maker comes in for all three dear lines at once: 3 p + 5 = 3 x 65 + 6, p = 65 1/3.

    The dear one goes out when the third is as good: 3 p + 6 = 3 x 80 + 5, p = 79 2/3; the cheap one at the dear one's price.
    """
    found = explained(CASE, "offers")
    third, dear, cheap = (offer_of(found, f"{name}-line") for name in ("third", "dear", "cheap"))
    assert (third.turn, dear.turn, cheap.turn) == ("enters", "stays", "stays")
    assert (third.low, third.high) == pytest.approx((65 + 1 / 3, 65 + 1 / 3), rel=1e-3)
    assert (dear.low, dear.high) == pytest.approx((79 + 2 / 3, 79 + 2 / 3), rel=1e-3)
    assert (cheap.low, cheap.high) == pytest.approx((65, 65), rel=1e-3)
    assert (third.costs.value, dear.costs.value, cheap.costs.value) == pytest.approx((20, 44, 25))


def test_a_budget_ends_what_the_price_alone_would_allow() -> None:
    """Three dear lines fit into 250 up to (250 - 46) / 3 = 68. Then two, and a cheap one a quarter late: 2 p + 6 + 80 + 50.

    Two third ones instead, 165 + 80 + 50, are as good at p = 79.5, where the budget would still allow the dear ones.
    """
    found = explained(changed(policy={"budget": {"per": "fiscal-year", "2026": 250}}), "offers")
    dear = offer_of(found, "dear-line")
    assert (dear.turn, dear.low, dear.high) == ("stays", pytest.approx(79.5, rel=1e-3), pytest.approx(79.5, rel=1e-3))


def test_suppliers_are_worth_what_doing_without_costs() -> None:
    found = explained(CASE, "offers")
    assert [(worth.supplier, worth.signed, worth.costs.value) for worth in found.suppliers] == [
        ("dear", True, pytest.approx(44)), ("cheap", True, pytest.approx(25)), ("third", False, pytest.approx(20)),
    ]  # fmt: skip
    assert found.suppliers[0].other.suppliers == ("cheap", "third")


def test_a_free_offer_that_still_costs_too_much_never_enters() -> None:
    """Freight of 70 a line is more than a dear one costs."""
    third = offer_of(explained(changed(offers__2__freight=70), "offers"), "third-line")
    assert (third.turn, third.low) == ("never", None)


def test_an_offer_no_plan_can_buy_never_enters() -> None:
    third = offer_of(explained(changed(policy={"sanctioned": ["third"]}), "offers"), "third-line")
    assert (third.turn, third.costs.verdict, third.bought) == ("never", "impossible", False)


def test_an_offer_there_is_no_doing_without_never_leaves() -> None:
    """Hard demand of four lines, and only the cheap maker sells."""
    data = changed(demand__0__hard=True, offers__0__slots={"per": "quarter", "2026-Q2": 4})
    del data["demand"][0]["shortage_cost"]
    data["offers"], data["suppliers"] = data["offers"][:1], data["suppliers"][:1]
    found = explained(data, "offers")
    assert (found.offers[0].turn, found.offers[0].costs.verdict) == ("never", "impossible")
    assert found.suppliers[0].costs.verdict == "impossible"


def test_slots_by_hand_and_how_long_their_value_holds() -> None:
    """Each further cheap line replaces a dear one, 25; the third also saves the dear one's fee; a fourth replaces nothing."""
    slots = explained(CASE, "slots").slots
    assert [(value.pool, value.window, value.free, value.taken) for value in slots] == [("offer cheap-line", "2026-Q2", 1, 1)]
    steps = slots[0].steps
    assert (steps.useful, steps.each, steps.holds, steps.ends) == (1, pytest.approx(25), 2, 3)
    assert {point.amount: point.saves.value for point in steps.points} == pytest.approx({1: 25, 2: 50, 3: 81, 4: 81})


def test_weeks_by_hand() -> None:
    """Dear lines leave on 1 March and arrive on 12 April, a quarter late unless two weeks are gained: 50 for each of three."""
    late = changed(
        offers__1__lead_time="2 months", offers__1__transit_time="6 weeks", offers__1__slots={"per": "quarter", "2026-Q1": 4},
        offers__2__lead_time="9 months", offers__0__slots={"per": "quarter", "2026-Q2": 1, "2026-Q3": 0},
    )  # fmt: skip
    weeks = {value.supplier: value.steps for value in explained(late, "slots").weeks}
    saved = {point.amount: point.saves.value for point in weeks["dear"].points}
    assert weeks["dear"].useful == 2
    assert saved[2] == pytest.approx(150)
    assert saved[1] == pytest.approx(0)
    assert weeks["cheap"].useful is None


def test_weeks_that_would_bring_a_maker_in() -> None:
    """Lines of the third maker, at 50, come in October and cost two quarters of 50 each; thirteen weeks sooner they come in July.

    Then the dear ones, of 65 and a fee of 6 between them, wait for nobody: a quarter of 50 is still more than what is saved.
    A quarter more sooner would be April, and all three lines cheaper.
    """
    late = {"offers__2__price": 50, "offers__2__lead_time": "3 months", "offers__2__transit_time": "8 weeks"}
    late["offers__2__slots"] = {"per": "quarter", "2026-Q1": 4}
    found = explained(changed(**late), "offers")
    assert offer_of(found, "third-line").earlier == 8
    assert offer_of(found, "dear-line").earlier is None


def test_earlier_delivery_where_news_may_come() -> None:
    """Three months sooner the cheap line of July is ordered after the news: two cheap ones, or two dear ones in time for October.

    105 + 25/4 without; with 1/4 of a stop, and dear lines that take six months: 3/4 x 80 + 1/4 x (130 + 50).
    """
    data = read_scenario(ROOT / "scenarios" / "two-futures.yaml").document.data
    weeks = {value.supplier: value.steps for value in explained(data, "slots").weeks}
    last = weeks["cheap"].points[-1].saves
    assert (last.verdict, last.value) == ("differs", pytest.approx(111.25 - 105))


def test_a_site_that_is_full_by_hand() -> None:
    """1,500 MW of building for 2,000 wanted: each MW more runs on lines that are bought anyway or pays for one.

    A line costs 65 and saves 50 a quarter for three quarters and 1,000 after: 1,150 - 65 for 500 MW.
    """
    sites = explained(changed(sites__0__capacity_mw=1500), "slots").sites
    assert (sites[0].allowed, sites[0].used) == (1500, 1500)
    saved = {point.amount: point.saves.value for point in sites[0].steps.points}
    assert saved[500] == pytest.approx(1150 - 65)
    assert saved[1000] == pytest.approx(1150 - 65)
    assert saved[1] == pytest.approx(0)


RULES = {
    "max_country_share": {"DE": 0.3}, "budget": {"per": "fiscal-year", "2026": 300}, "max_suppliers": 3,
    "pins": [{"order": "third-line", "units": 1}], "forbid": [{"offer": "cheap-line", "period": "2026-Q3"}],
}  # fmt: skip


def test_a_rule_costs_what_solving_the_edited_scenario_says() -> None:
    """Every rule, one by one, by deleting it from the file and solving that."""
    data = changed(policy=RULES)
    found = explained(data, "rules")
    best = solve(Scenario.model_validate(data), "", EXACT).objective
    assert best is not None
    prices = {price.rule: price for price in found.rules}
    assert set(prices) == {rule.rule for rule in find_rules(data)}
    for rule in find_rules(data):
        cost = solve(Scenario.model_validate(without(data, [rule])), "", EXACT).objective
        assert prices[rule.rule].saves.value == pytest.approx(best - (cost or 0.0)), rule.rule
    assert {name for name, price in prices.items() if price.saves.verdict == "nothing"} == {
        "policy.budget.2026", "policy.max_suppliers", "policy.forbid[0]",
    }  # fmt: skip
    assert found.rules[0].saves.verdict == "differs"


def test_rules_of_a_family_that_saves_nothing_are_not_asked_about_one_by_one() -> None:
    asking = ask_about(changed(policy={"max_country_share": {"CN": 0.9, "JP": 0.9}}))
    found = find_explanation(asking, Wanted(("rules",)), "f")
    assert [(price.rule, price.saves.verdict, price.saves.high) for price in found.rules] == [
        ("exposure", "nothing", 0), ("policy.max_country_share.CN", "nothing", 0), ("policy.max_country_share.JP", "nothing", 0),
    ]  # fmt: skip
    assert found.parts[0].questions == 1


def test_why_not_by_hand() -> None:
    """One third line instead of a dear one: 80 + 5 - 65 more."""
    why = explained(CASE, "why-not", why_not=("third", "third-line")).why_not
    assert [(one.asked, one.kind, one.costs.value) for one in why] == [
        ("third", "supplier", pytest.approx(20)), ("third-line", "offer", pytest.approx(20)),
    ]  # fmt: skip
    assert [(change.way, change.offer, change.units) for change in why[0].other.changes if change.action == "order"] == [
        ("less", "dear-line", 1), ("more", "third-line", 1),
    ]  # fmt: skip


def test_why_not_what_is_in_the_plan() -> None:
    found = explained(CASE, "why-not", why_not=("dear-line", "cheap"))
    assert [(one.costs.verdict, one.costs.reason) for one in found.why_not] == [("nothing", IN_THE_PLAN)] * 2
    assert found.parts[0].questions == 0


def test_waiting_by_hand() -> None:
    """Four lines missing cost 200 a quarter; from October on nothing comes inside the year, and 4,600 less the lines is lost."""
    waiting = {wait.supplier: wait.delays for wait in explained(CASE, "waiting").waiting}
    assert [(delay.day, delay.costs.value) for delay in waiting[""]] == [
        ("2026-04-01", pytest.approx(200)), ("2026-07-01", pytest.approx(400)), ("2026-10-01", pytest.approx(4600 - 241)),
    ]  # fmt: skip
    assert [delay.costs.value for delay in waiting["cheap"]] == pytest.approx([25, 25])
    assert [delay.costs.value for delay in waiting["dear"]] == pytest.approx([44, 44])


def test_waiting_for_less_than_the_plan_does_costs_nothing_and_is_not_asked() -> None:
    """Nothing can be bought before April, and lines are wanted from October: two cheap ones by then, and two dear ones.

    From July on a cheap one is lost, 25 more; from October on all are: 50 and 1,000 for each line, less the 216 they cost.
    """
    forbid = [{"country": country, "period": "2026-Q1"} for country in ("CN", "DE", "JP")]
    found = explained(changed(demand__0__target_mw={"2026-Q4": 2000}, policy={"forbid": forbid}), "waiting")
    assert [(delay.period, delay.costs.verdict, delay.costs.value) for delay in found.waiting[0].delays] == [
        ("2026-Q2", "nothing", 0), ("2026-Q3", "differs", pytest.approx(25)), ("2026-Q4", "differs", pytest.approx(4200 - 216)),
    ]  # fmt: skip


def test_ties_by_hand() -> None:
    """Within a tenth, 24.1: the third maker may come in with one line for 20 more; nobody else can be left out."""
    found = find_explanation(ask_about(CASE), Wanted(("ties",), within=0.1), "f").ties
    assert found is not None
    assert [(mix.suppliers, mix.costs.value) for mix in found.mixes] == [
        (("cheap", "dear"), 0), (("cheap", "dear", "third"), pytest.approx(20)),
    ]  # fmt: skip
    assert (found.always, found.never, found.either, found.complete) == (("cheap", "dear"), (), ("third",), True)


def test_all_mixes_of_those_who_may_be_in_or_out() -> None:
    """Within a third, 80.3: any of the three may be in or out; the third maker alone would cost 84 more."""
    found = find_explanation(ask_about(CASE), Wanted(("ties",), within=1 / 3), "f").ties
    assert found is not None
    assert found.complete
    assert {mix.suppliers: mix.costs.value for mix in found.mixes} == pytest.approx(
        {("cheap", "dear"): 0, ("cheap", "dear", "third"): 20, ("cheap", "third"): 44, ("dear",): 25, ("dear", "third"): 45}
    )  # fmt: skip


def test_an_explanation_survives_being_written_and_read() -> None:
    found = explained(CASE, "rules", "slots", "offers", "why-not", "waiting", "ties", why_not=("third",))
    assert read_explanation(found.as_dict()) == found


def test_what_the_gaps_do_not_tell_apart_is_not_told() -> None:
    """With a tenth proven, 24.1, one third line more for 20 is within the gaps or proven; never said to be nothing."""
    asking = ask_about(CASE, Options(gap=0.1))
    costs = find_explanation(asking, Wanted(("why-not",), ("third",)), "f").why_not[0].costs
    assert costs.low is not None
    assert costs.high is not None
    assert costs.low <= 20 <= costs.high
