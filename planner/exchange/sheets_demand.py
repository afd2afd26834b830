"""The sheets of what is asked: demands and their targets by period."""

from __future__ import annotations

from planner.exchange.columns import MONEY, Column, Table
from planner.exchange.rows import Items
from planner.exchange.series import TargetRows

PER = ("GW-year", "MW-year")

DEMAND = Table(
    "Demand",
    "Capacity wanted and what a gap costs; the wanted numbers stand in the sheet Targets.",
    Items("demand"),
    (
        Column("demand", ("id",), "code", key=True),
        Column("sites", ("sites",), "codes", refers="Sites", note="With commas between them."),
        Column("must be met", ("hard",), "flag"),
        Column("between periods", ("target_mw", "interpolate"), "choice", choices=("step", "linear")),
        Column("gap costs", ("shortage_cost", "amount"), "number", f"{MONEY}per GW-year or MW-year", currency="gap currency"),
        Column("gap per", ("shortage_cost", "per"), "choice", choices=PER),
        Column("gap currency", ("shortage_cost", "currency"), "code"),
        Column(
            "surplus costs", ("surplus_cost", "amount"), "number", f"{MONEY}per GW-year or MW-year", currency="surplus currency"
        ),
        Column("surplus per", ("surplus_cost", "per"), "choice", choices=PER),
        Column("surplus currency", ("surplus_cost", "currency"), "code"),
        Column("goes on after the calendar", ("continues",), "length"),
        Column("load factor", ("data_centre", "load_factor"), "share"),
        Column("capacity factor", ("data_centre", "capacity_factor"), "share"),
        Column("DC per AC", ("data_centre", "dc_ac_ratio"), "number"),
        Column("note", ("note",), "text"),
    ),
)

TARGETS = Table(
    "Targets",
    "Wanted capacity by period; each number holds until the next period given.",
    TargetRows(),
    (
        Column("demand", (), "code", key=True, refers="Demand"),
        Column("what", (), "choice", key=True, choices=("target", "load")),
        Column("from", (), "period", key=True, blank=True, note="2026, 2026-Q1 or 2026-01; empty: always."),
        Column("amount", (), "number", "MW per year; load: MW"),
    ),
)
