"""The tree picture: every future in its row, no line through another, readable however many there are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest

from planner.plan.paths import find_paths
from planner.plan.plan import FutureCost, Plan
from planner.report.mask import NOTHING_MASKED
from planner.report.tree import draw_tree
from planner.report.twigs import MOST_ROWS, find_twigs
from planner.report.view import View, open_view
from tests.report.cases import SECRET_NAME
from tests.report.tree_case import STOP, build_tree_scenario, build_tree_view

SVG = "{http://www.w3.org/2000/svg}"
WIDE = 1280


def words(content: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(content).iter() if element.tag in (f"{SVG}text", f"{SVG}title")]


def many(step: str, periods: int, kinds: int) -> View:
    """A plan that decides nothing, on a tree of ``kinds`` hazards that may strike in any period."""
    shocks = [
        {"id": f"stop-{k}", "hazard_per_year": 0.3, "hits": {"suppliers": ["dawn"]}, "slots_factor": 0.5} for k in range(kinds)
    ]
    scenario = build_tree_scenario(
        calendar={"start": "2026-01-01", "step": step, "periods": periods},
        shocks=shocks,
        futures={"max_shocks": 2, "max_nodes": 20000},
    )
    paths = find_paths(scenario)
    futures = tuple(
        FutureCost(
            leaf, leaf, paths.at(leaf).probability, 100.0 + len(paths.told(leaf)), 100.0, 1.0 * len(paths.told(leaf)), 0, 0
        )
        for leaf in paths.leaves("root")
    )
    return open_view(scenario, Plan(futures=futures), NOTHING_MASKED)


def test_every_future_has_its_row_and_the_trunk_is_the_first() -> None:
    twigs, left_out = find_twigs(build_tree_view())
    assert left_out == 0
    assert len(twigs) == 8
    assert twigs[0].label == "nothing happens"
    assert twigs[-1].label == f"export stop 2026-Q3, levy on {SECRET_NAME} 2027-Q1"
    assert sum(twig.probability for twig in twigs) == pytest.approx(1)
    assert twigs[0].widths[0] == 1


@pytest.mark.parametrize("view", [build_tree_view(), many("quarter", 6, 2)], ids=["cases", "two hazards"])
def test_no_connector_crosses_a_line(view: View) -> None:
    """Between a row and the one it leaves, every line begins later, or at the same time further to the right."""
    twigs, _ = find_twigs(view)
    for row, twig in enumerate(twigs):
        for between in twigs[twig.parent + 1 : row] if twig.parent >= 0 else []:
            assert (between.start, between.beside) > (twig.start, twig.beside)


def test_picture_names_futures_chances_and_costs() -> None:
    found = words(draw_tree(build_tree_view(), "Title"))
    for expected in (
        "Title",
        "nothing happens",
        "53.6 %",
        "400.0",
        "470.0",
        "average",
        "worst 10 %",
        "export stop",
        "2027",
        "Q4",
    ):
        assert expected in found
    assert any("cash 410.0, penalty 50.0" in text for text in found)


def test_what_follows_the_first_news_is_one_row_when_there_are_many() -> None:
    """Two hazards in eleven quarters: 1 + 2 x 11 + pairs, far more than the rows; by first news and date 1 + 3 x 11."""
    view = many("quarter", 12, 2)
    twigs, left_out = find_twigs(view)
    assert len(view.everything.futures) > MOST_ROWS
    assert (len(twigs), left_out) == (34, 0)
    assert sum(twig.count for twig in twigs) == len(view.everything.futures)
    assert sum(twig.probability for twig in twigs) == pytest.approx(1)
    assert any(text.startswith("stop 0 2026-Q2 (") for text in words(draw_tree(view, "T")))


def test_dates_are_put_together_when_there_are_too_many() -> None:
    """Two hazards in 21 months: 3 x 20 first news; without their dates three rows and the trunk."""
    twigs, left_out = find_twigs(many("month", 21, 2))
    assert (len(twigs), left_out) == (4, 0)
    assert "stop 0 2026-02 to 2027-09" in [twig.label for twig in twigs]


def test_the_least_likely_find_no_place() -> None:
    """Eleven hazards, at most two at a time: 11 + 55 first news even without their dates."""
    view = many("quarter", 3, 11)
    twigs, left_out = find_twigs(view)
    assert (len(twigs), left_out) == (MOST_ROWS, 1 + 11 + 55 - MOST_ROWS)
    assert f"{left_out} less likely first news are not drawn" in words(draw_tree(view, "T"))


@pytest.mark.parametrize("view", [build_tree_view(), many("quarter", 6, 2), many("quarter", 12, 2)], ids=["8", "61", "many"])
def test_rows_keep_apart_and_inside_the_page(view: View) -> None:
    """Names stand at least 12 px under each other and end before the column of chances; the page fits a screen."""
    root = ET.fromstring(draw_tree(view, "Title"))
    assert float(root.get("width", "0")) <= WIDE
    names = [
        e for e in root.iter(f"{SVG}text") if e.get("x") == "574" and float(e.get("font-size", "0")) < 12 and e.text != "Future"
    ]
    heights = sorted(float(e.get("y", "0")) for e in names)
    assert len(names) == len(find_twigs(view)[0])
    assert all(below - above >= 12 for above, below in pairwise(heights))
    assert all(574 + 0.6 * float(e.get("font-size", "0")) * len(e.text or "") < 930 for e in names)


def test_colours_tell_news_apart_and_widths_say_its_chance() -> None:
    content = draw_tree(build_tree_view(), "Title").decode()
    widths = {float(w) for w in re.findall(r'stroke-width="([\d.]+)"', content)}
    assert max(widths) == 9.0
    assert content.count('stroke="#2F7FBF"') > 3
    assert content.count('stroke="#E08E1B"') > 3


def test_a_hostile_name_stays_text() -> None:
    shocks = [{"id": STOP, "name": "</svg><script>alert(1)</script>", "hazard_per_year": 0.4, "slots_factor": 0.5}]
    root = ET.fromstring(draw_tree(build_tree_view(shocks=shocks), "Title"))
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_costs_may_be_nothing() -> None:
    view = build_tree_view()
    whole = view.everything
    free = tuple(replace(f, cost=0.0, cash_cost=0.0, shortage_cost=0.0) for f in whole.futures)
    assert "0" in words(draw_tree(replace(view, whole=replace(whole, futures=free)), "Title"))
