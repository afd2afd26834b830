"""Clashes and ways out as tables."""

from __future__ import annotations

from planner.explain.conflict.found import Conflicts
from planner.report.conflict import Words
from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table
from planner.report.view import money_unit
from planner.scenario.scenario import Scenario

PROVEN = "The independent check has accepted every plan that stands behind a cost."
NEEDED = {True: "yes", False: "not proven"}
REMARKS = {True: "less may do", False: "not enough alone", None: "open"}


def conflict_tables(found: Conflicts, scenario: Scenario, mask: Mask) -> list[Table]:
    """Members of the clashes, then ways out; those without rows are left out."""
    words = Words(scenario, mask)
    return [table for table in (members_table(found, words), ways_table(found, words)) if table.rows]


def members_table(found: Conflicts, words: Words) -> Table:
    """Every rule of every clash, one row for each place its number stands at."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(number), words.member(member), *words.hidden(place), NEEDED[member.needed])
        for number, clash in enumerate(found.clashes, 1)
        for member in clash.members
        for place in member.places
    )  # fmt: skip
    columns = (
        Column("clash", "Clash"),
        Column("rule", "Rule"),
        Column("value", "Written"),
        Column("place", "Where"),
        Column("field", "Field"),
        Column("needed", "Needed for the clash"),
    )
    return Table("Clash", "Which rules cannot hold together?", columns, rows)


def ways_table(found: Conflicts, words: Words) -> Table:
    """Every way out, one row for each number it changes; what does not help is said so."""
    rows = list[tuple[Cell, ...]]()
    for way in found.ways:
        remark = "" if way.helps and way.least else REMARKS[way.helps]
        if not way.changes:
            rows.append((words.kind(way.rule), "", "", "", None, None, remark))
        for change in way.changes:
            before, after = (words.amount(value, change.unit) for value in (change.before, change.after))
            said = words.change(change), before, after or "given up"
            rows.append((words.kind(way.rule), *said, way.cost, way.bound, remark or way.reason))
    unit = money_unit(words.scenario.money)
    columns = (
        Column("kind", "By"),
        Column("change", "Change"),
        Column("before", "From"),
        Column("after", "To"),
        Column("cost", "Plan then costs", "money", unit),
        Column("bound", "At least", "money", unit),
        Column("remark", "Remark"),
    )
    return Table("Ways out", "What is the least change of each kind with which there is a plan?", columns, tuple(rows), PROVEN)
