"""Fresh futures follow the chances of the scenario, whatever the limits of the tree."""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

import numpy as np
import pytest

from planner.scenario.grow import grow
from planner.studies.courses import NOT_YET, REFUSED, SLOW, Courses
from planner.studies.draw import draw_from_tree, draw_futures, tree_futures
from tests.studies.sample import story

COUNT = 20_000
STOP = {"hazard_per_year": 0.4, "shipments": "stopped", "lasts": "6 months"}


def periods(courses: Courses, voice: int = 0) -> np.ndarray[Any, Any]:
    """The period in which the voice struck, by future."""
    return courses.news.period[voice][courses.index]


def near(share: float, chance: float) -> bool:
    """Within four and a half standard errors."""
    return abs(share - chance) < 4.5 * sqrt(chance * (1 - chance) / COUNT)


def test_a_hazard_strikes_once_by_its_rate_in_every_quarter() -> None:
    """Survival after n quarters is exp(-0.4 n / 4): the first quarter is never news."""
    found = periods(draw_futures(story(shocks=(STOP,), futures={"branch_at": ["2026-07-01"]}), COUNT, 3))
    assert near((found == NOT_YET).mean(), exp(-0.4 * 5 / 4))
    for quarter in range(1, 6):
        assert near((found == quarter).mean(), exp(-0.1 * (quarter - 1)) - exp(-0.1 * quarter))


def test_the_span_and_the_dial_of_a_hazard() -> None:
    """From mid-February until July, doubled from April on: half a quarter at 0.4, one at 0.8; days count by the mean month."""
    shock = {**STOP, "from": "2026-02-15", "until": "2026-07-01", "tags": ["geopolitical"]}
    scenario = story(shocks=(shock,), futures={"tension": {"2026-Q1": 1, "2026-Q2": 2}})
    found = periods(draw_futures(scenario, COUNT, 3))
    first = (2 - 14 / 30.4375) / 12 * 0.4
    assert near((found == 1).mean(), 1 - exp(-first))
    assert near((found == 2).mean(), exp(-first) * (1 - exp(-0.2)))
    assert not ((found > 2) & (found < NOT_YET)).any()


def test_one_shock_makes_another_likelier_only_afterwards() -> None:
    """The second comes at 0 a year, and at 2 a year once the first has struck in an earlier quarter."""
    shocks = (STOP, {"hazard_per_year": 0, "after": [{"shock": "news", "hazard_per_year": 2}], "delay": "1 month"})
    courses = draw_futures(story(shocks=shocks), COUNT, 3)
    first, second = periods(courses), periods(courses, 1)
    struck = second != NOT_YET
    assert struck.any()
    assert (second[struck] > first[struck]).all()
    early = first == 1
    assert abs(struck[early].mean() - (1 - exp(-2))) < 4.5 * sqrt(exp(-2) / early.sum())


def test_a_date_and_several_shocks_at_once_beyond_the_limits_of_the_tree() -> None:
    """Each comes with its own chance, independently: both in a quarter of the futures, though the tree allows one."""
    dated = {"date": "2026-08-20", "probability": 0.5, "delay": "1 month"}
    courses = draw_futures(story(shocks=(dated, dated), futures={"max_shocks": 1, "min_probability": 0.3}), COUNT, 3)
    first, second = periods(courses), periods(courses, 1)
    assert set(first) == {2, NOT_YET}
    assert near(((first == 2) & (second == 2)).mean(), 0.25)


def test_every_window_of_a_licence_is_drawn() -> None:
    """Chances 0.5, 0.2 and 0.1 of a review count as 5, 2 and 1 of eight, in each window on its own."""
    licence = {"id": "review", "windows": ["2026-02-01", "2026-08-15"], "quick": 0.5, "refused": 0.1}
    licence["slow"] = {"probability": 0.2, "delay": "2 months"}
    news = (courses := draw_futures(story(licences=[licence]), COUNT, 3)).news
    first, second = news.outcome[:, courses.index]
    assert near((first == SLOW).mean(), 0.25)
    assert near((second == REFUSED).mean(), 0.125)
    assert near(((first == SLOW) & (second == REFUSED)).mean(), 0.25 * 0.125)
    assert set(periods(courses, 0)) == {1, NOT_YET}
    assert set(periods(courses, 1)) == {2, NOT_YET}


def test_the_same_seed_draws_the_same_futures() -> None:
    scenario = story(shocks=(STOP, {**STOP, "hazard_per_year": 1}))
    drawn, again, shorter, other = (draw_futures(scenario, n, s) for n, s in ((300, 1), (300, 1), (200, 1), (300, 2)))
    assert (periods(drawn) == periods(again)).all()
    assert (periods(drawn)[:200] == periods(shorter)).all()
    assert (periods(drawn) != periods(other)).any()


def test_a_source_more_leaves_the_others_alone() -> None:
    """Variants of a scenario are compared on the same luck."""
    alone = draw_futures(story(shocks=(STOP,)), 300, 1)
    joined = draw_futures(story(shocks=(STOP, {**STOP, "hazard_per_year": 3})), 300, 1)
    assert (periods(alone) == periods(joined)).all()


def test_more_futures_than_fit_into_a_block() -> None:
    """Forty-five thousand, drawn in blocks of twenty: the last are drawn as the first."""
    found = periods(draw_futures(story(shocks=(STOP,)), 45_000, 3))
    assert len(found) == 45_000
    assert near((found[-COUNT:] == NOT_YET).mean(), exp(-0.5))


def test_without_news_there_is_one_course() -> None:
    courses = draw_futures(story(), 50, 1)
    assert courses.news.rows == 1
    assert courses.index.tolist() == [0] * 50


def test_the_trees_own_futures() -> None:
    """Each leaf once with its probability; drawn, as often as that says."""
    scenario = story(shocks=(STOP,), futures={"branch_at": ["2026-07-01", "2027-01-01"]})
    growth = grow(scenario)
    whole = tree_futures(scenario, growth)
    leaves = [moment for moment in growth.moments if moment.period == 5]
    assert whole.probability.tolist() == pytest.approx([leaf.probability for leaf in leaves])
    assert whole.news.period[0].tolist() == [NOT_YET, 4, 2]
    drawn = periods(draw_from_tree(scenario, growth, COUNT, 3))
    for period, chance in zip(whole.news.period[0], whole.probability, strict=True):
        assert near((drawn == period).mean(), chance)
