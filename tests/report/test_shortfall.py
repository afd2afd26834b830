"""Why a ramp is missed: the step at its limit, and whether a slot was left in time."""

from __future__ import annotations

from dataclasses import replace

from planner.report.headline import find_headline
from planner.report.shortfall import find_causes
from planner.report.view import View
from planner.scenario.scenario import Scenario
from tests.report.cases import build_answer, build_plan, build_scenario


def missed(**changes: object) -> View:
    """A plan with 6 PECVD tools of 600 MW: 3,600 of 6,000 MW in the last quarter, six coaters of 1,000 MW."""
    _, data = build_scenario()
    data.update(changes)
    plan = build_plan()
    dawn, secret = plan.orders
    output = tuple(replace(o, mw=min(o.mw, 3600.0)) for o in plan.output)
    return View(Scenario.model_validate(data), replace(plan, orders=(replace(dawn, units=6.0), secret), output=output))


def with_slots(units: float) -> list[dict[str, object]]:
    _, data = build_scenario()
    data["offers"][0]["slots"] = {"per": "quarter", "2026-Q3": units, "2026-Q4": 0}
    return data["offers"]  # type: ignore[no-any-return]


def test_met_ramp_has_no_cause() -> None:
    scenario, _ = build_scenario()
    assert find_causes(View(scenario, build_plan())) == []


def test_step_at_its_limit_with_slots_left() -> None:
    (cause,) = find_causes(missed())
    assert (cause.period, cause.steps, cause.sold_out, cause.still_open) == ("2027-Q4", ("pecvd",), (), ("dawn-pecvd",))


def test_step_at_its_limit_and_sold_out() -> None:
    """All six slots of the only window are taken: nothing more could come."""
    (cause,) = find_causes(missed(offers=with_slots(6)))
    assert (cause.steps, cause.sold_out, cause.still_open) == (("pecvd",), ("pecvd",), ())
    (other,) = find_causes(missed(offers=with_slots(7)))
    assert other.sold_out == ()


def test_full_site_is_the_cause() -> None:
    _, data = build_scenario()
    site = {**data["sites"][0], "capacity_mw": 3600.0}
    (cause,) = find_causes(missed(sites=[site]))
    assert (cause.full_sites, cause.steps) == (("texas",), ())


def test_the_answer_says_it_right_after_the_ramp() -> None:
    view = missed(offers=with_slots(6))
    lines = find_headline(build_answer(plan=view.plan, scenario=view.scenario))
    assert lines[1] == "What stops it: no delivery slot for pecvd is left that would run by 2027-Q4."
