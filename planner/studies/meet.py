"""What the sites run, how much of the demand that meets, and what the rest costs, in many courses of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.scenario.factory import Demand, Site
from planner.scenario.figures import usable_routes
from planner.scenario.money import Rated
from planner.studies.case import Case
from planner.studies.courses import News
from planner.studies.days import Flags, Floats
from planner.studies.fate import multiply
from planner.studies.hits import currency_factors, target_factors
from planner.studies.ledger import Ledger
from planner.studies.output import find_bottlenecks

MET = 1e-6
"""Part of the target that may be missing where the target counts as met: rounding."""


@dataclass(frozen=True)
class Met:
    """One demand in many courses: target and shortage in MW per year [row, period], costs by row, shortage in MW-years."""

    target: Floats
    short: Floats
    shortage_cost: Floats
    surplus_cost: Floats
    shortage: Floats

    @property
    def reached(self) -> Flags:
        """Where the target is met, [row, period]."""
        found: Flags = self.short <= MET * np.maximum(1.0, self.target)
        return found


def meet(case: Case, news: News, ledger: Ledger, demand: Demand) -> Met:
    """How far a demand is met with what is installed."""
    calendar = case.scenario.calendar
    wanted = np.array([case.days.value_on(demand.wanted, day) * demand.factor for day in calendar.starts[:-1]])
    factors = target_factors(news.voices, demand)
    days = zip(wanted, case.days.starts[:-1], strict=True)
    target = np.stack([mw * multiply(news, factors, int(day)) for mw, day in days], axis=1)
    sites = [case.scenario.site[name] for name in sorted(demand.sites)]
    output = sum((site_output(case, ledger, site) for site in sites), np.zeros(target.shape))
    short = np.maximum(0.0, target - output)
    surplus = np.zeros(target.shape)
    if demand.surplus_cost:
        surplus = np.maximum(0.0, _best_step(ledger, demand) - target)
    return Met(
        target,
        short,
        running_cost(case, news, demand, demand.shortage_cost, short),
        running_cost(case, news, demand, demand.surplus_cost, surplus),
        short.sum(axis=1) * calendar.months / 12,
    )


def _best_step(ledger: Ledger, demand: Demand) -> Floats:
    """Installed MW per year of the best equipped step at the demand's sites."""
    most = np.zeros((ledger.rows, ledger.periods))
    for step in {step for _, step in ledger.installed}:
        together = [mw for (site, covered), mw in ledger.installed.items() if covered == step and site in demand.sites]
        most = np.maximum(most, sum(together, np.zeros_like(most)))
    return most


def site_output(case: Case, ledger: Ledger, site: Site) -> Floats:
    """The most a site can run, MW per year [row, period]; nothing before it is ready."""
    routes = sorted(usable_routes(case.scenario).items())
    nothing = np.zeros((ledger.rows, ledger.periods))
    steps: dict[tuple[int, ...], list[str]] = {}
    for step in sorted({step for _, used in routes for step in used}):
        users = tuple(number for number, (_, used) in enumerate(routes) if step in used)
        steps.setdefault(users, []).append(step)
    everyone = tuple(range(len(routes)))
    groups = tuple(steps) if site.capacity_mw is None or everyone in steps else (*steps, everyone)
    if not groups:
        return nothing
    limits = []
    for group in groups:
        least = [ledger.installed.get((site.id, step), nothing) for step in steps.get(group, ())]
        if group == everyone and site.capacity_mw is not None:
            least.append(np.full(nothing.shape, site.capacity_mw))
        limits.append(np.minimum.reduce(least))
    output = find_bottlenecks(groups, len(routes)).most(np.stack(limits, axis=2))
    is_open = [site.ready is None or day >= site.ready for day in case.scenario.calendar.starts[:-1]]
    return np.where(is_open, output, 0.0)


def running_cost(case: Case, news: News, demand: Demand, rated: Rated | None, mw: Floats) -> Floats:
    """Worth today of ``mw`` [row, period] at a price per MW-year, the last period repeated after the horizon."""
    total = np.zeros(len(mw))
    if rated is None:
        return total
    calendar, factors = case.scenario.calendar, currency_factors(news.voices, rated.currency)
    for n, day in enumerate(calendar.starts[:-1]):
        years = case.days.discounted_years(day, calendar.months)
        if n == calendar.periods - 1:
            years += case.days.discounted_years(calendar.end, demand.continues.months)
        rate = case.days.value_on(case.scenario.money.to_base(rated.currency), day)
        price = case.days.value_on(rated.amount, day) * rate / rated.divisor
        total += mw[:, n] * (price * years) * multiply(news, factors, int(case.days.starts[n]))
    return total
