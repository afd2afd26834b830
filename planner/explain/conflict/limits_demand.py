"""Limits of what is asked: capacity that must be there, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.explain.conflict.limits import Edit, Limit, at, list_periods, paths_in_force
from planner.scenario.document import Path
from planner.scenario.factory import Demand
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

WISHED = "-wished"


def find_demand_limits(scenario: Scenario, data: Data) -> Iterator[Limit]:
    """``demand`` (demand, first period, last period), MW a year: each run of periods in which the same must be reached."""
    for number, demand in enumerate(scenario.demand):
        if demand.hard:
            wanted = list_periods(scenario, demand.wanted)
            for _, run in groupby(range(len(wanted)), key=wanted.__getitem__):
                periods = tuple(run)
                if wanted[periods[0]] > 0:
                    yield demand_limit(scenario, data, number, periods)


def demand_limit(scenario: Scenario, data: Data, number: int, periods: Sequence[int]) -> Limit:
    """What demand ``number`` must reach in these periods, all the same."""
    demand, names = scenario.demand[number], scenario.calendar.names
    places = paths_in_force(data, target_path(number, demand), demand.wanted, scenario, periods[0])
    mw = list_periods(scenario, demand.wanted)[periods[0]] * demand.factor
    give_up = _wish(scenario, number, periods)
    return Limit("demand", (demand.id, names[periods[0]], names[periods[-1]]), mw, "MW", places, give_up)


def by_period(scenario: Scenario, data: Data, limit: Limit) -> list[Limit]:
    """The same limit, period by period."""
    number = next(i for i, demand in enumerate(scenario.demand) if demand.id == limit.names[0])
    first, last = (scenario.calendar.names.index(name) for name in limit.names[1:])
    return [demand_limit(scenario, data, number, (period,)) for period in range(first, last + 1)]


def target_path(number: int, demand: Demand) -> Path:
    """Where the demand's series stands."""
    below = ("target_mw",) if demand.data_centre is None else ("data_centre", "load_mw")
    return ("demand", number, *below)


def lower(scenario: Scenario, number: int, to_mw: dict[int, float]) -> Edit:
    """An edit that sets the MW demand ``number`` must reach in some periods and leaves those of the others."""
    demand = scenario.demand[number]
    path = target_path(number, demand)

    def edit(data: Data) -> None:
        place = at(data, path[:-1])
        if not isinstance(place[path[-1]], list):
            place[path[-1]] = list_periods(scenario, demand.wanted)
        for period, mw in to_mw.items():
            place[path[-1]][period] = mw / demand.factor

    return edit


def _wish(scenario: Scenario, number: int, periods: Sequence[int]) -> Edit:
    """An edit that makes what must be reached in some periods a wish: how much of an offer is of use stays as it is.

    Wishes that are not met cost something, which is no matter where any plan will do, but is where costs are limited.
    """
    demand = scenario.demand[number]
    wanted, fall = list_periods(scenario, demand.wanted), lower(scenario, number, dict.fromkeys(periods, 0.0))

    def edit(data: Data) -> None:
        fall(data)
        if scenario.policy.max_cvar_cost is not None:
            return
        name = f"{demand.id}{WISHED}"
        wish = next((one for one in data["demand"] if one["id"] == name), None)
        if wish is None:
            wish = {"id": name, "sites": list(demand.sites), "target_mw": [0.0] * len(wanted)}
            wish["shortage_cost"] = {"amount": 1.0, "per": "MW-year"}
            data["demand"].append(wish)
        for period in periods:
            wish["target_mw"][period] = wanted[period] * demand.factor

    return edit
