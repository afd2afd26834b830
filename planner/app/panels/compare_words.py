"""A comparison in words, in the session's language."""

from __future__ import annotations

from collections.abc import Mapping

from planner.app.panels.phrases import bare, units_of
from planner.app.plain import label
from planner.app.words.words import t
from planner.plan.difference import Change
from planner.report.compare_words import is_cent, show_amount
from planner.report.comparison import Comparison, Versus
from planner.report.table import Column, Table

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
    """What the second plan decides otherwise: added, dropped or moved, who, and the decision in words.

    ``names`` of suppliers and ``units`` of offers, by ids as they may be shown.
    """
    rows = tuple(
        (t(f"compare.way_{WAYS[one.change.way]}"), names.get(one.change.supplier, one.change.supplier),
         say_change(one.change, units.get(one.change.offer, "")))
        for one in pair.moved
    )  # fmt: skip
    columns = (Column("way", t("compare.col_way")), Column("supplier", "Supplier"), Column("says", t("compare.col_decision")))
    return Table("Moved", "What does the second do otherwise?", columns, rows)


def say_change(change: Change, unit: str) -> str:
    """One decision in words; plain text."""
    values = {"period": change.period, "instead": change.instead, "ships": change.ships, "site": change.site}
    if change.action != "order":
        return t(f"compare.move_{change.action}_{change.way}", **values)
    what = bare(units_of(change.units, change.units, unit))
    return t(f"compare.move_order_{change.way}", what=what, offer=change.offer, **values)
