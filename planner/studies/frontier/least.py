"""The least share, or number of suppliers, that any plan can have: by limits that divide what is open in three."""

from __future__ import annotations

from dataclasses import replace

from planner.studies.frontier.asking import Asking
from planner.studies.frontier.limits import room

FINE = 0.001
"""Shares are found to a tenth of a percent."""
MOST_ROUNDS = 12


def find_least(asking: Asking) -> float | None:
    """The least share or number of suppliers any plan can have: nothing at all if that is possible, else closer and closer.

    Whether a limit can be kept at all is asked with a wide gap where the axis is a share, because its plan is only a step;
    a number of suppliers is a point of the answer. Two limits are tried at a time.
    """
    nothing = asking.look([0.0])[0]
    best = min(found.against for found in asking.known.found)
    low, step = 0.0, 1.0 if asking.against.kind == "suppliers" else FINE
    if best <= step / 2:
        return 0.0
    if not nothing.infeasible:
        return None
    for _ in range(MOST_ROUNDS):
        if best - low <= step * (1 + 1e-9):
            break
        limits = _between(low, best, step)
        answers = _probe(asking, limits)
        refused = [most for most, impossible in zip(limits, answers, strict=True) if impossible]
        low, before = max([low, *refused]), best
        best = min(found.against for found in asking.known.found)
        if not refused and best >= before:
            return None  # a search ended without an answer
    if asking.against.kind != "suppliers" and not asking.failed:
        asking.look([room(best)])
    return best if asking.against.kind == "suppliers" else low


def _between(low: float, high: float, step: float) -> list[float]:
    """Two limits that divide the rest in three; whole numbers for whole steps."""
    found = [low + (high - low) * part / 3 for part in (1, 2)]
    if step == 1.0:
        found = [min(max(round(value), low + 1), high - 1) for value in found]
    return sorted(set(found))


def _probe(asking: Asking, limits: list[float]) -> list[bool]:
    """Whether each limit is proven to be impossible."""
    if asking.against.kind == "suppliers":
        return [solved.infeasible for solved in asking.look(limits)]
    asks = []
    for most in limits:
        ask = asking.question(most)
        asks.append(replace(ask, options=replace(ask.options or asking.options, gap=1.0)))
    answers = asking.solve(asks)
    for most, ask, solved in zip(limits, asks, answers, strict=True):
        asking.note(most, ask, solved, aside=True)
    return [solved.infeasible for solved in answers]
