"""What the verbs about many solves of one scenario share: reading the file, a line for every solve, the ending, the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.commands.ending import read_aloud
from planner.commands.guard import say
from planner.options import Options
from planner.report.files import write_atomic
from planner.report.mask import Mask, build_mask
from planner.report.table import digits_for, grouped, show_share
from planner.result import find_gap, find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import ReadScenario
from planner.studies.solving import Solved, Solver


@dataclass(frozen=True)
class Opened:
    """One scenario file and what solves its questions."""

    file: str
    read: ReadScenario
    mask: Mask
    solver: Solver

    @property
    def name(self) -> str:
        """Name of the file without its ending."""
        return Path(self.file).stem

    @property
    def title(self) -> str:
        """Title of the scenario as it may be shown."""
        return self.mask.text(self.read.scenario.title)

    def head(self, gap: float) -> dict[str, Any]:
        """The first fields of the JSON document."""
        return {"file": self.file, "scenario": self.read.scenario.title, "name": self.name, "gap": gap}

    def folder(self, out: str, verb: str, asked: dict[str, Any]) -> Path:
        """The folder of this study below ``out``, named by everything its answer depends on; made if it is not there."""
        known = fingerprint(self.read.scenario, {**self.solver.options.answer_dict(), **asked}, find_versions())
        folder = Path(out) / f"{self.name}-{verb}-{known[:8]}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def open_study(file: str, options: Options) -> Opened:
    """Read the file, say its warnings, and get ready to solve. Raises BadInput, OSError."""
    read = read_aloud(file)
    mask = build_mask(read.scenario)
    return Opened(file, read, mask, Solver(Path(file).stem, options, lambda solved: say(mask.text(describe_solve(solved)))))


def describe_solve(solved: Solved) -> str:
    """One line about a solve that has ended."""
    if solved.value is None:
        return f"{solved.label}: {solved.reason} ({solved.seconds:.0f} s)"
    gap = find_gap(solved.value, solved.bound)
    proven = "" if gap is None else f", gap {show_share(gap)}"
    return f"{solved.label}: {grouped(solved.value, digits_for(solved.value))}{proven} ({solved.seconds:.0f} s)"


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Every file, each written whole. Raises OSError."""
    for name, content in files.items():
        write_atomic(folder / name, content)
