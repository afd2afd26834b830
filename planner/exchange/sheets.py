"""Every sheet of the workbook, in the order of the tabs."""

from __future__ import annotations

from planner.exchange.columns import Table
from planner.exchange.sheets_demand import DEMAND, TARGETS
from planner.exchange.sheets_news import LICENCES, SHOCKS
from planner.exchange.sheets_offers import COVERS, OFFERS, PRICES, RESOURCE_USE
from planner.exchange.sheets_rest import COMMITMENTS, DUTIES, SOURCES
from planner.exchange.sheets_suppliers import QUALIFICATION, RESOURCES, SLOTS, SUPPLIERS
from planner.exchange.sheets_world import RATES, ROUTES, SCENARIO, SITES

TABLES: tuple[Table, ...] = (
    SCENARIO,
    RATES,
    ROUTES,
    SITES,
    DEMAND,
    TARGETS,
    SUPPLIERS,
    QUALIFICATION,
    RESOURCES,
    OFFERS,
    COVERS,
    PRICES,
    RESOURCE_USE,
    SLOTS,
    COMMITMENTS,
    DUTIES,
    SHOCKS,
    LICENCES,
    SOURCES,
)
"""A sheet whose rows belong to items of another one comes after it: items are made before what hangs on them."""


def table_of(sheet: str) -> Table:
    """The table of a sheet by its name; raises KeyError."""
    return {table.sheet: table for table in TABLES}[sheet]
