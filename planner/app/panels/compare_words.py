"""A comparison in words, in the session's language."""

from __future__ import annotations

from collections.abc import Mapping

from planner.app.panels.phrases import bare, units_of
from planner.app.plain import label
from planner.app.words.words import t
from planner.plan.difference import Change
from planner.report.compare_words import is_cent, show_amount
from planner.report.comparison import Comparison, Versus
from planner.report.table import Cell, Column, Table

WAYS = {"more": "added", "less": "dropped", "time": "moved", "ships": "moved", "site": "moved"}


def say_difference(found: Comparison, pair: Versus) -> str:
    """By how much the second costs more or less, or that the gaps of the two cannot tell; safe where Markdown is read."""
    one, two = found.sides[pair.first], found.sides[pair.second]
    names = {"first": label(one.name), "second": label(two.name)}
    if pair.difference is None:
        missing = next(side for side in (one, two) if "weighted_cost" not in side.measures)
        return t("compare.no_plan", name=label(missing.name))
    if (one.currency, one.unit) != (two.currency, two.unit):
        return t("compare.other_money", **names)
    apart = label(show_amount(abs(pair.difference), two))
    if pair.room is None:
        key = "compare.more_open" if pair.difference > 0 else "compare.less_open"
        return t(key, amount=apart, **names)
    room = label(show_amount(pair.room, two))
    if pair.equal:
        return t("compare.equal", amount=apart, room=room, **names)
    return t("compare.more" if pair.difference > 0 else "compare.less", amount=apart, room=room, **names)


def say_parts(found: Comparison, pair: Versus) -> str:
    """The largest parts of the difference, in one sentence; empty where there is no bridge."""
    if pair.bridge is None:
        return ""
    two = found.sides[pair.second]
    ranked = sorted(pair.bridge.parts.items(), key=lambda part: -abs(part[1]))
    told = [
        t("compare.part_is", part=t(f"compare.part_{name}"), amount=label(show_amount(amount, two, sign=True)))
        for name, amount in ranked
        if is_cent(amount, two)
    ]
    return t("compare.made_of", parts=t("plan.list_comma").join(told)) if told else t("compare.no_parts")


def moved_table(pair: Versus, names: Mapping[str, str], units: Mapping[str, str]) -> Table:
    """What the second plan decides otherwise, one row a decision: added, dropped or moved, and then what it was before.

    ``names`` of suppliers and ``units`` of offers, by ids as they may be shown.
    """
    keys = ("way", "supplier", "decision", "period", "before", "ships", "site")
    columns = tuple(Column(key, "Supplier" if key == "supplier" else t(f"compare.col_{key}")) for key in keys)
    rows = tuple(_row(one.change, names, units) for one in pair.moved)
    return Table("Moved", "What does the second do otherwise?", columns, rows)


def _row(change: Change, names: Mapping[str, str], units: Mapping[str, str]) -> tuple[Cell, ...]:
    if change.action == "order":
        unit = units.get(change.offer, "")
        decision = t("compare.lot", units=bare(units_of(change.units, change.units, unit)), offer=change.offer)
    else:
        decision = t(f"compare.do_{change.action}")
    return (
        t(f"compare.way_{WAYS[change.way]}"), names.get(change.supplier, change.supplier), decision, change.period,
        change.instead, change.ships, change.site,
    )  # fmt: skip
