"""An explanation's names, amounts and tables in the session's language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planner.app.panels.phrases import word
from planner.app.panels.shown import Sheet
from planner.app.words.words import language, t
from planner.explain.amounts import Other
from planner.explain.explanation import RulePrice
from planner.explain.sentence import Sentence, Value
from planner.plan.difference import Change
from planner.report.saying import list_of, say
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.report.why_brief.pieces import lot, span
from planner.report.why_brief.rules import name_rule
from planner.report.why_words import Naming
from planner.report.words.catalogue import find_language

WORDS = ("verdict", "turn", "way", "supplier", "window")
"""Columns whose cells may be words of the planner."""
MOST_CHANGES = 4
HOLDS = re.compile(r"(at least )?(?:only )?(?:the first ?([\d.,]*)|([\d.,]+) to ([\d.,]+) together)")


@dataclass(frozen=True)
class ScreenNaming(Naming):
    """Says what is done otherwise in the session's language."""

    view: View

    def suppliers(self, suppliers: tuple[str, ...]) -> str:
        """Several names, in order."""
        chosen = find_language(language())
        return list_of(sorted(map(self.supplier, suppliers)), chosen) if suppliers else t("why.nobody")

    def changes(self, other: Other) -> str:
        """Whom to sign, then orders, the most units first."""
        chosen = find_language(language())
        signs = [s for way in ("more", "less") if (s := _signings(other.changes, way))]
        orders = [_order(self, change) for change in _by_size(other.changes)]
        said = [say(sentence, self.view, chosen) for sentence in (*signs, *orders[:MOST_CHANGES])]
        if len(orders) > MOST_CHANGES:
            said.append(t("why.more_changes", count=len(orders) - MOST_CHANGES))
        return t("plan.list_semicolon").join(said)


def open_naming(sheet: Sheet) -> ScreenNaming:
    """The names of the plan on the screen."""
    return ScreenNaming(sheet.view.scenario, sheet.view.mask, sheet.view)


def _signings(changes: tuple[Change, ...], way: str) -> Sentence | None:
    names = tuple(sorted({one.supplier for one in changes if (one.action, one.way) == ("sign", way)}))
    return Sentence("do_sign" if way == "more" else "do_do_not_sign", {"who": Value("supplier", names)}) if names else None


def _by_size(changes: tuple[Change, ...]) -> list[Change]:
    found = [one for one in changes if one.action == "order" and one.way in ("more", "less")]
    return sorted(found, key=lambda one: (-one.units, one.offer, one.ships))


def _order(naming: Naming, change: Change) -> Sentence:
    known = naming.scenario.offer.get(change.offer)
    values = {
        "units": lot(change.units, change.units, known.unit if known else "unit", ""),
        "offer": Value("offer", change.offer),
        "ships": span(change.ships, change.ships, ""),
    }
    return Sentence("do_order" if change.way == "more" else "do_do_not_order", values)


def say_rule(price: RulePrice, view: View) -> str:
    """A rule, or a kind of rules, in words."""
    if price.members:
        return t("why.rules_all", rules=word("why.rules", price.family), count=len(price.members))
    return say(name_rule(view.scenario, price, "rule_name", {}), view, find_language(language()))


def translate(table: Table) -> Table:
    """Headings, units and the planner's own words in cells; names and numbers stay."""
    columns = tuple(replace(c, title=word("why.col", c.title), unit=word("why.unit", c.unit)) for c in table.columns)
    rows = tuple(tuple(_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _cell(cell: Cell, column: Column) -> Cell:
    if not isinstance(cell, str):
        return cell
    if column.key == "holds":
        return _holds(cell)
    return word("why.cell", cell) if column.key in WORDS else cell


def _holds(text: str) -> str:
    """``the first 2``, ``at least the first 8``, ``only 4 to 5 together``."""
    found = HOLDS.fullmatch(text)
    if found is None:
        return text
    least, first, low, high = found.groups()
    said = t("why.holds_together", low=low, high=high) if low else t("why.holds_first", count=first or "1")
    return t("why.holds_at_least", what=said) if least else said
