"""The plan's page on real answers: the sentences, both numbers of money, every section, masks, empty and hopeless cases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.panels.tables import csv_bytes
from planner.app.words.words import LANGUAGES, say
from planner.report.table import Column, Table
from planner.report.view import show_money
from tests.app.solved import SECRET, Solve, answer_of, check, plain, said, solving, tables, visit

SECTIONS = ("cash", "slots", "countries", "assumptions", "calendar", "files", "orders")


@pytest.fixture(scope="module")
def solve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Solve]:
    with solving(tmp_path_factory.mktemp("plan")) as found:
        yield found


def choose(at: AppTest, section: str, language: str = "en") -> AppTest:
    return check(at.segmented_control(key="section").set_value(section).run(), language)


def tiles(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.main.get("metric")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["plan", "futures"])
def test_without_an_answer_the_page_says_what_to_do(solve: Solve, page: str, language: str) -> None:
    assert say(language, "plan.empty") in said(visit(page, language=language))


def test_a_certain_plan_says_what_the_headline_says(solve: Solve) -> None:
    at = visit("plan", solve("minimal"))
    text = plain(said(at))
    for expected in (
        "The ramp is met in full: 4.0 GW a year from 2027-Q2.",
        "Cash USD 386.8 m; capacity-gap penalty USD 0 m (discounted to 2026-01-01).",
        "Now: sign cheap and dear.",
        "Proven best: no plan is better.",
        "Checked independently: every rule, day and payment agrees.",
    ):
        assert expected in text
    assert tiles(at) == {
        "Cash": "USD 386.8 m", "Gap penalty": "USD 0 m", "Ramp, of 4.0 GW": "4.0 GW", "Gap in GW-years": "0.00",
    }  # fmt: skip


def test_cash_and_penalty_are_those_of_the_answer(solve: Solve) -> None:
    answer = answer_of(solve("two-futures"))
    assert answer.view is not None
    at = visit("plan", solve("two-futures"))
    money, measures = answer.scenario.money, answer.view.plan.measures
    assert tiles(at)["Cash"] == show_money(measures["cash_cost"], money)
    assert tiles(at)["Cash on average"] == show_money(answer.result.measures["cash_cost"], money)
    assert "If nothing happens, the ramp is met in full" in plain(said(at))
    assert "switch 500 MW of line from cheap to dear" in plain(said(at))


def test_sections_of_a_large_case_can_be_looked_at(solve: Solve) -> None:
    at = visit("plan", solve("us-2026-10gw"))
    for section in ("cash", "slots", "countries"):
        choose(at, section)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_can_be_looked_at(solve: Solve, language: str) -> None:
    at = visit("plan", solve("minimal"), language)
    for section in SECTIONS:
        choose(at, section, language)
    for by in ("country", "site", "supplier"):
        check(at.segmented_control(key="ramp_by").set_value(by).run(), language)
    assert say(language, "plan.register_note") not in said(at)
    assert say(language, "plan.register_note") in said(choose(at, "assumptions", language))


def test_tables_speak_the_language_of_the_page(solve: Solve) -> None:
    japanese = tables(visit("plan", solve("minimal"), "ja"))
    assert "供給者" in japanese
    assert "基本契約" in japanese
    assert "frame agreement" not in japanese


def test_the_calendar_can_be_cut_to_last_days(solve: Solve) -> None:
    at = choose(visit("plan", solve("minimal")), "calendar")
    everything = len(at.dataframe[-1].value)
    check(at.segmented_control(key="calendar_show_False").set_value("last").run())
    kinds = set(at.dataframe[-1].value["What"])
    assert kinds <= {"last day to sign", "last day to order", "last day to switch to another maker"}
    assert 0 < len(at.dataframe[-1].value) < everything


def test_what_stops_the_ramp_is_said(solve: Solve) -> None:
    text = plain(said(visit("plan", solve("short"))))
    assert "The plan reaches" in text
    assert "has no delivery slot left in" in text


@pytest.mark.parametrize("page", ["plan", "futures"])
def test_without_any_plan_the_reasons_are_said_with_numbers(solve: Solve, page: str) -> None:
    text = plain(said(visit(page, solve("infeasible-on-purpose"))))
    assert "No plan meets every rule of this scenario." in text
    assert "At best 0 MW a year of the 10.0 GW a year that ramp must have in 2027-Q1 can be reached." in text
    assert "What you can do" in text


def test_confidential_suppliers_are_masked_until_asked_for(solve: Solve) -> None:
    at = visit("plan", solve("confidential"))
    for section in SECTIONS:
        choose(at, section)
        assert SECRET not in said(at) + tables(at) + str(at.main)
        assert "dear-line" not in said(at) + tables(at)
    assert "confidential-1" in plain(said(at))
    check(at.toggle(key="unmask").set_value(True).run())
    assert SECRET in said(at)
    check(at.toggle(key="unmask").set_value(False).run())
    assert SECRET not in said(at) + tables(at)


def pictures(at: AppTest) -> str:
    """Everything that stands in pictures."""
    charts = [chart.proto for chart in at.main.get("vega_lite_chart")]
    data = [dataset.data.data for chart in charts for dataset in chart.datasets]
    return "".join(chart.spec for chart in charts) + b"".join(data).decode("utf-8", errors="replace")


def test_pictures_follow_the_mask_the_language_and_the_choice(solve: Solve) -> None:
    """They are kept from one drawing to the next, but only for what they were made from."""
    at = visit("plan", solve("confidential"))
    assert SECRET not in pictures(at)
    assert "confidential-1" in pictures(at)
    check(at.toggle(key="unmask").set_value(True).run())
    assert SECRET in pictures(at)
    other = visit("plan", solve("confidential"))
    assert SECRET not in pictures(other), "another visitor has not asked for the names"
    check(at.toggle(key="unmask").set_value(False).run())
    assert SECRET not in pictures(at)
    before = pictures(at)
    check(at.segmented_control(key="ramp_by").set_value("country").run())
    assert pictures(at) != before
    check(at.sidebar.selectbox(key="lang").set_value("ja").run(), "ja")
    assert say("ja", "plan.stage_make") in pictures(at)


def test_a_table_of_a_picture_is_made_when_its_fold_is_opened(solve: Solve) -> None:
    at = visit("plan", solve("minimal"))
    assert "Stage" not in tables(at)
    at.session_state["fold_timeline"] = True
    assert "ordered, being made" in tables(check(at.run()))


def test_hostile_names_stay_text(solve: Solve) -> None:
    at = visit("plan", solve("hostile"))
    read = "\n".join(str(e.value) for kind in ("title", "markdown", "caption", "subheader") for e in at.main.get(kind))
    assert "](http" not in read
    assert "<script>" not in read
    assert "<b>" not in read
    assert "=1+1 ![p](http://x.example/p.png) `c` <b>" in tables(at)


def test_a_csv_file_is_utf8_with_its_mark_and_computes_nothing() -> None:
    table = Table("T", "?", (Column("name", "Name"), Column("n", "N", "units")), (("=1+1", 2.0), ("日本", -3.0)))
    assert csv_bytes(table, {"status": "optimal"}).decode("utf-8-sig").splitlines() == [
        "name,n,status", "'=1+1,2,optimal", "日本,-3,optimal"
    ]  # fmt: skip
    assert csv_bytes(table, {}).startswith(b"\xef\xbb\xbf")


def test_every_table_has_a_button_that_saves_it(solve: Solve) -> None:
    at = visit("plan", solve("minimal"))
    for section in SECTIONS[:-1]:
        choose(at, section)
        assert len([b for b in at.main.get("download_button") if b.label == say("en", "plan.save_csv")]) == len(at.dataframe)


def searching() -> None:
    """The head of a page while the search lasts."""
    from planner.app.panels.headline import draw_headline
    from tests.report.cases import build_answer

    answer = build_answer(unmask=True)
    assert answer.view is not None
    draw_headline(answer, answer.view, goes_on=True)


def test_while_the_search_lasts_the_plan_is_the_best_so_far() -> None:
    at = AppTest.from_function(searching, default_timeout=30).run()
    assert not at.exception
    text = plain(said(at))
    assert "Best plan so far, the search goes on: at most" in text
    assert "stopped early" not in text


def refused() -> None:
    """The head of a page with a plan the check does not accept."""
    from planner.app.panels.headline import draw_headline
    from tests.report.cases import build_answer

    answer = build_answer(audit={"ok": False, "findings": [{"rule": "slots"}]})
    assert answer.view is not None
    draw_headline(answer, answer.view)


def test_a_plan_the_check_refuses_is_refused_before_anything_else() -> None:
    at = AppTest.from_function(refused, default_timeout=30).run()
    assert not at.exception
    assert [error.value for error in at.error] == [say("en", "plan.not_verified", count=1)]
    assert "proven" not in said(at).casefold()
    assert "Checked independently" not in said(at)
