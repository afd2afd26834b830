"""How many courses of events are looked at: mode, limits of the tree, and the tension dial."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from planner.scenario.base import Count, Day, Share, Sourced
from planner.scenario.by_period import ByPeriod, Series

ALWAYS_ONE = ByPeriod(points=((date.min, 1.0, ""),))


class Futures(Sourced):
    """Which courses of events are looked at.

    ``none``: no news comes. ``tree``: every decision can follow the news so far. ``two_stage``: whom to qualify, sign
    and order from follows the calendar alone; only output follows the news.
    """

    mode: Literal["none", "two_stage", "tree"] = "tree"
    max_shocks: Count = Field(2, description="most shocks in one future")
    min_probability: Share = Field(0.0, description="branches less likely than this are merged into their neighbour")
    branch_at: tuple[Day, ...] = Field((), strict=False, description="news comes only in the periods of these days; default: all")
    max_nodes: int = Field(3000, ge=1, le=20_000, description="a larger tree is refused before any solve")
    tension: Series = Field(ALWAYS_ONE, description="multiplies the hazard of shocks tagged geopolitical")
