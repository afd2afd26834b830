"""Why a ramp is missed: the reasons of its capacity gaps in sentences, and all of them as a table."""

from __future__ import annotations

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.find import find_widest
from planner.explain.shortfall.reason import Gap, Reason
from planner.report.saying import Escape, list_of, say
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.report.words.catalogue import Language, read_text

MOST = 3
"""Reasons told of a gap where there is room for a few; the table holds all."""


def explain_gaps(view: View, language: Language = "en", escape: Escape = str) -> list[str]:
    """What keeps each demand from its target where the gap is widest; nothing where there is none."""
    space = " " if language == "en" else ""
    return [space.join(say(one, view, language, escape) for one in told) for told in _find_told(view)]


def find_told(view: View) -> list[Sentence]:
    """The same as sentences, one after the other."""
    return [sentence for told in _find_told(view) for sentence in told]


def _find_told(view: View) -> list[list[Sentence]]:
    several = len({gap.demand for gap in view.gaps}) > 1
    return [_told(gap, several) for gap in find_widest(view.gaps) if gap.reasons]


def _told(gap: Gap, several: bool) -> list[Sentence]:
    when = {"period": Value("period", gap.period, "plan.shortage")}
    if several:
        when["demand"] = Value("demand", gap.demand, "plan.shortage")
    shown = _foremost(gap.reasons)
    more = len(gap.reasons) - len(shown)
    rest = [Sentence("gap_more", {"count": Value("count", more, "reasons")})] if more else []
    return [Sentence("gap_lead_of" if several else "gap_lead", when), *(reason.says for reason in shown), *rest]


def _foremost(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The first reason of every cause, those of offers that would be in time before the others, told in their order."""
    ranked = sorted(reasons, key=lambda reason: reason.more_mw <= 0 < len(reason.offers))
    again = {id(reason): any(r.cause == reason.cause for r in ranked[:i]) for i, reason in enumerate(ranked)}
    chosen = sorted(ranked, key=lambda reason: again[id(reason)])[:MOST]
    return tuple(reason for reason in reasons if reason in chosen)


def gaps_table(view: View, language: Language = "en") -> Table:
    """Every gap of the future looked at with each of its reasons, a row each; demands are named where there are several."""
    several = len(view.scenario.demand) > 1
    rows = [_row(gap, reason, view, language, several) for gap in view.gaps for reason in gap.reasons or (None,)]
    columns = (
        Column("period", "Period"),
        Column("gap_mw", "Capacity gap", "mw", "MW a year"),
        Column("cause", "Cause"),
        Column("reason", "Reason"),
        Column("offers", "Equipment"),
        Column("more_mw", "One unit more gives", "mw", "MW a year"),
        Column("steps", "Held up by"),
        Column("demand", "Demand"),
    )
    return Table("Gaps", "What holds the ramp back?", columns, tuple(rows))


def _row(gap: Gap, reason: Reason | None, view: View, language: Language, several: bool) -> tuple[Cell, ...]:
    last = (list_of(map(view.mask.text, gap.steps), language), gap.demand if several else "")
    if reason is None:
        return (gap.period, gap.mw, None, None, None, None, *last)
    cause = read_text(f"cause_{reason.cause.replace(' ', '_')}", language)
    offers = list_of(map(view.mask.offer, reason.offers), language)
    return (gap.period, gap.mw, cause, say(reason.says, view, language), offers, reason.more_mw or None, *last)
