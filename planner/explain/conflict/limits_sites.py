"""Limits of the buildings: when they are ready, what they can run, how fast tools can be installed in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.explain.conflict.limits import Dial, Limit, Turn, at, drop, in_days, put, turn_at, written_days
from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import NO_DURATION
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario


def find_site_limits(scenario: Scenario) -> Iterator[Limit]:
    """``site_ready``, ``site_capacity``, ``site_install_limit``, ``site_install_time``, ``acceptance_time`` (site)."""
    served = {site for demand in scenario.demand for site in demand.sites}
    start = float(scenario.calendar.start.toordinal())
    for i, site in enumerate(scenario.sites):
        path: Path = ("sites", i)
        if site.id not in served:
            continue
        if site.ready is not None and site.ready.toordinal() > start:
            day = float(site.ready.toordinal())
            dial = Dial(start, 1.0, turn_at(*path, "ready", write=as_day))
            yield Limit("site_ready", (site.id,), day, "date", ((*path, "ready"),), drop(*path, "ready"), dial)
        for rule, key, length in (
            ("site_install_time", "install_time", site.install_time),
            ("acceptance_time", "acceptance_time", site.acceptance_time),
        ):
            if length > NO_DURATION:
                yield time_limit(rule, (site.id,), (*path, key), in_days(length))
        if site.capacity_mw is not None:
            dial = Dial(None, 1.0, turn_at(*path, "capacity_mw"))
            place = (*path, "capacity_mw")
            yield Limit("site_capacity", (site.id,), site.capacity_mw, "MW", (place,), drop(*place), dial)
        if site.install_limit is not None:
            yield place_limit("site_install_limit", site.id, path, site.install_limit.units)


def place_limit(rule: str, name: str, path: Path, units: ByPeriod) -> Limit:
    """A limit on units in installation at one time."""
    place = (*path, "install_limit", "units")
    dial = Dial(None, 1.0, raise_series(place, units))
    return Limit(rule, (name,), min(units.numbers), "units", (place,), drop(*path, "install_limit"), dial)


def time_limit(rule: str, names: tuple[str, ...], path: Path, days: float) -> Limit:
    """A duration, which can become shorter day by day."""
    dial = Dial(0.0, 1.0, turn_at(*path, write=written_days))
    return Limit(rule, names, days, "days", (path,), put("0 days", *path), dial)


def raise_series(path: Path, series: ByPeriod) -> Turn:
    """Raises every number of a series by as much as its smallest one is raised."""
    least = min(series.numbers)

    def turn(data: dict[str, object], number: float) -> None:
        *way, last = path
        more = number - least
        written = at(data, path)
        at(data, way)[last] = raised(written, more)

    return turn


def raised(written: object, more: float) -> object:
    """A number, list or map by period with every number higher by ``more``."""
    if isinstance(written, dict):
        return {key: raised(value, more) for key, value in written.items()}
    if isinstance(written, list):
        return [raised(value, more) for value in written]
    return written + more if isinstance(written, int | float) else written


def as_day(number: float) -> str:
    """A day as the data writes it, from the number of days since 0001-01-01."""
    return date.fromordinal(round(number)).isoformat()
