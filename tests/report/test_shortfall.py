"""Why a ramp is missed, in words: the sentences of the reasons, in both languages, with nothing said that is confidential."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.report.gaps import gaps_table
from planner.report.headline import find_headline
from planner.report.shortfall import explain_gaps
from planner.report.view import View
from planner.scenario.scenario import Scenario
from tests.report.cases import SECRET_ID, SECRET_NAME, SECRET_OFFER, build_answer, build_plan, build_scenario


def missed(**changes: Any) -> View:
    """A plan with 6 PECVD tools of 600 MW: 3,600 of 6,000 MW in the last quarter, six coaters of 1,000 MW."""
    _, data = build_scenario()
    data.update(changes)
    plan = build_plan(2400)
    dawn, secret = plan.orders
    return View(Scenario.model_validate(data), replace(plan, orders=(replace(dawn, units=6.0), secret)))


def sold(units: float) -> list[dict[str, Any]]:
    """The offers, with so many PECVD tools in the third quarter of 2026 and none after."""
    _, data = build_scenario()
    data["offers"][0]["slots"] = {"per": "quarter", "2026-Q3": units, "2026-Q4": 0}
    return data["offers"]  # type: ignore[no-any-return]


def test_met_ramp_says_nothing() -> None:
    scenario, _ = build_scenario()
    assert explain_gaps(View(scenario, build_plan())) == []


def test_the_answer_says_it_right_after_the_ramp() -> None:
    view = missed(offers=sold(6))
    lines = find_headline(build_answer(plan=view.plan, scenario=view.scenario))
    assert lines[1] == (
        "What holds it back in 2027-Q4: Dawn Machines has no delivery slot left in 2026-Q3: this plan orders 6 of 6."
    ).replace("Dawn Machines", "dawn-pecvd")


def test_the_same_in_japanese() -> None:
    assert explain_gaps(missed(offers=sold(6)), "ja") == [
        "2027-Q4 に能力が不足する原因：2026-Q3 の dawn-pecvd の納入枠は残っていません：この計画で 6 枠中 6 枠を発注します。"
    ]


def test_a_confidential_offer_is_named_by_its_mask_and_its_price_is_not_told() -> None:
    """The coaters are what is short, and money for one more is not there."""
    _, data = build_scenario()
    plan = build_plan(2400)
    dawn, secret = plan.orders
    budget = {"budget": {"per": "fiscal-year", "2025": 140, "2026": 150}}
    scenario = Scenario.model_validate({**data, "policy": budget})
    plan = replace(plan, orders=(dawn, replace(secret, units=3.6)))
    answer = build_answer(plan=plan, scenario=scenario)
    assert answer.view is not None
    (text,) = explain_gaps(answer.view)
    table = [str(cell) for row in gaps_table(answer.view).rows for cell in row]
    for words in (text, *table):
        assert not [secret for secret in (SECRET_NAME, SECRET_OFFER, SECRET_ID, "37.6") if secret in words]
    assert "one unit more of confidential-1.1 takes more of that year than is left" in text


def test_the_table_has_a_row_for_every_reason() -> None:
    view = missed(offers=sold(6))
    (row,) = gaps_table(view).rows
    assert row[:4] == ("2027-Q4", 2400.0, "Delivery slot", explain_gaps(view)[0].partition(": ")[2])
    assert row[4:] == ("dawn-pecvd", 600.0, None, "pecvd", "")
