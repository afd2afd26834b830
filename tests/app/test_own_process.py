"""Every solve has a process to itself: what one leaves behind in the engine cannot reach the next one's plan."""

from __future__ import annotations

import os
from pathlib import Path

from planner.app.runs import Runs
from tests.app.asking import ask, started, wait_for
from tests.app.ui_rows import row


def test_solves_one_after_another_do_not_disturb_each_other(tmp_path: Path) -> None:
    """BI-248: three solves of one scenario, two of them at the same time, each with settings of its own."""
    assert row("BI-248")["expected"].startswith("SAFE: Each solve in its own process")
    runs = Runs(at_once=2, out=tmp_path / "results")
    made = [started(runs, ask(gap=0.0)), started(runs, ask(gap=0.0, limit=60))]
    wait_for(lambda: all(run.settled for run in made))
    made.append(started(runs, ask(gap=0.0, limit=30)))
    wait_for(lambda: made[-1].settled)
    runs.close()
    workers = {run.worker for run in made}
    assert len(workers) == len(made)
    assert not workers & {None, os.getpid()}
    objectives = set()
    for run in made:
        assert run.state == "done"
        assert run.answer is not None
        assert run.answer.verified
        plan = run.answer.result.plan
        assert plan is not None
        assert sum(order.units for order in plan.orders) > 0
        objectives.add(round(run.answer.result.objective or 0.0, 6))
    assert len(objectives) == 1
    assert min(objectives) > 0
