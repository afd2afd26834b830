"""The playbook as a table in the session's language: one row per play."""

from __future__ import annotations

from collections.abc import Sequence

from planner.app.panels.phrases import bare, sentence
from planner.app.panels.play_words import brief_moves, say_play_news
from planner.report.moves import find_until
from planner.report.plays import Play
from planner.report.table import Cell, Column, Table
from planner.report.view import View


def plays_table(view: View, plays: Sequence[Play]) -> Table:
    """News, when, chance, what to do by when, and what it costs more than if nothing happens; in the order of ``plays``.

    Money is in the scenario's unit, which stands above the table.
    """
    columns = (
        Column("news", "News"),
        Column("when", "Comes in"),
        Column("probability", "Chance", "share"),
        Column("do", "What to do"),
        Column("until", "By when", "day"),
        Column("cash", "Cash", "money"),
        Column("penalty", "Penalty", "money"),
    )
    return Table("Playbook", "What to do when news comes?", columns, tuple(_row(view, play) for play in plays))


def _row(view: View, play: Play) -> tuple[Cell, ...]:
    costs = (play.extra[key] for key in ("cash_cost", "shortage_cost"))
    until = find_until(view, play)
    return (
        say_play_news(view, play), play.spans.replace(" to ", "–"), play.probability, sentence(bare(brief_moves(view, play))),
        until.last if until else None, *costs,
    )  # fmt: skip
