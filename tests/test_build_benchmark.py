"""The measurement of what is not the engine: every phase has a time, and the sums are what they say."""

from __future__ import annotations

import pytest

from benchmarks.build import PHASES, measure, write_table
from tests.command import ROOT


def test_every_phase_of_a_solve_is_measured() -> None:
    row = measure(ROOT / "scenarios" / "minimal.yaml")
    assert tuple(row["seconds"]) == PHASES
    assert row["total"] == pytest.approx(sum(s for phase, s in row["seconds"].items() if phase != "tree"), abs=1e-4)
    assert row["microseconds_per_nonzero"] == pytest.approx(1e6 * row["total"] / row["nonzeros"], abs=0.1)
    head, line = write_table([row]).splitlines()
    assert line.startswith("minimal")
    assert len(head) == len(line)


def test_without_a_plan_there_is_nothing_after_the_model() -> None:
    row = measure(ROOT / "scenarios" / "infeasible-on-purpose.yaml")
    assert tuple(row["seconds"]) == PHASES[:6]
