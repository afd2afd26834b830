"""Which node of the tree a course of events looks like."""

from __future__ import annotations

from typing import Any

from planner.scenario.grow import grow
from planner.scenario.news import make_strike
from planner.scenario.scenario import Scenario
from planner.studies.courses import News, build_news, find_voices
from planner.studies.react import Reaction, react
from tests.studies.sample import story

STOP = {"hazard_per_year": 0.4, "delay": "1 month"}
TWO = {"shocks": (STOP, STOP), "futures": {"max_shocks": 1, "branch_at": ["2026-04-01", "2026-10-01"]}}


def told(scenario: Scenario, *futures: dict[str, Any]) -> News:
    """News by key of the source: the period in which it strikes, or (outcome, period) for a licence."""
    free = scenario.model_copy(update={"futures": scenario.futures.model_copy(update={"branch_at": ()})})
    voices = find_voices(free)
    rows = []
    for future in futures:
        strikes = []
        for voice in voices:
            if (said := future.get(voice.source.key)) is not None:
                outcome, period = ("", said) if isinstance(said, int) else said
                strikes.append(make_strike(free, voice.source, outcome, period, False))
        rows.append(tuple(strikes))
    return build_news(voices, rows)


def way(scenario: Scenario, future: dict[str, Any]) -> tuple[list[str], Reaction]:
    growth = grow(scenario)
    found = react(growth, told(scenario, future))
    return [growth.moments[n].name for n in found.node[:, 0]], found


def test_quiet_futures_stay_on_the_trunk() -> None:
    names, found = way(story(**TWO), {})
    assert names == ["root", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]
    assert found.exact.all()


def test_a_future_of_the_tree_is_followed_exactly() -> None:
    names, found = way(story(**TWO), {"news": 3})
    assert names[2:4] == ["2026-Q3", "2026-Q4/news@2026-Q4"]
    assert found.exact.all()


def test_the_nearest_date_counts_and_the_first_node_of_two() -> None:
    """A stop in the third quarter: the tree has the second, and from the fourth on both, one quarter off each way."""
    names, found = way(story(**TWO), {"news": 2})
    assert names[2] == "2026-Q3/news@2026-Q2"
    assert names[3] == "2026-Q4/news@2026-Q4"  # the children of the trunk stand before those of the stop in April
    assert found.known.all()
    assert found.exact[:, 0].tolist() == [True, True, False, False, False, False]
    names, _ = way(story(**TWO), {"news": 5})
    assert names[5] == "2027-Q2/news@2026-Q4"


def test_the_largest_part_of_an_unknown_set() -> None:
    """Both strike in April, which the tree leaves out: of the nodes with one, the first with the right date."""
    names, found = way(story(**TWO), {"news": 1, "news-1": 1})
    assert names[1] == "2026-Q2/news-1@2026-Q2"
    assert found.known[:, 0].tolist() == [True, False, False, False, False, False]
    assert not found.exact[1:].any()
    # of two sets of one strike the one whose date fits better wins
    names, _ = way(story(**TWO), {"news": 1, "news-1": 4})
    assert names[4] == "2027-Q1/news@2026-Q2"


def test_outcomes_of_a_licence_must_agree() -> None:
    """The review is slow for sure in the tree without chance for more; a refusal is then no part of any node."""
    licence = {"id": "review", "quick": 0, "slow": {"probability": 1, "delay": "1 month"}, "refused": 0.5}
    scenario = story(licences=[licence])
    names, found = way(scenario, {"review 2026-01-01": ("refused", 1)})
    assert names[1] == "2026-Q2/review:refused@2026-Q2"
    assert found.exact.all()
    only_trunk = story(licences=[licence], futures={"max_shocks": 0})
    names, found = way(only_trunk, {"review 2026-01-01": ("refused", 1)})
    assert names[1] == "2026-Q2"
    assert not found.known[1:].any()
    names, found = way(only_trunk, {"review 2026-01-01": ("slow", 1)})
    assert found.exact.all()


def test_windows_of_one_licence_are_told_apart() -> None:
    licence = {"id": "review", "windows": ["2026-04-01", "2026-10-01"], "quick": 0.5, "refused": 0.5}
    scenario = story(licences=[licence])
    names, found = way(scenario, {"review 2026-10-01": ("refused", 3)})
    assert names[2:4] == ["2026-Q3", "2026-Q4/review:refused@2026-Q4"]
    assert found.exact.all()


def test_many_futures_at_once_are_mapped_as_one_by_one() -> None:
    scenario = story(**TWO)
    growth = grow(scenario)
    futures = [{"news": a, "news-1": b} for a in (None, 1, 2, 3, 4, 5) for b in (None, 1, 2, 3, 4, 5)]
    together = react(growth, told(scenario, *futures))
    for row, future in enumerate(futures):
        assert react(growth, told(scenario, future)).node[:, 0].tolist() == together.node[:, row].tolist()
