"""Ways out: for each kind of rule in the clash the least change of it alone with which a plan exists, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.explain.conflict.amounts import AMOUNTS, Move, Step
from planner.explain.conflict.dials import turn_one, turn_together
from planner.explain.conflict.judge import Judge, OutOfTimeError
from planner.explain.conflict.limits import Edit, Limit, without
from planner.explain.conflict.limits_demand import lower
from planner.explain.conflict.smallest import find_minimal
from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.worlds import Data

TOGETHER = "together"
"""What a way out is called that takes several kinds of rules at once."""
SOLVE_SECONDS, PLAN_GAP = 20.0, 0.005
"""How long and how well the plan is sought that shows what a way out costs."""
NOT_ENOUGH = "no change of these alone is enough"
UNKNOWN = "not found out in time"


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of rule and what it takes of it alone. ``helps`` None: not found out; ``cost`` and ``bound`` of the plan then."""

    rule: str
    helps: bool | None
    move: Move | None = None
    cost: float | None = None
    bound: float | None = None
    audited: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Exits:
    """Looks for ways out. ``solving`` hears before a plan is made how many seconds that may take."""

    judge: Judge
    scenario: Scenario
    options: Options
    stop: Callable[[], bool]
    solving: Callable[[float], None]

    def of_kind(self, rule: str, clash: Sequence[Limit]) -> list[Way]:
        """Ways out by rules of one kind that are in the clash. No kind that is not in it can be a way out alone.

        Raises OutOfTimeError.
        """
        every, mine = self._of(rule), [limit for limit in clash if limit.rule == rule]
        if rule in AMOUNTS:
            return [self._move_amounts(rule, every)]
        single = [limit for limit in mine if self._enough([limit])]
        if single:
            return [self._prove(rule, turn_one(self.judge, one) if one.dial else gone(self.scenario, [one])) for one in single]
        if not (enough := self._enough(every)):
            return [_closed(rule, enough)]
        needed = find_minimal(every, lambda given_up: self._enough(given_up) is True)
        move = turn_together(self.judge, needed) if all(limit.dial for limit in needed) else gone(self.scenario, needed)
        return [self._prove(rule, move)]

    def together(self) -> Way:
        """The fewest kinds of rules, and the fewest of these, that have to be given up together."""
        kinds = list(dict.fromkeys(limit.rule for limit in self.judge.limits))
        chosen = find_minimal(kinds, lambda rules: self._enough([x for x in self.judge.limits if x.rule in rules]) is True)
        among = [limit for limit in self.judge.limits if limit.rule in chosen]
        needed = find_minimal(among, lambda given_up: self._enough(given_up) is True)
        return self._prove(TOGETHER, gone(self.scenario, needed))

    def _of(self, rule: str) -> list[Limit]:
        return [limit for limit in self.judge.limits if limit.rule == rule]

    def _enough(self, given_up: Sequence[Limit]) -> bool | None:
        keys = {limit.key for limit in given_up}
        return self.judge.plan_exists([limit for limit in self.judge.limits if limit.key not in keys])

    def _move_amounts(self, rule: str, every: Sequence[Limit]) -> Way:
        if not (enough := self._enough(every)):
            return _closed(rule, enough)
        return self._prove(rule, AMOUNTS[rule](self.judge, self.scenario, every))

    def _prove(self, rule: str, move: Move | None) -> Way:
        """The way with the best plan of the edited scenario, which has passed the audit."""
        if move is None:
            return Way(rule, None, reason=UNKNOWN)
        data = edited(self.judge.data, move)
        if self.stop():
            raise OutOfTimeError
        seconds = min(SOLVE_SECONDS, self.options.time_limit or SOLVE_SECONDS)
        self.solving(seconds)
        asked = Options(gap=PLAN_GAP, time_limit=seconds, without=self.options.without, start=move.start)
        found = solve(Scenario.model_validate(data), "", asked, stop=self.stop)
        if found.plan is None:
            given_up = [step.limit for step in move.steps if step.after is None]
            return Way(rule, self.judge.ask(given_up, move.edits) or None, move, reason=f"none was worked out: {found.reason}")
        if not found.audit["ok"]:
            return Way(rule, None, move, reason="the independent check does not accept the plan with this change")
        return Way(rule, True, move, found.objective, found.bound, audited=True)


def edited(data: Data, move: Move) -> Data:
    """The data with a move made."""
    changed = without(data, [step.limit for step in move.steps if step.after is None])
    for edit in move.edits:
        edit(changed)
    return changed


def gone(scenario: Scenario, limits: Sequence[Limit]) -> Move:
    """These limits given up: as few as are needed, which is all that can be said of rules without a number."""
    steps, edits = list[Step](), list[Edit]()
    for limit in limits:
        if limit.rule == "demand":  # for a plan that is paid for, wishes are no longer there
            number = next(i for i, demand in enumerate(scenario.demand) if demand.id == limit.names[0])
            first, last = (scenario.calendar.names.index(name) for name in limit.names[1:])
            steps.append(Step(limit, 0.0))
            edits.append(lower(scenario, number, dict.fromkeys(range(first, last + 1), 0.0)))
        else:
            steps.append(Step(limit, None))
    return Move(tuple(steps), tuple(edits), 1.0)


def _closed(rule: str, enough: bool | None) -> Way:
    return Way(rule, None, reason=UNKNOWN) if enough is None else Way(rule, False, reason=NOT_ENOUGH)
