"""Small sets: what is found by few questions is what trying every set finds; crafted clashes against every smaller set."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.explain.conflict.every_limit import find_limits
from planner.explain.conflict.judge import Judge
from planner.explain.conflict.smallest import find_minimal, hit_all
from planner.scenario.scenario import Scenario
from tests.explain.conflict.crafted import CRAFTED, Crafted
from tests.explain.conflict.test_crafted import find

ITEMS = range(7)
CLASHES = st.lists(st.sets(st.sampled_from(ITEMS), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(CLASHES)
def test_what_is_found_cannot_be_made_smaller(clashes: list[set[int]]) -> None:
    def holds(chosen: list[int]) -> bool:
        return any(clash <= set(chosen) for clash in clashes)

    found = find_minimal(list(ITEMS), holds)
    assert holds(found)
    assert not any(holds([other for other in found if other != item]) for item in found)


@settings(max_examples=150, deadline=None)
@given(CLASHES, st.integers(1, 6))
def test_the_fewest_that_hit_all_are_found(sets: list[set[int]], fewer_than: int) -> None:
    every = chain.from_iterable(combinations(ITEMS, size) for size in range(1, len(ITEMS) + 1))
    fewest = next(len(chosen) for chosen in every if all(set(chosen) & one for one in sets))
    found = hit_all([frozenset(one) for one in sets], fewer_than)
    if fewest < fewer_than:
        assert found is not None
        assert len(found) == fewest
        assert all(found & one for one in sets)
    else:
        assert found is None


def test_few_members_among_many_cost_few_questions() -> None:
    asked: list[int] = []

    def holds(chosen: list[int]) -> bool:
        asked.append(len(chosen))
        return {3, 500, 998} <= set(chosen)

    assert find_minimal(list(range(1000)), holds) == [3, 500, 998]
    assert len(asked) < 80


@pytest.mark.parametrize("name", ["slots", "country share", "least order"])
def test_no_set_with_fewer_members_clashes(name: str) -> None:
    """Every smaller set of limits is asked about: none clashes, so the three of the answer are the fewest."""
    crafted: Crafted = next(one for one in CRAFTED if one.name == name)
    limits = find_limits(Scenario.model_validate(crafted.data), crafted.data)
    judge = Judge(crafted.data, limits)
    smaller = [set_ for size in range(3) for set_ in combinations(limits, size)]
    assert len(smaller) > 30
    assert all(judge.prove(kept) is True for kept in smaller)
    assert len(find(crafted.data).clashes[0].members) == 3
