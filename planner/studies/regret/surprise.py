"""One future as a world in which its news is all but certain, yet not known: what is begun today may be lost to it.

In a world where the news is known from the first day nobody can order what it will stop. A plan that was made without
knowing may do just that, so its beginning is judged where the news comes with all the probability there is but a trace.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.scenario.news import Strike
from planner.studies.worlds import Data

TRACE = 1e-6
"""Probability that a piece of news does not come after all: it moves a cost by a part of it that is below rounding."""
MOST_NEWS = 20
OUTCOMES = ("slow", "refused")


def unforeseen(world: Data, strikes: Sequence[Strike]) -> Data:
    """The data of one future (see ``along``) with the news that was not sure in the scenario left open by a trace."""
    open_ = {strike.source for strike in strikes if not strike.expected}
    shocks = [_shock(shock, open_) for shock in world.get("shocks") or []]
    licences = [_licence(licence, open_) for licence in world.get("licences") or []]
    futures = {**(world.get("futures") or {}), "max_shocks": MOST_NEWS, "min_probability": 0.0}
    return {**world, "shocks": shocks, "licences": licences, "futures": futures}


def _shock(shock: Data, open_: set[str]) -> Data:
    of_licence = str(shock["id"]).startswith("z.")  # what a licence says in a window before its last
    if shock.get("probability") != 1.0 or not (of_licence or shock["id"] in open_):
        return shock
    return {**shock, "probability": 1.0 - TRACE}


def _licence(licence: Data, open_: set[str]) -> Data:
    said = next((name for name in OUTCOMES if (licence.get(name) or {}).get("probability") == 1.0), None)
    if said is None or licence["id"] not in open_:
        return licence
    return {**licence, said: {**licence[said], "probability": 1.0 - TRACE}, "quick": {"probability": TRACE}}
