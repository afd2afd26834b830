"""Rules of what may be bought when: vetting, signing, columns that exist, forbids, minimum orders, approvals, pins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from planner.plan.audit.case import Case
from planner.plan.audit.clock import after
from planner.plan.audit.findings import RULE_TOLERANCE, AuditFinding, at_least, at_most, equal, wrong
from planner.plan.audit.journey import NEVER
from planner.plan.audit.lots import Lot, ship_periods
from planner.scenario.policy import Forbid
from planner.scenario.suppliers import Supplier


def check_once(case: Case) -> Iterator[AuditFinding]:
    """A supplier is vetted and signed at most once; one order per offer, site, order and shipment period."""
    decisions, clock = case.decisions, case.setting.clock
    for what, taken in (("vetting", decisions.vettings), ("signing", decisions.signings)):
        for supplier, times in Counter(name for name, _ in taken).items():
            yield from at_most("twice", f"{what} of {supplier}", times, 1, "times decided")
    orders = Counter((o.offer, o.site, o.period, o.ships) for o in decisions.orders)
    for (offer, site, period, ships), times in orders.items():
        place = f"order of {offer} for {site}, ordered {clock.names[period]}, ships {clock.names[ships]}"
        yield from at_most("twice", place, times, 1, "times listed")


def check_vetting(case: Case) -> Iterator[AuditFinding]:
    """Vetting is for suppliers that need it, and at each period start no more run than there are teams."""
    clock, suppliers = case.setting.clock, case.setting.suppliers
    teams = case.setting.scenario.policy.vetting_teams
    busy = [0] * clock.count
    for name, period in case.decisions.vettings:
        terms = suppliers[name].vetting
        if terms is None:
            yield wrong("vetting", f"supplier {name}, {case.period(period)}", "the supplier needs no vetting")
            continue
        done = after(clock.starts[period], terms.duration)
        for n in range(period, clock.count):
            busy[n] += clock.starts[n] < done
    for n, number in enumerate(busy):
        limit = clock.value(teams, clock.starts[n]) if teams is not None else None
        if limit is not None:
            yield from at_most("teams", f"vetting teams, {case.period(n)}", number, limit, "vettings running")


def check_signing(case: Case) -> Iterator[AuditFinding]:
    """A signing needs a finished vetting; an order needs a signing no later than itself."""
    clock, suppliers = case.setting.clock, case.setting.suppliers
    for name, period in case.decisions.signings:
        terms, place = suppliers[name].vetting, f"signing of {name}, {case.period(period)}"
        begun = [p for supplier, p in case.decisions.vettings if supplier == name]
        if terms and not any(after(clock.starts[p], terms.duration) <= clock.starts[period] for p in begun):
            yield wrong("vetting", place, "signed before a vetting of the supplier is finished")
        for forbid in case.setting.scenario.policy.forbid:
            if forbid.offer is None and _forbids(case, forbid, suppliers[name], period):
                yield wrong("forbid", place, "signing is forbidden")
        if _is_sanctioned(case, suppliers[name]):
            yield wrong("sanctioned", place, f"{name} is sanctioned")
    signed: dict[str, int] = {}
    for name, period in case.decisions.signings:
        signed[name] = min(period, signed.get(name, period))
    for lot in case.orders:
        if not signed.get(lot.supplier.id, clock.count) <= lot.period:
            yield wrong("signing", case.place_of(lot), f"ordered without a signing of {lot.supplier.id} at that time")


def _forbids(case: Case, forbid: Forbid, supplier: Supplier, period: int) -> bool:
    if forbid.period is not None and case.setting.clock.named(forbid.period) != period:
        return False
    if forbid.supplier is None and forbid.country is None and forbid.offer is None:
        return False
    return forbid.supplier in (None, supplier.id) and forbid.country in (None, supplier.country)


def check_columns(case: Case) -> Iterator[AuditFinding]:
    """An order is for a site it is offered to, on a valid day, of a usable offer, ships when it can and serves in time."""
    for lot, reached in zip(case.orders, case.reached, strict=True):
        if lot.period in case.new:
            yield from _check_terms(case, lot)
            yield from _check_bans(case, lot)
            yield from _check_shipment(case, lot)
            yield from _check_service(case, lot, reached)


def _check_terms(case: Case, lot: Lot) -> Iterator[AuditFinding]:
    offer, valid, place = lot.offer, lot.offer.valid, case.place_of(lot)
    if offer.sites and lot.site_id not in offer.sites:
        yield wrong("offered", place, "not offered for this site")
    if lot.site_id not in case.setting.demand_of:
        yield wrong("offered", place, "the site serves no demand")
    if (valid.start and lot.ordered < valid.start) or (valid.until and lot.ordered > valid.until):
        yield wrong("valid", place, f"the offer does not hold on {lot.ordered}")
    if not offer.divisible and abs(lot.units - round(lot.units)) > RULE_TOLERANCE:
        yield wrong("whole units", place, f"{lot.units:.10g} units of an offer sold in whole units")


def _check_bans(case: Case, lot: Lot) -> Iterator[AuditFinding]:
    policy, offer, supplier, place = case.setting.scenario.policy, lot.offer, lot.supplier, case.place_of(lot)
    lowest = policy.min_cell_efficiency
    if lowest is not None and offer.cell_efficiency is not None and offer.cell_efficiency < lowest:
        yield wrong("efficiency", place, f"cell efficiency {offer.cell_efficiency:g} is below {lowest:g}")
    for forbid in policy.forbid:
        if forbid.offer in (None, offer.id) and _forbids(case, forbid, supplier, lot.period):
            yield wrong("forbid", place, "buying this is forbidden")
    if _is_sanctioned(case, supplier):
        yield wrong("sanctioned", place, f"{supplier.id} is sanctioned")


def _is_sanctioned(case: Case, supplier: Supplier) -> bool:
    named = {name.casefold() for name in case.setting.scenario.policy.sanctioned}
    return not named.isdisjoint({supplier.id.casefold(), supplier.name.casefold()})


def _check_shipment(case: Case, lot: Lot) -> Iterator[AuditFinding]:
    allowed = ship_periods(case.setting, lot.offer, lot.period, lot.site)
    if not allowed:
        yield wrong("shipment", case.place_of(lot), "ready to ship only after the horizon")
    elif lot.ship_period not in allowed:
        first, last = case.period(allowed[0]), case.period(allowed[-1])
        yield wrong("shipment", case.place_of(lot), f"can ship from {first} to {last} only")


def _check_service(case: Case, lot: Lot, day: date) -> Iterator[AuditFinding]:
    last = case.setting.clock.starts[-2]
    if day > last:
        message = "ships in no future" if day == NEVER else f"in service {day}, after {last}"
        yield AuditFinding("service", case.place_of(lot), day.toordinal(), last.toordinal(), (day - last).days, message)


def check_min_order(case: Case) -> Iterator[AuditFinding]:
    """What is ordered of an offer in one period, over sites and shipments, is at least its minimum order."""
    ordered: dict[tuple[str, int], float] = {}
    for order in case.decisions.orders:
        key = order.offer, order.period
        ordered[key] = ordered.get(key, 0.0) + order.units
    for (offer, period), units in ordered.items():
        place = f"offer {offer}, ordered {case.period(period)}"
        yield from at_least("min order", place, units, case.setting.offers[offer].min_order, "units ordered")


def check_approvals(case: Case) -> Iterator[AuditFinding]:
    """A supplier with more orders than the approval limit is signed in an approval period only."""
    rule, clock = case.setting.scenario.policy.approvals, case.setting.clock
    if rule is None:
        return
    good = {clock.period(day) for day in rule.sign}
    for supplier, period in case.decisions.signings:
        if period not in good:
            total = sum(lot.units * lot.contract for lot in case.orders if lot.supplier.id == supplier)
            place = f"signing of {supplier}, {case.period(period)}"
            yield from at_most("approvals", place, total, rule.above, "orders without an approval period")


def check_pins(case: Case) -> Iterator[AuditFinding]:
    """Every fixed decision is taken as fixed."""
    clock, decisions = case.setting.clock, case.decisions
    for number, pin in enumerate(case.setting.scenario.policy.pins):
        when = None if pin.period is None else clock.named(pin.period)
        taken = decisions.vettings if pin.vet else decisions.signings
        name, what = pin.vet or pin.sign, "vetting" if pin.vet else "signing"
        if name is not None:
            if not any(supplier == name and when in (None, period) for supplier, period in taken):
                yield wrong("pins", f"pin {number}: {what} of {name}", f"not decided in {pin.period or 'any period'} as pinned")
            continue
        shipped = None if pin.ships is None else clock.named(pin.ships)
        units = sum(
            o.units
            for o in decisions.orders
            if o.offer == pin.order and pin.site in (None, o.site) and when in (None, o.period) and shipped in (None, o.ships)
        )
        yield from equal("pins", f"pin {number}: order of {pin.order}", units, pin.units or 0.0, "units ordered")
