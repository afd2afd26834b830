"""The benchmark: the same instances for ever, the same question for every method, and sums that are what they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks.chart import draw_chart
from benchmarks.instances import ALONE, LISTS, MADE, QUICK, SERIES, SHIPPED, find_names, read_instance
from benchmarks.market import Market, build_market
from benchmarks.page import write_page
from benchmarks.store import Store, read_store
from benchmarks.summary import find_disagreements, find_growths, fit_growth, summarise
from planner.scenario.grow import grow
from tests.command import ROOT

NODES = {
    "made-16": 16, "made-52": 52, "made-136": 136, "made-208": 208, "made-376": 376, "made-1015": 1015, "made-2109": 2109,
    "made-136-mean": 136, "made-376-mean": 376, "made-136-plain": 136, "made-licences": 118, "made-rush-52": 52,
    "made-52-limits": 52, "made-52-offers-6": 52,
    "made-52-offers-34": 52, "made-52-offers-68": 52, "made-52-sites-1": 52, "made-52-sites-4": 52,
}  # fmt: skip
FROZEN = {
    "made-16": "185e3d5915065d41",
    "made-52": "65397acc2650b092",
    "made-136": "8073d0b03205ba5b",
    "made-208": "6d81b123e94ae67d",
    "made-376": "e79afb63825d1a3a",
    "made-1015": "6f5f5202d0aa1c98",
    "made-2109": "06b1b7818c822116",
    "made-136-mean": "4343d5c52a07fbdc",
    "made-376-mean": "eb3915e05534b99b",
    "made-136-plain": "d8d9fc6c9312438a",
    "made-licences": "2b0769c7d7482e1d",
    "made-52-limits": "d567c3a3ca356ffa",
    "made-rush-52": "51d3404a1f16a298",
    "made-52-offers-6": "0af222ea7739e6bb",
    "made-52-offers-34": "f17288e083123bf3",
    "made-52-offers-68": "228246b62bfc14d9",
    "made-52-sites-1": "c7e706af2b947b3b",
    "made-52-sites-4": "63408e2e7824ec3b",
}
"""Hash of the data of made-up instances: whoever changes one changes what earlier figures mean, and gives it another name."""
HERE = ("ours", "highs", "pulp-highs", "pulp-cbc", "scip")
"""Methods whose libraries the tests have."""


@pytest.mark.parametrize("name", MADE)
def test_made_up_instances_never_change(name: str) -> None:
    """Legal for the planner's own reader, of the size in their name, and the same to the last digit."""
    instance = read_instance(name)
    assert len(grow(instance.scenario).moments) == NODES[name]
    assert instance.digest == FROZEN[name]


def test_every_rule_is_somewhere() -> None:
    found = {key for name in MADE for key in read_instance(name).document.data["policy"]}
    assert found >= {"budget", "max_country_share", "max_supplier_share", "max_group_share", "max_suppliers", "min_suppliers",
                     "vetting_teams", "approvals", "risk_weight", "max_cvar_cost", "resilience"}  # fmt: skip
    data = read_instance("made-52").document.data
    assert any("min_order" in offer for offer in data["offers"])
    assert any("order_fee" in maker for maker in data["suppliers"])
    assert any("rival_claims" in maker for maker in data["suppliers"])
    assert any("process_qualification" in maker for maker in data["suppliers"])
    assert all("install_limit" in site for site in data["sites"])
    assert len(data["commitments"]) == 2
    assert read_instance("made-licences").document.data["licences"]


def test_an_offer_stays_the_same_among_more_offers() -> None:
    """So that only the number of offers grows along the series."""
    few, many = (build_market("x", Market(offers=number)) for number in (6, 17))
    assert few["offers"] == many["offers"][:6]
    assert few["suppliers"] == many["suppliers"][:6]


