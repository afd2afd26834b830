"""Tasks for clusters: variants of the minimal scenario, and one that takes long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.batch.task import BatchTask, Row
from planner.options import Options
from planner.result import find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import read_scenario
from tests.command import LARGE, write_changed


def short_tasks(folder: Path, out: Path, prices: list[int]) -> list[BatchTask]:
    """One task for each price of the cheap maker."""
    return [
        task_of(write_changed(folder, f"price-{price}.yaml", ("price: {amount: 40}", f"price: {{amount: {price}}}")), out)
        for price in prices
    ]


def long_task(out: Path) -> BatchTask:
    """A search that goes on for minutes unless it is stopped: the last hundredths of a percent."""
    return task_of(LARGE, out, gap=0.0)


def task_of(path: Path, out: Path, gap: float = 0.005) -> BatchTask:
    """The task of a file."""
    read, options = read_scenario(path), Options(gap=gap)
    mark = fingerprint(read.scenario, options.answer_dict(), find_versions())
    return BatchTask(read.document, mark, options, str(path), str(out))


def answers(rows: list[Row]) -> dict[str, Any]:
    """What rows say about the scenarios, without when and how fast."""
    return {row.file: (row.status, row.exit_code, row.objective, row.bound, row.gap, row.plan_sha256) for row in rows}
