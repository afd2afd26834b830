"""How cost and capacity gap spread over the futures: bars of equal width and the chance of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from planner.report.ramp import nice_step
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit

BARS = 16
"""Bars of a spread, about."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Values from ``low`` to below ``high`` and how likely they are together; ``count`` futures lie in it."""

    low: float
    high: float
    chance: float
    count: int


def find_bins(values: Iterable[tuple[float, float]]) -> list[Bin]:
    """(value, chance) pairs in about ``BARS`` bars at round numbers; empty bars between them are kept."""
    known = list(values)
    if not known:
        return []
    low, high = min(value for value, _ in known), max(value for value, _ in known)
    if high - low <= 1e-9 * max(1.0, abs(high)):
        return [Bin(low, high, sum(chance for _, chance in known), len(known))]
    step = nice_step((high - low) * 4 / BARS)
    first, last = floor(low / step + 1e-9), max(ceil(high / step - 1e-9), floor(low / step + 1e-9) + 1)
    chances, counts = [0.0] * (last - first), [0] * (last - first)
    for value, chance in known:
        place = min(floor(value / step + 1e-9) - first, len(chances) - 1)
        chances[place] += chance
        counts[place] += 1
    return [Bin((first + i) * step, (first + i + 1) * step, chances[i], counts[i]) for i in range(len(chances))]


def spread_costs(view: View) -> list[Bin]:
    """Discounted cash of the plan over its futures."""
    return find_bins((future.cash_cost, future.probability) for future in view.everything.futures)


def spread_gaps(view: View) -> list[Bin]:
    """The capacity gap until the end of the plan over its futures, GW-years."""
    return find_bins((future.shortage / 1000, future.probability) for future in view.everything.futures)


def spread_table(view: View) -> Table:
    """Both as one table."""
    money = money_unit(view.scenario.money)
    rows: list[tuple[Cell, ...]] = []
    for name, unit, bins in (("cash", money, spread_costs(view)), ("gap", "GW-years", spread_gaps(view))):
        rows += [(name, unit, found.low, found.high, found.chance) for found in bins]
    columns = (
        Column("of", "Of"),
        Column("unit", "Unit"),
        Column("low", "From", "money"),
        Column("high", "To", "money"),
        Column("chance", "Chance", "share"),
    )
    return Table("Spread", "How do cost and capacity gap spread over the futures?", columns, tuple(rows))


def bins_table(bins: list[Bin], unit: str) -> Table:
    """One spread as a table; ``unit`` of its values."""
    columns = (Column("low", "From", "money", unit), Column("high", "To", "money", unit), Column("chance", "Chance", "share"))
    return Table("Spread", "How likely is which value?", columns, tuple((found.low, found.high, found.chance) for found in bins))