def test_lists_name_what_there_is() -> None:
    known = {*SHIPPED, *MADE}
    assert set(LISTS["full"]) == known
    assert set(QUICK) <= known
    assert {name for names in SERIES.values() for name in names} <= known
    assert set(MADE) >= ALONE
    assert find_names("quick,made-208,made-52") == (*QUICK, "made-208")
    with pytest.raises(KeyError):
        read_instance("no-such-instance")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tiny instances by every method, through the command anyone would use."""
    out = tmp_path_factory.mktemp("speed") / "results.json"
    _measure(out)
    return out


def _measure(out: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.speed", "--instances", "two-futures,minimal", "--methods", ",".join(HERE)]
    more = ["--repeats", "1", "--gaps", "0.005", "--limit", "60", "--out", str(out)]
    done = subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_method_answers_the_same(measured: Path) -> None:
    store = read_store(measured)
    assert len(store.runs) == 2 * len(HERE)
    for name in ("two-futures", "minimal"):
        runs = store.find(instance=name)
        assert [run["error"] for run in runs] == [""] * len(HERE)
        best, most = min(run["objective"] for run in runs), max(run["bound"] for run in runs)
        for run in runs:
            assert not run["limit_hit"]
            assert run["bound"] <= best + 1e-3
            assert run["objective"] >= most - 1e-3
            assert run["objective"] - run["bound"] <= 0.005 * run["objective"] + 1e-3
            assert run["plans"][-1][1] == pytest.approx(run["objective"])
            assert 0 < run["built"] <= run["seconds"]
            assert run["memory_mb"] > 10
            assert run["work"] > 0


def test_what_is_known_is_not_run_again(measured: Path) -> None:
    before = read_store(measured)
    assert _measure(measured) == ""
    assert read_store(measured).runs == before.runs


def test_the_page_has_every_figure(measured: Path, tmp_path: Path) -> None:
    store = read_store(measured)
    write_page(store, tmp_path)
    page = (tmp_path / "speed.md").read_text(encoding="utf-8")
    assert page.count("| two-futures |") == 3 + len(HERE)
    chart = ET.fromstring((tmp_path / "speed.svg").read_text(encoding="utf-8"))
    marks = [item for item in chart.iter() if item.tag.endswith(("circle", "polygon"))]
    assert len(marks) == 7 + 2 * 2 * len(HERE)  # the legend; two panels, two instances


def _run(instance: str, method: str, seconds: float, **changes: object) -> dict[str, object]:
    return {
        "instance": instance, "method": method, "gap": 0.005, "repeat": 0, "limit": 100.0, "built": seconds / 10,
        "seconds": seconds, "objective": 100.0, "bound": 99.8, "reached": 0.002, "limit_hit": False, "error": "",
        "plans": [(seconds / 4, 102.0), (seconds / 2, 100.9), (seconds, 100.0)], "memory_mb": 90,
        "work": seconds, "model": "m", "state": "s",
        "ended": "", "pace": 0.1, "load": 0.0, "day": "2026-01-01", "versions": {}, **changes,
    }  # fmt: skip


def _store(*runs: dict[str, object], names: tuple[str, ...] = ("a",)) -> Store:
    size = {"columns": 9, "whole": 5, "rows": 7, "nonzeros": 30, "offers": 2, "sites": 1, "futures": 2, "model": "m"}
    return Store(Path("unused"), {name: {**size, "nodes": 10} for name in names}, list(runs))


def test_figures_are_medians_and_a_first_plan_is_within_one_percent_of_the_best() -> None:
    runs = [_run("a", "ours", seconds, repeat=repeat) for repeat, seconds in enumerate((4.0, 8.0, 6.0))]
    (row,) = summarise(_store(*runs))
    assert row["seconds_to_0_5_percent"] == 6.0
    assert row["first_within_1_percent"] == 3.0
    assert row["build_seconds"] == pytest.approx(0.6)
    assert row["spread"] == pytest.approx(4 / 6)
    assert row["seconds_to_0_1_percent"] is None


def test_a_run_at_its_limit_counts_as_the_limit() -> None:
    late = _run("a", "highs", 103.0, limit_hit=True, plans=[(9.0, 150.0)], objective=150.0, reached=0.3)
    table = summarise(_store(_run("a", "ours", 4.0), late))
    row = next(row for row in table if row["method"] == "highs")
    assert row["seconds_to_0_5_percent"] == row["seconds_to_0_1_percent"] == row["first_within_1_percent"] == 100.0
    assert row["limit_hit_0_5"]
    assert row["first_missed"]
    assert "<svg" in draw_chart(table)


def test_methods_that_contradict_each_other_are_named() -> None:
    wrong = _run("a", "scip", 5.0, bound=101.0, objective=101.5, plans=[(5.0, 101.5)])
    (found,) = find_disagreements(_store(_run("a", "ours", 4.0), wrong))
    assert found.startswith("a: scip proves 101.0")


def test_growth_is_the_exponent_of_a_power() -> None:
    exponent, error, factor = fit_growth([(n, 0.02 * n**1.5) for n in (10, 50, 300, 2000)]) or (0.0, 0.0, 0.0)
    assert exponent == pytest.approx(1.5)
    assert error == pytest.approx(0, abs=1e-9)
    assert factor == pytest.approx(1)
    assert fit_growth([(1, 1), (2, 2)]) is None


def test_growth_leaves_out_points_at_the_limit() -> None:
    names = SERIES["nodes"]
    store = _store(*[_run(name, "ours", 0.1 * MADE[name].periods, limit_hit=name == names[-1]) for name in names], names=names)
    for place, name in enumerate(names):
        store.cases[name]["nodes"] = 10 * 2**place
    growths = {row["measure"]: row for row in find_growths(store, summarise(store))}
    assert growths["seconds_to_0_5_percent"]["points"] == len(names) - 1
    assert growths["build_seconds"]["points"] == len(names)


def test_a_changed_model_makes_its_old_runs_worthless(tmp_path: Path) -> None:
    store = _store(_run("a", "ours", 4.0), _run("b", "ours", 5.0), names=("a", "b"))
    store.note_case("a", {**store.cases["a"], "model": "other"})
    assert [run["instance"] for run in store.runs] == ["b"]
    store.note_run(_run("b", "ours", 3.0, repeat=1, state="newer planner"))
    assert [run["seconds"] for run in store.runs] == [3.0]
    store.path = tmp_path / "results.json"
    store.save()
    assert json.loads(store.path.read_text())["runs"] == read_store(store.path).runs
    assert read_store(store.path, fresh=True).runs == []


def test_the_competitors_lock_has_a_hash_for_everything() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements-bench.lock").read_text(encoding="utf-8").strip())
    assert {entry.split("==")[0] for entry in entries} >= {"highspy", "linopy", "mpi-sppy", "pulp", "pyomo", "pyscipopt"}
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_both_locks_agree_where_they_overlap() -> None:
    """What is measured is what is tested."""
    ours, theirs = (_read_lock(name) for name in ("requirements.lock", "requirements-bench.lock"))
    both = ours.keys() & theirs.keys()
    assert {name: theirs[name] for name in both} == {name: ours[name] for name in both}


def _read_lock(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
