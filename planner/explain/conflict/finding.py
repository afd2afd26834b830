"""The whole question, stage by stage: what is known so far is shown after each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from planner.explain.conflict.amounts import Step
from planner.explain.conflict.clash import Clash, find_clash, make_smallest, narrow_runs
from planner.explain.conflict.confirm import confirm
from planner.explain.conflict.every_limit import find_limits
from planner.explain.conflict.found import Change, Conflict, Conflicts, Member, Place, WayOut
from planner.explain.conflict.judge import QUESTION_SECONDS, Judge, OutOfTimeError
from planner.explain.conflict.limits import Limit
from planner.explain.conflict.ways import Exits, Way
from planner.options import Options
from planner.scenario.document import Document, Path
from planner.scenario.places import finding_at
from planner.scenario.scenario import Scenario

MOST_CLASHES = 3
FIRST_SHARE, CLASH_SHARE, SMALLEST_SHARE = 0.5, 0.5, 0.05
"""Parts of all the time: for the question whether there is a plan, for a clash, and for the proof that none is smaller."""
LEAST_QUESTIONS = 50
"""What the shortest such proof takes."""
TIMES_FIRST = 4.0
"""How much longer than the first question another one may take."""
Show = Callable[[Conflicts], None]


@dataclass
class Search:
    """One scenario's conflicts as they are found. ``tell`` hears (stage, questions so far, seconds the next one may take)."""

    document: Document
    options: Options
    seconds: float
    tell: Callable[[str, int, float], None] = lambda _stage, _questions, _seconds: None
    show: Show = lambda _: None
    stop: Callable[[], bool] = lambda: False
    stage: str = "first question"
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Read the scenario, which has been checked."""
        self.scenario = Scenario.model_validate(self.document.data)
        limits = find_limits(self.scenario, self.document.data)
        until = self.began + self.seconds
        self.judge = Judge(self.document.data, limits, self.options.without, self._hear, until)
        self.found = Conflicts("unknown", reason="not found out in time")

    def find(self) -> Conflicts:
        """Everything, or what the time allows, with the reason."""
        try:
            self._find()
        except OutOfTimeError:
            self._keep(reason="the time was used up")
        return self.found

    def _find(self) -> None:
        self.judge.each = FIRST_SHARE * self.seconds
        there = self.judge.prove(self.judge.limits)
        self.judge.each = max(QUESTION_SECONDS, TIMES_FIRST * (time.monotonic() - self.began))
        if there is not False:
            self._keep(status="feasible" if there else "unknown", reason="" if there else "not found out in time")
            return
        self._keep(status="infeasible", reason="")
        first = self._find_clash(self.judge.limits, smallest=True)
        self._find_ways(first)
        left = [limit for limit in self.judge.limits if limit not in first.limits]
        while len(self.found.clashes) < MOST_CLASHES and self.judge.clash(left):
            more = self._find_clash(left, smallest=False)
            left = [limit for limit in left if limit not in more.limits]
        self._keep()

    def _find_clash(self, among: Sequence[Limit], *, smallest: bool) -> Clash:
        self.stage = "looking for what clashes"
        with self._within(CLASH_SHARE):
            clash = find_clash(self.judge, among)
        if clash is None:
            raise OutOfTimeError
        earlier = self.found.clashes
        self._keep(clashes=(*earlier, self._describe(clash, ())))
        if smallest and clash.irreducible and self._is_quick:
            self.stage = "looking for fewer rules that clash"
            with self._within(SMALLEST_SHARE):
                clash = make_smallest(self.judge, self.judge.limits, clash)
        self.stage = "proving it"
        confirmed = confirm(self.judge, clash.limits)
        shown = narrow_runs(self.judge, self.scenario, clash) if clash.irreducible else clash
        self._keep(clashes=(*earlier, self._describe(shown, confirmed)))
        return clash

    @property
    def _is_quick(self) -> bool:
        """Whether the questions of a proof that no clash is smaller may end in its part of the time."""
        each = (time.monotonic() - self.began) / max(1, self.judge.questions)
        return each * LEAST_QUESTIONS < SMALLEST_SHARE * self.seconds

    @contextmanager
    def _within(self, share: float) -> Iterator[None]:
        """A part of all the time for what is done within."""
        end = self.judge.until
        self.judge.until = min(end, time.monotonic() + share * self.seconds)
        try:
            yield
        finally:
            self.judge.until = end

    def _find_ways(self, clash: Clash) -> None:
        self.stage = "looking for ways out"
        exits = Exits(self.judge, self.scenario, self.options, self.stop, lambda s: self._hear(self.judge.questions, s))
        ways: list[Way] = []
        for rule in dict.fromkeys(limit.rule for limit in clash.limits):
            ways += exits.of_kind(rule, clash.limits)
            self._keep(ways=self._order(ways))
        if ways and all(way.helps is False for way in ways):
            self._keep(ways=self._order([*ways, exits.together()]))

    def _hear(self, questions: int, seconds: float) -> None:
        if self.stop():
            raise OutOfTimeError
        self.tell(self.stage, questions, seconds)

    def _keep(self, **news: object) -> None:
        told = {"questions": self.judge.questions, "seconds": time.monotonic() - self.began, **news}
        self.found = replace(self.found, **told)  # type: ignore[arg-type]
        self.show(self.found)

    def _describe(self, clash: Clash, confirmed: tuple[str, ...]) -> Conflict:
        members = tuple(self._member(limit, limit.key in clash.needed) for limit in clash.limits)
        return Conflict(members, clash.irreducible, clash.smallest, clash.whole, confirmed)

    def _member(self, limit: Limit, needed: bool) -> Member:
        return Member(limit.rule, limit.names, limit.value, limit.unit, tuple(map(self._place, limit.paths)), needed)

    def _place(self, path: Path) -> Place:
        found = finding_at(self.document, path, "")
        return Place(found.file, found.line, found.column, found.field, found.value)

    def _order(self, ways: Sequence[Way]) -> tuple[WayOut, ...]:
        """Those that help first, cheapest first."""
        helping = sorted(ways, key=lambda way: (way.helps is not True, float("inf") if way.cost is None else way.cost))
        return tuple(self._way(way) for way in helping)

    def _way(self, way: Way) -> WayOut:
        changes = tuple(map(self._change, way.move.steps)) if way.move else ()
        share = way.move.least if way.move else 0.0
        return WayOut(way.rule, way.helps, changes, share == 1, share, way.cost, way.bound, way.audited, way.reason)

    def _change(self, step: Step) -> Change:
        limit = step.limit
        return Change(limit.rule, limit.names, self._place(limit.paths[0]), limit.value, step.after, limit.unit)
