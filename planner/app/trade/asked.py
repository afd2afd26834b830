"""One trade-off as it is asked for: which scenario, cost against what, how many points, how exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.app.run import Asked
from planner.app.study_run import StudyRun
from planner.options import Options
from planner.report.frontier_folder import describe_frontier, read_frontier, write_frontier, write_points
from planner.report.mask import Mask, build_mask
from planner.report.points import open_point
from planner.result import find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import ReadScenario
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import COST, read_axes
from planner.studies.frontier.points import Frontier
from planner.studies.frontier.search import find_frontier

SOLVES_FOR_ENDS = 2
"""Solves that only lead to an end, besides one for every point."""


@dataclass(frozen=True)
class Traded:
    """What was found, and the results folder of every point."""

    frontier: Frontier
    places: tuple[Path, ...]


@dataclass(frozen=True)
class Trade:
    """A question. ``source`` is the scenario's file, ``against`` the second measure by name, ``count`` points at most."""

    read: ReadScenario
    source: Path
    against: str
    count: int
    options: Options

    @property
    def mask(self) -> Mask:
        """Hides confidential suppliers: these pages have no switch that shows them."""
        return build_mask(self.read.scenario)

    @property
    def folder(self) -> str:
        """Name of its folder among the results, that of ``planner frontier --out``: equal for equal questions."""
        of, against = read_axes(self.read.scenario, COST, self.against)
        asked = {**self.options.answer_dict(), "of": of.name, "against": against.name, "points": self.count}
        return f"{self.source.stem}-frontier-{fingerprint(self.read.scenario, asked, find_versions())[:8]}"

    def work(self, out: Path) -> Callable[[StudyRun], Traded]:
        """What finds it and writes its folder below ``out``; stopped early it writes the plans alone."""
        return lambda run: _find(self, run, out / self.folder)

    def read_back(self, out: Path) -> Traded | None:
        """What was found before, from its folder. Raises AuditError where that was changed, OSError."""
        found = read_frontier(out / self.folder, self.read.scenario)
        return Traded(found[0], tuple(found[1])) if found else None


def _find(trade: Trade, run: StudyRun, folder: Path) -> Traded:
    read, mask = trade.read, trade.mask
    run.expect(trade.count + SOLVES_FOR_ENDS)
    of, against = read_axes(read.scenario, COST, trade.against)
    solver = run.solver(trade.source.stem, trade.options, lambda _: "")  # labels name measures in the program's own words
    found = find_frontier(solver, read.document.data, read.scenario, of, against, trade.count)
    if not found.points:
        return Traded(found, ())
    folder.mkdir(parents=True, exist_ok=True)
    places = write_points(found, folder, trade.source, mask)
    if not run.stop.asked:
        head = {"file": trade.source.name, "scenario": read.scenario.title, "name": trade.source.stem, "gap": found.gap}
        document = describe_frontier(found, head, [str(place) for place in places], mask)
        write_frontier(found, folder, document, mask.text(read.scenario.title), mask)
    return Traded(found, tuple(places))


def point_asked(trade: Trade, frontier: Frontier, place: int) -> Asked:
    """The question a point answers, as a run of its own."""
    point = frontier.points[place]
    answer = open_point(point, trade.source.stem, trade.mask)
    return Asked(answer.document, answer.scenario, trade.source, point.ask.options or trade.options)


def list_measures(scenario: Scenario) -> list[str]:
    """Second measures to choose from, by name; those of the worst futures only where there is more than one future."""
    uncertain = ["cvar_cost", "worst_cost"] if scenario.shocks or scenario.licences else []
    countries = sorted({supplier.country for supplier in scenario.suppliers})
    shares = [f"country-share:{country}" for country in countries]
    return [
        *uncertain, "shortage", "suppliers", *shares, *(f"supplier-share:{supplier.id}" for supplier in scenario.suppliers),
    ]  # fmt: skip
