"""What to do when news comes, in the session's language; safe where Markdown is read unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from planner.app.panels.phrases import amount, names, ships, spans, units_of
from planner.app.plain import label
from planner.app.words.news import say_kind
from planner.app.words.words import t
from planner.report.moves import Blow, Move, find_moves, find_until
from planner.report.play_words import news_part
from planner.report.plays import Play, Told
from planner.report.table import grouped, show, show_mw, show_share
from planner.report.view import View
from planner.scenario.money import Money

FIRST = ("qualify", "sign", "do not sign", "switch")
"""Moves that are named first where there is little room."""
MOST = 3


def say_play_news(view: View, play: Play) -> str:
    """``licence stop``; with news before it ``tariff → licence stop``. Plain text."""
    return t("futures.list_then").join(_news(view, told) for told in (play.before, play.news) if told)


def _news(view: View, told: Told) -> str:
    kinds = [say_kind(view.mask.text(news_part(view, source).shown), outcome, t) for source, outcome in told]
    return " + ".join(kinds)


def say_move(move: Move) -> str:
    """One thing to do."""
    if move.kind == "switch":
        return t(
            "futures.do_switch", mw=label(show_mw(move.most)), step=label(move.step), gone=names(move.who), come=names(move.to)
        )
    key = f"futures.do_{move.kind.replace(' ', '_')}"
    if move.kind in ("order", "do not order"):
        return t(
            key, units=units_of(move.least, move.most, move.unit), offer=label(move.what), ships=ships(move.first, move.last)
        )
    if move.kind in ("earlier", "later", "other site"):
        amount_ = t("futures.of", units=units_of(move.least, move.most, move.unit)) if move.unit else ""
        return t(key, units=amount_, what=label(move.what), when=label(ships(move.first, move.last)))
    return t(key, who=names(move.who))


def main_moves(view: View, play: Play) -> str:
    """The moves that matter most in a few words."""
    moves = find_moves(view, play)
    main = [move for move in moves if move.kind in FIRST] or moves
    return t("plan.list_semicolon").join(say_move(move) for move in main[:MOST]) if main else t("futures.keep_short")


def brief_moves(view: View, play: Play) -> str:
    """What kinds of moves there are, and who is concerned where somebody is qualified, signed or switched."""
    found: dict[str, list[str]] = {}
    for move in find_moves(view, play):
        found.setdefault(move.kind, []).extend([move.step] if move.kind == "switch" else move.who)
    if "earlier" in found and "later" in found:
        found = {kind: who for kind, who in found.items() if kind not in ("earlier", "later")} | {"both": []}
    parts = [t(f"futures.brief_{kind.replace(' ', '_')}", who=names(who), steps=names(who)) for kind, who in found.items()]
    return t("plan.list_comma").join(parts) if parts else t("futures.keep_short")


def say_blows(blows: Sequence[Blow]) -> str:
    """What the news does to earlier orders."""
    return t("plan.list_semicolon").join(_blow(blow) for blow in blows)


def _blow(blow: Blow) -> str:
    units, what = units_of(blow.least, blow.most, blow.unit), label(blow.what)
    if blow.days is None:
        return t("futures.blow_lost", units=units, what=what)
    return t("futures.blow_late", units=units, what=what, days=show(blow.days, "units"))


def say_until(view: View, play: Play) -> str:
    """By when; nothing where there is nothing to do."""
    until = find_until(view, play)
    if until is None:
        return ""
    if until.lag is None:
        key = "until_day" if until.first == until.last else "until_days"
        return t(f"futures.{key}", first=until.first, last=until.last)
    step = view.scenario.calendar.step
    return t(f"futures.until_lag_{step}" if until.lag else f"futures.until_once_{step}", lag=until.lag, last=until.last)


def say_cost(play: Play, money: Money) -> str:
    """What it costs against nothing happening: cash and penalty apart, and what comes later."""
    cash, penalty = (_more(play.extra[key], money) for key in ("cash_cost", "shortage_cost"))
    late = play.extra["shortage"] / 1000
    gap = t("futures.gap_more", amount=label(grouped(abs(late), 2)), way=_way(late)) if abs(late) >= 0.005 else ""
    return t("futures.cost", cash=cash, penalty=penalty, gap=gap)


def _more(value: float, money: Money) -> str:
    if abs(value) < 5e-5:
        return t("futures.no_change")
    return t("futures.change", amount=amount(abs(value), money), way=_way(value))


def _way(value: float) -> str:
    return t("futures.less" if value < 0 else "futures.more")


def say_short(view: View, play: Play) -> str:
    """One sentence for the plan's page: the news, the main moves, by when, what it costs."""
    news, chance = label(say_play_news(view, play)), label(show_share(play.probability))
    until = say_until(view, play)
    return t(
        "futures.short", news=news, when=spans(play.spans), chance=chance, what=main_moves(view, play),
        until=t("futures.until", when=until) if until else "", cost=say_cost(play, view.scenario.money),
    )  # fmt: skip
