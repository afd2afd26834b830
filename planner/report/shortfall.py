"""Why a ramp is missed, in a few sentences: the foremost reasons of its widest capacity gaps."""

from __future__ import annotations

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.find import find_widest
from planner.explain.shortfall.reason import Gap, Reason
from planner.report.saying import Escape, say
from planner.report.view import View
from planner.report.words.catalogue import Language

MOST = 3
"""Reasons told of a gap where there is room for a few; the table holds all."""


def explain_gaps(view: View, language: Language = "en", escape: Escape = str) -> list[str]:
    """What keeps each demand from its target where the gap is widest; nothing where there is none."""
    space = " " if language == "en" else ""
    return [space.join(say(one, view, language, escape) for one in told) for told in _find_told(view)]


def list_gaps(view: View, language: Language = "en", escape: Escape = str) -> list[tuple[str, list[str]]]:
    """The widest gap of every demand, and all of its reasons."""
    several = len({gap.demand for gap in view.gaps}) > 1
    return [
        (say(_lead(gap, several), view, language, escape), [say(r.says, view, language, escape) for r in gap.reasons])
        for gap in find_widest(view.gaps)
        if gap.reasons
    ]


def find_told(view: View) -> list[Sentence]:
    """The same as sentences, one after the other."""
    return [sentence for told in _find_told(view) for sentence in told]


def _find_told(view: View) -> list[list[Sentence]]:
    several = len({gap.demand for gap in view.gaps}) > 1
    return [_told(gap, several) for gap in find_widest(view.gaps) if gap.reasons]


def _lead(gap: Gap, several: bool) -> Sentence:
    when = {"period": Value("period", gap.period, "plan.shortage")}
    if several:
        when["demand"] = Value("demand", gap.demand, "plan.shortage")
    return Sentence("gap_lead_of" if several else "gap_lead", when)


def _told(gap: Gap, several: bool) -> list[Sentence]:
    shown = _foremost(gap.reasons)
    more = len(gap.reasons) - len(shown)
    rest = [Sentence("gap_more", {"count": Value("count", more, "reasons")})] if more else []
    return [_lead(gap, several), *(reason.says for reason in shown), *rest]


def _foremost(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The first reason of every cause, those of offers that would be in time before the others, told in their order."""
    ranked = sorted(reasons, key=lambda reason: reason.more_mw <= 0 < len(reason.offers))
    again = {id(reason): any(r.cause == reason.cause for r in ranked[:i]) for i, reason in enumerate(ranked)}
    chosen = sorted(ranked, key=lambda reason: again[id(reason)])[:MOST]
    return tuple(reason for reason in reasons if reason in chosen)
