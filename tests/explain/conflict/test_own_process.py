"""The whole question in a process of its own: places in the file, progress, cancelled at once even when the engine is stuck."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.explain.conflict.explain import explain_conflict
from planner.options import Options
from planner.scenario.read import read_scenario
from tests.command import ROOT
from tests.explain.conflict.tiny_conflict import hard, offer, scenario, year

LARGE = ROOT / "scenarios" / "infeasible-on-purpose.yaml"


def test_places_are_those_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "clash.yaml"
    file.write_text(yaml.safe_dump(scenario(hard(200), offer("o"), policy=year(15)), sort_keys=False), encoding="utf-8")
    lines = file.read_text(encoding="utf-8").splitlines()
    told: list[dict[str, Any]] = []
    found = explain_conflict(read_scenario(file).document, Options(), told.append)
    places = {member.rule: member.places for member in found.clashes[0].members}
    (target,), (budget,) = places["demand"], places["budget"]
    assert lines[target.line - 1].strip() == "2026-Q2: 200"
    assert lines[budget.line - 1].strip() == "'2026': 15"
    assert (budget.field, budget.value) == ("policy.budget.2026", "15")
    assert {way.rule for way in found.ways if way.audited} == {"demand", "budget"}
    assert told[0]["stage"] == "first question"
    assert found.reason == ""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="stops a process by its number, found under /proc")
def test_cancelled_within_a_second_even_when_nothing_answers() -> None:
    document, stopped = read_scenario(LARGE).document, list[float]()

    def freeze(event: dict[str, Any]) -> None:
        if event["questions"] >= 2 and not stopped:
            for child in _children():
                os.kill(child, signal.SIGSTOP)
            stopped.append(time.monotonic())

    before = _children()
    assert not before
    found = explain_conflict(document, Options(), freeze, lambda: bool(stopped))
    assert time.monotonic() - stopped[0] < 1.0
    assert (found.status, found.reason) == ("infeasible", "cancelled")
    deadline = time.monotonic() + 5
    while _children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _children()


def _children() -> list[int]:
    """Processes that explain, started by this one."""
    numbers = [int(number) for task in Path("/proc/self/task").iterdir() for number in _read(task / "children").split()]
    return [number for number in numbers if "planner.explain.conflict.worker" in _read(Path("/proc") / str(number) / "cmdline")]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:  # it has just gone
        return ""
