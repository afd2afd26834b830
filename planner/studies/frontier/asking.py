"""Questions about a trade-off, and their answers noted as plans and bounds of both measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis
from planner.studies.frontier.known import Found, Known
from planner.studies.frontier.limits import limit
from planner.studies.frontier.values import find_value
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data


@dataclass
class Asking:
    """One trade-off being looked for. ``asked`` counts questions; ``failed`` are answers without a plan that prove nothing."""

    solver: Solver
    data: Data
    scenario: Scenario
    of: Axis
    against: Axis
    known: Known = field(default_factory=Known)
    asked: int = 0
    failed: list[Solved] = field(default_factory=list)

    @property
    def options(self) -> Options:
        """The solver's, for the least of the first measure."""
        return replace(self.solver.options, minimise=self.of.about, reasons=False)

    def question(self, most: float) -> Ask:
        """The least of the first measure with at most so much of the second (inf: without limit)."""
        near = self.known.best(most)
        if most == inf:
            return Ask(f"least {self.of.name}", self.data, options=self.options)
        data, options = limit(self.against, self.data, self.options, most)
        return Ask(f"{self.against.name} at most {most:.6g}", data, options=options, near=near.plan if near else None)

    def look(self, limits: Sequence[float]) -> list[Solved]:
        """Ask for the least of the first measure within each limit, and note what it proves."""
        asks = [self.question(most) for most in limits]
        answers = self.solve(asks)
        for most, ask, solved in zip(limits, asks, answers, strict=True):
            if solved.bound is not None:
                self.known.bounds.append((most, solved.bound))
            self.note(most, ask, solved)
        return answers

    def solve(self, asks: Sequence[Ask]) -> list[Solved]:
        """Answers to any questions."""
        self.asked += len(asks)
        answers = self.solver.solve_all(asks)
        self.failed += [solved for solved in answers if solved.plan is None and not solved.infeasible]
        return answers

    def note(self, most: float, ask: Ask, solved: Solved, *, aside: bool = False) -> Found | None:
        """Keep the plan of an answer, if it has one that the audit accepts."""
        result = solved.result
        if solved.plan is None or (result is not None and not result.audit["ok"]):
            return None
        values = [find_value(axis, self.scenario, solved.plan) for axis in (self.of, self.against)]
        found = Found(values[0], values[1], most, ask, solved, aside)
        self.known.found.append(found)
        return found
