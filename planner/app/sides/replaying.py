"""The study that begins every plan at hand in every scenario at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.app.study_run import StudyRun
from planner.options import POLICY, Options
from planner.report.mask import Mask
from planner.report.regret_folder import read_regret, write_regret
from planner.scenario.scenario import Scenario
from planner.studies.compare.subject import Subject
from planner.studies.regret.matrix import Candidate, RegretMatrix, World
from planner.studies.regret.replaying import Place
from planner.studies.regret.scenarios import build_matrix
from planner.studies.solving import Solved


@dataclass(frozen=True)
class Replay:
    """Plans and scenarios to replay them in: each answer's own, a scenario that two answers share once.

    Every answer must have a plan whose cost is proven: it is the best of its own scenario, and need not be found again.
    """

    subjects: tuple[Subject, ...]
    mask: Mask
    options: Options

    @property
    def worlds(self) -> list[World]:
        """One for each different scenario, with the cheapest answer to it."""
        return [World(subject.name, None, subject.cost, _solved(subject)) for subject in self._homes()]

    @property
    def plans(self) -> list[Candidate]:
        """One for each answer; its home is its own scenario where it is the cheapest answer to it."""
        homes = self._homes()
        found = []
        for subject in self.subjects:
            assert subject.plan is not None
            home = next((place for place, one in enumerate(homes) if one is subject), None)
            found.append(Candidate(subject.name, subject.plan, home))
        return found

    @property
    def folder(self) -> str:
        """Name of its folder among the results: equal for equal answers."""
        text = "\n".join([*(subject.fingerprint for subject in self.subjects), str(sorted(self.options.answer_dict().items()))])
        return f"{self.subjects[0].name.replace('/', '-')}-regret-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def work(self, out: Path) -> Callable[[StudyRun], RegretMatrix]:
        """What replays them, and writes the folder below ``out`` unless it was stopped."""
        return lambda study: _replay(self, study, out / self.folder)

    def read_back(self, out: Path) -> RegretMatrix | None:
        """What was found before. Raises ValueError, KeyError, TypeError, OSError for a file that is not as it was written."""
        return read_regret(out / self.folder, self.scenario, self.plans, self.worlds)

    @property
    def scenario(self) -> Scenario:
        """The first one, for its money."""
        scenario = self.subjects[0].scenario
        assert scenario is not None
        return scenario

    def _homes(self) -> list[Subject]:
        found: list[Subject] = []
        for subject in self.subjects:
            place = next((place for place, one in enumerate(found) if one.data == subject.data), None)
            if place is None:
                found.append(subject)
            elif (subject.cost.value or 0.0) < (found[place].cost.value or 0.0):
                found[place] = subject
        return found


def find_hurdle(subjects: Sequence[Subject]) -> str:
    """Why these answers cannot be replayed, as a key of words; empty where they can."""
    if any(subject.plan is None or subject.scenario is None for subject in subjects):
        return "no_plan"
    if any(subject.cost.bound is None for subject in subjects):
        return "no_bound"
    moneys = {(s.scenario.money.currency, s.scenario.money.unit) for s in subjects if s.scenario is not None}
    return "money" if len(moneys) > 1 else ""


def _solved(subject: Subject) -> Solved:
    return Solved(
        subject.name, subject.cost.value, subject.cost.bound, subject.plan, subject.reason, subject.code, 0.0,
        dict(subject.measures),
    )  # fmt: skip


def _replay(replay: Replay, study: StudyRun, folder: Path) -> RegretMatrix:
    places = []
    for world, subject in zip(replay.worlds, replay._homes(), strict=True):
        assert subject.scenario is not None
        places.append(Place(world, subject.data, subject.scenario))
    study.expect(len(replay.plans) * len(places) - len(places))
    solver = study.solver("regret", replay.options, lambda _: "")
    assert replay.options.minimise == POLICY
    found = build_matrix(solver, replay.scenario, replay.plans, places, ())
    if not study.stop.asked:
        head = {"files": [subject.source for subject in replay.subjects], "names": [subject.name for subject in replay.subjects]}
        write_regret(found, folder, head, ", ".join(subject.name for subject in replay.subjects), replay.mask)
    return found
