"""The assumption register as a table: where every number comes from, and which numbers do not say."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table
from planner.scenario.register import build_register, find_unsourced
from planner.scenario.scenario import Scenario

COLUMNS = (
    Column("part", "Part"),
    Column("id", "Of"),
    Column("field", "Field"),
    Column("value", "Value"),
    Column("kind", "Is"),
    Column("low", "Low", "money"),
    Column("high", "High", "money"),
    Column("confidence", "Confidence"),
    Column("date", "Date"),
    Column("note", "Note"),
    Column("url", "Address"),
)


def register_table(scenario: Scenario, mask: Mask) -> Table:
    """Every source by field, then the numbers without one; nothing of a confidential supplier but that it is there."""
    hidden = {*mask.suppliers, *mask.offers, *(c.id for c in scenario.commitments if c.offer in mask.offers)}
    rows: list[tuple[Cell, ...]] = []
    for entry in build_register(scenario):
        open_ = entry.id not in hidden
        told = (entry.low, entry.high, entry.confidence, entry.date, mask.text(entry.note), entry.url) if open_ else _NOTHING
        value = mask.text(entry.value) if open_ else "masked"
        rows.append((entry.part, mask.text(entry.id), entry.field, value, entry.kind, *told))
    for number in find_unsourced(scenario):
        value = mask.text(number.value) if number.id not in hidden else "masked"
        rows.append((number.part, mask.text(number.id), number.field, value, "no source", *_NOTHING))
    return Table("Assumptions", "Where do the numbers come from?", COLUMNS, tuple(rows))


_NOTHING: tuple[Cell, ...] = (None, None, "", "", "", "")
