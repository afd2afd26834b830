"""``planner sweep``: the answer at other numbers, over a range of one or two or of every assumption at both its ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from planner.batch.grid.variation import read_variation
from planner.commands.ending import Ending, finish, written
from planner.commands.guard import say
from planner.commands.solve import find_changes
from planner.commands.study import Opened, open_study, write_files
from planner.errors import UsageError
from planner.options import Options
from planner.report.csv_file import write_csv
from planner.report.folder import to_json
from planner.report.mask import mask_words
from planner.report.sweep import cells_table, explain_sweep, sweep_tables
from planner.report.sweep_picture import draw_sweep, draw_tornado
from planner.report.table import Table
from planner.report.tornado import bars_table, explain_tornado, tornado_tables
from planner.studies.sweep.answers import Vary
from planner.studies.sweep.bars import Tornado
from planner.studies.sweep.changing import change_data
from planner.studies.sweep.grid import find_sweep
from planner.studies.sweep.tornado import find_tornado

MOST_CELLS = 400
FEWEST_STEPS, MOST_STEPS = 2, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: ``vary`` as given, ``steps`` of a range; or a ``tornado`` with its ``spread`` and most ``solves``."""

    vary: tuple[str, ...]
    steps: int
    tornado: bool
    spread: float
    solves: int

    def as_dict(self) -> dict[str, Any]:
        """What the answer depends on besides the scenario."""
        if self.tornado:
            return {"tornado": True, "spread": self.spread, "solves": self.solves}
        return {"vary": list(self.vary), "steps": self.steps}


def sweep_file(file: str, options: Options, asked: Asked, *, as_json: bool, out: str | None) -> int:
    """Look at one scenario at other numbers and print what was found; returns the exit code. Raises UsageError."""
    if asked.tornado == bool(asked.vary):
        raise UsageError("say what to look at: one or two numbers with --vary, or every assumption with --tornado")
    if len(asked.vary) > 2:
        raise UsageError(f"--vary is given {len(asked.vary)} times; allowed: once or twice; planner batch takes more")
    if not FEWEST_STEPS <= asked.steps <= MOST_STEPS:
        raise UsageError(f"--steps is {asked.steps}; allowed: {FEWEST_STEPS} to {MOST_STEPS}")
    if not 0 < asked.spread < 1:
        raise UsageError(f"--spread is {asked.spread:g}; allowed: a fraction above 0 and below 1, such as 0.2 for a fifth")
    if asked.solves < 1:
        raise UsageError(f"--solves is {asked.solves}; allowed: 1 or more")
    return finish(
        file, lambda: _tornado(file, options, asked, out) if asked.tornado else _sweep(file, options, asked, out), as_json
    )


def read_vary(text: str, steps: int) -> Vary:
    """One --vary as ``planner batch`` takes it, a range in so many steps. Raises UsageError.

    The sign may also stand last: ``offers[acme].price.amount=0.8..1.2*``.
    """
    head, sign, values = text.rpartition("=")
    if sign and values[-1:] in ("*", "+") and len(values) > 1 and not head.endswith(("*", "+")):
        text = f"{head}{values[-1]}={values[:-1]}"
    found = read_variation(text)
    try:
        numbers = [float(value) for value in found.values]
    except ValueError:
        raise UsageError(f"--vary {text}: a sweep varies numbers; planner batch varies other values") from None
    if found.drawn:
        numbers = [found.low + (found.high - found.low) * i / (steps - 1) for i in range(steps)]
    action = found.action
    assert action in ("set", "multiply", "add")
    return Vary(found.select, action, tuple(float(f"{number:.10g}") for number in sorted(numbers)))  # type: ignore[arg-type]


def _sweep(file: str, options: Options, asked: Asked, out: str | None) -> Ending:
    varies = [read_vary(text, asked.steps) for text in asked.vary]
    cells = prod(len(vary.values) for vary in varies)
    if cells > MOST_CELLS:
        raise UsageError(f"--vary makes {cells} combinations; allowed: at most {MOST_CELLS}; planner batch solves more")
    study = open_study(file, options)
    for vary in varies:  # what the selector or the form is wrong about is said once, and not in every cell
        change_data(study.read.document.data, [{"select": vary.select, vary.action: vary.values[0]}], "--vary")
    found = find_sweep(study.solver, study.read.document.data, study.read.scenario, varies)
    sentences, tables = explain_sweep(found, study.mask), sweep_tables(found, study.mask)
    files = {
        "sweep.csv": write_csv(cells_table(found, study.mask), {"gap": f"{found.gap:g}"}),
        "sweep.svg": draw_sweep(found, study.title, study.mask),
    }
    return _end(study, asked, out, (found.as_dict(), found.code, "sweep"), (sentences, tables, files))


def _tornado(file: str, options: Options, asked: Asked, out: str | None) -> Ending:
    study = open_study(file, options)
    found: Tornado = find_tornado(
        study.solver, study.read.document.data, study.read.scenario, asked.spread, asked.solves, say
    )  # fmt: skip
    sentences, tables = explain_tornado(found, study.mask), tornado_tables(found, study.mask)
    files = {
        "tornado.csv": write_csv(bars_table(found, study.mask), {"gap": f"{found.gap:g}"}),
        "tornado.svg": draw_tornado(found, study.title, study.mask),
    }
    return _end(study, asked, out, (found.as_dict(), found.code, "tornado"), (sentences, tables, files))


def _end(
    study: Opened, asked: Asked, out: str | None, found: tuple[dict[str, Any], int, str],
    shown: tuple[list[str], list[Table], dict[str, bytes]],
) -> Ending:  # fmt: skip
    """The document, and the files where they are asked for."""
    data, code, verb = found
    sentences, tables, files = shown
    for warning in find_changes(Path(study.file), study.read.document):
        say(warning)
    document = dict(mask_words(study.mask, {**study.head(study.solver.options.gap), **data}))
    folder = ""
    if out is not None:

        def write() -> Path:
            place = study.folder(out, verb, asked.as_dict())
            write_files(place, {**files, f"{verb}.json": to_json(document)})
            return place

        code, folder = written(verb, write, code)
    return Ending(code, {**document, "results": folder, "exit_code": code}, study.title, tuple(sentences), tuple(tables))
