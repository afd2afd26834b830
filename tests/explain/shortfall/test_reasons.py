"""One scenario for each reason, in which that alone binds; what it says is worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.explain.shortfall.reason import CAUSES, Reason
from tests.explain.shortfall.cases import Data, change, gaps_of, world_of

SLOTS = {"per": "quarter", "2026-Q1": 3, "2026-Q2": 0}


def only(data: Data, period: str = "2026-Q4") -> Reason:
    """The one reason of the gap in a period."""
    gap = next(gap for gap in gaps_of(data) if gap.period == period)
    (reason,) = gap.reasons
    return reason


def facts(reason: Reason) -> dict[str, Any]:
    return {name: value.value for name, value in reason.says.values.items()}


def test_a_ramp_that_is_met_has_no_gap() -> None:
    assert gaps_of(change()) == ()


def test_slots_all_ordered() -> None:
    """Three slots in 2026-Q2, whose tools run from July: 300 of 500 MW."""
    reason = only(change(offer={"slots": {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}}))
    assert (reason.cause, reason.subject, reason.windows) == ("slot", "offer coater", ("2026-Q2",))
    assert (reason.says.key, facts(reason)["free"], facts(reason)["ordered"]) == ("slot_taken", 3, 3)
    assert (reason.offers, reason.more_mw, reason.alone) == (("coater",), 100, True)


def test_slots_that_other_buyers_take() -> None:
    """An export rule lets nothing be ordered before April; by then one of the four slots has gone."""
    slots = {"per": "quarter", "2026-Q3": 4, "2026-Q4": 0}
    claims = {"share": 0.25, "per": "quarter"}
    reason = only(change(offer={"slots": slots, "rival_claims": claims, "valid": {"from": "2026-04-01"}}))
    assert (reason.cause, reason.says.key) == ("slot", "slot_rivals")
    assert (facts(reason)["free"], facts(reason)["ordered"]) == (4, 3)


def test_windows_that_follow_each_other_are_told_by_the_first_and_the_last() -> None:
    """One slot a month, and tools that run the day they are due: five are wanted in October, four months have gone by."""
    slots = {"per": "month", "2026-04": 0, "2026-07": 1, "2026-10": 0}
    data = change(offer={"slots": slots}, calendar={"start": "2026-01-01", "step": "month", "periods": 18})
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-10")
    (reason,) = gap.reasons
    assert reason.windows == ("2026-07", "2026-08", "2026-09")
    (span,) = facts(reason)["window"]
    assert [value.value for value in span.values.values()] == ["2026-07", "2026-09"]


def test_units_there_are_in_all() -> None:
    reason = only(change(offer={"available_units": 2}))
    assert (reason.cause, reason.subject, facts(reason)["free"]) == ("slot", "units coater", 2)


def test_lead_time() -> None:
    """Ordered on the first day, ten months: on 1 November, 31 days after 1 October."""
    reason = only(change(offer={"lead_time": "10 months"}))
    assert (reason.cause, reason.says.key) == ("lead time", "lead_late")
    assert (facts(reason)["service"], facts(reason)["late"]) == (date(2026, 11, 1), 31)


def test_licence_review() -> None:
    review = {"id": "export", "review": "10 months", "quick": 1.0, "slow": 0.0, "refused": 0.0}
    reason = only(change(licences=[review]))
    assert (reason.cause, reason.says.key, facts(reason)["service"]) == ("licence", "licence_review", date(2026, 11, 1))


def test_stop_of_shipments() -> None:
    """Certain from April on, for half a year: what is due in April leaves in October."""
    stop = {"id": "stop", "date": "2026-04-01", "probability": 1, "lasts": "6 months", "shipments": "stopped"}
    late = {"lead_time": "4 months", "transit_time": "1 month"}
    reason = only(change(shocks=[stop], offer=late))
    assert (reason.cause, reason.subject, reason.says.key) == ("licence", "stop", "licence_late")
    assert (facts(reason)["due"], facts(reason)["service"]) == (date(2026, 5, 1), date(2026, 11, 1))


def test_qualification_of_the_supplier() -> None:
    """Qualified after five months, ordered in July, there in October plus one month."""
    reason = only(change(supplier={"vetting": {"duration": "5 months"}}, offer={"lead_time": "4 months"}))
    assert (reason.cause, reason.says.key) == ("vetting", "vetting_time")
    assert (facts(reason)["done"], facts(reason)["service"]) == (date(2026, 6, 1), date(2026, 11, 1))


def test_qualification_of_a_step() -> None:
    needed = {"process_qualification": {"coat": {"duration": "8 months"}}}
    reason = only(change(supplier=needed))
    assert (reason.cause, reason.says.key, facts(reason)["service"]) == ("vetting", "vetting_step", date(2026, 12, 1))


def test_qualification_teams() -> None:
    """One team, busy with the cheaper maker all year; the other could have been qualified in time."""
    vetting = {"duration": "3 months"}
    data = change(policy={"vetting_teams": {"2026-Q1": 1, "2026-Q2": 0}})
    data["suppliers"] = [
        {"id": "first", "country": "DE", "vetting": vetting},
        {"id": "second", "country": "DE", "vetting": vetting},
    ]
    offer = data["offers"][0]
    data["offers"] = [
        {**offer, "supplier": "first", "available_units": 2},
        {**offer, "id": "other", "supplier": "second", "price": 20, "available_units": 2},
    ]
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert [(r.cause, r.subject) for r in gap.reasons] == [("slot", "units coater"), ("vetting", "policy.vetting_teams")]


def test_time_to_install() -> None:
    reason = only(change(site={"install_time": "6 months", "acceptance_time": "1 month"}))
    assert (reason.cause, reason.says.key, facts(reason)["service"]) == ("installation", "installation_time", date(2026, 11, 1))


def test_places_in_installation() -> None:
    """Two places, and tools cannot be ready before April: only two installations of half a year can end by October."""
    reason = only(change(site={"install_time": "6 months", "install_limit": {"units": 2}}))
    assert (reason.cause, reason.subject) == ("installation", "sites.plant.install_limit")
    assert (facts(reason)["taken"], facts(reason)["places"]) == (2, 2)


def test_site_ready_too_late() -> None:
    reason = only(change(site={"ready": "2026-11-15"}))
    assert (reason.cause, reason.says.key, facts(reason)["late"]) == ("site", "site_ready", 45)


def test_full_site() -> None:
    reason = only(change(site={"capacity_mw": 300}))
    assert (reason.cause, reason.says.key, facts(reason)["most"]) == ("site", "site_full", 300)


def test_budget() -> None:
    """35 m buy three tools of 10 m."""
    reason = only(change(policy={"budget": {"per": "fiscal-year", "2026": 35}}))
    assert (reason.cause, reason.subject) == ("budget", "policy.budget.2026")
    assert (facts(reason)["paid"], facts(reason)["budget"], facts(reason)["more"]) == pytest.approx((30, 35, 10))


def test_share_of_a_country() -> None:
    """Half of spend from DE: the US maker has two tools, so two from DE; a third would be 60 %."""
    data = change(policy={"max_country_share": {"DE": 0.5}})
    data["suppliers"].append({"id": "local", "country": "US"})
    data["offers"].append({**data["offers"][0], "id": "dear", "supplier": "local", "available_units": 2})
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert [r.cause for r in gap.reasons] == ["slot", "rule"]
    rule = gap.reasons[1]
    assert (rule.subject, rule.alone) == ("policy.max_country_share.DE.total", True)
    assert facts(rule)["share"] == pytest.approx(3 / 5)


def test_number_of_suppliers() -> None:
    data = change(policy={"max_suppliers": 1})
    data["suppliers"].append({"id": "local", "country": "US"})
    data["offers"] = [
        {**data["offers"][0], "available_units": 3},
        {**data["offers"][0], "id": "dear", "supplier": "local", "price": 11},
    ]
    data["offers"][1]["available_units"] = 1
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert [(r.cause, r.subject) for r in gap.reasons] == [("slot", "units coater"), ("rule", "policy.max_suppliers")]


def test_forbidden() -> None:
    reason = only(change(policy={"forbid": [{"supplier": "maker"}]}))
    assert (reason.cause, reason.says.key) == ("rule", "rule_forbid")


def test_locked_award() -> None:
    reason = only(change(policy={"pins": [{"order": "coater", "units": 2}]}))
    assert (reason.cause, reason.says.key, facts(reason)["units"]) == ("rule", "rule_pin", 2)


def test_smallest_purchase_order() -> None:
    """Five slots, sold by four: after one purchase order of four there is room for one, not for four."""
    slots = {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}
    reason = only(change(offer={"slots": slots, "min_order": 4}))
    assert (reason.cause, reason.says.key) == ("rule", "rule_min_order")
    assert (facts(reason)["least"], facts(reason)["left"]) == (4, 3)


def test_large_agreements_need_an_approval_day() -> None:
    reason = only(change(policy={"approvals": {"sign": ["2026-12-01"], "above": 25}}))
    assert (reason.cause, reason.subject) == ("rule", "policy.approvals")


def test_efficiency() -> None:
    data = change(policy={"min_cell_efficiency": 0.25}, offer={"cell_efficiency": 0.24})
    assert only(data).says.key == "rule_efficiency"


def test_nobody_offers_a_step() -> None:
    reason = only(change(routes={"cell": {"steps": ["coat", "print"]}}))
    assert (reason.cause, reason.says.key, facts(reason)["step"]) == ("rule", "rule_no_offer", "print")


def test_price() -> None:
    """A tool of 60 m avoids 100 MW of 1,000 m a GW-year for three quarters: 75 m; at 80 m it is not worth it."""
    assert gaps_of(change(offer={"price": 60})) == ()
    reason = only(change(offer={"price": 80}))
    assert (reason.cause, reason.says.key) == ("price", "price_dear")
    assert (facts(reason)["cost"], facts(reason)["avoided"]) == pytest.approx((80, 75))


def test_price_of_a_set_of_tools() -> None:
    """Two steps with a tool each: 80 m together, one order fee of 5 m and one signing of 1 m."""
    data = change(routes={"cell": {"steps": ["coat", "print"]}}, supplier={"order_fee": 5, "signing_fee": 1})
    data["offers"] = [
        {**data["offers"][0], "price": 30},
        {**data["offers"][0], "id": "printer", "covers": {"print": 100}, "price": 50},
    ]
    data["demand"][0]["target_mw"] = {"2026-Q4": 100}
    reason = only(data)
    assert (reason.cause, sorted(facts(reason)["offers"])) == ("price", ["coater", "printer"])
    assert (facts(reason)["cost"], facts(reason)["avoided"]) == pytest.approx((86, 75))


def test_tools_that_could_be_bought_alone_but_not_together() -> None:
    """A coater and a printer out of one pool with one slot left."""
    data = change(
        routes={"cell": {"steps": ["coat", "print"]}}, supplier={"slots": {"per": "quarter", "2026-Q2": 1, "2026-Q3": 0}}
    )
    data["offers"].append({**change()["offers"][0], "id": "printer", "covers": {"print": 100}})
    (reason,) = (gap := next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")).reasons
    assert (reason.cause, reason.subject, gap.steps) == ("slot", "supplier maker", ("coat", "print"))


def test_reasons_come_in_their_order_when_two_bind_together() -> None:
    """Three slots and money for three: more of either alone would not help."""
    data = change(
        offer={"slots": {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}}, policy={"budget": {"per": "fiscal-year", "2026": 35}}
    )
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert [(r.cause, r.alone) for r in gap.reasons] == [("slot", False), ("budget", False)]


def test_reasons_of_two_makers_come_in_their_order() -> None:
    """One maker has sold out, the other is late."""
    data = change(offer={"slots": {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}})
    data["offers"].append({**change()["offers"][0], "id": "late", "lead_time": "11 months"})
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert [(r.cause, r.offers) for r in gap.reasons] == [("slot", ("coater",)), ("lead time", ("late",))]
    assert list(CAUSES).index("slot") < list(CAUSES).index("lead time")


def test_only_the_step_at_its_limit_is_asked_about() -> None:
    """Printers are there for all of it; coaters are what is sold out."""
    data = change(routes={"cell": {"steps": ["coat", "print"]}}, offer={"slots": {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}})
    data["offers"].append({**change()["offers"][0], "id": "printer", "covers": {"print": 500}, "price": 1})
    gap = next(gap for gap in gaps_of(data) if gap.period == "2026-Q4")
    assert (gap.steps, [r.offers for r in gap.reasons]) == (("coat",), [("coater",)])


def test_a_stop_that_may_come_is_a_reason_in_its_future_only() -> None:
    """It strikes in April or not at all, for good; nobody else sells. If it does not come, nothing is missing."""
    stop = {"id": "stop", "date": "2026-04-01", "probability": 0.5, "shipments": "stopped"}
    data = change(shocks=[stop], offer={"lead_time": "4 months", "payment": {"shipment": 1.0}})
    world = world_of(data)
    struck = next(f.node for f in world.plan.futures if f.shortage)
    assert gaps_of(data) == ()
    (first, *_) = gaps_of(data, struck)
    assert [(r.cause, r.subject, r.says.key) for r in first.reasons] == [("licence", "stop", "licence_lost")]


def test_a_price_after_seldom_news_is_that_of_a_unit() -> None:
    """One time in four twice as much is wanted from July on: the tool that is not bought then costs 80 m all the same."""
    more = {"id": "more", "date": "2026-07-01", "probability": 0.25, "target_factor": 2}
    data = change(shocks=[more], offer={"price": 80})
    leaf = next(f.node for f in world_of(data).plan.futures if f.probability < 0.5)
    (reason,) = gaps_of(data, leaf)[0].reasons
    assert (reason.cause, facts(reason)["cost"], facts(reason)["avoided"]) == ("price", pytest.approx(80), pytest.approx(75))
