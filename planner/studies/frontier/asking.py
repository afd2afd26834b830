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

PART, LOOSEST = 0.25, 0.03
"""Without a gap asked for: part of the step to the next point that may stay unproven, and the most in any case."""


@dataclass
class Asking:
    """One trade-off being looked for. ``asked`` counts questions; ``failed`` are answers without a plan that prove nothing.

    ``step``: distance of two points on the second axis, once both ends are known. ``loose``: no gap was asked for, and a
    point need not be proven much closer than what tells it from the next.
    """

    solver: Solver
    data: Data
    scenario: Scenario
    of: Axis
    against: Axis
    loose: bool = False
    step: float = 0.0
    known: Known = field(default_factory=Known)
    asked: int = 0
    failed: list[Solved] = field(default_factory=list)

    @property
    def hasty(self) -> bool:
        """Whether every search has little time, no gap was asked for, and weights can stand for limits."""
        timed = self.loose and self.solver.options.time_limit is not None
        return timed and (self.of.about, self.against.about) == ("expected_cost", "cvar_cost")

    @property
    def options(self) -> Options:
        """The solver's, for the least of the first measure."""
        return replace(self.solver.options, minimise=self.of.about, reasons=False)

    def gap(self, most: float) -> float:
        """The gap to prove at a limit: the solver's, or a part of the step between points there if that is more."""
        least = self.solver.options.gap
        tight, wide = self.known.around(most)
        if not self.loose or tight is None or wide is None or tight.aside:
            return least
        rise = (tight.of - wide.of) * self.step / (wide.against - tight.against)
        return max(least, min(LOOSEST, PART * rise / max(abs(tight.of + wide.of) / 2, 1e-9)))

    def question(self, most: float) -> Ask:
        """The least of the first measure with at most so much of the second (inf: without limit)."""
        if most == inf:
            return Ask(f"least {self.of.name}", self.data, options=self.options)
        near, bound = self.known.best(most), self.known.bound(most)
        data, options = limit(self.against, self.data, replace(self.options, gap=self.gap(most)), most)
        label = f"{self.against.name} at most {most:.6g}"
        return Ask(label, data, options=options, near=near.plan if near else None, bound=bound)

    def look(self, limits: Sequence[float]) -> list[Solved]:
        """Ask for the least of the first measure within each limit, if there are any, and note what it proves."""
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
