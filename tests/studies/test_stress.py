"""What the stress test says: means, confidence, chances of the ramp, comparison of plans."""

from __future__ import annotations

import json

import numpy as np
import pytest

from planner.errors import UsageError
from planner.options import Options
from planner.report.stress import explain_stress, stress_tables
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.case import build_case
from planner.studies.courses import NOT_YET
from planner.studies.draw import draw_from_tree, draw_futures
from planner.studies.estimate import estimate_mean, estimate_share, estimate_tail
from planner.studies.paired import compare
from planner.studies.replay import replay
from planner.studies.stress import identify, measure, stress_plan
from tests.studies.sample import SOON, TWO_FAR, lasting, order, plan, sign, story

STOP = {**SOON, "shipments": "stopped", "lasts": "9 months", "hits": {"countries": ["CN"]}}
TWO_NEAR = plan(sign("near"), order("near-line", 2, "2026-Q2"))
MIXED = plan(sign("near"), sign("far"), order("near-line", 1, "2026-Q2"), order("far-line", 1, "2026-Q2"))


def test_estimates_of_a_few_numbers() -> None:
    """1, 2, 3 and 6: mean 3, variance 14 / 3, error its root over 2; the worst half 4.5, the worst three eighths 5."""
    values = np.array([1.0, 2, 3, 6])
    mean = estimate_mean(values)
    assert (mean.mean, mean.high - mean.mean) == pytest.approx((3, 1.959963984540054 * (14 / 3) ** 0.5 / 2))
    assert estimate_tail(values, 0.5).mean == pytest.approx(4.5)
    assert estimate_tail(values, 0.625).mean == pytest.approx(5)
    assert estimate_tail(values, 0.0).mean == pytest.approx(3)


def test_a_share_never_seen_may_still_happen() -> None:
    """Wilson: 0 of 100 allows up to z^2 / (100 + z^2)."""
    none = estimate_share(np.zeros(100, bool))
    assert (none.mean, none.low, none.high) == pytest.approx((0, 0, 3.841458820694124 / 103.841458820694124))
    every = estimate_share(np.ones(100, bool))
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1))


def test_the_stress_of_a_plan_by_hand() -> None:
    """Half the futures cost 80, half 110; in those 1000 MW are missing from July to December, 500 MW-years."""
    found = stress_plan(story(shocks=(STOP,)), TWO_FAR, 4000, 1)
    share = np.mean(found.costs == 110)
    assert set(found.costs) == {80, 110}
    assert found.expected_cost.mean == pytest.approx(80 + 30 * share)
    assert found.expected_cost.low < 95 < found.expected_cost.high
    assert found.shortage.mean == pytest.approx(500 * share)
    assert (found.worst_cost, found.cvar_cost.mean) == (110, 110)
    assert found.courses == 2
    assert found.exact == 4000
    ramp = {chance.period: chance for chance in found.ramp}
    assert ramp["2026-Q3"].met.mean == pytest.approx(1 - share)
    assert ramp["2026-Q3"].gap == pytest.approx(1000 * share)
    assert (ramp["2026-Q2"].met.mean, ramp["2026-Q2"].met_on.mean) == (1, pytest.approx(1 - share))
    assert (ramp["2027-Q1"].met.mean, ramp["2027-Q1"].met_on.mean) == (1, 1)
    assert found.no_shortage.mean == pytest.approx(1 - share)


def test_dependence_and_what_never_ships() -> None:
    """One line of 60 from DE and one of 40 from CN, which a stop for good keeps there in half of the futures."""
    gone = {**STOP, "lasts": "for good"}
    found = stress_plan(story(shocks=(gone,)), MIXED, 2000, 1)
    assert {d.country: d.share.mean for d in found.exposure} == pytest.approx({"CN": 0.4, "DE": 0.6})
    assert found.lost_share.mean == pytest.approx(0.4 * np.mean(found.shortages > 0))
    assert found.spend.mean == pytest.approx(100)


def test_the_expected_cost_of_a_solved_plan_lies_in_the_interval_of_draws_from_its_tree() -> None:
    scenario = lasting(story(shocks=(STOP, {"hazard_per_year": 0.5, "delay": "6 months"})))
    solved = solve(scenario, "own", Options(gap=0.0)).plan
    assert solved is not None
    assert len({future.cost for future in solved.futures}) == 3
    growth = grow(scenario)
    courses = draw_from_tree(scenario, growth, 5000, 1)
    case = build_case(scenario, solved, courses.news.voices, growth)
    found = measure(scenario, solved, courses, replay(case, courses.news), 1)
    assert found.expected_cost.low <= solved.measures["expected_cost"] <= found.expected_cost.high
    assert (found.exact, found.unseen, found.cut_futures) == (5000, 0, 0)


def test_a_tree_that_leaves_nothing_out_knows_every_future() -> None:
    """Two shocks, both allowed, in every period: each fresh future is one of the tree's, at the cost the plan states."""
    scenario = lasting(story(shocks=(STOP, {"hazard_per_year": 0.5, "delay": "6 months"})))
    solved = solve(scenario, "own", Options(gap=0.0)).plan
    assert solved is not None
    found = stress_plan(scenario, solved, 500, 1)
    assert (found.exact, found.unseen, found.cut_futures) == (500, 0, 0)
    stated = np.array([future.cost for future in solved.futures])
    assert np.abs(found.costs[:, None] - stated).min(axis=1).max() < 1e-9


