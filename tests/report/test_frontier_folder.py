"""The folder of a trade-off: what is read back is what was written, and nothing that was changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import AuditError
from planner.options import Options
from planner.report.frontier import explain_frontier, frontier_table
from planner.report.frontier_folder import FILE, describe_frontier, read_frontier, write_frontier, write_points
from planner.report.mask import build_mask
from planner.scenario.read import read_scenario
from planner.studies.frontier.axes import read_axes
from planner.studies.frontier.search import find_frontier
from planner.studies.solving import Solver
from tests.command import MINIMAL


def test_a_trade_off_is_read_back_as_it_was_written_and_not_when_a_plan_was_changed(tmp_path: Path) -> None:
    read = read_scenario(MINIMAL)
    axes = read_axes(read.scenario, "cost", "suppliers")
    found = find_frontier(Solver("minimal", Options()), read.document.data, read.scenario, *axes, 4)
    mask = build_mask(read.scenario)
    places = write_points(found, tmp_path, MINIMAL, mask)
    assert read_frontier(tmp_path, read.scenario) is None, "without its document it is not whole"
    write_frontier(found, tmp_path, describe_frontier(found, {}, [str(place) for place in places], mask), "Title", mask)
    again = read_frontier(tmp_path, read.scenario)
    assert again is not None
    assert again[1] == places
    assert [point.plan for point in again[0].points] == [point.plan for point in found.points]
    assert explain_frontier(again[0], mask) == explain_frontier(found, mask)
    assert frontier_table(again[0], mask) == frontier_table(found, mask)
    plan = places[1] / "plan.json"
    plan.write_text(plan.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    with pytest.raises(AuditError, match=r"plan\.json was changed"):
        read_frontier(tmp_path, read.scenario)
    assert (tmp_path / FILE).is_file()
