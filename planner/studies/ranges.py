"""Between what and what the chance of a shock may lie: what its sources say, or four times what is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from planner.scenario.scenario import Scenario
from planner.scenario.shocks import MOST_PER_YEAR, Shock

TIMES = 4.0


@dataclass(frozen=True, slots=True)
class Range:
    """The chance of one shock: ``field`` hazard_per_year or probability, ``value`` as assumed.

    ``stated``: both ends come from sources; an end that no source gives is 0, or ``TIMES`` the value.
    """

    shock: str
    field: str
    value: float
    low: float
    high: float
    stated: bool


def find_ranges(scenario: Scenario) -> tuple[Range, ...]:
    """One range per shock whose chance can differ, in order of the ids."""
    found = (find_range(shock) for shock in sorted(scenario.shocks, key=lambda shock: shock.id))
    return tuple(one for one in found if one.high > one.low)


def find_range(shock: Shock) -> Range:
    """The range of one shock; it always holds the assumed value."""
    field = "probability" if shock.hazard_per_year is None else "hazard_per_year"
    value = float(getattr(shock, field) or 0.0)
    most = 1.0 if field == "probability" else MOST_PER_YEAR
    said = [source for source in shock.sources if field in source.field]
    lows = [source.low for source in said if source.low is not None]
    highs = [source.high for source in said if source.high is not None]
    low = max(0.0, min([value, *lows])) if lows else 0.0
    high = min(most, max([value, *highs]) if highs else TIMES * value)
    return Range(shock.id, field, value, low, high, bool(lows and highs))
