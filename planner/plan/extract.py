"""Outcome -> Plan: decisions in business words, money lines, measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.formulation.decisions import Decisions
from planner.instance.cash import CashEvent
from planner.instance.courses import Courses
from planner.instance.instance import Instance
from planner.plan.outcomes import Floats, Reader, find_futures, find_measures
from planner.plan.plan import Cash, Order, Output, Plan, PlanNode, Shortage, Signing, Vetting
from planner.scenario.grow import strike_name
from planner.scenario.scenario import Scenario


def extract_plan(data: Instance, scenario: Scenario, x: Decisions, values: Floats) -> Plan:
    """The plan the values describe. ``values``: one number per column, whole columns already whole."""
    read = Reader(data, scenario.calendar, x, values)
    cash = list(_cash(read))
    futures = find_futures(read, scenario, cash)
    return Plan(
        vetting=tuple(Vetting(read.name(n), s, read.period(n)) for (s, n), c in x.vet.items() if read.at(c) > 0.5),
        signings=tuple(Signing(read.name(n), s, read.period(n)) for (s, n), c in x.sign.items() if read.at(c) > 0.5),
        orders=tuple(_order(read, i) for i, column in enumerate(x.order) if read.at(column) > 0),
        output=tuple(
            Output(read.name(n), read.period(n), route, site, read.at(c))
            for (route, site, n), c in x.output.items()
            if read.at(c)
        ),
        shortage=tuple(_shortages(read)),
        cash=tuple(sorted((line for _, line in cash), key=_cash_order)),
        measures=find_measures(read, futures, cash),
        idle=tuple(_idle(read)),
        nodes=tuple(_nodes(read, scenario)),
        futures=futures,
        cut_mass=data.tree.cut_mass,
    )


def _cash_order(line: Cash) -> tuple[object, ...]:
    return line.day, line.kind, line.supplier, line.offer, line.site, line.commitment, line.node


def _nodes(read: Reader, scenario: Scenario) -> Iterator[PlanNode]:
    for node in read.data.tree.nodes:
        parent = read.data.tree.nodes[node.parent] if node.parent >= 0 else None
        fresh = node.strikes[len(parent.strikes) :] if parent else ()
        news = ", ".join(strike_name(scenario, strike) for strike in fresh)
        yield PlanNode(node.name, parent.name if parent else "", read.period(node.index), node.probability, news)


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


Payments = Iterable[tuple[int, CashEvent]]
"""(node, payment for one)."""


def _lines(read: Reader) -> Iterator[tuple[str, str, str, str, float, Payments]]:
    """(supplier, offer, site, commitment, how many, payments for one) of what is decided and of contracts."""
    data, x = read.data, read.x
    for columns, table in ((x.vet, data.vets), (x.sign, data.signs), (x.call, data.calls)):
        for key, fees in table.items():
            if units := float(round(read.at(columns[key]))):
                yield key[0], "", "", "", units, ((node, event) for node, events in fees for event in events)
    for i, column in enumerate(data.orders):
        if units := read.at(x.order[i]):
            paid = (line for placement in column.placements for line in _at_nodes(read, placement.courses))
            yield column.supplier, column.offer, column.site, "", units, paid
    for own in data.contracts:
        if "cash" in own.counts:
            yield own.supplier, own.offer, own.site, own.id, own.units, _at_nodes(read, own.courses)


def _at_nodes(read: Reader, courses: Courses) -> Payments:
    """Every payment at the node whose period holds its day (the last one after the horizon), once where futures share it."""
    tree, seen = read.data.tree, set[tuple[int, date, str]]()
    last = tree.nodes[tree.leaves[0]].period
    for course, leaves in courses:
        for event in course.events:
            period = min(read.calendar.period_of(event.day), last)
            for leaf in leaves:
                node = tree.path[leaf][period]
                if (node, event.day, event.kind) not in seen:
                    seen.add((node, event.day, event.kind))
                    yield node, event


def _cash(read: Reader) -> Iterator[tuple[int, Cash]]:
    for supplier, offer, site, contract, units, payments in _lines(read):
        for node, e in payments:
            yield (
                node,
                Cash(
                    read.name(node), e.day, e.kind, supplier, offer, site, units * e.amount, e.currency, units * e.paid, contract
                ),
            )


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
    below: dict[int, tuple[int, ...]] = {}
    gains: dict[int, list[tuple[tuple[str, str, int], float]]] = {}
    bought = {i: units for i, column in enumerate(x.order) if (units := read.at(column)) > 0}
    for spot, terms in data.capacity.items():
        for i, gain in terms:
            if i in bought:
                gains.setdefault(i, []).append((spot, gain))
    for i in sorted(gains, key=lambda i: (-data.orders[i].price, i)):
        units = bought[i]
        held: dict[tuple[str, str, int], float] = {}
        for (step, site, first), gain in gains[i]:
            if first not in below:
                below[first] = data.tree.below(first)
            for n in below[first]:
                held[step, site, n] = held.get((step, site, n), 0.0) + gain * units
        if all(spare.get(spot, 0.0) >= mw - 1e-6 for spot, mw in held.items()):
            for spot, mw in held.items():
                if spot in spare:
                    spare[spot] -= mw
            yield _order(read, i)
