"""Limits over many decisions: slots, budget, exposure, number of suppliers, installation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from planner.plan.audit.case import Case
from planner.plan.audit.clock import months_after
from planner.plan.audit.findings import AuditFinding, at_least, at_most, wrong
from planner.plan.audit.lots import Lot
from planner.plan.audit.pools import Bucket, bucket_of, free_slots, kept_share, read_pools
from planner.scenario.by_period import ByPeriod
from planner.scenario.factory import InstallLimit
from planner.scenario.policy import ShareLimit

Comparison = Callable[[str, str, float, float, str], Iterator[AuditFinding]]


def check_slots(case: Case) -> Iterator[AuditFinding]:
    """First come, first served: what is taken early counts alone, what is taken later counts with what rivals took."""
    for pool in read_pools(case.setting, case.committed):
        asked: dict[Bucket, float] = {}
        for lot in case.orders:
            use = pool.uses.get(lot.offer.id)
            if use is None:
                continue
            bucket = bucket_of(case.setting, pool, lot.ships)
            kept = kept_share(case.setting, pool, free_slots(case.setting, pool, bucket), lot.period)
            if kept > 0:
                asked[bucket] = asked.get(bucket, 0.0) + use * lot.units / kept
            else:
                yield wrong("slots", f"{pool.name}; {case.place_of(lot)}", "no slot of that window is on sale")
        for bucket, slots in asked.items():
            place = f"{pool.name}, window from {bucket[0]}" if bucket else pool.name
            yield from at_most("slots", place, slots, free_slots(case.setting, pool, bucket), "slots taken")


def check_budget(case: Case) -> Iterator[AuditFinding]:
    """Cash of each listed fiscal year, after the horizon and for signed contracts too, stays within its amount."""
    budget, month = case.setting.scenario.policy.budget, case.setting.scenario.money.fiscal_year_starts
    if budget is None:
        return
    for name, amount in budget.years.items():
        start = date(int(name), month, 1)
        until = months_after(start, 12)
        spent = sum(line.amount for line in case.lines if start <= line.day < until)
        yield from at_most("budget", f"fiscal year {name}", spent, amount, "cash")


def check_exposure(case: Case) -> Iterator[AuditFinding]:
    """Shares of countries, suppliers and groups in spend and in capacity by step, at the end and from a day on."""
    policy, suppliers = case.setting.scenario.policy, case.setting.suppliers

    def of_country(name: str) -> frozenset[str]:
        return frozenset(s.id for s in suppliers.values() if s.country == name)

    def of_group(name: str) -> frozenset[str]:
        return frozenset(policy.groups.get(name, ()))

    def alone(name: str) -> frozenset[str]:
        return frozenset({name})

    everyone: tuple[tuple[str, Callable[[str], frozenset[str]], dict[str, ShareLimit], dict[str, ShareLimit]], ...] = (
        ("country", of_country, policy.max_country_share, policy.min_country_share),
        ("supplier", alone, policy.max_supplier_share, policy.min_supplier_share),
        ("group", of_group, policy.max_group_share, policy.min_group_share),
    )
    for kind, members, most, least in everyone:
        for name, limit in most.items():
            yield from _check_share(case, f"{kind} {name}", members(name), limit, at_most)
        for name, limit in least.items():
            yield from _check_share(case, f"{kind} {name}", members(name), limit, at_least)


def _check_share(case: Case, who: str, members: frozenset[str], limit: ShareLimit, compare: Comparison) -> Iterator[AuditFinding]:
    clock, exposed = case.setting.clock, [lot for lot in case.lots if "exposure" in lot.counts]
    last = clock.count - 1
    when = [n for n in range(last) if limit.start and clock.starts[n] >= limit.start] + [last]
    limits: list[tuple[str, float, Callable[[Lot], float]]] = []
    if limit.total is not None:
        limits.append(("spend", limit.total, lambda lot: lot.units * lot.contract))
    for step, share in limit.steps.items():
        limits.append((step, share, lambda lot, k=step: lot.units * case.setting.rates[lot.offer.id].get(k, 0.0)))  # type: ignore[misc]
    for what, share, size in limits:
        sizes = [(lot.period, lot.supplier.id in members, size(lot)) for lot in exposed]
        for n in when:
            total = sum(amount for period, _, amount in sizes if period <= n)
            part = sum(amount for period, inside, amount in sizes if inside and period <= n)
            yield from compare("exposure", f"{who}, {what}, {case.period(n)}", part, share * total, "part")


def check_supplier_count(case: Case) -> Iterator[AuditFinding]:
    """No more signings than allowed; as many suppliers of weight as asked for."""
    policy = case.setting.scenario.policy
    if policy.max_suppliers is not None:
        yield from at_most("supplier count", "signings", len(case.decisions.signings), policy.max_suppliers, "number")
    if policy.min_suppliers is not None:
        spend: dict[str, float] = {}
        for lot in case.lots:
            if "exposure" in lot.counts:
                spend[lot.supplier.id] = spend.get(lot.supplier.id, 0.0) + lot.units * lot.contract
        least = policy.min_share * sum(spend.values())
        slack = 1e-6 * max(1.0, least)
        found = sum(1 for amount in spend.values() if amount > 0 and amount >= least - slack)
        yield from at_least("supplier count", "suppliers of weight", found, policy.min_suppliers, "number")


def check_installation(case: Case) -> Iterator[AuditFinding]:
    """At every instant the units in installation at a site, and of a supplier, have places."""
    lots = [lot for lot in case.lots if "capacity" in lot.counts and lot.built > lot.begins and lot.offer.install_use > 0]
    for site in case.setting.sites.values():
        if site.install_limit:
            yield from _check_places(case, f"site {site.id}", [x for x in lots if x.site_id == site.id], site.install_limit)
    for supplier in case.setting.suppliers.values():
        if supplier.install_limit:
            own = [lot for lot in lots if lot.supplier.id == supplier.id]
            yield from _check_places(case, f"supplier {supplier.id}", own, supplier.install_limit)


def _check_places(case: Case, who: str, lots: list[Lot], limit: InstallLimit) -> Iterator[AuditFinding]:
    for day in sorted(_instants(case, lots, limit.units)):
        most = case.setting.clock.value(limit.units, day)
        if most is not None:
            places = sum(lot.units * lot.offer.install_use for lot in lots if lot.begins <= day < lot.built)
            yield from at_most("installation", f"{who}, {day}", places, most, "places in installation")


def _instants(case: Case, lots: Iterable[Lot], limit: ByPeriod) -> set[date]:
    # places fall only when installations end, so a limit is tightest where one begins, where the limit changes, or, when
    # it slides, on the last day of an installation
    days = {lot.begins for lot in lots}
    changes = set(case.setting.clock.starts) if limit.listed else {day for day, _, _ in limit.points}
    inside = {day for day in changes if any(lot.begins <= day < lot.built for lot in lots)}
    if limit.interpolate == "linear":
        inside |= {lot.built - timedelta(days=1) for lot in lots}
    return days | inside
