"""What to do when news comes: the news that weighs most, the moves then, what that costs and how late things come."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.sentence import Sentence, Value
from planner.report.futures import weigh_play
from planner.report.moves import Blow, Move, find_moves, find_play_blows
from planner.report.plays import Play, find_plays
from planner.report.view import View
from planner.report.why_brief.pieces import change_of_money, lot, parts, span

MOST_NEWS, MOST_MOVES, MOST_BLOWS = 3, 3, 2
FIRST = ("qualify", "sign", "do not sign", "switch")
LEAST_GW_YEARS = 0.005
"""What is said of a gap in hundredths of a GW-year."""


def say_news(view: View) -> Iterator[Sentence]:
    """The plays that weigh most, each with its moves and its cost against nothing happening."""
    if not view.branches:
        return
    plays = [play for play in sorted(find_plays(view), key=weigh_play) if play.first]
    for play in plays[:MOST_NEWS]:
        yield from _play(view, play)
    if not plays:
        yield Sentence("brief_news_none", {})


def _play(view: View, play: Play) -> Iterator[Sentence]:
    news = {
        "news": Value("news", tuple(f"{source}:{outcome}".rstrip(":") for source, outcome in play.news), "shocks, licences"),
        "when": parts([Sentence("in_period", {"period": _span(run)}) for run in play.spans.split(", ")]),
        "chance": Value("share", play.probability, "plan.nodes"),
    }
    moves = find_moves(view, play)
    main = [move for move in moves if move.kind in FIRST] or moves
    if main:
        yield Sentence("brief_news_do", {**news, "moves": parts([_move(move) for move in main[:MOST_MOVES]])})
    else:
        yield Sentence("brief_news_keep", news)
    yield _cost(play)
    blows = find_play_blows(view, play)
    if blows:
        yield Sentence("brief_news_hits", {"what": parts([_blow(blow) for blow in blows[:MOST_BLOWS]])})


def _span(run: str) -> Value:
    first, _, last = run.partition(" to ")
    return span(first, last or first, "plan.nodes")


def _cost(play: Play) -> Sentence:
    extra = play.extra
    values = {
        "cash": change_of_money(extra["cash_cost"], "plan.futures.cash_cost"),
        "penalty": change_of_money(extra["shortage_cost"], "plan.futures.shortage_cost"),
    }
    gap = extra["shortage"] / 1000
    if abs(gap) < LEAST_GW_YEARS:
        return Sentence("brief_news_cost", values)
    values["gap"] = Value("gw_years", abs(gap), "plan.futures.shortage")
    return Sentence("brief_news_cost_gap" if gap > 0 else "brief_news_cost_gain", values)


def _move(move: Move) -> Sentence:
    """One thing to do."""
    source = "plan.nodes, plan.orders"
    if move.kind == "switch":
        values = {
            "mw": Value("mw", move.most, source), "step": Value("step", move.step, "routes"),
            "gone": Value("name", move.who, source), "come": Value("name", move.to, source),
        }  # fmt: skip
        return Sentence("do_switch", values)
    key = f"do_{move.kind.replace(' ', '_')}"
    if move.kind in ("order", "do not order"):
        units = lot(move.least, move.most, move.unit, source)
        return Sentence(key, {"units": units, "offer": _name(move.what), "ships": span(move.first, move.last, source)})
    if move.kind in ("earlier", "later"):
        return Sentence(key, {"what": _name(move.what), "when": span(move.first, move.last, source)})
    if move.kind == "other site":
        return Sentence(key, {"what": _name(move.what), "where": Value("name", move.first, source)})
    return Sentence(key, {"who": Value("name", move.who, source)})


def _name(text: str) -> Value:
    return Value("name", text, "plan.orders")


def _blow(blow: Blow) -> Sentence:
    values = {"units": lot(blow.least, blow.most, blow.unit, "plan.orders"), "what": _name(blow.what)}
    if blow.days is None:
        return Sentence("blow_lost", values)
    return Sentence("blow_late", {**values, "days": Value("days", blow.days, "plan.orders.effective")})