def test_batches_of_any_size_give_the_same() -> None:
    """Fewer courses at a time than there are: every number stays, and what only some batches know is put together."""
    shocks = ({"hazard_per_year": 2, "shipments": "stopped", "lasts": "3 months"}, {"hazard_per_year": 2, "delay": "1 month"})
    scenario = story(shocks=shocks, futures={"max_shocks": 1, "branch_at": ["2026-07-01"]})
    what = plan(
        sign("far"), *(order("far-line", 2, "2027-Q1", f"2026-Q3/{name}@2026-Q3", "2026-Q3") for name in ("news", "news-1"))
    )
    what = plan(*what.orders, sign("far", "2026-Q3/news@2026-Q3", "2026-Q3"))
    courses = draw_futures(scenario, 2000, 1)
    case = build_case(scenario, what, courses.news.voices)
    told: list[float] = []
    one, many = replay(case, courses.news), replay(case, courses.news, told.append, memory=0)
    assert len(told) > 1
    assert told[-1] == 1
    assert (one.cost == many.cost).all()
    assert (one.known == many.known).all()
    assert one.dropped.keys() == many.dropped.keys() == {"signing"}
    assert (one.dropped["signing"].units == many.dropped["signing"].units).all()
    assert (one.met["ramp"].reached == many.met["ramp"].reached).all()
    assert (one.by_country["CN"] == many.by_country["CN"]).all()


def test_two_plans_are_compared_future_by_future() -> None:
    """Near costs 120 always; far 80 or 110: near is dearer by 40 or 10, far never; 500 MW-years less are missing."""
    scenario = story(shocks=(STOP,))
    far, near = stress_plan(scenario, TWO_FAR, 1000, 1), stress_plan(scenario, TWO_NEAR, 1000, 1)
    found, share = compare(far, near), np.mean(far.costs == 110)
    assert found.cost.mean == pytest.approx(40 - 30 * share)
    assert found.shortage.mean == pytest.approx(-500 * share)
    assert found.cheaper.mean == 0
    assert found.distinct
    assert not compare(far, far).distinct
    with pytest.raises(UsageError, match="same futures"):
        compare(far, stress_plan(scenario, TWO_NEAR, 1000, 2))


def test_the_name_of_the_futures_follows_them_only() -> None:
    scenario = story(shocks=(STOP,))
    assert identify(draw_futures(scenario, 50, 1)) == identify(draw_futures(scenario, 50, 1))
    assert identify(draw_futures(scenario, 50, 1)) != identify(draw_futures(scenario, 51, 1))


def test_a_future_with_news_the_tree_has_not_is_counted() -> None:
    """Two shocks with even chances, one at most in the tree: both come in a quarter of the futures."""
    scenario = story(shocks=(STOP, {**SOON, "duty_added": 0.1}), futures={"max_shocks": 1})
    found = stress_plan(scenario, TWO_FAR, 2000, 1)
    news = draw_futures(scenario, 2000, 1)
    both = (news.news.period != NOT_YET).all(axis=0)[news.index]
    assert found.unseen == both.sum() > 400


def test_plans_of_another_scenario_are_refused() -> None:
    with pytest.raises(UsageError, match="names node 2026-Q9"):
        stress_plan(story(), plan(sign("far", "2026-Q9")), 10, 1)
    with pytest.raises(UsageError, match="names offer far-tool"):
        stress_plan(story(), plan(sign("far"), order("far-tool", 1, "2026-Q2")), 10, 1)


def test_two_windows_in_one_period_cannot_be_told_apart() -> None:
    """Decisions are found by the names of their nodes, which do not say which window was slow."""
    licence = {"id": "review", "windows": ["2026-04-01", "2026-05-01"], "quick": 0.5, "refused": 0.5}
    with pytest.raises(UsageError, match="two windows of a licence"):
        stress_plan(story(licences=[licence]), TWO_FAR, 10, 1)


def said(scenario: Scenario, found_seed: int = 1) -> str:
    found = stress_plan(scenario, TWO_FAR, 2000, found_seed)
    return "\n".join(explain_stress(found, scenario))


def test_the_answer_in_sentences() -> None:
    text = said(story(shocks=(STOP,)))
    assert "2,000 fresh random futures (seed 1), 2 of them different" in text
    assert "The worst 10 % of the futures cost USD 110.0 m on average" in text
    assert "The ramp reaches its 1.0 GW a year in 2027-Q2 in 100.0 % of the futures; its weakest period is 2026-Q3" in text
    assert "in one future out of twenty at least 0.50" in text
    assert "could not be done" not in text
    assert "names no news" in said(story())
    assert "Nothing is ever missing." in said(story())


def test_the_tables_and_the_document() -> None:
    scenario = story(shocks=(STOP,))
    found = stress_plan(scenario, TWO_FAR, 2000, 1)
    tables = {table.name: table for table in stress_tables(found, scenario)}
    assert tables.keys() == {"Stress", "Ramp", "Dependence"}
    assert [row[1] for row in tables["Ramp"].rows] == ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]
    for table in tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
    document = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert document["expected_cost"]["mean"] == found.expected_cost.mean
    assert document["futures_id"] == found.futures_id
    assert not {"costs", "shortages"} & document.keys()
