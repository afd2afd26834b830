"""Which plan risks least: the largest regret of each, and the plan whose largest is least."""

from __future__ import annotations

from collections.abc import Sequence

from planner.studies.regret.matrix import Cell, Worst


def find_worst(row: Sequence[Cell]) -> Worst:
    """The largest regret of one plan: without limit where it cannot be begun, open where some are not known."""
    for place, cell in enumerate(row):
        if cell.kept is False:
            return Worst(None, place)
    known = [(cell.regret.value, place) for place, cell in enumerate(row) if cell.regret is not None]
    if not known:
        return Worst(None, None, open=True)
    value, place = max(known, key=lambda pair: (pair[0], -pair[1]))
    regret = row[place].regret
    assert regret is not None
    return Worst(value, place, regret.room, regret.distinct, len(known) < len(row))


def choose(worst: Sequence[Worst]) -> tuple[int | None, tuple[int, ...]]:
    """(place of the plan of least largest regret, places of those not distinguishable from it); None where there is none."""
    known = {i: one for i, one in enumerate(worst) if one.value is not None and not one.open}
    if not known:
        return None, ()
    choice = min(known, key=lambda i: (known[i].value, i))
    least = known[choice]
    tied = [i for i, one in known.items() if i != choice and (one.value or 0.0) - (least.value or 0.0) <= one.room + least.room]
    return choice, tuple(tied)
