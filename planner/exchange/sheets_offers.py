"""The sheets of the offers: terms, capacity by step, prices by period or site, shared resources."""

from __future__ import annotations

from planner.exchange.columns import MONEY, Column, Table
from planner.exchange.rows import InnerEntries, InnerItems, Items
from planner.exchange.series import PriceRows
from planner.exchange.sheets_suppliers import WINDOWS

RULES = ("EXW", "FCA", "FAS", "FOB", "CPT", "CIP", "CFR", "CIF", "DAP", "DPU", "DDP")
PER_UNIT = f"{MONEY}per unit in its currency"

OFFERS = Table(
    "Offers",
    "Ways to buy equipment: who, what, price, times, terms.",
    Items("offers"),
    (
        Column("offer", ("id",), "code", key=True),
        Column("supplier", ("supplier",), "code", refers="Suppliers"),
        Column("unit", ("unit",), "text"),
        Column("price", ("price", "amount"), "number", PER_UNIT, short=True, series=True, currency="price currency"),
        Column("price currency", ("price", "currency"), "code", note="Empty: the scenario's own currency."),
        Column("price rises", ("price", "escalation"), "share", "per year"),
        Column("price as of", ("price", "as_of"), "day"),
        Column("incoterm", ("incoterm", "rule"), "choice", choices=RULES),
        Column("incoterm place", ("incoterm", "place"), "text"),
        Column("freight", ("freight", "amount"), "number", PER_UNIT, short=True, series=True, currency="freight currency"),
        Column("freight currency", ("freight", "currency"), "code"),
        Column("lead time", ("lead_time",), "length", "order to ready for shipment"),
        Column("transit time", ("transit_time",), "length"),
        Column("installation takes", ("install_time",), "length"),
        Column("taking down takes", ("deinstall_time",), "length"),
        Column("order ahead", ("order_ahead",), "length"),
        Column("price holds", ("price_hold",), "length"),
        Column("valid from", ("valid", "from"), "day"),
        Column("valid until", ("valid", "until"), "day"),
        Column("paid at order", ("payment", "order"), "share", "of the price"),
        Column("paid at factory test", ("payment", "fat"), "share", "of the price"),
        Column("paid at shipment", ("payment", "shipment"), "share", "of the price"),
        Column("paid at arrival", ("payment", "arrival"), "share", "of the price"),
        Column("paid at acceptance", ("payment", "acceptance"), "share", "of the price"),
        Column("kept back", ("payment", "retention", "share"), "share", "of the price"),
        Column("kept back for", ("payment", "retention", "after"), "length"),
        Column("secured", ("payment", "secured"), "share", "of what was paid"),
        Column("cell efficiency", ("cell_efficiency",), "share"),
        Column("ramp months", ("ramp", "months"), "numbers", note="Months since acceptance, such as 2; 4"),
        Column("ramp shares", ("ramp", "share"), "numbers", "of the full rate", note="One for each month, such as 0.4; 0.75"),
        Column("slots per", ("slots", "per"), "choice", choices=WINDOWS, note="The numbers stand in the sheet Slots."),
        Column("slots of the supplier", ("slot_use",), "number", "per unit"),
        Column("rivals take", ("rival_claims", "share"), "share", "of what is free"),
        Column("rivals take per", ("rival_claims", "per"), "choice", choices=WINDOWS),
        Column("units there are", ("available_units",), "whole", "units"),
        Column("smallest order", ("min_order",), "number", "units"),
        Column("places in installation", ("install_use",), "number", "per unit"),
        Column("condition", ("condition",), "choice", choices=("new", "used")),
        Column("divisible", ("divisible",), "flag"),
        Column("origin", ("origin",), "code", note="Country that counts for duty; empty: the supplier's."),
        Column("ships from", ("ships_from",), "code", note="Empty: the supplier's country."),
        Column("storage", ("storage", "amount"), "number", f"{MONEY}per unit and month", currency="storage currency"),
        Column("storage per", ("storage", "per"), "choice", choices=("month",)),
        Column("storage currency", ("storage", "currency"), "code"),
        Column("sites", ("sites",), "codes", refers="Sites", note="With commas between them; empty: all."),
        Column("tags", ("tags",), "codes", note="With commas between them."),
        Column("note", ("note",), "text"),
    ),
)

COVERS = Table(
    "Covers",
    "What one unit gives each process step: MW per year, or wafers per hour.",
    InnerEntries("offers", "covers", "offer"),
    (
        Column("offer", (), "code", key=True, refers="Offers"),
        Column("step", (), "code", key=True),
        Column("capacity", ("mw",), "number", "MW per year and unit", short=True),
        Column("wafers", ("wafers_per_hour",), "number", "per hour"),
        Column("uptime", ("uptime",), "share"),
        Column("yield", ("yield",), "share"),
        Column("cell power", ("cell_watts",), "number", "W per cell"),
    ),
)

PRICES = Table(
    "Prices",
    "Prices and freight that differ by period or site; plain ones stand in the sheet Offers.",
    PriceRows(),
    (
        Column("offer", (), "code", key=True, refers="Offers"),
        Column("what", (), "choice", key=True, choices=("price", "freight")),
        Column("site", (), "code", key=True, blank=True, refers="Sites", note="Empty: all sites."),
        Column("from", (), "period", key=True, blank=True, note="2026, 2026-Q1 or 2026-01; empty: always."),
        Column("amount", (), "number", PER_UNIT),
    ),
)

RESOURCE_USE = Table(
    "Resource use",
    "Slots of shared resources that one unit of an offer takes.",
    InnerItems("offers", "resources", "offer", "resource"),
    (
        Column("offer", (), "code", key=True, refers="Offers"),
        Column("resource", ("resource",), "code", key=True, refers="Resources"),
        Column("slots", ("units",), "number", "per unit"),
    ),
)
