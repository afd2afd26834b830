"""Rules of running the factory: open sites, installed steps, site limits, demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.plan.audit.capacity import installed_at, is_open, most_output
from planner.plan.audit.case import Case
from planner.plan.audit.findings import AuditFinding, at_least, at_most, wrong

Output = Mapping[tuple[str, str, int], float]
"""(route, site, period number) -> MW per year; what is not listed is 0."""

Short = dict[tuple[str, int], float]
"""(demand, period number) -> MW per year not met, for every demand and the new periods of a case."""


def best_output(case: Case) -> dict[tuple[str, str, int], float]:
    """The most every site of a demand can run in the new periods; sites are independent, so this is also the cheapest."""
    setting = case.setting
    found = {}
    for name in setting.demand_of:
        for n in case.new:
            for route, mw in most_output(setting, case.installed, setting.sites[name], n).items():
                found[route, name, n] = mw
    return found


def shorts(case: Case, output: Output) -> Short:
    """Demand that the output at its sites does not meet."""
    setting = case.setting
    met: dict[tuple[str, int], float] = {}
    for (_, site, n), mw in output.items():
        met[site, n] = met.get((site, n), 0.0) + mw
    return {
        (demand.id, n): max(0.0, setting.target(demand, n) - sum(met.get((site, n), 0.0) for site in demand.sites))
        for demand in setting.scenario.demand
        for n in case.new
    }


def check_output(case: Case, output: Output) -> Iterator[AuditFinding]:
    """Output runs on usable routes at open sites, within installed steps and the site's limit."""
    setting = case.setting
    running: dict[tuple[str, int], dict[str, float]] = {}
    for (route, site, n), mw in output.items():
        place = f"route {route} at {site}, {case.period(n)}"
        yield from at_least("route", place, mw, 0.0, "output")
        if route not in setting.routes:
            yield from at_most("route", place, mw, 0.0, "output of a route below the least cell efficiency")
        if site not in setting.demand_of:
            yield wrong("route", place, "the site serves no demand")
        running.setdefault((site, n), {})[route] = mw
    for (name, n), by_route in running.items():
        building, place = setting.sites[name], f"site {name}, {case.period(n)}"
        total = sum(by_route.values())
        if not is_open(setting, building, n):
            yield from at_most("site", place, total, 0.0, "output before the site is ready")
        if building.capacity_mw is not None:
            yield from at_most("site", place, total, building.capacity_mw, "output")
        for step in setting.steps:
            used = sum(mw for route, mw in by_route.items() if step in setting.routes.get(route, ()))
            available = installed_at(case.installed, name, step, n)
            yield from at_most("steps", f"step {step} at {name}, {case.period(n)}", used, available, "output")


def check_demand(case: Case, short: Short) -> Iterator[AuditFinding]:
    """Hard demand is met."""
    for demand in case.setting.scenario.demand:
        if demand.hard:
            for n in case.new:
                target = case.setting.target(demand, n)
                met = target - short[demand.id, n]
                yield from at_least("demand", f"demand {demand.id}, {case.period(n)}", met, target, "output")
