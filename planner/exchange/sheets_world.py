"""The sheets of the scenario itself: calendar and money, rates of exchange, routes, sites."""

from __future__ import annotations

from planner.exchange.columns import Column, Table
from planner.exchange.rows import Entries, Items, Whole

SCENARIO = Table(
    "Scenario",
    "Title, calendar and how money is counted; one row.",
    Whole(),
    (
        Column("title", ("title",), "text"),
        Column("description", ("description",), "text"),
        Column("start", ("calendar", "start"), "day"),
        Column("step", ("calendar", "step"), "choice", choices=("month", "quarter")),
        Column("periods", ("calendar", "periods"), "whole"),
        Column("currency", ("money", "currency"), "code", note="Three capital letters, such as USD."),
        Column("money in", ("money", "in"), "choice", choices=("units", "thousands", "millions")),
        Column("discount rate", ("money", "discount_rate"), "share", "per year"),
        Column("fiscal year starts", ("money", "fiscal_year_starts"), "whole", "month 1 to 12"),
    ),
)

RATES = Table(
    "Rates",
    "Rates of exchange.",
    Entries(("money", "rates")),
    (
        Column("currency", (), "code", key=True, note="Three capital letters, such as EUR."),
        Column("rate", ("rate",), "number", "own currency for one of this", short=True),
        Column("as of", ("as_of",), "day"),
        Column("address", ("url",), "text"),
    ),
)

ROUTES = Table(
    "Routes",
    "Ways to make a cell: the process steps it runs through.",
    Entries(("routes",)),
    (
        Column("route", (), "code", key=True),
        Column("steps", ("steps",), "codes", note="With commas between them."),
        Column("cell power", ("cell_watts",), "number", "W per cell"),
        Column("cell efficiency", ("cell_efficiency",), "share"),
        Column("note", ("note",), "text"),
    ),
)

SITES = Table(
    "Sites",
    "Factory buildings.",
    Items("sites"),
    (
        Column("site", ("id",), "code", key=True),
        Column("country", ("country",), "code", note="Two capital letters, such as US."),
        Column("ready", ("ready",), "day"),
        Column("capacity", ("capacity_mw",), "number", "MW per year"),
        Column("installation takes", ("install_time",), "length"),
        Column("acceptance takes", ("acceptance_time",), "length"),
        Column("installed at one time", ("install_limit", "units"), "whole", "units"),
        Column("note", ("note",), "text"),
    ),
)
