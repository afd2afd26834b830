"""Installed effective capacity by site, step and period, and the most a site can run with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from planner.plan.audit.clock import after, months_after
from planner.plan.audit.effects import factor
from planner.plan.audit.lots import Lot
from planner.plan.audit.setting import Setting
from planner.scenario.base import NO_TIME
from planner.scenario.factory import Site

Installed = dict[str, dict[str, list[float]]]
"""Site -> step -> MW per year for each period."""

ALMOST_NOTHING = 1e-12


def unit_rates(setting: Setting, lot: Lot, step: str) -> list[float]:
    """MW per year that one unit of the lot gives ``step`` in each period: nothing before service, then its ramp."""
    if lot.cutoff is not None:
        return [0.0] * setting.clock.count
    starts, count = setting.clock.starts, setting.clock.count
    full = setting.rates[lot.offer.id][step]
    terms = lot.supplier.process_qualification.get(step)
    service = after(lot.effective, NO_TIME if terms is None or terms.qualified else terms.duration)
    first = bisect_left(starts, service, 0, count)
    rates = [0.0] * first + [full] * (count - first)
    period = first
    ramp = lot.offer.ramp
    for months, share in zip(ramp.months, ramp.share, strict=True) if ramp else ():
        until = months_after(service, months)
        while period < count and starts[period] < until:
            rates[period] = full * share
            period += 1
    if setting.strikes:
        held = (factor(setting, "output_factor", lot.offer, lot.site, starts[n]) if rates[n] else 1.0 for n in range(count))
        rates = [rate * times for rate, times in zip(rates, held, strict=True)]
    return rates


def installed_capacity(setting: Setting, lots: Iterable[Lot]) -> Installed:
    """What all lots that count for capacity give together."""
    found: Installed = {}
    for lot in lots:
        if "capacity" not in lot.counts or lot.site is None:
            continue
        steps = found.setdefault(lot.site.id, {})
        for step in lot.offer.covers:
            rates = unit_rates(setting, lot, step)
            before = steps.get(step)
            steps[step] = [(before[n] if before else 0.0) + lot.units * rate for n, rate in enumerate(rates)]
    return found


def installed_at(installed: Installed, site: str, step: str, period: int) -> float:
    """MW per year of one step at one site."""
    rates = installed.get(site, {}).get(step)
    return rates[period] if rates else 0.0


def is_open(setting: Setting, site: Site, period: int) -> bool:
    """Whether the site may run on the first day of the period."""
    return site.ready is None or setting.clock.starts[period] >= site.ready


def most_output(setting: Setting, installed: Installed, site: Site, period: int) -> dict[str, float]:
    """The most a site can run in a period, as MW per year by usable route."""
    if not setting.routes or not is_open(setting, site, period):
        return {}
    at = installed.get(site.id, {})
    limits: dict[tuple[int, ...], float] = {
        users: min((at[step][period] if step in at else 0.0) for step in steps) for users, steps in setting.bundles
    }
    everyone = tuple(range(len(setting.routes)))
    if site.capacity_mw is not None:
        limits[everyone] = min(site.capacity_mw, limits.get(everyone, site.capacity_mw))
    return dict(zip(setting.routes, largest_sum(limits, len(everyone)), strict=True))


def largest_sum(limits: Mapping[tuple[int, ...], float], count: int) -> list[float]:
    """Numbers x[0..count-1] >= 0 of the largest sum such that for each group the sum of its members is within its limit.

    Every member must be in some group and limits must not be negative. One member needs no search; several are solved
    by the simplex method from the origin, always taking the first column and, of the tied, the first row (Bland's
    rule), so it ends.
    """
    if count == 1:
        return [min(limits.values())]
    groups = list(limits)
    width = count + len(groups)
    table = [[float(c in group) for c in range(count)] + [float(r == g) for g in range(len(groups))] + [limits[group]]
             for r, group in enumerate(groups)]  # fmt: skip
    gains = [1.0] * count + [0.0] * (len(groups) + 1)
    basis = list(range(count, width))
    while (entering := next((c for c in range(width) if gains[c] > ALMOST_NOTHING), None)) is not None:
        rows = [r for r, row in enumerate(table) if row[entering] > ALMOST_NOTHING]
        pivot = min(rows, key=lambda r: (table[r][-1] / table[r][entering], basis[r]))
        head = [value / table[pivot][entering] for value in table[pivot]]
        table = [head if r == pivot else _less(row, head, row[entering]) for r, row in enumerate(table)]
        gains = _less(gains, head, gains[entering])
        basis[pivot] = entering
    found = [0.0] * width
    for r, column in enumerate(basis):
        found[column] = max(0.0, table[r][-1])
    return found[:count]


def _less(row: list[float], head: list[float], times: float) -> list[float]:
    return [value - times * other for value, other in zip(row, head, strict=True)] if times else row


def surplus_of(setting: Setting, installed: Installed, sites: Iterable[str], target: float, period: int) -> float:
    """MW per year of the best-equipped step at the sites above the target."""
    sites = tuple(sites)
    most = max((sum(installed_at(installed, s, k, period) for s in sites) for k in setting.steps), default=0.0)
    return max(0.0, most - target)
