"""Why a ramp is missed: which process steps run at their limit, and whether more could have come in time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from planner.instance.arrivals import find_ramp_share, full_rate, qualification_time
from planner.instance.build import build_instance
from planner.instance.instance import Instance, OrderColumn
from planner.report.capacity import RampPoint, find_ramp
from planner.report.view import View
from planner.scenario.dates import add
from planner.scenario.factory import Demand
from planner.scenario.scenario import Scenario

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Cause:
    """What holds a demand back in its worst period: full sites, and steps at their limit.

    ``sold_out`` are those of ``steps`` for which no slot is left that would be in service in time; ``still_open``
    the offers that do have one for the others.
    """

    demand: str
    period: str
    full_sites: tuple[str, ...]
    steps: tuple[str, ...]
    sold_out: tuple[str, ...]
    still_open: tuple[str, ...]


def find_causes(view: View) -> list[Cause]:
    """One cause for every demand that is missed, at its widest gap."""
    points = find_ramp(view)
    missed = [d for d in view.scenario.demand if any(p.gap for p in points if p.demand == d.id)]
    data = build_instance(_without_chance(view.scenario)) if missed else None
    return [_cause(view, data, d, max((p for p in points if p.demand == d.id), key=lambda p: p.gap)) for d in missed if data]


def _without_chance(scenario: Scenario) -> Scenario:
    """The scenario with only what is certain to come: its tree is the trunk."""
    return scenario.model_copy(update={"futures": scenario.futures.model_copy(update={"max_shocks": 0})})


def _cause(view: View, data: Instance, demand: Demand, point: RampPoint) -> Cause:
    calendar = view.scenario.calendar
    day = calendar.starts[calendar.names.index(point.period)]
    installed = _installed(view, data, demand, day)
    used: dict[tuple[str, str], float] = defaultdict(float)
    for output in view.plan.output:
        if output.period == point.period:
            for step in view.scenario.routes[output.route].steps:
                used[step, output.site] += output.mw
    full = {s for s in demand.sites if not _has_room(view, s, point.by_site.get(s, 0.0), day)}
    open_sites = set(demand.sites) - full
    steps = tuple(step for step in view.scenario.steps if _at_limit(step, open_sites, installed, used))
    offers = {step: _open_offers(view, data, step, open_sites, day) for step in steps}
    still_open = sorted({offer for found in offers.values() for offer in found})
    sold_out = tuple(step for step in steps if not offers[step])
    return Cause(demand.id, point.period, tuple(sorted(full)), steps, sold_out, tuple(still_open))


def _at_limit(step: str, sites: set[str], installed: dict[tuple[str, str], float], used: dict[tuple[str, str], float]) -> bool:
    """Whether a step in use has nothing left at any site; with nothing in use anywhere every step counts."""
    idle = not any(used.values())
    running = sum(used[step, s] for s in sites)
    left = sum(max(0.0, installed[step, s] - used[step, s]) for s in sites)
    return bool(sites) and (idle or running > 0) and left <= ROUNDING * max(1.0, running)


def _has_room(view: View, name: str, run: float, day: date) -> bool:
    site = view.scenario.site[name]
    ready = site.ready is None or site.ready <= day
    return ready and (site.capacity_mw is None or run < site.capacity_mw * (1 - ROUNDING))


def _installed(view: View, data: Instance, demand: Demand, day: date) -> dict[tuple[str, str], float]:
    """MW a year by step and site that run on ``day``, signed contracts included."""
    scenario = view.scenario
    units = [(o.offer, o.site, o.units, o.effective) for o in view.plan.orders]
    units += [(c.offer, c.site, c.units, c.arrival.in_service) for c in data.contracts if "capacity" in c.counts]
    found: dict[tuple[str, str], float] = defaultdict(float)
    for name, site, count, effective in units:
        offer = scenario.offer[name]
        for step in offer.covers if site in demand.sites else ():
            service = add(effective, qualification_time(scenario, offer, step))
            found[step, site] += count * full_rate(scenario, offer, step) * find_ramp_share(offer, service, day)
    return found


def _open_offers(view: View, data: Instance, step: str, sites: set[str], day: date) -> set[str]:
    """Offers for the step with a free slot that would still have been in service on ``day``."""
    free = {(row.pool, row.window): row.free for row in data.slots}
    taken = _taken(view, data)
    found = set()
    for column in data.orders:
        offer = view.scenario.offer[column.offer]
        if step not in offer.covers or column.site not in sites:
            continue
        in_time = add(column.arrival.in_service, qualification_time(view.scenario, offer, step)) <= day
        least = offer.min_order if offer.divisible else max(1.0, offer.min_order)
        if in_time and all(
            taken[p, w] + use * least <= free.get((p, w), use * least) + ROUNDING for p, w, use in column.placements[0].slots
        ):
            found.add(column.offer)
    return found


def _taken(view: View, data: Instance) -> dict[tuple[str, str], float]:
    """Today's slots that the plan takes, by pool and window."""
    columns: dict[tuple[str, str, date, date], OrderColumn] = {
        (c.offer, c.site, c.ordered, c.arrival.due): c for c in data.orders
    }
    taken: dict[tuple[str, str], float] = defaultdict(float)
    for order in view.plan.orders:
        column = columns.get((order.offer, order.site, order.ordered, order.ships))
        for pool, window, weight in column.placements[0].slots if column else ():
            taken[pool, window] += weight * order.units
    return taken
