"""The sheets of the makers: suppliers, process qualification, shared resources, delivery slots."""

from __future__ import annotations

from planner.exchange.columns import MONEY, Column, Table
from planner.exchange.rows import InnerEntries, Items
from planner.exchange.series import OWNERS, SlotRows

WINDOWS = ("month", "quarter", "half-year", "year")

SUPPLIERS = Table(
    "Suppliers",
    "Makers of equipment: qualification, frame agreement, fees.",
    Items("suppliers"),
    (
        Column("supplier", ("id",), "code", key=True),
        Column("name", ("name",), "text"),
        Column("country", ("country",), "code", note="Two capital letters, such as CN: who can forbid the sale."),
        Column("confidential", ("confidential",), "flag"),
        Column("qualification takes", ("vetting", "duration"), "length"),
        Column(
            "qualification costs",
            ("vetting", "cost", "amount"),
            "number",
            f"{MONEY}in its currency",
            short=True,
            currency="qualification currency",
        ),
        Column("qualification currency", ("vetting", "cost", "currency"), "code"),
        Column(
            "frame agreement costs",
            ("signing_fee", "amount"),
            "number",
            f"{MONEY}in its currency",
            short=True,
            currency="agreement currency",
        ),
        Column("agreement currency", ("signing_fee", "currency"), "code"),
        Column(
            "each order costs",
            ("order_fee", "amount"),
            "number",
            f"{MONEY}in its currency",
            short=True,
            currency="order currency",
        ),
        Column("order currency", ("order_fee", "currency"), "code"),
        Column("slots per", ("slots", "per"), "choice", choices=WINDOWS, note="The numbers stand in the sheet Slots."),
        Column("rivals take", ("rival_claims", "share"), "share", "of what is free"),
        Column("rivals take per", ("rival_claims", "per"), "choice", choices=WINDOWS),
        Column("installed at one time", ("install_limit", "units"), "whole", "units"),
        Column("class default", ("class_default",), "text"),
        Column("note", ("note",), "text"),
    ),
)

QUALIFICATION = Table(
    "Qualification",
    "Qualifying one process step of a supplier.",
    InnerEntries("suppliers", "process_qualification", "supplier"),
    (
        Column("supplier", (), "code", key=True, refers="Suppliers"),
        Column("step", (), "code", key=True),
        Column("takes", ("duration",), "length"),
        Column("costs", ("cost", "amount"), "number", f"{MONEY}in its currency", short=True, currency="currency"),
        Column("currency", ("cost", "currency"), "code"),
        Column("qualified already", ("qualified",), "flag"),
    ),
)

RESOURCES = Table(
    "Resources",
    "Pools of slots that several offers share.",
    Items("resources"),
    (
        Column("resource", ("id",), "code", key=True),
        Column("slots per", ("slots", "per"), "choice", choices=WINDOWS, note="The numbers stand in the sheet Slots."),
        Column("rivals take", ("rival_claims", "share"), "share", "of what is free"),
        Column("rivals take per", ("rival_claims", "per"), "choice", choices=WINDOWS),
        Column("note", ("note",), "text"),
    ),
)

SLOTS = Table(
    "Slots",
    "Delivery slots: how many units can ship in each window; each number holds until the next period given.",
    SlotRows(),
    (
        Column("of", (), "choice", key=True, choices=tuple(OWNERS)),
        Column("id", (), "code", key=True),
        Column("from", (), "period", key=True, blank=True, note="2026, 2026-Q1 or 2026-01; empty: always."),
        Column("slots", (), "number", "per window"),
        Column("window", ("..", "per"), "text", shown=True, note="Change it in the sheet of its owner."),
    ),
)
