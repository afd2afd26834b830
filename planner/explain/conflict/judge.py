"""Whether a plan exists when some limits are given up: the question all of this is made of, each asked once."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.errors import EngineError
from planner.explain.conflict.limits import Edit, Limit, without
from planner.formulation.build import Model, build_model
from planner.instance.build import build_instance
from planner.scenario.scenario import Scenario
from planner.solve import find_layout
from planner.solvers.highs import Run, run
from planner.solvers.layout import Layout
from planner.solvers.matrix import Floats, Matrix, Setting, build_matrix
from planner.solvers.search import search
from planner.studies.worlds import Data
from planner.vocabulary import Status

ROOM = 1e-6
"""By how much, relative to its bound, a row may be missed for a point still to count as a plan: the engine's own tolerance."""
QUESTION_SECONDS = 5.0
"""A question that takes longer has no answer, unless the first one took long already."""
ANY_PLAN = 1.0
"""The gap at which a search for any plan may end."""
Keys = frozenset[tuple[str, ...]]


class OutOfTimeError(Exception):
    """The time for all questions is used up."""


@dataclass
class Judge:
    """Asks about one scenario. ``hear`` is told before each question how many seconds it may take; ``until``: when to end.

    ``each``: seconds one question may take. ``known``: what was answered, by the limits kept and whether units had to be whole.
    """

    data: Data
    limits: tuple[Limit, ...]
    without: tuple[str, ...] = ()
    hear: Callable[[int, float], None] = lambda _questions, _seconds: None
    until: float = float("inf")
    each: float = QUESTION_SECONDS
    questions: int = 0
    known: dict[tuple[Keys, bool], bool | None] = field(default_factory=dict)

    def clash(self, kept: Collection[Limit], whole: bool = True) -> bool:
        """Whether it is proven that no plan keeps these limits, all others given up; ``whole`` False: not even with parts."""
        return self.plan_exists(kept, whole) is False

    def plan_exists(self, kept: Collection[Limit], whole: bool = True) -> bool | None:
        """Whether a plan keeps these limits, all others given up; None if not found out in time. Raises OutOfTimeError."""
        found = self._known(frozenset(limit.key for limit in kept), whole)
        return found if found is not None else self.prove(kept, whole)

    def prove(self, kept: Collection[Limit], whole: bool = True) -> bool | None:
        """The same, asked of the engine for this very set and not concluded from answers about others."""
        keys = frozenset(limit.key for limit in kept)
        if (keys, whole) not in self.known:
            self.known[keys, whole] = self.ask([limit for limit in self.limits if limit.key not in keys], whole=whole)
        return self.known[keys, whole]

    def ask(self, given_up: Collection[Limit], edits: Sequence[Edit] = (), whole: bool = True) -> bool | None:
        """Whether a plan exists with these limits given up and then the data edited."""
        data = without(self.data, given_up)
        for edit in edits:
            edit(data)
        try:
            instance = build_instance(Scenario.model_validate(data))
            model = build_model(instance, without=self.without)
            matrix = build_matrix(model.problem)
            return self._search(matrix, find_layout(instance, model)) if whole else self._relax(matrix)
        except EngineError:  # no answer is none either way
            return None

    def _relax(self, matrix: Matrix) -> bool | None:
        any_plan = replace(matrix, cost=np.zeros_like(matrix.cost))
        done = self.run(any_plan, {}, whole=False)
        if done.reason in ("infeasible", "infeasible or unbounded"):
            return False
        return True if done.values is not None and keeps_rows(matrix, done.values, whole=False) else None

    def _search(self, matrix: Matrix, layout: Layout) -> bool | None:
        """The search for plans finds the first one sooner than the engine by itself, above all where money is short."""
        found = search(matrix, layout, ANY_PLAN, self._next(self.each), lambda _: None, lambda: False)
        if found.status is Status.INFEASIBLE:
            return False
        if found.values is None:
            return None
        whole = np.where(matrix.whole, np.round(found.values), found.values)
        return True if keeps_rows(matrix, whole, whole=True) or keeps_rows(matrix, found.values, whole=True) else None

    def build(self, data: Data) -> Model:
        """The model of edited data."""
        return build_model(build_instance(Scenario.model_validate(data)), without=self.without)

    def run(self, matrix: Matrix, settings: dict[str, Setting], whole: bool = True, seconds: float | None = None) -> Run:
        """One run of the engine within the time there is."""
        return run(matrix, {"time_limit": self._next(seconds or self.each), **settings}, whole=whole)

    def _next(self, seconds: float) -> float:
        """Seconds the next question may take. Raises OutOfTimeError where none are left."""
        left = min(seconds, self.until - time.monotonic())
        if left <= 0:
            raise OutOfTimeError
        self.questions += 1
        self.hear(self.questions, left)
        return left

    def least_known(self, among: Collection[Limit]) -> list[Limit] | None:
        """The fewest of these limits that are known to clash; None if none are."""
        allowed = frozenset(limit.key for limit in among)
        clashing = [keys for (keys, _), answer in self.known.items() if answer is False and keys <= allowed]
        fewest = min(clashing, key=len, default=None)
        return None if fewest is None else [limit for limit in among if limit.key in fewest]

    def _known(self, keys: Keys, whole: bool) -> bool | None:
        """What follows from earlier answers: a plan that keeps more keeps these; what already clashes still does."""
        for (other, parts), answer in self.known.items():
            if answer and keys <= other and parts >= whole:
                return True
            if answer is False and keys >= other and parts <= whole:
                return False
        return None


def keeps_rows(matrix: Matrix, values: Floats, whole: bool) -> bool:
    """Whether a point keeps bounds, rows and, unless parts will do, whole columns."""
    owners = np.repeat(np.arange(len(matrix.row_lower)), np.diff(matrix.starts))
    sums = np.bincount(owners, matrix.values * values[matrix.index], len(matrix.row_lower)).astype(float)
    inside = [
        _within(sums, matrix.row_lower, matrix.row_upper),
        _within(values, matrix.lower, matrix.upper),
        not whole or bool((np.abs(values - np.round(values))[matrix.whole] <= 10 * ROOM).all()),
    ]
    return all(inside)


def _within(found: Floats, low: Floats, high: Floats) -> bool:
    room = 10 * ROOM * np.maximum(1.0, np.abs(found))
    return bool(((found >= low - room) & (found <= high + room)).all())
