"""The playbook: for every piece of news and its dates what to do then, until when, and what it costs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from planner.report.play_words import (
    news_part,
    say_agreements,
    say_blows,
    say_event,
    say_news,
    say_orders,
    say_play,
    say_short,
    say_switches,
    say_timing,
    say_until,
    say_watch,
)
from planner.report.plays import Play, find_days, find_plays
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit

BASE = "More than if nothing happens, on average over all that may still follow; discounted."
MOST_UPON = 40


def playbook_table(view: View) -> Table:
    """Every single piece of news by its dates, then news upon news: what changes against the plan without that news."""
    plays = find_plays(view)
    shown = [play for play in plays if play.first]
    upon = sorted((play for play in plays if not play.first), key=lambda play: -play.probability)
    shown += [play for play in plays if play in upon[:MOST_UPON]]
    money = money_unit(view.scenario.money)
    columns = (
        Column("after", "After"),
        Column("news", "News"),
        Column("when", "Comes in"),
        Column("probability", "Chance", "share"),
        Column("hit", "Hits earlier orders"),
        Column("agreements", "Qualify and sign"),
        Column("switch", "Switch"),
        Column("order", "Order in addition"),
        Column("drop", "Do not order"),
        Column("timing", "The same at another time or site"),
        Column("until", "By when"),
        Column("cash", "Cash more", "money", money),
        Column("penalty", "Penalty more", "money", money),
        Column("gap", "Capacity gap more", "mw", "MW-years"),
        Column("watch", "Watch"),
    )
    left = len(plays) - len(shown)
    note = f"{BASE} {left} less likely cases of news upon news are in plan.json." if left else BASE
    return Table("Playbook", "What to do when news comes?", columns, tuple(_row(view, play) for play in shown), note)


def _row(view: View, play: Play) -> tuple[Cell, ...]:
    timing = say_timing(view, play.changes)
    return (
        say_news(view, play.before),
        say_news(view, play.news, " and "),
        play.spans,
        play.probability,
        say_blows(view, play),
        say_agreements(view, play.changes),
        say_switches(view, play.switches),
        say_orders(view, play, "more"),
        say_orders(view, play, "less"),
        f"only the timing differs: {timing}" if play.timing_only else timing if play.changes else "keep to the plan",
        say_until(view, play),
        play.extra["cash_cost"],
        play.extra["shortage_cost"],
        play.extra["shortage"],
        say_watch(view, play.news),
    )


def trigger_table(view: View, watch: bool = True) -> Table:
    """Single pieces of news, short: what to watch, what to do by when, what it costs.

    Without ``watch`` there is no column for what to watch: it stands below the table, once for each news.
    """
    money = money_unit(view.scenario.money)
    columns = (
        Column("news", "News"),
        Column("when", "Comes in"),
        Column("probability", "Chance", "share"),
        *([Column("watch", "Watch")] if watch else []),
        Column("until", "By when"),
        Column("do", "Do"),
        Column("cash", "Cash more", "money", money),
        Column("penalty", "Penalty more", "money", money),
    )
    plays = [play for play in find_plays(view) if play.first]
    rows = tuple(_trigger_row(view, play, watch) for play in plays)
    watched = {view.mask.text(news_part(view, p.news[0][0]).shown): say_watch(view, p.news) for p in plays}
    below = [f"To see {news} coming, watch: {signs}." for news, signs in watched.items() if signs and not watch]
    return Table("Triggers", "Which news calls for what?", columns, rows, "\n".join([BASE, *below]))


def _trigger_row(view: View, play: Play, watch: bool) -> tuple[Cell, ...]:
    signs: tuple[Cell, ...] = (say_watch(view, play.news),) if watch else ()
    costs = (play.extra["cash_cost"], play.extra["shortage_cost"])
    return (
        say_news(view, play.news), play.spans, play.probability, *signs, say_until(view, play), say_short(view, play), *costs,
    )  # fmt: skip


def playbook_data(view: View) -> list[dict[str, Any]]:
    """The plays as JSON data, ids and all; names are masked by whoever writes them."""
    return [_play_data(view, play) for play in find_plays(view)]


def _play_data(view: View, play: Play) -> dict[str, Any]:
    days = [found for reaction in play.reactions if (found := find_days(reaction))]
    return {
        "after": [{"source": source, "outcome": outcome} for source, outcome in play.before],
        "news": [{"source": source, "outcome": outcome} for source, outcome in play.news],
        "says": say_event(view, play),
        "when": play.spans,
        "probability": play.probability,
        "watch": say_watch(view, play.news),
        "do": say_play(view, play),
        "timing_only": play.timing_only,
        "hit": say_blows(view, play),
        "switches": [{"step": s.step, "from": list(s.gone), "to": list(s.come), "mw": s.mw} for s in play.switches],
        "first_day": _text(min((first for first, _ in days), default=None)),
        "last_day": _text(max((last for _, last in days), default=None)),
        "extra": play.extra,
        "dates": [
            {
                "node": reaction.node,
                "period": reaction.period,
                "probability": reaction.probability,
                "extra": reaction.extra,
                "changes": [asdict(change) for change in reaction.changes],
                "hit": [asdict(blow) for blow in reaction.blows],
            }
            for reaction in play.reactions
        ],
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
