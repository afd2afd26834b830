"""A process that waits for its job: it is used once, replaced when it is gone, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from planner.job import Warm
from planner.job.child import Child
from tests.job.cases import SCENARIOS, gone, job

MINIMAL = SCENARIOS / "minimal.yaml"


@pytest.fixture
def warm() -> Iterator[Warm]:
    found = Warm()
    yield found
    found.close()


def release(child: Child) -> int:
    """End a process that was taken; its number."""
    child.kill()
    child.wait()
    return child.pid


def test_the_waiting_process_is_taken_once(warm: Warm) -> None:
    warm.prepare()
    warm.prepare()
    first, second = warm.take(), warm.take()
    assert first.alive
    assert second.alive
    assert len({release(first), release(second)}) == 2


def test_a_waiting_process_answers_like_a_new_one(warm: Warm) -> None:
    warm.prepare()
    waiting, cold = job(MINIMAL, warm), job(MINIMAL)
    assert waiting.wait().plan == cold.wait().plan
    assert waiting.wait().fingerprint == cold.wait().fingerprint


def test_a_process_that_died_waiting_is_replaced(warm: Warm) -> None:
    warm.prepare()
    first = warm.take()
    warm.prepare()
    lost = warm._waiting
    assert lost is not None
    os.kill(lost.pid, signal.SIGKILL)
    assert gone(lost.pid)
    child = warm.take()
    assert child.alive
    assert len({release(first), release(child), lost.pid}) == 3


def test_closing_ends_the_waiting_process_and_prepares_no_other() -> None:
    warm = Warm()
    warm.prepare()
    waiting = warm._waiting
    assert waiting is not None
    warm.close()
    assert gone(waiting.pid)
    warm.prepare()
    assert warm._waiting is None


def test_a_waiting_process_leaves_when_its_parent_is_killed() -> None:
    script = (
        "import time; from planner.job import Warm; w = Warm(); w.prepare(); print(w._waiting.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(worker, seconds=20)


def test_telling_a_process_that_does_not_read_returns_at_once() -> None:
    child = Child()
    os.kill(child.pid, signal.SIGSTOP)
    began = time.monotonic()
    child.tell("x" * 2_000_000)
    child.tell("stop")
    assert time.monotonic() - began < 0.5
    release(child)
