"""How far one number has to be turned until a plan exists: halved again and again on the grid the number is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from planner.explain.conflict.amounts import Move, Step
from planner.explain.conflict.judge import Judge
from planner.explain.conflict.limits import Dial, Edit, Limit

MOST_DOUBLINGS = 40
Answer = bool | None


def turn_one(judge: Judge, limit: Limit) -> Move | None:
    """The least turn of one number with which a plan exists; None where the end of the dial is not enough."""
    return turn_together(judge, [limit])


def turn_together(judge: Judge, limits: Sequence[Limit]) -> Move | None:
    """The least number of steps by which all of them are turned, each to its end at most, with which a plan exists."""

    def edits(steps: int) -> list[Edit]:
        return [_edit(limit, _value(limit, steps)) for limit in limits]

    unsure = list[int]()

    def enough(steps: int) -> bool:
        found = judge.ask((), edits(steps))
        if found is None:
            unsure.append(steps)
        return found is True

    ends = [_steps(limit) for limit in limits]
    steps = _find_least(enough, None if None in ends else max(end for end in ends if end is not None))
    if steps is None:
        return None
    least = float(all(other > steps for other in unsure))
    return Move(tuple(Step(limit, _value(limit, steps)) for limit in limits), tuple(edits(steps)), least)


def _find_least(enough: Callable[[int], bool], end: int | None) -> int | None:
    """The least number of steps that is enough, by halving; without an end it is looked for by doubling first."""
    low, high = 0, end
    if high is None:
        high = next((2**power for power in range(MOST_DOUBLINGS) if enough(2**power)), None)
        low = high // 2 if high is not None else 0
    elif not enough(high):
        return None
    while high is not None and high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _dial(limit: Limit) -> Dial:
    assert limit.dial is not None  # limits without one are given up
    return limit.dial


def _steps(limit: Limit) -> int | None:
    """How many steps there are to the end of the dial."""
    far, step = _dial(limit).far, _dial(limit).step
    return None if far is None or limit.value is None else max(1, ceil(abs(far - limit.value) / step - 1e-6))


def _value(limit: Limit, steps: int) -> float:
    """The number after so many steps, never beyond the end of the dial."""
    dial, now = _dial(limit), limit.value or 0.0
    if dial.far is None or dial.far >= now:
        turned = now + steps * dial.step
        return round(turned if dial.far is None else min(dial.far, turned), 9)
    return round(max(dial.far, now - steps * dial.step), 9)


def _edit(limit: Limit, value: float) -> Edit:
    turn = _dial(limit).turn
    return lambda data: turn(data, value)
