"""Whom to qualify and sign, and what to order: the tables a buyer works from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.plan.plan import Order, Signing, Vetting
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit
from planner.scenario.dates import add, parse_period
from planner.scenario.grow import future_name

PLACES = (Column("node", "Node"), Column("after", "After the news"))
"""Further columns of files for programs: where in the tree a row stands."""


def sign_table(view: View) -> Table:
    """Supplier qualifications and frame agreements in order of their days."""
    rows: list[tuple[Cell, ...]] = []
    for vetting in view.plan.vetting:
        supplier = view.scenario.supplier[vetting.supplier]
        day = first_day(vetting.period)
        done = add(day, supplier.vetting.duration) if supplier.vetting else day
        rows.append((day, vetting.period, "supplier qualification", view.supplier(supplier.id), supplier.country, done))
    for signing in view.plan.signings:
        supplier = view.scenario.supplier[signing.supplier]
        day = first_day(signing.period)
        rows.append((day, signing.period, "frame agreement", view.supplier(supplier.id), supplier.country, day))
    columns = (
        Column("begin", "Begin", "day"),
        Column("period", "Period"),
        Column("action", "What"),
        Column("supplier", "Supplier"),
        Column("country", "Country"),
        Column("done", "Done", "day"),
    )
    return Table(
        "Sign", "Whom to qualify and sign, and when?", columns, tuple(sorted(rows, key=lambda row: [str(cell) for cell in row]))
    )


def first_day(period: str) -> date:
    """First day of a period of the calendar by its name (the plan's own words)."""
    return parse_period(period)[0]


def sorted_orders(orders: tuple[Order, ...]) -> list[Order]:
    """Orders by day of order, shipment, offer and site."""
    return sorted(orders, key=lambda o: (o.ordered, o.ships, o.offer, o.site))


Decision = Vetting | Signing


def sorted_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """Qualifications or frame agreements by day, then supplier."""
    return sorted(decisions, key=lambda d: (first_day(d.period), d.supplier))


def orders_table(view: View) -> Table:
    """Every purchase order with its days; prices per unit and in all, in base currency."""
    idle = set(view.plan.idle)
    rows = tuple(_order_row(view, order, order in idle) for order in sorted_orders(view.plan.orders))
    note = (
        "If nothing happens. What is ordered after news: sheet Playbook, and every order in orders.csv." if view.branches else ""
    )
    return Table("Orders", "What to order, and when does it run?", _order_columns(view), rows, note)


def every_order(view: View) -> Table:
    """The purchase orders of all futures: also the node where each is placed, and the news it follows."""
    plan = view.everything
    idle = set(plan.idle)
    rows = tuple((*_order_row(view, order, order in idle), *place_of(view, order.node)) for order in sorted_orders(plan.orders))
    return Table("Orders", "What to order, and when does it run?", (*_order_columns(view), *PLACES), rows)


def place_of(view: View, node: str) -> tuple[Cell, ...]:
    """The node, and the news that has come until there in words."""
    told = view.paths.told(node) if view.branches else ()
    return view.mask.text(node), view.mask.text(future_name(view.scenario, told)) if told else ""


def _order_columns(view: View) -> tuple[Column, ...]:
    money = money_unit(view.scenario.money)
    return (
        Column("ordered", "Order", "day"),
        Column("supplier", "Supplier"),
        Column("offer", "Equipment"),
        Column("units", "Units", "units"),
        Column("unit", "Unit"),
        Column("site", "Site"),
        Column("ships", "Ships", "day"),
        Column("enters", "Arrives", "day"),
        Column("effective", "In service", "day"),
        Column("price", "Price each", "money", money),
        Column("value", "Contract value", "money", money),
        Column("note", "Note"),
    )


def _order_row(view: View, order: Order, idle: bool) -> tuple[Cell, ...]:
    hidden = view.mask.hides(order.supplier)
    return (
        order.ordered,
        view.supplier(order.supplier),
        view.mask.offer(order.offer),
        order.units,
        view.scenario.offer[order.offer].unit,
        order.site,
        order.ships,
        order.enters,
        order.effective,
        None if hidden else order.price,
        None if hidden else order.price * order.units,
        "bought only for a rule" if idle else "",
    )
