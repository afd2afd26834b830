"""More and more of something until it stops being worth as much: how much is useful, and how long its value holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from planner.explain.amounts import Amount, Point, Steps, Verdict
from planner.explain.asking import Asking, Question
from planner.studies.solving import Solved
from planner.studies.worlds import Data

Unit = Literal["slots", "weeks", "MW"]
ENOUGH = 2
"""Larger amounts that are tried beyond a useful one where answers are not exact."""


@dataclass
class Ladder:
    """One thing of which there may be more. ``rungs``: amounts to try in order; ``whole``: only whole amounts make sense.

    ``change`` gives the scenario with that much more, ``amount`` what an answer saves. ``answers`` are those so far.
    """

    label: str
    unit: Unit
    rungs: tuple[float, ...]
    change: Callable[[float], Data]
    judge: Callable[[Solved], Amount]
    answers: dict[float, tuple[Solved, Amount]] = field(default_factory=dict)

    @property
    def useful(self) -> float | None:
        """The least amount tried that surely saves something."""
        return min((n for n, (_, saves) in self.answers.items() if _surely(saves)), default=None)

    def follows(self, amount: float) -> bool:
        """Whether so much saves, as far as is proven, as much per unit as the least useful amount."""
        useful, saves = self.useful, self.answers[amount][1]
        each = self.answers[useful][1].value if useful else None
        if each is None or useful is None or saves.low is None or saves.high is None:
            return False
        return saves.low - 1e-6 * abs(each) <= each * amount / useful <= saves.high + 1e-6 * abs(each)

    @property
    def next(self) -> float | None:
        """The next amount to try, None where nothing is left to learn. If the first is worth nothing, the most is tried."""
        if not self.answers:
            return self.rungs[0]
        if any(saves.verdict == "open" for _, saves in self.answers.values()):
            return None
        useful, untried = self.useful, [n for n in self.rungs if n not in self.answers]
        if useful is None:
            return self.rungs[-1] if self.rungs[-1] in untried else None
        in_vain = max((n for n in self.answers if n < useful), default=0.0)
        if sooner := [n for n in untried if in_vain < n < useful]:
            return sooner[len(sooner) // 2]
        beyond = [n for n in sorted(self.answers) if n > useful]
        ended = next((n for n in beyond if not self.follows(n)), None)
        if ended is not None:
            holds = max([useful, *(n for n in beyond if n < ended)])
            return next((n for n in untried if holds < n < ended), None) or self._between(holds, ended)
        enough = not self._exact and len(beyond) >= ENOUGH
        return None if enough else next((n for n in untried if n > max(self.answers)), None)

    def _between(self, holds: float, ends: float) -> float | None:
        """The middle of where it still holds and where it does not, as far as whole slots and exact answers go."""
        middle = (holds + ends) // 2
        return middle if self.unit == "slots" and self._exact and holds < middle < ends else None

    @property
    def _exact(self) -> bool:
        return all(_is_exact(saves) for _, saves in self.answers.values())

    def steps(self) -> Steps:
        """What is known in the end. Who has more can leave it unused: what a smaller amount saves, a larger one does too."""
        for less, more in pairwise(sorted(self.answers)):
            self.answers[more] = self.answers[more][0], _no_less(self.answers[more][1], self.answers[less][1])
        useful, points = self.useful, tuple(Point(n, self.answers[n][1]) for n in sorted(self.answers))
        if useful is None:
            return Steps(self.unit, points)
        beyond = [n for n in sorted(self.answers) if n > useful]
        ends = next((n for n in beyond if not self.follows(n) and self.answers[n][1].verdict != "open"), None)
        holds = max([useful, *(n for n in beyond if self.follows(n) and (ends is None or n < ends))])
        return Steps(self.unit, points, useful, (self.answers[useful][1].value or 0.0) / useful, holds, ends)

    def first(self) -> Solved | None:
        """The answer at the least useful amount, else at the least tried."""
        key = self.useful or min(self.answers, default=None)
        return None if key is None else self.answers[key][0]


def climb(asking: Asking, ladders: Sequence[Ladder]) -> None:
    """Try amounts rung by rung, of all things at once, until each has stopped to be worth as much or its rungs are used up."""
    while waiting := [(ladder, amount) for ladder in ladders if (amount := ladder.next) is not None]:
        asked = [Question(f"{ladder.label}: {amount:g} {ladder.unit} more", ladder.change(amount)) for ladder, amount in waiting]
        for (ladder, amount), solved in zip(waiting, asking.ask(asked), strict=True):
            ladder.answers[amount] = solved, ladder.judge(solved)


def _no_less(more: Amount, less: Amount) -> Amount:
    if more.value is None or less.value is None or more.value >= less.value or more.high is None:
        return more
    low = max(more.low or 0.0, less.low or 0.0)
    verdict: Verdict = "differs" if low > 0 else "within the gaps"
    return Amount(verdict, less.value, low, max(more.high, less.value), more.reason)


def _is_exact(saves: Amount) -> bool:
    return saves.low is not None and saves.high is not None and saves.high - saves.low <= 1e-6 * max(1.0, abs(saves.high))


def _surely(saves: Amount) -> bool:
    return saves.verdict == "differs" and (saves.value or 0.0) > 0
