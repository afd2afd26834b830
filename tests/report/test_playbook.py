"""The playbook: dates with the same reaction together, by when, at what cost, against nothing happening."""

from __future__ import annotations

import json
from math import exp

import pytest

from planner.report.play_words import say_blows, say_orders, say_play, say_until
from planner.report.playbook import playbook_data, playbook_table, trigger_table
from planner.report.plays import Play, find_plays
from tests.report.cases import SECRET_ID, SECRET_NAME
from tests.report.tree_case import STOP, build_tree_answer, build_tree_view


def plays() -> dict[tuple[str, str], Play]:
    return {(p.news[0][0], p.spans): p for p in find_plays(build_tree_view()) if p.first}


def test_dates_with_the_same_reaction_are_one_row() -> None:
    """The stop of 2026-Q3 and that of 2026-Q4 make tramonto deliver; that of 2027-Q1 comes too late to matter."""
    assert list(plays()) == [(STOP, "2026-Q3 to 2026-Q4"), (STOP, "2027-Q1"), ("levy", "2027-Q1")]


def test_single_news_comes_before_news_upon_news() -> None:
    found = find_plays(build_tree_view())
    assert [play.first for play in found] == sorted((play.first for play in found), reverse=True)
    upon = {(play.before, play.news) for play in found if not play.first}
    assert upon == {(((STOP, ""),), (("levy", ""),)), ((), ((STOP, ""), ("levy", "")))}


def test_what_to_do_after_a_stop() -> None:
    view, play = build_tree_view(), plays()[STOP, "2026-Q3 to 2026-Q4"]
    assert say_play(view, play) == (
        "sign Tramonto Impianti; switch 2.4 GW of pecvd from Dawn Machines to Tramonto Impianti; "
        "order 4 tools of tramonto-pecvd shipping 2027-Q1; do not order 4 tools of dawn-pecvd shipping 2027-Q2"
    )
    assert say_orders(view, play, "more") == "4 tools of tramonto-pecvd shipping 2027-Q1"
    (switch,) = play.switches
    assert (switch.gone, switch.come, switch.mw) == (("dawn",), ("tramonto",), 2400.0)


def test_by_when_is_the_last_day_at_its_place_in_the_tree() -> None:
    """Stop in 2026-Q3: sign at once, order in 2026-Q4, one quarter later; the levy: order in 2027-Q2."""
    view = build_tree_view()
    assert say_until(view, plays()[STOP, "2026-Q3 to 2026-Q4"]) == "within 1 quarter, at the latest 2026-10-01"
    assert say_until(view, plays()["levy", "2027-Q1"]) == "2027-04-01"
    assert say_until(view, plays()[STOP, "2027-Q1"]) == ""


def test_what_is_only_a_matter_of_time_is_said_as_such() -> None:
    play = plays()["levy", "2027-Q1"]
    assert play.timing_only
    assert (
        say_play(build_tree_view(), play)
        == "only the timing differs: 2 tools of zenith-coater ship in 2027-Q4 instead of 2027-Q3"
    )
    assert not plays()[STOP, "2026-Q3 to 2026-Q4"].timing_only
    assert say_play(build_tree_view(), plays()[STOP, "2027-Q1"]) == "keep to the plan"


def test_costs_are_means_of_what_may_still_follow_less_nothing_happening() -> None:
    """After the stop: 40 of cash and, in a fifth of the cases, 10 for the levy; 20 of penalty; 100 MW-years."""
    extra = plays()[STOP, "2026-Q3 to 2026-Q4"].extra
    assert extra["cash_cost"] == pytest.approx(40 + 0.2 * 10)
    assert extra["shortage_cost"] == pytest.approx(20)
    assert extra["shortage"] == pytest.approx(100)
    assert extra["expected_cost"] == pytest.approx(62)


def test_chance_is_that_of_any_of_its_dates() -> None:
    """Hazard 0.4 a year over the half-year to 1 July and the quarter after it: 1 - exp(-0.3)."""
    assert plays()[STOP, "2026-Q3 to 2026-Q4"].probability == pytest.approx(1 - exp(-0.3))


def test_earlier_orders_that_come_late_are_named() -> None:
    """The ten tools due on 1 September are held up by the stop of July only; see the test of deliveries for the days."""
    play = plays()[STOP, "2026-Q3 to 2026-Q4"]
    assert say_blows(build_tree_view(), play) == "0 to 10 tools of dawn-pecvd up to 119 days later"


def test_tables_name_what_to_watch() -> None:
    view = build_tree_view()
    watch = [column.key for column in trigger_table(view).columns].index("watch")
    notices = f"notices from Beijing; what {SECRET_NAME} hears"
    assert [row[watch] for row in trigger_table(view).rows] == [notices, notices, "the register of the week before"]
    assert len(playbook_table(view).rows) == len(find_plays(view))
    assert "watch" not in [column.key for column in trigger_table(view, watch=False).columns]


def test_json_names_every_date_and_change() -> None:
    answer = build_tree_answer(unmask=True)
    stop = answer.data["playbook"][0]
    assert [date["period"] for date in stop["dates"]] == ["2026-Q3", "2026-Q4"]
    assert (stop["first_day"], stop["last_day"]) == ("2026-07-01", "2026-10-01")
    assert {change["supplier"] for change in stop["dates"][0]["changes"]} == {"dawn", "tramonto"}
    assert json.loads(json.dumps(answer.data["playbook"])) == answer.data["playbook"]
    assert answer.view is not None
    assert playbook_data(answer.view) == answer.data["playbook"]


def test_masked_playbook_hides_names_in_news_and_orders() -> None:
    text = json.dumps(build_tree_answer().data["playbook"])
    assert SECRET_NAME not in text
    assert SECRET_ID not in text
    assert "levy on confidential-1" in text
