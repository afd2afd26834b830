"""Outcome -> Plan: decisions in business words, money lines, measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.formulation.decisions import Decisions
from planner.instance.cash import CashEvent
from planner.instance.instance import Instance
from planner.plan.plan import Cash, Order, Output, Plan, Shortage, Signing, Vetting
from planner.scenario.calendar import Calendar

Floats = NDArray[np.float64]
LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class Reader:
    """Values by column, with the names of nodes and periods beside them."""

    data: Instance
    calendar: Calendar
    x: Decisions
    values: Floats

    def period(self, node: int) -> str:
        """Name of the node's period."""
        return self.calendar.names[self.data.tree.nodes[node].period]

    def name(self, node: int) -> str:
        """Name of the node."""
        return self.data.tree.nodes[node].name

    def at(self, column: int) -> float:
        """The column's value; noise of the engine below a ten-millionth is 0."""
        value = float(self.values[column])
        return value if abs(value) > LEAST else 0.0


def extract_plan(data: Instance, calendar: Calendar, x: Decisions, values: Floats) -> Plan:
    """The plan the values describe. ``values``: one number per column, whole columns already whole."""
    read = Reader(data, calendar, x, values)
    orders = tuple(_order(read, i) for i, column in enumerate(x.order) if read.at(column) > 0)
    shortage = tuple(_shortages(read))
    return Plan(
        vetting=tuple(Vetting(read.name(n), s, read.period(n)) for (s, n), c in x.vet.items() if read.at(c) > 0.5),
        signings=tuple(Signing(read.name(n), s, read.period(n)) for (s, n), c in x.sign.items() if read.at(c) > 0.5),
        orders=orders,
        output=tuple(
            Output(read.name(n), read.period(n), route, site, read.at(c))
            for (route, site, n), c in x.output.items()
            if read.at(c)
        ),
        shortage=shortage,
        cash=tuple(sorted(_cash(read), key=lambda c: (c.day, c.kind, c.supplier, c.offer, c.site, c.commitment))),
        measures=_measures(read),
        idle=tuple(_idle(read)),
    )


def _order(read: Reader, i: int) -> Order:
    column = read.data.orders[i]
    arrival = column.arrival
    return Order(
        read.name(column.node), column.offer, column.supplier, column.site, read.at(read.x.order[i]), read.period(column.node),
        read.calendar.names[column.ship_period], column.ordered, arrival.shipped, arrival.entered, arrival.in_service,
        column.price,
    )  # fmt: skip


def _shortages(read: Reader) -> Iterator[Shortage]:
    for (name, n), column in read.x.short.items():
        target = read.data.demands[name].target[n]
        if read.at(column) > 1e-6 * max(1.0, target):
            yield Shortage(read.name(n), name, read.period(n), read.at(column), target)


def _lines(read: Reader) -> Iterator[tuple[str, str, str, str, float, Iterable[CashEvent]]]:
    """(supplier, offer, site, commitment, how many, payments for one)."""
    data, x = read.data, read.x
    for columns, table in ((x.vet, data.vets), (x.sign, data.signs), (x.call, data.calls)):
        for key, events in table.items():
            yield key[0], "", "", "", round(read.at(columns[key])), events
    for i, column in enumerate(data.orders):
        yield column.supplier, column.offer, column.site, "", read.at(x.order[i]), column.events
    for paid in data.fixed_cash:
        yield paid.supplier, paid.offer, paid.site, paid.contract, 1.0, (paid.event,)


def _cash(read: Reader) -> Iterator[Cash]:
    for supplier, offer, site, contract, units, events in _lines(read):
        for e in events if units else ():
            yield Cash(
                read.name(e.node), e.day, e.kind, supplier, offer, site, units * e.amount, e.currency, units * e.paid, contract
            )


def _measures(read: Reader) -> dict[str, float]:
    data, x, end = read.data, read.x, read.calendar.end
    cash = after = 0.0
    for *_, units, events in _lines(read):
        for e in events if units else ():
            value = units * data.tree.nodes[e.node].probability * data.discount[e.day] * e.amount
            cash += value
            after += value if e.day >= end else 0.0
    short = short_after = surplus = surplus_after = gap = gap_after = 0.0
    for (name, n), column in x.short.items():
        demand, mw = data.demands[name], read.at(column) * data.tree.nodes[n].probability
        short, short_after = short + mw * demand.gap_cost[n], short_after + mw * demand.gap_cost_after[n]
        gap, gap_after = gap + mw * demand.years[n], gap_after + mw * demand.years_after[n]
    for (name, n), column in x.surplus.items():
        demand, mw = data.demands[name], read.at(column) * data.tree.nodes[n].probability
        surplus, surplus_after = surplus + mw * demand.surplus_cost[n], surplus_after + mw * demand.surplus_cost_after[n]
    total = cash + short + short_after + surplus + surplus_after
    after += short_after + surplus_after
    spend = sum(read.at(x.order[i]) * c.price * data.tree.nodes[c.node].probability for i, c in enumerate(data.orders))
    return {
        "expected_cost": total,
        "cash_cost": cash,
        "shortage_cost": short + short_after,
        "surplus_cost": surplus + surplus_after,
        "cost_inside": total - after,
        "cost_after": after,
        "shortage": gap,
        "shortage_after": gap_after,
        "spend": spend,
    }


def _idle(read: Reader) -> Iterator[Order]:
    """Orders without which every output could still run: bought only for a rule.

    Walks the orders from the dearest unit down and drops what no step at its site ever needs.
    """
    data, x = read.data, read.x
    spare = {
        (step, site, n): read.at(c)
        - sum(read.at(x.output[r, site, n]) for r, used in data.routes.items() if step in used and (r, site, n) in x.output)
        for (step, site, n), c in x.installed.items()
    }
    gains: dict[int, list[tuple[tuple[str, str, int], float]]] = {}
    for spot, terms in data.capacity.items():
        for i, gain in terms:
            if read.at(x.order[i]) > 0:
                gains.setdefault(i, []).append((spot, gain))
    for i in sorted(gains, key=lambda i: (-data.orders[i].price, i)):
        units = read.at(x.order[i])
        held: dict[tuple[str, str, int], float] = {}
        for (step, site, first), gain in gains[i]:
            for n in data.tree.below(first):
                held[step, site, n] = held.get((step, site, n), 0.0) + gain * units
        if all(spare.get(spot, 0.0) >= mw - 1e-6 for spot, mw in held.items()):
            for spot, mw in held.items():
                if spot in spare:
                    spare[spot] -= mw
            yield _order(read, i)
