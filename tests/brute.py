"""The true best plan of a tiny scenario: every plan in whole units is looked at.

All vettings, signings and orders are enumerated, none is assumed to come as late or as early as possible (fees may
fall or rise over time). Only what can never be part of a plan is left out beforehand: orders the audit's rules for a
single order refuse, signings its rules for a single supplier refuse, and combinations that already take more slots than
there are (taking more of anything never frees a slot). Costs and rules are then sums over a plan's orders, so they are
computed for all combinations at once from the audit's own dates, payments and capacities; the winner is evaluated once
more by ``evaluate``, and a disagreement is an error. Slots, capacities and payments of a unit do not depend on other
units, which is what makes the sums right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import floor

import numpy as np
from numpy.typing import NDArray

from planner.plan.audit import Decisions, Purchase, evaluate
from planner.plan.audit.capacity import is_open, unit_rates
from planner.plan.audit.cash import Line, fee_lines, lot_lines
from planner.plan.audit.clock import months_after
from planner.plan.audit.effects import crews_factor
from planner.plan.audit.futures import build_case
from planner.plan.audit.lots import Lot, lot_of_commitment, lot_of_order, ship_periods
from planner.plan.audit.measures import running_cost
from planner.plan.audit.pools import bucket_of, free_slots, kept_share, read_pools
from planner.plan.audit.rules_buying import check_columns, check_signing, check_vetting
from planner.plan.audit.setting import Setting, read_setting
from planner.scenario.factory import Site
from planner.scenario.scenario import Scenario
from planner.scenario.suppliers import Supplier

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]
MOST_ROWS = 50_000


class TooLargeError(Exception):
    """The scenario has more plans than this is made for."""


@dataclass(frozen=True)
class Contracting:
    """One way to vet and sign all suppliers: what it pays and from when each can take orders (N: never)."""

    vettings: tuple[tuple[str, int], ...]
    signings: tuple[tuple[str, int], ...]
    since: tuple[int, ...]
    cost: float
    cash: Grid


@dataclass(frozen=True)
class Space:
    """All order columns of a scenario; ``lots`` are one unit of each, ``most`` the units slots allow at best."""

    scenario: Scenario
    setting: Setting
    columns: list[Purchase]
    lots: list[Lot]
    most: list[int]
    committed: list[Lot]
    slot_rows: list[tuple[Grid, float]]
    years: list[tuple[date, date, float]]
    booked: list[tuple[Lot, Setting]]
    """The same lots as known when ordered, with the news known then; a place in installation is taken for these days."""
    planned: list[Lot]
    """Signed contracts as if nothing happened."""

    @property
    def suppliers(self) -> list[str]:
        return [supplier.id for supplier in self.scenario.suppliers]


def fits(left: Grid, right: Grid | float) -> Mask:
    return left - right <= 1e-6 * np.maximum(1.0, np.abs(right))


def build_space(scenario: Scenario) -> Space:
    setting = read_setting(scenario)
    count = setting.clock.count
    committed = [lot_of_commitment(setting, contract) for contract in scenario.commitments]
    columns = [
        order
        for offer in scenario.offers
        for site in setting.demand_of
        for p in range(count)
        for tau in ship_periods(setting, offer, p)
        if not list(check_columns(build_case(setting, Decisions(orders=((order := Purchase(offer.id, site, p, tau, 1.0)),)))))
    ]
    lots = [lot_of_order(setting, order) for order in columns]
    most = [-1] * len(lots)
    rows: dict[tuple[int, object], tuple[Grid, float]] = {}
    for number, pool in enumerate(read_pools(setting, committed)):
        for c, lot in enumerate(lots):
            if lot.offer.id not in pool.uses:
                continue
            bucket = bucket_of(setting, pool, lot.due)
            free = free_slots(setting, pool, bucket)
            kept = kept_share(setting, pool, free, lot.period)
            weights, _ = rows.setdefault((number, bucket), (np.zeros(len(lots)), free))
            weights[c] = pool.uses[lot.offer.id] / kept if kept > 0 else 1e9
            units = floor(free / weights[c] + 1e-6) if kept > 0 else 0
            most[c] = units if most[c] < 0 else min(most[c], units)
    if -1 in most:
        raise TooLargeError("an offer without slots has no largest order")
    keep = [c for c, units in enumerate(most) if units > 0]
    return Space(
        scenario, setting, [columns[c] for c in keep], [lots[c] for c in keep], [most[c] for c in keep], committed,
        [(weights[keep], free) for weights, free in rows.values()], find_years(scenario),
        [(lots[c], setting) for c in keep], committed,
    )  # fmt: skip


def find_years(scenario: Scenario) -> list[tuple[date, date, float]]:
    """First day, first day after and amount of every fiscal year with a budget."""
    budget, month = scenario.policy.budget, scenario.money.fiscal_year_starts
    return [] if budget is None else [(s := date(int(y), month, 1), months_after(s, 12), a) for y, a in budget.years.items()]


def every_order(space: Space) -> Grid:
    """All combinations of whole units of the columns that the slots allow, one a row."""
    rows = np.zeros((1, len(space.columns)))
    for c, most in enumerate(space.most):
        rows = np.repeat(rows, most + 1, axis=0)
        rows[:, c] = np.tile(np.arange(most + 1), len(rows) // (most + 1))
        for weights, free in space.slot_rows:
            if weights[c]:
                rows = rows[fits(rows @ weights, free)]
        if len(rows) > MOST_ROWS:
            raise TooLargeError(f"{len(rows)} combinations of orders")
    return rows


# --- what the orders cost ---------------------------------------------------------------------------------------------


def worth(space: Space, lines: list[Line]) -> float:
    return sum(line.amount * space.setting.clock.discount(line.day) for line in lines)


def by_year(space: Space, lines: list[Line]) -> Grid:
    return np.array([sum(x.amount for x in lines if start <= x.day < until) for start, until, _ in space.years], dtype=float)


@dataclass(frozen=True)
class Orders:
    """What each row of orders comes to: cost without vetting and signing, missing MW-years, cash by fiscal year."""

    cost: Grid
    missing: Grid
    cash: Grid
    first: Grid
    spend: Grid
    allowed: Mask


def price_orders(space: Space, rows: Grid, checked: bool = True) -> Orders:
    """What each row comes to; ``allowed`` leaves the rules of orders as decided aside unless ``checked``."""
    setting, scenario = space.setting, space.scenario
    lines = [list(lot_lines(setting, lot)) for lot in space.lots]
    sunk = [line for lot in space.committed if "cash" in lot.counts for line in lot_lines(setting, lot)]
    cost = np.full(len(rows), worth(space, sunk)) + rows @ np.array([worth(space, x) for x in lines], dtype=float)
    cash = by_year(space, sunk) + rows @ np.array([by_year(space, x) for x in lines]).reshape(len(lines), len(space.years))
    for supplier in scenario.suppliers:
        if supplier.order_fee:
            for p in range(setting.clock.count):
                own = [c for c, lot in enumerate(space.lots) if lot.supplier.id == supplier.id and lot.period == p]
                fees = list(fee_lines(setting, Decisions(), [space.lots[c] for c in own[:1]]))
                called = rows[:, own].sum(axis=1) > 0
                cost = cost + worth(space, fees) * called
                cash = cash + np.outer(called, by_year(space, fees))
    extra, missing, allowed = run_factory(space, rows)
    first = np.full((len(rows), len(space.suppliers)), setting.clock.count, dtype=float)
    spend = np.zeros((len(rows), len(space.suppliers)))
    for c, lot in enumerate(space.lots):
        j = space.suppliers.index(lot.supplier.id)
        first[:, j] = np.where(rows[:, c] > 0, np.minimum(first[:, j], lot.period), first[:, j])
        spend[:, j] += rows[:, c] * lot.contract
    allowed &= obeys_shares(space, rows) & obeys_places(space, rows)
    if checked:
        allowed &= obeys_orders(space, rows)
    return Orders(cost + extra, missing, cash, first, spend, allowed)


def capacity(space: Space, rows: Grid, site: str, step: str) -> Grid:
    """Installed MW per year by row and period."""
    count = space.setting.clock.count
    base = np.zeros(count)
    for lot in space.committed:
        if "capacity" in lot.counts and lot.site_id == site and step in lot.offer.covers:
            base = base + lot.units * np.array(unit_rates(space.setting, lot, step))
    units = [
        unit_rates(space.setting, lot, step) if lot.site_id == site and step in lot.offer.covers else [0.0] * count
        for lot in space.lots
    ]
    return base + rows @ np.array(units).reshape(len(units), count)


def run_factory(space: Space, rows: Grid) -> tuple[Grid, Grid, Mask]:
    """Cost of shortage and surplus, missing MW-years in and after the horizon, and whether hard demand is met."""
    setting, count = space.setting, space.setting.clock.count
    cost, missing, allowed = np.zeros(len(rows)), np.zeros(len(rows)), np.ones(len(rows), dtype=bool)
    for demand in space.scenario.demand:
        target = np.array([setting.target(demand, n) for n in range(count)])
        installed = {(s, k): capacity(space, rows, s, k) for s in demand.sites for k in setting.steps}
        output = sum((most_at(space, installed, s, len(rows)) for s in demand.sites), np.zeros((len(rows), count)))
        short = np.maximum(0.0, target - output)
        missing += short.sum(axis=1) * setting.clock.months / 12 + short[:, -1] * demand.continues.months / 12
        if demand.hard:
            allowed &= (short <= 1e-6 * np.maximum(1.0, target)).all(axis=1)
        ones = np.eye(count).tolist()
        cost += short @ np.array([sum(running_cost(setting, demand, demand.shortage_cost, one)) for one in ones])
        totals = [sum((installed[s, k] for s in demand.sites), np.zeros((len(rows), count))) for k in setting.steps]
        most = np.max(totals, axis=0) if totals else np.zeros((len(rows), count))
        surplus = np.maximum(0.0, most - target)
        cost += surplus @ np.array([sum(running_cost(setting, demand, demand.surplus_cost, one)) for one in ones])
    return cost, missing, allowed


def most_at(space: Space, installed: dict[tuple[str, str], Grid], site: str, count: int) -> Grid:
    """The most a site runs: the narrowest step of one route; of two, what they share and what each has for itself."""
    setting, routes = space.setting, [set(steps) for steps in space.setting.routes.values()]
    building = setting.sites[site]
    opened = np.array([is_open(setting, building, n) for n in range(setting.clock.count)], dtype=float)
    room = np.full((count, setting.clock.count), building.capacity_mw or np.inf)
    if not routes:
        return np.zeros_like(room)

    def narrowest(steps: set[str]) -> Grid:
        return np.minimum.reduce([np.full_like(room, np.inf), *(installed[site, k] for k in steps)])

    if len(routes) == 1:
        return np.minimum(room, narrowest(routes[0])) * opened
    if len(routes) > 2:
        raise TooLargeError("more than two routes")
    one, other = routes
    apart = narrowest(one - other) + narrowest(other - one)
    return np.minimum(np.minimum(room, narrowest(one & other)), apart) * opened


# --- which orders are allowed -----------------------------------------------------------------------------------------


def obeys_orders(space: Space, rows: Grid) -> Mask:
    """Minimum orders and order pins, of ``space.columns``."""
    policy, clock = space.scenario.policy, space.setting.clock
    allowed = np.ones(len(rows), dtype=bool)
    for offer in space.scenario.offers:
        for p in range(clock.count if offer.min_order else 0):
            own = [c for c, order in enumerate(space.columns) if order.offer == offer.id and order.period == p]
            units = rows[:, own].sum(axis=1)
            allowed &= (units == 0) | fits(-units, -offer.min_order)
    for pin in policy.pins:
        if pin.order:
            own = [
                c
                for c, order in enumerate(space.columns)
                if order.offer == pin.order
                and pin.site in (None, order.site)
                and (pin.period is None or clock.named(pin.period) == order.period)
                and (pin.ships is None or clock.named(pin.ships) == order.ships)
            ]
            allowed &= np.abs(rows[:, own].sum(axis=1) - (pin.units or 0.0)) < 1e-6
    return allowed


def obeys_shares(space: Space, rows: Grid) -> Mask:
    """Shares and the least number of suppliers."""
    policy, clock = space.scenario.policy, space.setting.clock
    allowed = np.ones(len(rows), dtype=bool)
    for sign, limits in (
        (1, [({s.id for s in space.scenario.suppliers if s.country == c}, x) for c, x in policy.max_country_share.items()]),
        (-1, [({s.id for s in space.scenario.suppliers if s.country == c}, x) for c, x in policy.min_country_share.items()]),
        (1, [({s}, x) for s, x in policy.max_supplier_share.items()]),
        (-1, [({s}, x) for s, x in policy.min_supplier_share.items()]),
        (1, [(set(policy.groups[g]), x) for g, x in policy.max_group_share.items()]),
        (-1, [(set(policy.groups[g]), x) for g, x in policy.min_group_share.items()]),
    ):
        for members, limit in limits:
            last = clock.count - 1
            ends = {last} | {n for n in range(last) if limit.start and clock.starts[n] >= limit.start}
            for what, share in [(None, limit.total), *limit.steps.items()]:
                for n in ends if share is not None else ():
                    part = exposed(space, rows, n, what, members)
                    whole = exposed(space, rows, n, what, set(space.suppliers), lost=False)
                    allowed &= sign * (part - share * whole) <= 1e-6 * np.maximum(1.0, share * whole)
    if policy.min_suppliers is not None:
        signed = [exposed(space, rows, clock.count, None, {s}) for s in space.suppliers]
        least = policy.min_share * sum(signed)
        weighty = [(x > 0) & (x >= least - 1e-6 * np.maximum(1.0, least)) for x in signed]
        allowed &= np.sum(weighty, axis=0) >= policy.min_suppliers
    return allowed


def exposed(space: Space, rows: Grid, until: int, step: str | None, members: set[str], lost: bool = True) -> Grid:
    """Spend, or capacity of a step, with these suppliers on orders up to a period and on signed contracts.

    Units then known never to ship are left out unless ``lost``.
    """

    def size(lot: Lot) -> float:
        if not lost and lot.lost_from is not None and lot.lost_from <= until:
            return 0.0
        return lot.contract if step is None else space.setting.rates[lot.offer.id].get(step, 0.0)

    base = sum(x.units * size(x) for x in space.committed if "exposure" in x.counts and x.supplier.id in members)
    units = [size(x) if x.supplier.id in members and x.period <= until else 0.0 for x in space.lots]
    return base + rows @ np.array(units, dtype=float)


def obeys_places(space: Space, rows: Grid) -> Mask:
    """Places in installation, day by day wherever anything begins, ends or changes."""
    clock, allowed = space.setting.clock, np.ones(len(rows), dtype=bool)
    held = [lot for lot in space.planned if "capacity" in lot.counts]
    booked = [lot for lot, _ in space.booked]
    places: list[Site | Supplier] = [*space.setting.sites.values(), *space.setting.suppliers.values()]
    for place in places:
        if place.install_limit is None:
            continue
        limit = place.install_limit.units

        def owned(lot: Lot, place: Site | Supplier = place) -> bool:
            return place.id == (lot.site_id if isinstance(place, Site) else lot.supplier.id)

        edges = {day for x in (*booked, *held) for day in (x.begins, x.built)} | set(clock.starts)
        edges |= {day for day, _, _ in limit.points if day > date.min}
        edges |= {day for strike in space.setting.strikes for day in (strike.day, strike.end) if day is not None}
        for day in sorted(edges | {day - timedelta(days=1) for day in edges}):
            most = clock.value(limit, day)
            if most is None:
                continue
            units = [
                x.offer.install_use / crews_factor(known, place, day) if owned(x) and x.begins <= day < x.built else 0.0
                for x, known in space.booked
            ]
            base = sum(x.units * x.offer.install_use for x in held if owned(x) and x.begins <= day < x.built)
            if base or any(units):
                allowed &= fits(base + rows @ np.array(units, dtype=float), most)
    return allowed


# --- vetting and signing ----------------------------------------------------------------------------------------------


def every_contracting(space: Space) -> list[Contracting]:
    """All ways to vet and sign that obey their own rules."""
    setting, policy, clock = space.setting, space.scenario.policy, space.setting.clock
    whens = [None, *range(clock.count)]
    options: list[list[tuple[int | None, int | None, float, Grid]]] = []
    for supplier in space.scenario.suppliers:
        found = []
        for vet, sign in product(whens if supplier.vetting else [None], whens):
            taken = Decisions(
                ((supplier.id, vet),) if vet is not None else (), ((supplier.id, sign),) if sign is not None else ()
            )
            case = build_case(setting, taken)
            if not list(check_signing(case)) and keeps_pins(space, supplier.id, vet, sign):
                fees = [line for line in case.lines if not line.commitment]
                found.append((vet, sign, worth(space, fees), by_year(space, fees)))
        options.append(found)
    ways = []
    for choice in product(*options):
        named = list(zip(space.suppliers, choice, strict=True))
        vettings = tuple((name, vet) for name, (vet, _, _, _) in named if vet is not None)
        signings = tuple((name, sign) for name, (_, sign, _, _) in named if sign is not None)
        if policy.max_suppliers is not None and len(signings) > policy.max_suppliers:
            continue
        if policy.vetting_teams is not None and vettings and list(check_vetting(build_case(setting, Decisions(vettings)))):
            continue
        since = tuple(clock.count if sign is None else sign for _, sign, _, _ in choice)
        cash = sum((paid for _, _, _, paid in choice), np.zeros(len(space.years)))
        ways.append(Contracting(vettings, signings, since, sum(cost for _, _, cost, _ in choice), cash))
    return ways


def keeps_pins(space: Space, supplier: str, vet: int | None, sign: int | None) -> bool:
    for pin in space.scenario.policy.pins:
        for pinned, when in ((pin.vet, vet), (pin.sign, sign)):
            if pinned == supplier:
                if when is None:
                    return False
                if pin.period is not None and space.setting.clock.named(pin.period) != when:
                    return False
    return True


def allows(space: Space, way: Contracting, orders: Orders) -> Mask:
    """Which rows of orders go with this way of contracting: signed in time, approved, within budget."""
    policy, clock, count = space.scenario.policy, space.setting.clock, space.setting.clock.count
    since = np.array(way.since)
    mask = orders.allowed & ((orders.first >= since) & ((since < count) | (orders.first == count))).all(axis=1)
    if policy.approvals:
        good = {clock.period(day) for day in policy.approvals.sign}
        for j, period in enumerate(way.since):
            if period < count and period not in good:
                mask &= fits(orders.spend[:, j], policy.approvals.above)
    for y, (_, _, amount) in enumerate(space.years):
        mask &= fits(orders.cash[:, y] + way.cash[y], amount)
    return mask


# --- the best ---------------------------------------------------------------------------------------------------------


def best_plan(scenario: Scenario) -> tuple[float | None, Decisions | None]:
    """The least expected cost of any plan in whole units and a plan that has it; (None, None) when there is no plan.

    With ``policy.first: ramp`` the cost is the least among the plans with the least shortage, the years after the
    horizon counted. Every offer must take slots of some pool, and no more than two routes may be usable.
    """
    space = build_space(scenario)
    return best_of(space, every_order(space), every_contracting(space))


def best_of(space: Space, rows: Grid, ways: list[Contracting]) -> tuple[float | None, Decisions | None]:
    """The best of these orders with these ways of contracting, as ``best_plan``."""
    orders = price_orders(space, rows)
    masks = [allows(space, way, orders) for way in ways]
    if space.scenario.policy.first == "ramp":
        least = min((orders.missing[mask].min() for mask in masks if mask.any()), default=0.0)
        masks = [mask & (orders.missing <= least + 1e-7 * max(1.0, least)) for mask in masks]
    best: tuple[float, Contracting, int] | None = None
    for way, mask in zip(ways, masks, strict=True):
        if mask.any():
            row = int(np.where(mask, orders.cost, np.inf).argmin())
            if best is None or orders.cost[row] + way.cost < best[0]:
                best = float(orders.cost[row] + way.cost), way, row
    if best is None:
        return None, None
    cost, way, row = best
    decisions = decisions_of(space, way, rows[row])
    again = evaluate(space.scenario, decisions)
    if again.violations or abs(again.measures["expected_cost"] - cost) > 1e-7 * max(1.0, abs(cost)):
        raise AssertionError(f"evaluated apart: {again.violations}, {again.measures['expected_cost']} against {cost}")
    return again.measures["expected_cost"], decisions


def decisions_of(space: Space, way: Contracting, row: Grid) -> Decisions:
    bought = [(c, units) for c, units in zip(space.columns, row, strict=True) if units > 0]
    orders = tuple(Purchase(c.offer, c.site, c.period, c.ships, float(units)) for c, units in bought)
    return Decisions(way.vettings, way.signings, orders)
