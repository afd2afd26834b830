"""Pictures: valid for Vega-Lite, nothing leads out of the machine, every number of the report is in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import altair as alt
import pytest

from planner.app.charts.cash import draw_cash
from planner.app.charts.exposure import draw_exposure
from planner.app.charts.gantt import draw_gantt
from planner.app.charts.look import DARK, LIGHT, PALETTE, RED, scale_of, time_axis
from planner.app.charts.ramp import draw_ramp
from planner.app.charts.slots import draw_slots
from planner.app.charts.spread import draw_spread
from planner.app.charts.tree import draw_tree
from planner.app.words.words import LANGUAGES, say
from planner.report.branches import find_branches
from planner.report.exposure import find_shares
from planner.report.flows import find_flows
from planner.report.makers import split_ramp
from planner.report.slot_race import find_slot_windows
from planner.report.spread import Bin, spread_costs
from planner.report.timeline import Row, find_rows
from planner.report.view import View
from tests.report.cases import build_view
from tests.report.tree_case import build_tree_view


def words(key: str, **values: object) -> str:
    return say("en", key, **values)


def records(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """All data of a chart that is valid."""
    return [record for part in chart.to_dict(validate=True)["datasets"].values() for record in part]


def all_charts(view: View, language: str = "en") -> dict[str, alt.LayerChart]:
    def t(key: str, **values: object) -> str:
        return say(language, key, **values)

    calendar = view.scenario.calendar
    begin, end = calendar.start, calendar.end
    return {
        "gantt": draw_gantt(find_rows(view)[0], begin, end, t, DARK),
        "ramp": draw_ramp(split_ramp(view, "supplier"), t, LIGHT),
        "slots": draw_slots(find_slot_windows(view), begin, end, t, LIGHT),
        "cash": draw_cash(find_flows(view, "milestone"), 3, view.scenario.money, str, t, LIGHT),
        "exposure": draw_exposure(find_shares(view), str, t, LIGHT),
        "tree": draw_tree(find_branches(view)[0], begin, end, view.scenario.money, t, DARK),
        "spread": draw_spread(spread_costs(view), "USD m", [("average", 380.0), ("worst", 410.0)], t, LIGHT),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_valid_and_stays_on_the_machine(language: str) -> None:
    for name, chart in all_charts(build_tree_view(), language).items():
        spec = chart.to_dict(validate=True)
        # The schema's own address names the version of the format; nothing fetches it.
        rest = json.dumps({key: value for key, value in spec.items() if key != "$schema"})
        assert "http" not in rest, name
        assert '"url"' not in rest, name


def test_gantt_has_every_bar_and_tells_equal_rows_apart() -> None:
    rows = find_rows(build_view(unmask=True))[0]
    bars = [
        record
        for record in records(draw_gantt([*rows, *rows], rows[0].bars[0].begin, rows[0].bars[0].end, words, LIGHT))
        if "row" in record
    ]
    assert len(bars) == 2 * sum(len(row.bars) for row in rows)
    assert len({bar["row"] for bar in bars}) == 2 * len([row for row in rows if row.bars])
    assert {"supplier qualification", "installation and acceptance"} <= {bar["stage"] for bar in bars}


def test_a_name_with_the_signs_of_the_labels_is_no_trap() -> None:
    hostile = Row("a|b§c", "CN", find_rows(build_view())[0][0].bars)
    found = [r for r in records(draw_gantt([hostile], hostile.bars[0].begin, hostile.bars[0].end, words, LIGHT)) if "row" in r]
    assert found[0]["row"].count("|") == 1
    assert found[0]["supplier"] == "a|b§c (CN)"


def test_ramp_stacks_to_what_runs_and_marks_the_gap() -> None:
    found = records(draw_ramp(split_ramp(build_view(open_mw=1500.0), "site"), words, LIGHT))
    last = [record for record in found if record["period"] == "2027-Q4"]
    assert {(r["what"], r["low"], r["high"]) for r in last} == {
        ("texas", 0.0, 4.5), ("capacity gap", 4.5, 6.0), ("wanted", 0.0, 6.0)
    }  # fmt: skip
    assert "1.5 GW" in {record["capacity"] for record in last}


def test_ramp_without_a_gap_has_none_in_its_legend() -> None:
    chart = json.dumps(draw_ramp(split_ramp(build_view(), "site"), words, LIGHT).to_dict())
    assert "capacity gap" not in chart


def test_many_makers_share_a_colour_for_the_smallest() -> None:
    periods = [replace(p, parts={f"maker {n:02d}": 100.0 - n for n in range(12)}) for p in split_ramp(build_view(), "site")]
    found = [r for r in records(draw_ramp(periods, words, LIGHT)) if r["period"] == "2027-Q4" and r["what"] != "wanted"]
    assert len({r["what"] for r in found}) == 9
    others = next(r for r in found if r["what"] == "others")
    assert others["high"] - others["low"] == pytest.approx((92 + 91 + 90 + 89) / 1000)


def test_widths_of_slots_are_their_numbers() -> None:
    windows = [w for w in find_slot_windows(build_view(unmask=True)) if w.plan]
    found = records(draw_slots(windows, windows[0].begin, windows[0].end, words, LIGHT))
    assert {r["text"] for r in found if "text" in r} == {"10/12", "6/9"}
    assert {(r["what"], r["slots"]) for r in found if "slots" in r} >= {("taken by the plan", "10"), ("left to us", "2")}


def test_cash_grows_from_zero_in_every_period() -> None:
    flows = find_flows(build_view(unmask=True), "milestone")
    found = records(draw_cash(flows, 3, build_view().scenario.money, str, words, LIGHT))
    assert sum(r["high"] - r["low"] for r in found) == pytest.approx(sum(flow.amount for flow in flows))
    assert [r["low"] for r in found if r["period"] == "2026-Q2"] == [0.0]


def test_exposure_shows_the_most_the_policy_allows() -> None:
    found = records(draw_exposure(find_shares(build_view(unmask=True)), str, words, LIGHT))
    assert {r["most"] for r in found if r["of"] == "spend" and r["country"] == "CN"} == {"85.0 %"}


def test_tree_draws_every_future_with_its_chance_and_both_costs() -> None:
    view = build_tree_view()
    branches = find_branches(view)[0]
    found = records(
        draw_tree(branches, view.scenario.calendar.start, view.scenario.calendar.end, view.scenario.money, words, LIGHT)
    )
    assert {record["row"] for record in found} == set(range(len(branches)))
    stop = next(
        r for r in found if r["future"].startswith("export-stop 2026-Q3") or r["future"].startswith("export stop 2026-Q3")
    )
    assert (stop["cash"], stop["penalty"]) == ("USD 410.0 m", "USD 50.0 m")


def test_a_spread_of_one_value_has_a_width() -> None:
    found = [r for r in records(draw_spread([Bin(5.0, 5.0, 1.0, 1)], "USD m", [("average", 5.0)], words, LIGHT)) if "low" in r]
    assert found[0]["low"] < 5.0 < found[0]["high"]


def test_colours_begin_again_when_they_end_and_red_is_kept_for_what_is_missing() -> None:
    names = [str(n) for n in range(len(PALETTE) + 1)]
    scale = scale_of(names).to_dict()
    assert scale["range"][0] == scale["range"][-1]
    assert RED not in PALETTE


def test_long_calendars_have_fewer_marks() -> None:
    steps = [time_axis(date(2026, 1, 1), date(year, 1, 1))[0].to_dict()["tickCount"]["step"] for year in (2028, 2031, 2040)]
    assert steps == [3, 6, 12]
