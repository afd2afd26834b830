"""Whose tools carry the ramp: output by supplier, country or site, and what of the target stays open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.instance.arrivals import Arrival, find_fate, find_ramp_share, full_rate, qualification_time
from planner.instance.lookup import Lookup
from planner.plan.deliveries import Post
from planner.report.capacity import find_ramp
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.scenario.dates import add

By = Literal["supplier", "country", "site"]
BYS: tuple[By, ...] = ("supplier", "country", "site")
NOBODY = "?"
"""Who runs what no tool in service can make: only in plans that the check does not accept."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Units of one offer at one site: ``mw`` a year they give ``step`` at full rate, from the day ``service`` on."""

    offer: str
    site: str
    step: str
    mw: float
    service: date


@dataclass(frozen=True, slots=True)
class RampPeriod:
    """One period of the ramp over all demands, MW a year. ``parts`` by name, the largest of all periods first."""

    period: str
    begin: date
    end: date
    wanted_mw: float
    reached_mw: float
    gap_mw: float
    parts: dict[str, float]


def split_ramp(view: View, by: By) -> list[RampPeriod]:
    """Every period with its output by supplier (masked), country or site.

    Output of a route at a site is divided in the proportion of what each one's tools in service can run, every step of
    the route counting the same; contracts already signed count.
    """
    calendar, points = view.scenario.calendar, find_ramp(view)
    tools = [] if by == "site" else _tools(view)
    split = [_split(view, p, by, tools) for p in range(calendar.periods)]
    most: dict[str, float] = defaultdict(float)
    for parts in split:
        for name, mw in parts.items():
            most[name] = max(most[name], mw)
    order = sorted(most, key=lambda name: (-most[name], name))
    found = []
    for p, name in enumerate(calendar.names):
        same = [point for point in points if point.period == name]
        wanted, met, gap = (sum(getattr(point, part) for point in same) for part in ("target", "met", "gap"))
        parts = {key: split[p].get(key, 0.0) for key in order}
        found.append(RampPeriod(name, calendar.starts[p], calendar.starts[p + 1], wanted, met, gap, parts))
    return found


def _tools(view: View) -> list[Tools]:
    scenario, post = view.scenario, Post(Lookup(view.scenario))
    strikes = view.paths.at(view.leaf).strikes if view.branches else ()
    bought: list[tuple[str, str, float, date]] = []
    for order in view.plan.orders:
        fate = post.fate(order, strikes) if strikes else None
        if fate is None or isinstance(fate, Arrival):
            bought.append((order.offer, order.site, order.units, fate.in_service if fate else order.effective))
    for contract in scenario.commitments:
        if "capacity" in contract.counted and contract.site:
            offer, site = scenario.offer[contract.offer], scenario.site[contract.site]
            fate = find_fate(post.look.news, offer, site, contract.ships, strikes)
            if isinstance(fate, Arrival):
                bought.append((contract.offer, contract.site, contract.units, fate.in_service))
    found: list[Tools] = []
    for name, place, units, effective in bought:
        offer = scenario.offer[name]
        for step in offer.covers:
            service = add(effective, qualification_time(scenario, offer, step))
            found.append(Tools(name, place, step, units * full_rate(scenario, offer, step), service))
    return found


def _split(view: View, p: int, by: By, tools: list[Tools]) -> dict[str, float]:
    day, name = view.scenario.calendar.starts[p], view.scenario.calendar.names[p]
    found: dict[str, float] = defaultdict(float)
    for output in view.plan.output:
        if output.period != name or output.mw <= 0:
            continue
        steps = view.scenario.routes[output.route].steps
        for step in steps:
            for who, share in _shares(view, by, tools, output.site, step, day).items():
                found[who] += output.mw * share / len(steps)
    return dict(found)


def _shares(view: View, by: By, tools: list[Tools], site: str, step: str, day: date) -> dict[str, float]:
    """Parts of the step's tools at the site, by name; all of it to the site itself where that is asked."""
    if by == "site":
        return {site: 1.0}
    weights: dict[str, float] = defaultdict(float)
    for tool in tools:
        if (tool.site, tool.step) == (site, step):
            offer = view.scenario.offer[tool.offer]
            maker = view.scenario.supplier[offer.supplier]
            name = view.supplier(maker.id) if by == "supplier" else maker.country
            weights[name] += tool.mw * find_ramp_share(offer, tool.service, day)
    everything = sum(weights.values())
    return {who: weight / everything for who, weight in weights.items() if weight > 0} if everything else {NOBODY: 1.0}


def split_table(view: View, by: By) -> Table:
    """The same as a table: one row per period, one column per name."""
    periods = split_ramp(view, by)
    names = list(periods[0].parts) if periods else []
    columns = (
        Column("period", "Period"),
        Column("target_mw", "Wanted", "mw", "MW a year"),
        Column("met_mw", "Reached", "mw", "MW a year"),
        Column("gap_mw", "Capacity gap", "mw", "MW a year"),
        *(Column(name, name, "mw", "MW a year") for name in names),
    )
    rows: list[tuple[Cell, ...]] = [(p.period, p.wanted_mw, p.reached_mw, p.gap_mw, *p.parts.values()) for p in periods]
    return Table("Ramp", "Is the ramp met, and with whose tools?", columns, tuple(rows))
