"""Limits that come with news: shocks and licences, as if they could not come."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.conflict.limits import Edit, Limit
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data


def find_news_limits(scenario: Scenario) -> Iterator[Limit]:
    """``shock`` and ``licence`` (id): that it may come at all. Nothing where no news is looked at."""
    if scenario.futures.mode == "none":
        return
    for i, shock in enumerate(scenario.shocks):
        yield Limit("shock", (shock.id,), None, "", (("shocks", i),), _never(i))
    for i, licence in enumerate(scenario.licences):
        yield Limit("licence", (licence.id,), None, "", (("licences", i),), _granted(i))


def _never(number: int) -> Edit:
    def edit(data: Data) -> None:
        shock = data["shocks"][number]
        shock["probability" if "probability" in shock else "hazard_per_year"] = 0.0
        shock.pop("after", None)

    return edit


def _granted(number: int) -> Edit:
    def edit(data: Data) -> None:
        data["licences"][number] |= {"quick": 1.0, "slow": 0.0, "refused": 0.0, "review": "0 days"}

    return edit
