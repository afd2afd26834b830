"""Numbers before the first key of a series, and chances at their ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.instance.lookup import Lookup
from planner.scenario.news import find_chance, find_sources
from planner.scenario.read import Document, build_scenario, read_scenario
from planner.scenario.scenario import Scenario
from tests.command import MINIMAL


def changed(**parts: Any) -> Scenario:
    data = {**read_scenario(MINIMAL).document.data, **parts}
    return build_scenario(Document("x.yaml", "", data))[0]


def test_a_contract_older_than_the_rates_is_worth_the_first_rate() -> None:
    money = {"currency": "USD", "in": "millions", "allow_rate_path": True, "rates": {"EUR": {"2026-Q1": 1.25, "2026-Q2": 1.5}}}
    look = Lookup(changed(money=money))
    assert look.rate("EUR", date(2025, 11, 15)) == 1.25
    assert look.rate("EUR", date(2026, 5, 1)) == 1.5


@pytest.mark.parametrize(("tension", "chance"), [(0, 0.0), (1, 1.0), (2, 1.0)])
def test_a_certain_date_is_certain_unless_the_dial_is_at_nothing(tension: float, chance: float) -> None:
    """1 - (1 - p)^t: nothing to the power of nothing is 1, so the chance is 0."""
    shock = {"id": "ban", "date": "2026-05-01", "probability": 1.0, "tags": ["geopolitical"],
             "hits": {"countries": ["CN"]}, "price_factor": 2.0}  # fmt: skip
    scenario = changed(shocks=[shock], futures={"tension": tension})
    (source,) = find_sources(scenario)
    assert find_chance(scenario, source, 1, 0, frozenset()) == chance
