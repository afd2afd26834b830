"""``planner frontier``: the plans between the least cost and the least of another measure, and what each step takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.commands.ending import Ending, finish, written
from planner.commands.guard import say
from planner.commands.solve import find_changes
from planner.commands.study import Opened, open_study
from planner.errors import UsageError
from planner.options import Options
from planner.report.frontier import explain_frontier, frontier_table
from planner.report.frontier_folder import describe_frontier, write_frontier, write_points
from planner.scenario.grow import TooManyNodes, grow
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import read_axes
from planner.studies.frontier.points import Frontier
from planner.studies.frontier.search import find_frontier

FEWEST_POINTS, MOST_POINTS = 3, 200
GAP, GAP_OF_TREES, BIG_TREE = 0.005, 0.02, 150
"""Proven where no gap is asked for; the second in trees of more nodes than the third."""
SECONDS_OF_TREES = 10.0
"""For each of their searches where neither a gap nor a limit is asked for: the gap reached by then is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Names of both measures, how many ``points``; ``loose``: no gap was asked for."""

    of: str
    against: str
    points: int
    loose: bool = False


def frontier_file(file: str, options: Options, asked: Asked, *, as_json: bool, out: str | None) -> int:
    """Find one scenario's frontier and print it; returns the exit code. Raises UsageError for a wrong option."""
    if not FEWEST_POINTS <= asked.points <= MOST_POINTS:
        raise UsageError(f"--points is {asked.points}; allowed: {FEWEST_POINTS} to {MOST_POINTS}")
    return finish(file, lambda: _frontier(file, options, asked, out), as_json)


def choose_options(scenario: Scenario, options: Options) -> Options:
    """How to search where no gap is asked for."""
    try:
        nodes = len(grow(scenario).moments)
    except TooManyNodes as error:
        nodes = error.least
    if nodes <= BIG_TREE:
        return replace(options, gap=GAP)
    return replace(options, gap=GAP_OF_TREES, time_limit=options.time_limit or SECONDS_OF_TREES)


def _frontier(file: str, options: Options, asked: Asked, out: str | None) -> Ending:
    study = open_study(file, options)
    scenario = study.read.scenario
    if asked.loose:
        study = replace(study, solver=replace(study.solver, options=choose_options(scenario, options)))
    first, second = read_axes(scenario, asked.of, asked.against)
    found = find_frontier(study.solver, study.read.document.data, scenario, first, second, asked.points, loose=asked.loose)
    for warning in find_changes(Path(file), study.read.document):
        say(warning)
    code, folder, paths = found.code, "", [""] * len(found.points)
    if out is not None:
        code, folder = written("frontier", lambda: _write(study, found, asked.points, out, paths), found.code)
    document = {**_document(study, found, paths), "results": folder, "exit_code": code}
    sentences = tuple(explain_frontier(found, study.mask))
    return Ending(code, document, study.title, sentences, (frontier_table(found, study.mask),))


def _document(study: Opened, found: Frontier, paths: list[str]) -> dict[str, Any]:
    return describe_frontier(found, study.head(found.gap), paths, study.mask)


def _write(study: Opened, found: Frontier, points: int, out: str, paths: list[str]) -> Path:
    """The table, the picture, and a results folder for every plan; ``paths`` learns where each is."""
    folder = study.folder(out, "frontier", {"of": found.of.name, "against": found.against.name, "points": points})
    paths[:] = [str(place) for place in write_points(found, folder, Path(study.file), study.mask)]
    write_frontier(found, folder, _document(study, found, paths), study.title, study.mask)
    return folder
