"""Every capacity gap of one future with all its reasons: as plain JSON data, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from planner.explain.explanation import Explanation
from planner.explain.shortfall.proof import add_proofs
from planner.explain.shortfall.reason import Gap, Reason
from planner.report.saying import list_of, say
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit
from planner.report.words.catalogue import Language, read_text

TEXT = {"en": "text", "ja": "japanese"}
"""Where the words of a language stand in the data."""


def gaps_data(view: View, explanation: Explanation | None = None) -> list[dict[str, Any]]:
    """Every gap of the view's future, names masked. With an ``explanation`` reasons say what giving way there saves."""
    gaps = view.gaps if explanation is None else add_proofs(view.gaps, explanation)
    return [_gap(gap, view) for gap in gaps]


def _gap(gap: Gap, view: View) -> dict[str, Any]:
    return {
        "demand": view.mask.text(gap.demand), "period": gap.period, "mw": gap.mw, "target": gap.target,
        "steps": [view.mask.text(step) for step in gap.steps],
        "reasons": [_reason(reason, view) for reason in gap.reasons],
    }  # fmt: skip


def _reason(reason: Reason, view: View) -> dict[str, Any]:
    saved = reason.solved
    return {
        "cause": reason.cause, "subject": view.mask.text(reason.subject), "windows": list(reason.windows),
        "text": say(reason.says, view), "japanese": say(reason.says, view, "ja"),
        "offers": [view.mask.offer(offer) for offer in reason.offers], "more_mw": reason.more_mw, "alone": reason.alone,
        "saves": saved.value if saved is not None and saved.verdict in ("differs", "nothing") else None,
    }  # fmt: skip


def gaps_table(view: View, language: Language = "en", explanation: Explanation | None = None) -> Table:
    """Every gap of the view's future, a row for each reason."""
    return table_of_gaps(gaps_data(view, explanation), money_unit(view.scenario.money), language)


def table_of_gaps(gaps: Sequence[dict[str, Any]], money: str, language: Language = "en") -> Table:
    """The same from what ``gaps_data`` gave; demands are named where there are several."""
    several = len({gap["demand"] for gap in gaps}) > 1
    columns = (
        Column("period", "Period"), Column("gap_mw", "Capacity gap", "mw", "MW a year"), Column("cause", "Cause"),
        Column("reason", "Reason"), Column("offers", "Equipment"), Column("more_mw", "One unit more gives", "mw", "MW a year"),
        Column("saves", "Giving way saves", "money", money), Column("steps", "Held up by"), Column("demand", "Demand"),
    )  # fmt: skip
    rows = tuple(row for gap in gaps for row in _rows(gap, several, language))
    return Table("Gaps", "What holds the ramp back?", columns, rows)


def _rows(gap: dict[str, Any], several: bool, language: Language) -> Iterable[tuple[Cell, ...]]:
    steps, demand = list_of(gap["steps"], language), gap["demand"] if several else ""
    for one in gap["reasons"]:
        cause = read_text(f"cause_{one['cause'].replace(' ', '_')}", language)
        what = (cause, one[TEXT[language]], list_of(one["offers"], language), one["more_mw"] or None, one["saves"])
        yield (gap["period"], gap["mw"], *what, steps, demand)
    if not gap["reasons"]:
        yield (gap["period"], gap["mw"], None, None, None, None, None, steps, demand)
