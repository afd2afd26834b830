"""The sheets of signed contracts, duties, and the sources of all numbers."""

from __future__ import annotations

from planner.exchange.columns import MONEY, Column, Table
from planner.exchange.rows import Items, SourceRows

PARTS = (
    "money", "routes", "sites", "demand", "suppliers", "offers", "resources", "commitments", "duties", "shocks", "licences",
    "futures", "policy",
)  # fmt: skip

COMMITMENTS = Table(
    "Signed contracts",
    "Contracts already signed, ours and others'.",
    Items("commitments"),
    (
        Column("contract", ("id",), "code", key=True),
        Column("offer", ("offer",), "code", refers="Offers"),
        Column("owner", ("owner",), "text", note="Empty: ours."),
        Column("site", ("site",), "code", refers="Sites"),
        Column("units", ("units",), "number", "units"),
        Column("ordered", ("ordered",), "day"),
        Column("ships", ("ships",), "day"),
        Column("price", ("price", "amount"), "number", f"{MONEY}per unit in its currency", short=True, currency="price currency"),
        Column("price currency", ("price", "currency"), "code"),
        Column("counts for", ("counts",), "codes", note="slots, cash, exposure, capacity"),
        Column("note", ("note",), "text"),
    ),
)

DUTIES = Table(
    "Duties",
    "Duties on what enters a country; those that fit add up.",
    Items("duties"),
    (
        Column("duty", ("id",), "code", key=True),
        Column("origin", ("origin",), "code", note="Two capital letters, or: any."),
        Column("into", ("into",), "code", note="Two capital letters, such as US."),
        Column("rate", ("rate",), "share", "of its base"),
        Column("of", ("of",), "choice", choices=("price", "price and freight")),
        Column("starts", ("starts",), "day"),
        Column("ends", ("ends",), "day", note="First day without it."),
        Column("tags", ("tags",), "codes", note="With commas between them; empty: everything."),
        Column("replaces", ("replaces",), "names"),
        Column("note", ("note",), "text"),
    ),
)

SOURCES = Table(
    "Sources",
    "Where every number comes from; low and high are in the unit of the number.",
    SourceRows(PARTS),
    (
        Column("part", (), "choice", key=True, choices=PARTS),
        Column("id", (), "code", key=True, blank=True),
        Column("number", (), "whole", key=True),
        Column("field", ("field",), "names"),
        Column("is", ("is",), "choice", choices=("fact", "inference", "assumption", "quote")),
        Column("note", ("note",), "text"),
        Column("address", ("url",), "text"),
        Column("date", ("date",), "text", note="Year, year-month or day."),
        Column("confidence", ("confidence",), "choice", choices=("high", "med", "low")),
        Column("low", ("low",), "number"),
        Column("high", ("high",), "number"),
    ),
)
