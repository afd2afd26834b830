"""Everything for one scenario of a batch: claim it, solve it in a process of its own, write its folder, say how it ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.batch.claims import Claim, claimed
from planner.batch.kept import CUT_OFF, RECORD, find_row, is_kept
from planner.batch.stopping import Stop
from planner.batch.task import ELSEWHERE, FAILED, OPEN, REFUSED, BatchTask, Row, row_of
from planner.errors import BadInput, EngineError, PlannerError
from planner.job import SolveJob
from planner.report.answer import Answer
from planner.report.folder import write_results
from planner.report.mask import build_mask
from planner.result import Result, find_goal, find_versions
from planner.scenario.read import build_scenario
from planner.scenario.scenario import Scenario
from planner.vocabulary import Exit, Status

NOT_ITS_OWN = ("cancelled", "memory limit")
"""Last words of reasons that end a search from outside: with more memory or time left alone it may find more."""
Tell = Callable[[dict[str, Any]], None]
"""Hears events: ``event`` is ``started``, with the name, file and fingerprint of the scenario and the pid of its process."""


def say_nothing(_: dict[str, Any]) -> None:
    """For those who do not listen."""


def solve_task(task: BatchTask, tell: Tell = say_nothing, stop: Stop | None = None) -> Row:
    """Solve one scenario unless its result is there; never raises. Its folder is written before the row is returned.

    The row says ``elsewhere`` while another process is at it: ask again later. A request to ``stop`` ends the search with the
    plan in hand, which is written too; a later run makes that search again.
    """
    try:
        return _solve(task, tell, stop or Stop())
    except BadInput as error:
        return row_of(task, REFUSED, str(error), Exit.BAD_INPUT)
    except PlannerError as error:
        return row_of(task, FAILED, str(error), error.exit_code)
    except OSError as error:
        return row_of(task, FAILED, f"{error.filename or task.out}: {error.strerror or error}")
    except MemoryError:
        return row_of(task, FAILED, "not enough memory")
    except Exception as error:  # noqa: BLE001 - one scenario is one row, whatever it does
        return row_of(task, FAILED, f"{type(error).__name__}: {error} - this is a bug", Exit.BUG)


def _solve(task: BatchTask, tell: Tell, stop: Stop) -> Row:
    if (row := _find_kept(task)) is not None:
        return row
    with claimed(Path(task.out), task.key) as claim:
        if claim is None:
            return row_of(task, ELSEWHERE, "another process is solving it")
        if (row := _find_kept(task)) is not None:  # it was solved while this process looked
            return row
        if stop.asked:
            return row_of(task, OPEN, "not begun", Exit.INTERRUPTED)
        return _solve_claimed(task, claim, tell, stop)


def _find_kept(task: BatchTask) -> Row | None:
    row = find_row(task.folder, task.document.file)
    return replace(row, fingerprint=task.fingerprint) if row is not None and is_kept(row, task.fingerprint, task.masked) else None


def _solve_claimed(task: BatchTask, claim: Claim, tell: Tell, stop: Stop) -> Row:
    scenario, findings = build_scenario(task.document)
    result, whole = _search(task, scenario, tell, stop)
    warnings = [str(finding) for finding in findings if finding.severity == "warning"]
    if not whole:
        warnings.append(CUT_OFF)
    mask = build_mask(scenario, task.unmask)
    answer = Answer(task.document, scenario, result, mask, task.options.as_dict(), tuple(warnings))
    if not claim.mine:
        return row_of(task, ELSEWHERE, "another process took it over")
    _clear(task.folder)
    row = find_row(write_results(answer, Path(task.out), Path(task.source)), task.document.file)
    assert row is not None
    return replace(row, kept=False)  # it was not there before this run


def _search(task: BatchTask, scenario: Scenario, tell: Tell, stop: Stop) -> tuple[Result, bool]:
    """The result, and whether the search came to its own end. A search that gave nothing is a result too: stopped."""
    job = SolveJob(task.document, task.options)
    about = {"name": task.name, "file": task.document.file, "fingerprint": task.fingerprint}
    with stop.reaching(job.cancel):
        try:
            tell({"event": "started", **about, "pid": job.pid})
            result = job.result()
        except EngineError as error:
            return _nothing(task, scenario, str(error), job.seconds), False
        except BaseException:  # nobody will wait for it
            job.cancel()
            raise
    return result, job.state == "done" and not result.reason.endswith(NOT_ITS_OWN)


def _nothing(task: BatchTask, scenario: Scenario, reason: str, seconds: float) -> Result:
    """The result of a search that ended without one."""
    times = {"total": seconds, "engine": 0.0, "read": 0.0, "build": 0.0, "audit": 0.0}
    return Result(
        scenario.title, task.name, task.fingerprint, Status.STOPPED, None, None, None, reason, times, {}, None,
        {"ok": True, "findings": []}, find_versions(), find_goal(scenario, task.options),
    )  # fmt: skip


def _clear(folder: Path) -> None:
    """Take away the record of a result that is to be replaced, and what a killed process left of its files."""
    (folder / RECORD).unlink(missing_ok=True)
    for left in folder.glob(".*.tmp"):
        with suppress(OSError):
            left.unlink()
