"""The points of a trade-off as a table in the session's language."""

from __future__ import annotations

from planner.app.panels.trade_words import say_axis
from planner.app.words.words import t
from planner.report.axes import KINDS, unit_of_axis
from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table
from planner.studies.frontier.points import Frontier

WIDTHS = {
    "number": 52, "against": 150, "of": 125, "step": 140, "verdict": 175, "signed": 220, "bound": 150, "gap": 80,
}  # fmt: skip
"""Pixels of the columns."""


def points_table(found: Frontier, mask: Mask) -> Table:
    """One row a point, from the least of the second measure to the least of the first."""
    scenario, of, against = found.scenario, found.of, found.against
    money = unit_of_axis(of, scenario)
    columns = (
        Column("number", t("trade.col_number"), "units"),
        Column("against", say_axis(against, scenario, mask), KINDS[against.unit], unit_of_axis(against, scenario)),
        Column("of", say_axis(found.of, scenario, mask), "money", money),
        Column("step", t("trade.col_step"), "money", money),
        Column("verdict", t("trade.col_verdict")),
        Column("signed", t("trade.col_signed")),
        Column("bound", t("trade.col_bound"), "money", money),
        Column("gap", t("trade.col_gap"), "share"),
    )
    rows = tuple(_row(found, place, mask) for place in range(len(found.points)))
    return Table("Trade-off", "What does less of the second measure cost?", columns, rows)


def _row(found: Frontier, place: int, mask: Mask) -> tuple[Cell, ...]:
    point = found.points[place]
    marks = []
    if point.end:
        marks.append(t("trade.end_of" if point.end == "least of" else "trade.end_against"))
    if place == found.knee:
        marks.append(t("trade.knee"))
    if point.step and not point.step.distinct:
        marks.append(t("trade.not_distinct"))
    comma = t("plan.list_comma")
    step = point.step.value if point.step else None
    signed = comma.join(_name(found, name, mask) for name in point.signed) or t("trade.nobody")
    return place + 1, point.against, point.of, step, comma.join(marks), signed, point.bound, point.gap


def _name(found: Frontier, supplier: str, mask: Mask) -> str:
    return mask.supplier(supplier) if mask.hides(supplier) else found.scenario.supplier[supplier].name or supplier
