"""A sum of money as a chain of factors, and what each factor adds when a second chain replaces a first one."""

from __future__ import annotations

from itertools import pairwise

Levels = tuple[float, ...]
"""Each level is the one before times a factor, such as units, then their price, then that in base currency."""


def find_factors(levels: Levels) -> tuple[float | None, ...]:
    """What each level after the first is times the one before; None after a level of 0."""
    return tuple(after / before if before else None for before, after in pairwise(levels))


def find_steps(before: Levels, after: Levels, known: Levels | None = None) -> tuple[float, ...]:
    """What replacing one factor after the other adds to the last level, first to last; the steps add up to the difference.

    Step k is taken with the factors before k already of ``after`` and those behind k still of ``before``. Where ``before``
    has no factor because there is nothing, that of ``known`` is taken: what ``after`` would have come to on the first
    terms; without one that of ``after``, so that all of it is the first step.
    """
    old, spare, new = find_factors(before), find_factors(known or after), find_factors(after)
    kept = [next((one for one in three if one is not None), 0.0) for three in zip(old, spare, new, strict=True)]
    reached, steps = before[-1], list[float]()
    for place in range(len(after)):
        value = after[place]
        for factor in kept[place:]:
            value *= factor
        value = after[-1] if place == len(after) - 1 else value
        steps.append(value - reached)
        reached = value
    return tuple(steps)
