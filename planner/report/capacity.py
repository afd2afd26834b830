"""The ramp: what is wanted, what is reached, what stays open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.instance.lookup import Lookup
from planner.report.table import Column, Table
from planner.report.view import View
from planner.scenario.factory import Demand
from planner.scenario.figures import target_of


@dataclass(frozen=True, slots=True)
class RampPoint:
    """One demand in one period, MW per year: wanted, run at each of its sites, and the gap."""

    demand: str
    period: str
    target: float
    by_site: dict[str, float]

    @property
    def met(self) -> float:
        """What counts towards the target."""
        return min(self.target, sum(self.by_site.values()))

    @property
    def gap(self) -> float:
        """What stays open; 0 where only rounding is left."""
        gap = self.target - sum(self.by_site.values())
        return gap if gap > 1e-6 * max(1.0, self.target) else 0.0


def find_ramp(view: View) -> tuple[RampPoint, ...]:
    """Every demand and period in order, from the plan's output and the scenario's targets."""
    run: dict[tuple[str, str], float] = {}
    for output in view.plan.output:
        run[output.site, output.period] = run.get((output.site, output.period), 0.0) + output.mw
    names = view.scenario.calendar.names
    return tuple(
        RampPoint(demand.id, name, target, {site: run.get((site, name), 0.0) for site in demand.sites})
        for demand in view.scenario.demand
        for name, target in zip(names, _targets(view, demand), strict=True)
    )


def _targets(view: View, demand: Demand) -> Iterator[float]:
    """MW per year wanted in every period, after what has become known in the future that is looked at."""
    look, starts = Lookup(view.scenario), view.scenario.calendar.starts
    path = view.paths.to(view.leaf) if view.branches else ()
    for p, target in enumerate(target_of(view.scenario, demand).by_period):
        strikes = view.paths.at(path[p]).strikes if path else ()
        yield target * look.news.target_factor(strikes, starts[p], demand) if strikes else target


def ramp_table(view: View) -> Table:
    """Wanted, reached and open capacity by demand and period."""
    columns = (
        Column("demand", "Demand"),
        Column("period", "Period"),
        Column("target_mw", "Wanted", "mw", "MW a year"),
        Column("met_mw", "Reached", "mw", "MW a year"),
        Column("gap_mw", "Capacity gap", "mw", "MW a year"),
        Column("met_share", "Reached", "share", "of wanted"),
    )
    rows = tuple(
        (point.demand, point.period, point.target, point.met, point.gap, point.met / point.target if point.target else None)
        for point in find_ramp(view)
    )
    return Table("Ramp", "Is the ramp met?", columns, rows)
