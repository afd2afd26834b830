"""What questions about one limit prove about others, gaps, knees: by hand, without a solve."""

from __future__ import annotations

from itertools import chain
from math import inf

import pytest

from planner.errors import UsageError
from planner.options import Options
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.frontier.asking import Asking
from planner.studies.frontier.axes import Axis, read_axes
from planner.studies.frontier.knee import find_knee
from planner.studies.frontier.known import Found, Known
from planner.studies.frontier.limits import limit
from planner.studies.frontier.points import Point
from planner.studies.frontier.search import find_levels
from planner.studies.solving import Ask, Solved, Solver
from planner.vocabulary import Exit
from tests.studies.value_case import CASE

SCENARIO = Scenario.model_validate(CASE)


def found(of: float, against: float, most: float = inf) -> Found:
    return Found(of, against, most, Ask("", {}), Solved("", of, None, Plan(), "", Exit.SOLVED, 0.0))


def point(of: float, against: float, bound: float) -> Point:
    one = found(of, against)
    return Point(of, against, bound, None, "", one.ask, one.solved, ())


def test_a_plan_keeps_every_looser_limit_and_a_bound_holds_for_every_tighter_one() -> None:
    known = Known([found(20, 1), found(14, 3), found(10, 5)], [(inf, 9.0), (3.0, 13.0), (1.0, 19.0)])
    assert [known.best(most).of if known.best(most) else None for most in (0, 1, 2, 3, 4, 9)] == [None, 20, 20, 14, 14, 10]
    assert [known.bound(most) for most in (0.5, 1, 2, 3, 4, 6)] == [19, 19, 13, 13, 9, 9]
    assert known.settles(3, 0.08)  # (14 - 13) / 14
    assert not known.settles(3, 0.07)
    assert not known.settles(0.5, 1.0)  # no plan keeps it
    tight, wide = known.around(4)
    assert tight is not None
    assert wide is not None
    assert (tight.of, wide.of) == (14, 10)


def test_what_is_proven_of_a_weighted_cost_is_a_bound_at_every_limit() -> None:
    """With 0.6 of the first and 0.4 of the second nothing is below 10: at most 5 of the second takes (10 - 2) / 0.6."""
    known = Known([found(20, 1)], [(inf, 9.0)], [(0.4, 10.0)])
    assert known.bound(5) == pytest.approx(8 / 0.6)
    assert known.bound(20) == 9
    assert known.bound(1) == pytest.approx(9.6 / 0.6)


def test_a_bound_is_never_above_a_plan() -> None:
    assert Known([found(10, 5)], [(inf, 10.5)]).bound(5) == 10


def test_plans_that_are_no_better_than_another_are_dropped() -> None:
    known = Known([found(10, 5), found(12, 5), found(10, 6), found(11, 2), found(11, 3), found(30, 1), found(10 + 1e-9, 4.0)])
    assert [(one.of, one.against) for one in known.front()] == [(30, 1), (11, 2), (10 + 1e-9, 4.0)]


def test_the_middle_comes_first() -> None:
    assert list(find_levels(0.0, 8.0, 9, whole=False)) == [[4.0], [2.0, 6.0], [1.0, 3.0, 5.0, 7.0]]
    assert sorted(chain(*find_levels(0.0, 4.0, 9, whole=True))) == [1, 2, 3]
    assert sorted(chain(*find_levels(0.0, 100.0, 5, whole=True))) == [25, 50, 75]
    assert list(find_levels(2.0, 2.0, 9, whole=False)) == []


def test_without_a_gap_asked_for_a_quarter_of_a_step_may_stay_open() -> None:
    """From 120 to 80 over a way of 4, points 1 apart: a step of 10 at about 100, a quarter of which is 2.5 %."""
    for loose, gap in ((True, 0.025), (False, 0.005)):
        asking = Asking(Solver("", Options(gap=0.005)), CASE, SCENARIO, Axis("measure", "spend"), Axis("suppliers"), loose, 1.0)
        assert asking.gap(2) == 0.005
        asking.known.found += [found(120, 0), found(80, 4)]
        assert asking.gap(2) == pytest.approx(gap)
        asking.step = 0.1
        assert asking.gap(2) == pytest.approx(0.005)
        asking.step = 4.0
        assert asking.gap(2) == pytest.approx(0.03 if loose else 0.005)


def test_knee_is_farthest_below_the_line_and_beyond_the_gaps() -> None:
    points = [point(10, 0, 10), point(4, 1, 4), point(1, 4, 1), point(0, 10, 0)]
    assert find_knee(points) == 1  # 1 - 0.1 - 0.4 of the way, against 1 - 0.4 - 0.1
    assert find_knee([point(10, 0, 10), point(3, 1, 3), point(1, 4, 1), point(0, 10, 0)]) == 1
    assert find_knee([point(10, 0, 10), point(4, 1, 4), point(1, 3, 1), point(0, 10, 0)]) == 2
    assert find_knee([point(10, 0, 10), point(4.9, 5, 4.0), point(0, 10, 0)]) is None  # below the line by less than its gap
    assert find_knee([point(10, 0, 10), point(6, 5, 6), point(0, 10, 0)]) is None  # above the line
    assert find_knee(points[:2]) is None


def test_limits_go_where_they_belong() -> None:
    options = Options(gap=0.0)
    assert limit(Axis("measure", "cash_cost"), CASE, options, 7.0)[1].ceilings == (("cash_cost", 7.0),)
    assert limit(Axis("suppliers"), CASE, options, 2.0)[0]["policy"] == {"max_suppliers": 2}
    strict = {
        **CASE,
        "policy": {"max_suppliers": 1, "max_country_share": {"CN": {"total": 0.3, "from": "2026-04-01"}, "DE": 0.5}},
    }
    assert limit(Axis("suppliers"), strict, options, 2.0)[0]["policy"]["max_suppliers"] == 1
    shares = limit(Axis("country-share", "CN"), strict, options, 0.2)[0]["policy"]["max_country_share"]
    assert shares == {"CN": {"total": 0.2, "from": "2026-04-01"}, "DE": 0.5}
    assert limit(Axis("country-share", "DE"), strict, options, 0.9)[0]["policy"]["max_country_share"]["DE"] == {"total": 0.5}
    assert CASE.get("policy") is None


@pytest.mark.parametrize(
    ("of", "against", "words"),
    [
        ("cost", "cvar", "--against is cvar; allowed: cost, weighted_cost"),
        ("cost", "country-share:JP", "allowed after the colon: CN, DE"),
        ("cost", "supplier-share:cheep", "did you mean cheap?"),
        ("suppliers", "cost", "shares and suppliers go with --against"),
        ("expected_cost", "cost", "two different measures"),
    ],
)
def test_an_axis_that_is_none_is_named_with_what_is_allowed(of: str, against: str, words: str) -> None:
    with pytest.raises(UsageError, match="allowed") as error:
        read_axes(SCENARIO, of, against)
    assert words in str(error.value)
