"""The audit's tree of futures by hand, and that the scenario's own tree is the same."""

from __future__ import annotations

from math import exp
from random import Random
from typing import Any

import pytest

from planner.plan.audit.clock import read_clock
from planner.plan.audit.tree import Tree, future_name, grow_tree
from planner.scenario.grow import TooManyNodes, grow
from planner.scenario.grow import future_name as name_of
from planner.scenario.scenario import Scenario

Part = dict[str, Any]


def scenario(periods: int = 3, **parts: Any) -> Scenario:
    """Quarters from 2026-01-01 with the given shocks, licences and futures."""
    document: Part = {
        "format": 1, "title": "news", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": periods},
        "money": {"currency": "USD"}, "routes": {"r": {"steps": ["coat"]}}, "sites": [{"id": "s", "country": "US"}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": 1, "hard": True}], "suppliers": [{"id": "maker", "country": "CN"}],
        "offers": [{"id": "o", "supplier": "maker", "covers": {"coat": 1}, "price": 1}],
        **parts,
    }  # fmt: skip
    return Scenario.model_validate(document)


def tree(periods: int = 3, **parts: Any) -> Tree:
    found = scenario(periods, **parts)
    return grow_tree(found, read_clock(found.calendar, 0.0))


def chances(found: Tree) -> dict[str, float]:
    """Probability of every node by name."""
    return {node.name: node.probability for node in found.nodes}


def days(found: Tree, name: str) -> list[tuple[str, str, str | None]]:
    """(source, first day, first day without) of the news known at a node."""
    strikes = found.nodes[found.number[name]].strikes
    return [(s.source, s.day.isoformat(), s.end.isoformat() if s.end else None) for s in strikes]


def near(value: dict[str, float]) -> Any:
    return pytest.approx(value, rel=1e-13)


def test_without_news_the_tree_is_a_chain() -> None:
    assert chances(tree()) == {"root": 1, "2026-Q2": 1, "2026-Q3": 1}
    shocks = [{"id": "war", "hazard_per_year": 1}]
    assert chances(tree(shocks=shocks, futures={"mode": "none"})) == {"root": 1, "2026-Q2": 1, "2026-Q3": 1}


def test_a_hazard_can_strike_in_every_period_but_the_first() -> None:
    # a quarter at 0.4 a year: 1 - exp(-0.1); once it has struck it is silent
    p = 1 - exp(-0.1)
    found = tree(shocks=[{"id": "war", "hazard_per_year": 0.4, "lasts": "2 months"}])
    assert chances(found) == near({
        "root": 1, "2026-Q2": 1 - p, "2026-Q2/war@2026-Q2": p, "2026-Q3": (1 - p) ** 2, "2026-Q3/war@2026-Q3": (1 - p) * p,
        "2026-Q3/war@2026-Q2": p,
    })  # fmt: skip
    assert days(found, "2026-Q3/war@2026-Q2") == [("war", "2026-04-01", "2026-06-01")]
    assert [found.nodes[path[-1]].name for path in found.paths] == ["2026-Q3", "2026-Q3/war@2026-Q3", "2026-Q3/war@2026-Q2"]


def test_a_hazard_is_cut_to_its_days_and_counts_from_the_branching_before() -> None:
    # news in the third quarter only: the years run from 01-01 to 07-01, the hazard from 03-01 to 05-01: a sixth of a year
    shocks = [{"id": "war", "hazard_per_year": 3, "from": "2026-03-01", "until": "2026-05-01"}]
    p = 1 - exp(-0.5)
    found = tree(4, shocks=shocks, futures={"branch_at": ["2026-08-20"]})
    assert chances(found) == near({
        "root": 1, "2026-Q2": 1, "2026-Q3": 1 - p, "2026-Q3/war@2026-Q3": p, "2026-Q4": 1 - p, "2026-Q4/war@2026-Q3": p,
    })  # fmt: skip


def test_tension_multiplies_the_hazard_of_what_is_geopolitical() -> None:
    # the dial on the first day of the branching before: 2 at first, 5 from the second quarter on
    shocks = [{"id": "war", "hazard_per_year": 0.4, "tags": ["geopolitical"]}]
    found = chances(tree(shocks=shocks, futures={"tension": {"2026-Q1": 2, "2026-Q2": 5}}))
    assert found["2026-Q2"] == pytest.approx(exp(-0.2))
    assert found["2026-Q3"] == pytest.approx(exp(-0.2) * exp(-0.5))
    calm = chances(tree(shocks=[{"id": "war", "hazard_per_year": 0.4}], futures={"tension": 9}))
    assert calm["2026-Q2"] == pytest.approx(exp(-0.1))


def test_a_shock_is_likelier_after_another_one() -> None:
    # after the war: 3 times 0.4 and 0.8 more a year make 2 a year; in the quarter of the war itself still 0.4
    shocks: list[Part] = [
        {"id": "ban", "hazard_per_year": 0.4, "after": [{"shock": "war", "times": 3, "hazard_per_year": 0.8}]},
        {"id": "war", "date": "2026-05-01", "probability": 0.5},
    ]
    found = chances(tree(shocks=shocks))
    p, q = 1 - exp(-0.1), 1 - exp(-0.5)
    assert found["2026-Q2/ban@2026-Q2+war@2026-Q2"] == pytest.approx(0.5 * p)
    assert found["2026-Q3/war@2026-Q2+ban@2026-Q3"] == pytest.approx(0.5 * (1 - p) * q)
    shocks[1]["probability"], shocks[0] = 0.5, {"id": "ban", "date": "2026-08-01", "probability": 0.3, "after": [
        {"shock": "war", "times": 2}]}  # fmt: skip
    assert chances(tree(shocks=shocks))["2026-Q3/war@2026-Q2+ban@2026-Q3"] == pytest.approx(0.5 * (1 - 0.7**2))
    shocks[0] |= {"probability": 1, "after": [{"shock": "war", "times": 0}]}  # sure to come, but not after the war
    known = tree(shocks=shocks)
    assert [[s.source for s in known.nodes[path[-1]].strikes] for path in known.paths] == [["ban"], ["war"]]


def test_a_dated_shock_speaks_in_the_first_period_that_ends_after_it() -> None:
    def spoken(day: str, **futures: Any) -> list[tuple[str, str, str | None]]:
        found = tree(shocks=[{"id": "war", "date": day, "probability": 0.5}], futures=futures)
        return days(found, found.nodes[-1].name)

    assert spoken("2026-05-10") == [("war", "2026-05-10", None)]  # known on 04-01, in force on its day
    assert spoken("2026-06-30") == [("war", "2026-06-30", None)]
    assert spoken("2026-02-10") == [("war", "2026-04-01", None)]  # the first period brings no news
    assert spoken("2026-04-10", branch_at=["2026-07-01"]) == [("war", "2026-07-01", None)]
    assert spoken("2026-10-01") == []  # after the horizon
    assert spoken("2026-08-10", branch_at=["2026-04-01"]) == []  # nothing branches that late


def test_a_licence_is_drawn_once_per_window() -> None:
    """Windows from 2026-02-01 and 2026-07-01: the first is drawn on 04-01 and holds until 07-01."""
    licence = {"id": "permit", "quick": 1, "slow": {"probability": 0.6, "delay": "1 month"}, "refused": 0.4,
               "windows": ["2026-02-01", "2026-07-01"]}  # fmt: skip
    found = tree(licences=[licence])
    assert chances(found) == near({
        "root": 1, "2026-Q2": 0.5, "2026-Q2/permit:slow@2026-Q2": 0.3, "2026-Q2/permit:refused@2026-Q2": 0.2,
        "2026-Q3": 0.25, "2026-Q3/permit:slow@2026-Q3": 0.15, "2026-Q3/permit:refused@2026-Q3": 0.1,
        "2026-Q3/permit:slow@2026-Q2": 0.15, "2026-Q3/permit:slow@2026-Q2+permit:slow@2026-Q3": 0.09,
        "2026-Q3/permit:slow@2026-Q2+permit:refused@2026-Q3": 0.06,
        "2026-Q3/permit:refused@2026-Q2": 0.1, "2026-Q3/permit:refused@2026-Q2+permit:slow@2026-Q3": 0.06,
        "2026-Q3/permit:refused@2026-Q2+permit:refused@2026-Q3": 0.04,
    })  # fmt: skip
    twice = "2026-Q3/permit:slow@2026-Q2+permit:refused@2026-Q3"
    assert days(found, twice) == [("permit", "2026-04-01", "2026-07-01"), ("permit", "2026-07-01", None)]
    always = tree(licences=[{**licence, "windows": []}])
    assert days(always, always.nodes[-1].name) == [("permit", "2026-04-01", None)]


def test_what_is_certain_is_expected_and_counts_for_nothing() -> None:
    # no quick review: slow is the least news; the certain war strikes on the trunk; one shock by chance is left
    shocks = [{"id": "war", "date": "2026-04-10", "probability": 1}, {"id": "ban", "date": "2026-08-01", "probability": 0.5}]
    licence = {"id": "permit", "quick": 0, "slow": {"probability": 0.5, "delay": "1 month"}, "refused": 0.5}
    found = tree(shocks=shocks, licences=[licence], futures={"max_shocks": 1})
    assert chances(found) == near({
        "root": 1, "2026-Q2": 0.5, "2026-Q2/permit:refused@2026-Q2": 0.5,
        "2026-Q3": 0.25, "2026-Q3/ban@2026-Q3": 0.25, "2026-Q3/permit:refused@2026-Q2": 0.5,
    })  # fmt: skip
    assert [s.source for s in found.nodes[found.number["2026-Q3"]].strikes] == ["permit", "war"]
    assert found.cut_mass == pytest.approx(0.25)  # a refusal and the ban together


def test_what_is_cut_goes_to_the_nearest_and_what_is_held_back_comes_again() -> None:
    """Two shocks of 1/2 and 1/10 a quarter, nothing below 0.06.

    Second quarter: both together (0.05) goes to the likelier one alone (0.45 + 0.05); the other alone (0.05) stays with
    nobody and is held back. There 0.45 + 0.05 = 0.5, of which a tenth is held: its chance is then 1 - 0.9 x 0.9 = 0.19.
    """
    h = 4 * 0.6931471805599453  # a half a quarter
    k = 4 * 0.10536051565782628  # a tenth
    found = tree(2, shocks=[{"id": "a", "hazard_per_year": h}, {"id": "b", "hazard_per_year": k}],
                 futures={"min_probability": 0.06})  # fmt: skip
    assert chances(found) == near({"root": 1, "2026-Q2": 0.5, "2026-Q2/a@2026-Q2": 0.5})
    assert found.cut_mass == pytest.approx(0.1)
    later = tree(3, shocks=[{"id": "a", "hazard_per_year": h, "until": "2026-04-01"}, {"id": "b", "hazard_per_year": k}],
                 futures={"min_probability": 0.06})  # fmt: skip
    # after a in the second quarter b alone is 0.05 again: it is cut, and what came to a before stays displaced
    assert chances(later) == near({
        "root": 1, "2026-Q2": 0.5, "2026-Q2/a@2026-Q2": 0.5,
        "2026-Q3": 0.5 * 0.81, "2026-Q3/b@2026-Q3": 0.5 * 0.19, "2026-Q3/a@2026-Q2": 0.5,
    })  # fmt: skip
    # displaced: a tenth of the mass without news, all along; of a a tenth at first and of the rest a tenth more
    assert later.cut_mass == pytest.approx(0.05 + 0.05 + 0.45 * 0.1)


def test_at_most_so_many_shocks_and_the_one_with_more_takes_the_rest() -> None:
    # both at once is not allowed: 1/8 goes to a alone, the first of those that agree
    shocks = [{"id": "b", "date": "2026-05-01", "probability": 0.5}, {"id": "a", "date": "2026-05-01", "probability": 0.25}]
    found = tree(2, shocks=shocks, futures={"max_shocks": 1})
    # choices (a, b): (0, 0) 3/8, (0, 1) 3/8, (1, 0) 1/8, (1, 1) 1/8 to (0, 1), which comes first by number
    assert chances(found) == near({"root": 1, "2026-Q2": 3 / 8, "2026-Q2/b@2026-Q2": 1 / 2, "2026-Q2/a@2026-Q2": 1 / 8})
    assert [node.name for node in found.nodes] == ["root", "2026-Q2", "2026-Q2/b@2026-Q2", "2026-Q2/a@2026-Q2"]
    none = tree(2, shocks=shocks, futures={"max_shocks": 0})
    assert (chances(none), none.cut_mass) == ({"root": 1, "2026-Q2": pytest.approx(1)}, pytest.approx(5 / 8))


def test_names_of_futures() -> None:
    shocks = [
        {"id": "export-stop", "date": "2026-05-01", "probability": 0.5},
        {"id": "x", "name": "Low water", "hazard_per_year": 1},
    ]
    licence = {"id": "licence", "quick": 0.5, "slow": {"probability": 0.5, "delay": "1 month"}, "windows": ["2026-08-01"]}
    told = scenario(shocks=shocks, licences=[licence], futures={"max_shocks": 3})
    clock = read_clock(told.calendar, 0.0)
    found = grow_tree(told, clock)

    def name(node: str) -> str:
        return future_name(told, clock, found.nodes[found.number[node]].strikes)

    assert name("2026-Q3") == "nothing happens"
    assert name("2026-Q3/export-stop@2026-Q2+licence:slow@2026-Q3+x@2026-Q3") == (
        "export stop in 2026-Q2, then licence slow in 2026-Q3, then Low water in 2026-Q3"
    )


# --- against the scenario's own tree ---------------------------------------------------------------------------------


def _random_news(r: Random) -> Part:
    def day() -> str:
        return f"{r.choice([2025, 2026, 2026, 2026, 2027])}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}"

    names = r.sample(["b", "a", "zz", "permit2", "c-x"], r.choice([0, 1, 1, 2, 3]))
    shocks: list[Part] = []
    for name in names:
        shock: Part = {"id": name, "lasts": r.choice(["for good", "1 month", "45 days"])}
        if r.random() < 0.6:
            shock["hazard_per_year"] = r.choice([0, 0.1, 0.5, 1.5, 3])
            shock |= {"from": "2026-02-11"} if r.random() < 0.3 else {}
            shock |= {"until": r.choice(["2026-05-20", "2026-09-01"])} if r.random() < 0.3 else {}
        else:
            shock |= {"date": day(), "probability": r.choice([0, 0.2, 0.5, 1])}
        other = r.choice(names)
        if other != name and r.random() < 0.5:
            shock["after"] = [{"shock": other, "times": r.choice([0, 2, 5])}]
            if "date" not in shock and r.random() < 0.5:
                shock["after"][0]["hazard_per_year"] = 1
        if r.random() < 0.4:
            shock["tags"] = ["geopolitical"]
        shocks.append(shock)
    licences: list[Part] = []
    for name in r.sample(["permit", "m"], r.choice([0, 0, 1, 2])):
        slow = {"probability": r.choice([0, 0.3]), "delay": "1 month"}
        licences.append({"id": name, "quick": r.choice([0, 0.5]), "slow": slow, "refused": r.choice([0.1, 1 / 3])})
        if r.random() < 0.7:
            licences[-1]["windows"] = sorted({day() for _ in range(r.choice([1, 2]))})
    futures: Part = {"max_shocks": r.choice([0, 1, 2, 3]), "min_probability": r.choice([0, 0, 0.01, 0.03, 0.1])}
    if r.random() < 0.3:
        futures["branch_at"] = [day() for _ in range(r.choice([1, 2]))]
    if r.random() < 0.4:
        rising = {"2026-01-01": 1, "2027-01-01": 4, "interpolate": "linear"}
        futures["tension"] = r.choice([2, 0.5, {"2026-Q2": 3, "2026-Q3": 0}, rising])
    return {"shocks": shocks, "licences": licences, "futures": futures}


def test_both_trees_are_the_same() -> None:
    compared = 0
    for seed in range(250):
        r = Random(seed)
        told = scenario(r.choice([2, 3, 4, 5]), **_random_news(r))
        try:
            right = grow(told)
        except TooManyNodes:
            continue
        clock = read_clock(told.calendar, 0.0)
        found = grow_tree(told, clock)
        assert [node.name for node in found.nodes] == [node.name for node in right.moments], seed
        assert [node.parent for node in found.nodes] == [node.parent for node in right.moments], seed
        for node, moment in zip(found.nodes, right.moments, strict=True):
            assert node.probability == pytest.approx(moment.probability, abs=1e-13), (seed, node.name)
            facts = [(s.source, s.outcome, s.period, s.day, s.end, s.expected) for s in node.strikes]
            assert facts == [(s.source, s.outcome, s.period, s.day, s.end, s.expected) for s in moment.strikes], seed
            assert future_name(told, clock, node.strikes) == name_of(told, moment.strikes)
        assert found.cut_mass == pytest.approx(right.cut_mass, abs=1e-13), seed
        assert sum(found.nodes[path[-1]].probability for path in found.paths) == pytest.approx(1, abs=1e-12)
        compared += len(found.paths)
    assert compared > 500
