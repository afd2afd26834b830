"""The chain of factors by hand: 2 units at 10 become 3 at 12."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.studies.compare.levels import find_steps

AMOUNT = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: 0.0 if abs(x) < 1e-3 else x)
LEVELS = st.tuples(AMOUNT, AMOUNT, AMOUNT, AMOUNT)


def test_one_unit_more_at_the_old_price_then_all_at_the_new() -> None:
    assert find_steps((2.0, 20.0), (3.0, 36.0)) == (10.0, 6.0)


def test_what_is_new_counts_at_what_it_would_have_cost_before() -> None:
    """Three units at 12 that would have cost 15 each: 45 for buying them, 9 saved by the price."""
    assert find_steps((0.0, 0.0), (3.0, 36.0), (3.0, 45.0)) == (45.0, -9.0)
    assert find_steps((0.0, 0.0), (3.0, 36.0)) == (36.0, 0.0)


def test_what_is_gone_is_gone_with_its_old_price() -> None:
    assert find_steps((2.0, 20.0), (0.0, 0.0)) == (-20.0, 0.0)


@given(LEVELS, LEVELS, st.none() | LEVELS)
def test_steps_add_up(before: tuple[float, ...], after: tuple[float, ...], known: tuple[float, ...] | None) -> None:
    steps = find_steps(before, after, known)
    size = max(1.0, *(abs(step) for step in steps))
    assert sum(steps) == pytest.approx(after[-1] - before[-1], abs=1e-9 * size)
