"""What one more delivery slot is worth where the plan uses a window up, and how many more are worth as much."""

from __future__ import annotations

from functools import partial

from planner.explain.asking import Asking
from planner.explain.compare import Comparing
from planner.explain.explanation import SlotValue
from planner.explain.prices.steps import Ladder
from planner.explain.windows import Window, find_used_up, with_more_slots

RUNGS = (1.0, 2.0, 4.0, 8.0)


def find_slot_ladders(asking: Asking, comparing: Comparing) -> list[tuple[Window, Ladder]]:
    """The windows that the plan, as it goes if nothing happens, uses up, and what more slots in each are worth."""
    found = []
    for window in find_used_up(comparing.scenario, comparing.usual):
        change = partial(with_more_slots, asking.data, comparing.scenario, window)
        found.append((window, Ladder(f"{window.pool.id}, {window.name}", "slots", RUNGS, change, comparing.saves)))
    return found


def value_slots(comparing: Comparing, found: list[tuple[Window, Ladder]]) -> tuple[SlotValue, ...]:
    """What was found, the most valuable slot first."""
    values = [_value(comparing, window, ladder) for window, ladder in found]
    return tuple(sorted(values, key=lambda value: (-(value.steps.each or 0.0), value.pool, value.window)))


def _value(comparing: Comparing, window: Window, ladder: Ladder) -> SlotValue:
    first = ladder.first()
    pool, steps = window.pool, ladder.steps()
    args = pool.id, pool.supplier, window.name, window.free, window.taken, steps
    return SlotValue(*args, comparing.other(first)) if first and steps.useful else SlotValue(*args)
