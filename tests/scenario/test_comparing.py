"""Slips of unit are noticed, and clean files are left alone."""

from __future__ import annotations

import random

from planner.scenario.comparing import THOUSAND, UPSIDE_DOWN, find_strays


def clean(r: random.Random, count: int) -> list[float]:
    """Prices of comparable offers: most within a factor of about four of each other."""
    return [60 * r.lognormvariate(0, 0.35) for _ in range(count)]


def test_a_slip_among_five_or_more_is_found_on_both_sides() -> None:
    r = random.Random(7)
    missed, wrong, runs = 0, 0, 2000
    for _ in range(runs):
        figures = clean(r, r.randint(5, 12))
        slipped = r.randrange(len(figures))
        figures[slipped] *= r.choice([1000, 1 / 1000, 7.2**2, 7.2**-2])
        found = [stray.index for stray in find_strays(figures, UPSIDE_DOWN)]
        missed += slipped not in found
        wrong += len([index for index in found if index != slipped])
    assert missed <= runs * 0.01
    assert wrong == 0


def test_clean_figures_raise_no_alarm() -> None:
    r = random.Random(8)
    assert sum(bool(find_strays(clean(r, r.randint(2, 12)), UPSIDE_DOWN)) for _ in range(2000)) <= 2000 * 0.01


def test_of_two_only_the_lower_is_named_and_only_a_thousand_counts() -> None:
    assert find_strays([3.0, 3000.0], UPSIDE_DOWN)[0].index == 0
    assert str(find_strays([3000.0, 3.0], THOUSAND)[0]) == "1,000 times below the median"
    assert find_strays([3.0, 300.0], UPSIDE_DOWN) == []
    assert find_strays([3.0], UPSIDE_DOWN) == []
    assert find_strays([], UPSIDE_DOWN) == []
