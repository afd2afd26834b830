"""Who is qualified and signed when, and every purchase order from order to full output: rows and bars, without a drawing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.instance.arrivals import qualification_time
from planner.plan.plan import Order
from planner.report.agreements import first_day, sorted_decisions, sorted_orders
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.scenario.dates import add, add_months

MOST_ROWS = 48
Batch = list[Order]
Stage = Literal["qualify", "sign", "make", "move", "install", "ramp"]
STAGES: tuple[Stage, ...] = ("qualify", "sign", "make", "move", "install", "ramp")


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage from ``begin`` to ``end``; a signature is one day."""

    stage: Stage
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Row:
    """A supplier's own row (no ``offer``), or units of one offer that ship together. Names are masked.

    ``order`` and ``service`` are the days of order and of service of its last site, None in a supplier's own row.
    """

    supplier: str
    country: str
    bars: tuple[Bar, ...]
    offer: str = ""
    units: float = 0.0
    unit: str = ""
    sites: tuple[str, ...] = ()
    order: date | None = None
    service: date | None = None


def find_rows(view: View) -> tuple[list[Row], int]:
    """Each supplier's own row followed by its batches; and how many batches found no place."""
    groups, left_out = group_batches(view)
    rows = []
    for supplier, batches in groups:
        rows.append(_supplier_row(view, supplier))
        rows += [_batch_row(view, batch) for batch in batches]
    return rows, left_out


def group_batches(view: View) -> tuple[list[tuple[str, list[Batch]]], int]:
    """Suppliers by their first event, each with its batches; and how many batches found no place.

    A batch is what ships of one offer on one day to one site; to all sites where that would make too many rows.
    """
    orders = sorted_orders(view.plan.orders)
    batches = _batches(orders, by_site=True)
    if len(batches) > MOST_ROWS:
        batches = _batches(orders, by_site=False)
    found: dict[str, list[Batch]] = {d.supplier: [] for d in sorted_decisions([*view.plan.vetting, *view.plan.signings])}
    for batch in batches[:MOST_ROWS]:
        found.setdefault(batch[0].supplier, []).append(batch)
    return list(found.items()), max(0, len(batches) - MOST_ROWS)


def _batches(orders: list[Order], by_site: bool) -> list[Batch]:
    found: dict[tuple[str, str, date], Batch] = defaultdict(list)
    for order in orders:
        found[order.offer, order.site if by_site else "", order.ships].append(order)
    return list(found.values())


def _supplier_row(view: View, name: str) -> Row:
    supplier, bars = view.scenario.supplier[name], []
    for vetting in (v for v in view.plan.vetting if v.supplier == name):
        begin = first_day(vetting.period)
        bars.append(Bar("qualify", begin, add(begin, supplier.vetting.duration) if supplier.vetting else begin))
    days = [first_day(signing.period) for signing in view.plan.signings if signing.supplier == name]
    bars += [Bar("sign", day, day) for day in days]
    return Row(view.supplier(name), supplier.country, tuple(bars))


def _batch_row(view: View, batch: Batch) -> Row:
    order, last = batch[0], max(batch, key=lambda o: o.effective)
    offer = view.scenario.offer[order.offer]
    stages = [
        Bar("make", order.ordered, order.ships),
        Bar("move", order.ships, last.enters),
        Bar("install", last.enters, last.effective),
        Bar("ramp", last.effective, find_full_day(view, last)),
    ]
    return Row(
        view.supplier(order.supplier),
        view.scenario.supplier[order.supplier].country,
        tuple(bar for bar in stages if bar.end > bar.begin),
        view.mask.offer(order.offer),
        sum(o.units for o in batch),
        offer.unit,
        tuple(sorted({o.site for o in batch})),
        order.ordered,
        last.effective,
    )


def find_full_day(view: View, order: Order) -> date:
    """The first day on which the order's tools give their full output in every step they cover."""
    offer = view.scenario.offer[order.offer]
    service = max(add(order.effective, qualification_time(view.scenario, offer, step)) for step in offer.covers)
    return add_months(service, offer.ramp.months[-1]) if offer.ramp and offer.ramp.months else service


def timeline_table(view: View) -> Table:
    """The bars as rows: what is done with whom from when to when."""
    rows: list[tuple[Cell, ...]] = [
        (row.supplier, row.country, row.offer, row.units or None, row.unit, ", ".join(row.sites), bar.stage, bar.begin, bar.end)
        for row in find_rows(view)[0]
        for bar in row.bars
    ]
    columns = (
        Column("supplier", "Supplier"),
        Column("country", "Country"),
        Column("offer", "Equipment"),
        Column("units", "Units", "units"),
        Column("unit", "Unit"),
        Column("site", "Site"),
        Column("stage", "Stage"),
        Column("begin", "From", "day"),
        Column("end", "Until", "day"),
    )
    return Table("Timeline", "What happens when?", columns, tuple(rows))
