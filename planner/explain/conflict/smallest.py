"""Small sets by asking as little as possible: one that cannot be made smaller, and a proof that none has fewer members."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import TypeVar

T = TypeVar("T")
Holds = Callable[[Sequence[T]], bool]
"""A question about a set that, once true, stays true for every larger set."""
MOST_SETS = 200_000
"""Sets looked at to find one that hits all: above that the search for a smallest one is given up."""


def find_minimal(items: Sequence[T], holds: Holds[T]) -> list[T]:
    """A subset for which the question still holds, and for no smaller part of it; it must hold for all items.

    Halves the items again and again, so that few members among many cost few questions; earlier items are preferred.
    """
    return [] if holds([]) else _among(list(items), [], False, holds)


def _among(items: list[T], kept: list[T], changed: bool, holds: Holds[T]) -> list[T]:
    """The members among ``items`` that are needed beside ``kept``; ``changed``: kept has grown since it was last asked of."""
    if changed and holds(kept):
        return []
    if len(items) <= 1:
        return items
    half = len(items) // 2
    first, second = items[:half], items[half:]
    needed_later = _among(second, kept + first, True, holds)
    return _among(first, kept + needed_later, bool(needed_later), holds) + needed_later


def hit_all(sets: Collection[frozenset[T]], fewer_than: int) -> frozenset[T] | None:
    """The fewest items of which every set has one, if they are fewer than that; None if not. Raises OverflowError when long."""
    if not sets:
        return frozenset()
    least = [one for one in sets if not any(other < one for other in sets)]
    items = sorted({item for one in least for item in one}, key=lambda item: -sum(item in one for one in least))
    looked = 0
    for size in range(1, fewer_than):
        for chosen in combinations(items, size):
            looked += 1
            if looked > MOST_SETS:
                raise OverflowError
            if all(any(item in one for item in chosen) for one in least):
                return frozenset(chosen)
    return None
