"""The two pictures: valid SVG, nothing active in them, everything the plan holds."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from planner.report.gantt import MOST_ROWS, draw_gantt
from planner.report.ramp import draw_ramp, nice_step
from planner.report.view import View
from tests.report.cases import build_plan, build_scenario, build_view

SVG = "{http://www.w3.org/2000/svg}"


def words(content: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(content).iter() if element.tag in (f"{SVG}text", f"{SVG}title")]


def test_gantt_names_makers_orders_and_days() -> None:
    found = words(draw_gantt(build_view(unmask=True), "Title"))
    for expected in ("Dawn Machines (CN)", "Zenith Coating AG (DE)", "10 × dawn-pecvd", "texas", "13 Feb 2027", "2026", "Q4"):
        assert expected in found


def test_ramp_hatches_the_gap_and_says_the_end() -> None:
    content = draw_ramp(build_view(open_mw=1500.0), "Title")
    assert "2027-Q4: capacity gap 1.5 GW a year" in words(content)
    assert "4.5 GW of 6.0 GW a year" in words(content)
    assert content.count(b'fill="url(#gap)"') == 2


def test_ramp_without_a_gap_has_no_gap_in_its_legend() -> None:
    assert "capacity gap" not in words(draw_ramp(build_view(), "Title"))


@pytest.mark.parametrize("draw", [draw_gantt, draw_ramp])
def test_hostile_title_stays_text(draw: object) -> None:
    hostile = "</svg><script>alert(1)</script>\x00&\" onload='x'"
    content = draw(build_view(), hostile)  # type: ignore[operator]
    root = ET.fromstring(content)
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert any("<script>" in text for text in words(content))


def test_many_orders_are_cut_with_a_word_about_the_rest() -> None:
    view = build_view(unmask=True)
    first = view.plan.orders[0]
    days = [date(2026 + n // 12, n % 12 + 1, 1) for n in range(MOST_ROWS + 5)]
    plan = replace(view.plan, orders=tuple(replace(first, ships=day, enters=day, effective=day) for day in days))
    content = draw_gantt(View(view.scenario, plan, view.mask), "Title")
    assert "5 more rows in orders.csv" in words(content)


def test_an_empty_plan_can_be_drawn() -> None:
    view = View(build_scenario()[0], type(build_plan())())
    assert "Title" in words(draw_gantt(view, "Title"))
    assert "Title" in words(draw_ramp(view, "Title"))


@pytest.mark.parametrize("most", [1.0, 7.0, 60.0, 999.0, 1000.0, 6000.0, 30000.0, 100000.0, 123456.0])
def test_scale_has_few_round_marks(most: float) -> None:
    marks = most / nice_step(most)
    assert marks * 1.0001 >= 4
    assert marks < 10.1
