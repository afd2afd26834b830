"""The page of the futures on real answers: tree, playbook, spreads, stress test, calendar of any future."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.words.news import say_kind, say_told
from planner.app.words.words import LANGUAGES, say
from planner.report.branches import Told
from planner.report.futures import weigh_play
from planner.report.plays import find_plays
from planner.report.stress import explain_stress
from planner.report.table import show_share
from planner.studies.stress import stress_plan
from tests.app.solved import SECRET, Solve, answer_of, check, plain, said, solving, tables, visit


@pytest.fixture(scope="module")
def solve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Solve]:
    with solving(tmp_path_factory.mktemp("futures")) as found:
        yield found


def stress(at: AppTest, count: int, language: str = "en") -> AppTest:
    at.selectbox(key="stress_count").set_value(count)
    return check(at.button(key="stress_run").click().run(), language)


def test_the_playbook_says_what_to_do_by_when_and_at_what_cost(solve: Solve) -> None:
    """One line of the dear maker more in place of the cheap one: 25 more, all of it cash."""
    text = plain(said(visit("futures", solve("two-futures"))))
    assert "switch 500 MW of line from cheap to dear" in text
    assert "By 2026-04-01." in text
    assert "Against nothing happening: cash USD 25.0 m more; penalty unchanged." in text
    assert "Average of the worst 10 %: cash USD 130.0 m; penalty USD 0 m." in text


def test_what_weighs_most_stands_first_and_is_shown_in_full(solve: Solve) -> None:
    """Chance times what it costs; a row that is kept from another answer does no harm."""
    answer = answer_of(solve("licence-stop"))
    assert answer.view is not None
    at = visit("futures", solve("licence-stop"))
    rows = at.dataframe[0].value
    weights = [-weigh_play(play) for play in sorted(find_plays(answer.view), key=weigh_play)]
    assert len(rows) == len(weights)
    assert weights == sorted(weights, reverse=True)
    first = rows.iloc[0]
    assert f"{first['News']} · {first['Comes in']} · chance {show_share(first['Chance'])}" in plain(said(at))


def test_news_has_its_words_in_every_language(solve: Solve) -> None:
    """What the planner says about news is Japanese on the Japanese page, names stay names."""
    at = visit("futures", solve("two-futures"), "ja")
    assert "計画のまま" in tables(at) or "切り替える" in tables(at)
    assert at.selectbox(key="calendar_future").options[0].startswith("何も起こらない")
    assert say_kind("export licence", "refused", partial(say, "ja")) == "export licence（却下）"
    slow = (Told("licence", "slow", "2026-Q2", "2026-Q2"), Told("licence", "refused", "2026-Q4", "2027-Q1"))
    assert say_told(slow, partial(say, "en")) == "licence slow 2026-Q2, refused 2026-Q4 to 2027-Q1"
    assert say_told((), partial(say, "en")) == "if nothing happens"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_every_language(solve: Solve, language: str) -> None:
    at = visit("futures", solve("two-futures"), language)
    for key in ("tree_title", "playbook_title", "spread_title", "stress_title", "calendar_title"):
        assert say(language, f"futures.{key}") in said(at)
    stress(at, 500, language)


def test_a_certain_scenario_says_that_nothing_can_come(solve: Solve) -> None:
    at = visit("futures", solve("minimal"))
    assert say("en", "futures.certain") in said(at)
    assert say("en", "futures.stress_nothing") in said(at)
    assert len(at.dataframe) == 1  # the calendar


def test_the_stress_test_says_what_the_study_finds(solve: Solve) -> None:
    answer = answer_of(solve("two-futures"))
    assert answer.result.plan is not None
    at = visit("futures", solve("two-futures"))
    assert "was replayed" not in said(at)
    stress(at, 500)
    found = stress_plan(answer.scenario, answer.result.plan, 500, 1)
    text = plain(said(at))
    assert explain_stress(found, answer.scenario)[0] in text
    assert f"(between {found.cash_cost.low:.2f} and {found.cash_cost.high:.2f} with 95 % confidence)" in text
    assert "was replayed" in said(at.run()), "what was found stays on the page"


def test_a_stress_test_belongs_to_its_plan(solve: Solve) -> None:
    at = stress(visit("futures", solve("two-futures")), 500)
    at.query_params["run"] = solve("confidential-news")
    at.session_state["run"] = solve("confidential-news")
    assert "was replayed" not in said(check(at.run()))


def test_the_calendar_of_another_future_can_be_chosen(solve: Solve) -> None:
    at = visit("futures", solve("two-futures"))
    quiet = at.dataframe[-1].value
    assert len(at.selectbox(key="calendar_future").options) == 2
    assert at.selectbox(key="calendar_future").options[0] == "if nothing happens · 75.0 %"
    check(at.selectbox(key="calendar_future").select_index(1).run())
    other = at.dataframe[-1].value
    assert set(other["Equipment"]) != set(quiet["Equipment"]) or len(other) != len(quiet)


def test_confidential_suppliers_stay_masked(solve: Solve) -> None:
    at = stress(visit("futures", solve("confidential-news")), 500)
    assert SECRET not in said(at) + tables(at) + str(at.main)
    assert "confidential-1" in plain(said(at))
