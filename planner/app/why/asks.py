"""The work of asking why, as studies: about the plan of a run, or about a run that has none."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.app.run import Run
from planner.app.study_run import StudyRun
from planner.app.why.known import Known, keep_clash, keep_explanation, read_explanation
from planner.commands.explain_base import Seconds
from planner.commands.explained import Kept
from planner.explain.asking import Asking, Step
from planner.explain.conflict.explain import explain_conflict
from planner.explain.conflict.found import Conflicts
from planner.explain.explain import Wanted, costs_only, find_explanation
from planner.explain.explanation import PARTS, Explanation
from planner.report.answer import Answer
from planner.studies.solving import Ask, Solved

GAP = 0.002
"""How exactly questions are asked at least: what cannot be told from the gaps cannot be said."""
WRITING = 30.0
"""Seconds the files of a run may take at most from its end."""
ITSELF = "the plan itself"
ALWAYS = tuple(part for part in PARTS if part != "why-not")
"""What is asked about every plan; why not somebody is asked about whom the reader chooses."""


def pick_missing(known: Explanation | None) -> tuple[str, ...]:
    """The parts that are not known in full."""
    return Kept("", (), known).missing(Wanted(ALWAYS))


@dataclass(frozen=True)
class Why:
    """Questions about the plan of an ended run, in so many seconds for everything. ``why_not``: suppliers or offers by id."""

    run: Run
    answer: Answer
    known: Known
    parts: Sequence[str]
    why_not: Sequence[str]
    seconds: float

    def __call__(self, study: StudyRun) -> Explanation:
        """Ask what is not known yet; what is found joins the rest."""
        key, folder = self.answer.result.fingerprint, find_folder(self.run)
        before = read_explanation(self.known, folder, key)
        asking = self._prepare(study)
        with study.stop.reaching(lambda: setattr(asking, "stopped", True)):
            fresh = find_explanation(asking, Wanted(self.parts, self.why_not), key)
        found = join(before, fresh)
        keep_explanation(self.known, folder, self.answer, found)
        return found

    def _prepare(self, study: StudyRun) -> Asking:
        """The plan on the screen is the one explained, unless the scenario puts the ramp first: only costs can be compared."""
        asked = self.run.asked
        data = costs_only(asked.document.data)
        options = replace(asked.options, gap=min(GAP, asked.options.gap), time_limit=self.seconds, reasons=False)
        solver = study.solver(self.answer.result.name, options)
        base = _shown(self.answer) if data is asked.document.data else solver.solve(Ask(ITSELF, data))
        limits = Seconds(self.seconds).limits(base, time.monotonic())
        return Asking(solver, data, self.answer.scenario, base, limits, _Telling(study, self.answer))


@dataclass
class _Telling:
    """Tells a study of every answer: parts become known one after the other, so the number of questions grows."""

    study: StudyRun
    answer: Answer
    part: str = ""
    before: int = 0
    asked: int = 0

    def __call__(self, step: Step) -> None:
        if step.part != self.part:
            self.part, self.before = step.part, self.before + self.asked
        self.asked = step.asked
        self.study.expect(self.before + step.asked)
        self.study.step(self.answer.mask.text(step.solved.label))


def find_folder(run: Run) -> Path | None:
    """Where the results of an ended run are, once they are written; None where they could not be."""
    until = time.monotonic() + WRITING
    while not run.settled and time.monotonic() < until:
        time.sleep(0.02)
    return run.folder


def join(before: Explanation | None, fresh: Explanation) -> Explanation:
    """What was found just now with all that was known; of one supplier asked about twice the later answer."""
    if before is None:
        return fresh
    again = {one.asked for one in fresh.why_not}
    earlier = tuple(one for one in before.why_not if one.asked not in again)
    return replace(Kept(fresh.fingerprint, (), before).join(fresh), why_not=(*earlier, *fresh.why_not))


def _shown(answer: Answer) -> Solved:
    result = answer.result
    return Solved(
        ITSELF, result.objective, result.bound, result.plan, result.reason, result.exit_code, result.seconds.get("total", 0.0),
        result.measures, result,
    )  # fmt: skip


@dataclass(frozen=True)
class Clash:
    """Which rules of a scenario without a plan clash, in so many seconds for everything."""

    run: Run
    answer: Answer
    known: Known
    seconds: float

    def __call__(self, study: StudyRun) -> Conflicts:
        """Ask in a process of its own."""
        done = 0

        def hear(event: dict[str, Any]) -> None:
            nonlocal done
            while done < int(event["questions"]):
                done += 1
                study.step(str(event["stage"]))

        folder = find_folder(self.run)
        options = replace(self.run.asked.options, time_limit=self.seconds, reasons=False)
        found = explain_conflict(self.run.asked.document, options, hear, lambda: study.stop.asked)
        if not study.stop.asked:
            keep_clash(self.known, folder, self.answer.result.fingerprint, found, self.answer.mask)
        return found
