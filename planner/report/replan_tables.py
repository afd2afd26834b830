"""Planning anew in tables: the ways to go on, the cost bridges, what moves, what is held."""

from __future__ import annotations

from planner.report.agreements import first_day
from planner.report.compare_tables import bridge_table, makers_table, moved_table, sides_table
from planner.report.replan_words import WAYS
from planner.report.replanning import Replanning
from planner.report.table import Cell, Column, Table
from planner.report.view import SHORT

STANDS_AS = {
    "decision": "as planned",
    "contract": "signed contract, at the terms agreed",
    "written": "signed contract of today's scenario",
}


def replan_tables(found: Replanning) -> list[Table]:
    """Every table, most important first."""
    moved = [moved_table(found.comparison, pair) for pair in found.comparison.pairs[:1]]
    tables = [ways_table(found), bridge_table(found.comparison), *moved, sides_table(found.comparison)]
    return [*tables, makers_table(found.comparison, "suppliers"), held_table(found)]


def ways_table(found: Replanning) -> Table:
    """What each way to go on costs and changes."""
    side = found.comparison.sides[0]
    money = f"{side.currency}{SHORT[side.unit]}"
    columns = (
        Column("way", "Way"), Column("cost", "Cost", "money", money), Column("gap", "Proven gap", "share"),
        Column("moved", "Dropped or moved", "units", "units"), Column("charge", "Counts for", "money", money),
        Column("total", "In all", "money", money), Column("note", "Note"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            WAYS[way.kind], way.cost, way.gap, way.moved, way.charge, way.total,
            "followed" if way.kind == found.chosen else way.reason if way.total is None else "",
        )
        for way in found.ways
    ]  # fmt: skip
    if not any(way.kind == "kept" for way in found.ways):
        rows.insert(0, (WAYS["kept"], None, None, None, None, None, "cannot be kept"))
    return Table("Ways", "Keep to the approved plan, or plan anew?", columns, tuple(rows))


def held_table(found: Replanning) -> Table:
    """What was signed and ordered before the day, and how it stands in the question."""
    columns = (
        Column("day", "Day", "day"), Column("kind", "What"), Column("supplier", "Supplier"), Column("offer", "Equipment"),
        Column("units", "Units", "units"), Column("site", "Site"), Column("ships", "Ships"), Column("stands_as", "Held"),
    )  # fmt: skip
    kinds = {"qualify": "supplier qualification", "sign": "frame agreement", "order": "purchase order"}
    rows: list[tuple[Cell, ...]] = [
        (
            first_day(one.period), kinds[one.kind], one.supplier, one.offer, one.units if one.kind == "order" else None, one.site,
            one.ships, STANDS_AS[one.stands_as],
        )
        for one in found.happened
    ]  # fmt: skip
    return Table("Held", f"What is held from before {found.as_of}?", columns, tuple(rows))
