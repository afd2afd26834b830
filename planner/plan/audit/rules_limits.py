"""Limits over many decisions: slots, budget, exposure, number of suppliers, installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from planner.plan.audit.case import Case
from planner.plan.audit.clock import months_after
from planner.plan.audit.effects import crews_factor
from planner.plan.audit.findings import AuditFinding, at_least, at_most, wrong
from planner.plan.audit.lots import Lot
from planner.plan.audit.pools import Bucket, free_slots, kept_for
from planner.plan.audit.setting import Setting
from planner.scenario.by_period import ByPeriod
from planner.scenario.factory import Site
from planner.scenario.policy import ShareLimit
from planner.scenario.suppliers import Supplier

Comparison = Callable[[str, str, float, float, str], Iterator[AuditFinding]]


def check_slots(case: Case) -> Iterator[AuditFinding]:
    """First come, first served: what is taken early counts alone, what is taken later counts with what rivals took."""
    for pool in case.pools:
        asked: dict[Bucket, float] = {}
        for lot in case.orders:
            use = pool.uses.get(lot.offer.id)
            if use is None:
                continue
            kept, bucket = kept_for(case.setting, pool, lot)
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
    """Shares of countries, suppliers and groups in spend and in capacity by step, at the end and from a day on.

    Units that never ship, as far as is known then, count in the part only.
    """
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
        for n in when:
            bought = [(lot, size(lot)) for lot in exposed if lot.period <= n]
            total = sum(amount for lot, amount in bought if lot.lost_from is None or lot.lost_from > n)
            part = sum(amount for lot, amount in bought if lot.supplier.id in members)
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
    """At every instant the units booked for installation at a site, and of a supplier, have places.

    Booked is what was known when the unit was ordered; a smaller crew that was known then takes as many more places.
    """
    booked = [*case.booked, *((lot, case.setting.told(())) for lot in case.planned)]
    booked = [(x, known) for x, known in booked if "capacity" in x.counts and x.built > x.begins and x.offer.install_use > 0]
    places: list[Site | Supplier] = [*case.setting.sites.values(), *case.setting.suppliers.values()]
    for place in places:
        if place.install_limit:
            own = [(x, known) for x, known in booked if x.site is place or x.supplier is place]
            yield from _check_places(case, place, own, place.install_limit.units)


Booked = list[tuple[Lot, Setting]]


def _check_places(case: Case, place: Site | Supplier, booked: Booked, limit: ByPeriod) -> Iterator[AuditFinding]:
    who = f"site {place.id}" if isinstance(place, Site) else f"supplier {place.id}"
    for day in sorted(_instants(case, booked, limit)):
        most = case.setting.clock.value(limit, day)
        if most is not None:
            places = sum(
                lot.units * lot.offer.install_use / (1.0 if lot.commitment else crews_factor(known, place, day))
                for lot, known in booked
                if lot.begins <= day < lot.built
            )
            yield from at_most("installation", f"{who}, {day}", places, most, "places in installation")


def _instants(case: Case, booked: Booked, limit: ByPeriod) -> set[date]:
    # places fall only when installations end, so a limit is tightest where one begins, where the limit or a crew changes,
    # or, when it slides, on the last day of an installation
    days = {lot.begins for lot, _ in booked}
    changes = set(case.setting.clock.starts) if limit.listed else {day for day, _, _ in limit.points}
    changes |= {strike.day for strike in case.setting.strikes}
    inside = {day for day in changes if any(lot.begins <= day < lot.built for lot, _ in booked)}
    if limit.interpolate == "linear":
        inside |= {lot.built - timedelta(days=1) for lot, _ in booked}
    return days | inside
