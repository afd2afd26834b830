"""The sheets of what may come: shocks, and reviews of export licences."""

from __future__ import annotations

from planner.exchange.columns import Column, Table
from planner.exchange.rows import Items

HIT_COLUMNS = (
    Column("hits countries", ("hits", "countries"), "codes"),
    Column("hits suppliers", ("hits", "suppliers"), "codes"),
    Column("hits groups", ("hits", "groups"), "codes"),
    Column("hits offers", ("hits", "offers"), "codes"),
    Column("hits steps", ("hits", "steps"), "codes"),
    Column("hits tags", ("hits", "tags"), "codes"),
    Column("hits sites", ("hits", "sites"), "codes"),
    Column("hits currencies", ("hits", "currencies"), "codes"),
)

SHOCKS = Table(
    "Shocks",
    "News that may come: chance, dates, whom it hits, what it changes.",
    Items("shocks"),
    (
        Column("shock", ("id",), "code", key=True),
        Column("name", ("name",), "text"),
        Column("chance", ("hazard_per_year",), "number", "per year"),
        Column("from", ("from",), "day"),
        Column("until", ("until",), "day", note="First day without it."),
        Column("date", ("date",), "day", note="With a chance on that day, in place of a chance per year."),
        Column("chance on that day", ("probability",), "share"),
        Column("lasts", ("lasts",), "text", note="Such as 9 months, or: for good."),
        *HIT_COLUMNS,
        Column("tags", ("tags",), "codes"),
        Column("shipments", ("shipments",), "choice", choices=("stopped",)),
        Column("refund", ("refund",), "share", "of what was paid"),
        Column("delay", ("delay",), "length"),
        Column("slots", ("slots_factor",), "number", "times"),
        Column("prices", ("price_factor",), "number", "times"),
        Column("duty added", ("duty_added",), "share", "of the price"),
        Column("targets", ("target_factor",), "number", "times"),
        Column("crews", ("crews_factor",), "number", "times"),
        Column("installation longer by", ("install_delay",), "length"),
        Column("output", ("output_factor",), "number", "times"),
        Column("rates of exchange", ("currency_factor",), "number", "times"),
        Column("what to watch", ("indicator",), "text"),
        Column("note", ("note",), "text"),
    ),
)

LICENCES = Table(
    "Licences",
    "Reviews of export licences: dates, and how likely each answer is.",
    Items("licences"),
    (
        Column("licence", ("id",), "code", key=True),
        Column("name", ("name",), "text"),
        *HIT_COLUMNS,
        Column("review takes", ("review",), "length"),
        Column("windows begin", ("windows",), "days", note="Dates such as 2026-04-01; 2026-11-10"),
        Column("granted", ("quick", "probability"), "share", "chance", short=True),
        Column("late", ("slow", "probability"), "share", "chance", short=True),
        Column("late by", ("slow", "delay"), "length"),
        Column("refused", ("refused", "probability"), "share", "chance", short=True),
        Column("what to watch", ("indicator",), "text"),
        Column("note", ("note",), "text"),
    ),
)
