"""The playbook: for every piece of news what changes, by when, what it costs."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.phrases import amount, names, ships, spans, units_of
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.plain import draw_text, label
from planner.app.words.words import t
from planner.report.moves import Blow, Move, find_moves, find_play_blows, find_until
from planner.report.play_words import news_part, say_watch
from planner.report.playbook import playbook_table
from planner.report.plays import Play, find_plays
from planner.report.table import grouped, show, show_mw, show_share
from planner.report.view import View
from planner.scenario.money import Money

MOST = 30
"""Plays drawn one by one; all are in the table."""


def draw_playbook(sheet: Sheet) -> None:
    """One fold per play, single pieces of news first, the likeliest first; then everything as a table."""
    view, plays = sheet.view, find_plays(sheet.view)
    st.caption(t("futures.playbook_note"))
    for place, play in enumerate(plays[:MOST]):
        draw_play(view, play, open_=place < 3)
    if len(plays) > MOST:
        st.caption(t("futures.more_plays", count=len(plays) - MOST))
    with st.expander(t("plan.as_table")):
        draw_table(playbook_table(view), sheet.stamp, "playbook")


def draw_play(view: View, play: Play, *, open_: bool) -> None:
    """What comes and how likely, then what it does, what to do by when, what it costs, what to watch."""
    head = t(
        "futures.play_head",
        news=label(say_play_news(view, play)),
        when=spans(play.spans),
        chance=label(show_share(play.probability)),
    )
    with st.expander(head, expanded=open_):
        if blows := find_play_blows(view, play):
            st.markdown(t("futures.hits", what=t("plan.list_semicolon").join(_blow(blow) for blow in blows)))
        moves = find_moves(view, play)
        st.markdown(f"**{t('futures.do')}**" if moves else t("futures.keep"))
        if moves:
            st.markdown("\n".join(f"- {say_move(move)}" for move in moves))
            st.markdown(say_until(view, play))
        st.markdown(say_cost(play, view.scenario.money))
        if signs := say_watch(view, play.news):
            st.caption(t("futures.watch"))
            draw_text(signs)


def say_play_news(view: View, play: Play) -> str:
    """``licence stop``; with news before it ``tariff, then licence stop``. Plain text."""
    return view.mask.text(t("futures.list_then").join(_news(view, told) for told in (play.before, play.news) if told))


def _news(view: View, told: tuple[tuple[str, str], ...]) -> str:
    parts = []
    for source, outcome in told:
        shown = news_part(view, source).shown
        parts.append(f"{shown} ({t(f'futures.outcome_{outcome}')})" if outcome else shown)
    return " + ".join(parts)


def say_move(move: Move) -> str:
    """One thing to do, safe where Markdown is read."""
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


def _blow(blow: Blow) -> str:
    units, what = units_of(blow.least, blow.most, blow.unit), label(blow.what)
    return t("futures.blow_lost", units=units, what=what) if blow.days is None else t(
        "futures.blow_late", units=units, what=what, days=show(blow.days, "units")
    )  # fmt: skip


def say_until(view: View, play: Play) -> str:
    """By when, safe where Markdown is read; nothing where there is nothing to do."""
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
    gap = t("futures.gap_more", amount=label(grouped(abs(late), 2)), way=_way(late)) if abs(late) >= 0.0005 else ""
    return t("futures.cost", cash=cash, penalty=penalty, gap=gap)


def _more(value: float, money: Money) -> str:
    if abs(value) < 5e-5:
        return t("futures.no_change")
    return t("futures.change", amount=amount(abs(value), money), way=_way(value))


def _way(value: float) -> str:
    return t("futures.less" if value < 0 else "futures.more")


def say_short(view: View, play: Play) -> str:
    """One sentence for the plan's page: the news, the main moves, by when, what it costs."""
    moves = find_moves(view, play)
    main = [move for move in moves if move.kind in ("qualify", "sign", "do not sign", "switch")] or moves
    what = t("plan.list_semicolon").join(say_move(move) for move in main[:3]) if main else t("futures.keep_short")
    cost = say_cost(play, view.scenario.money)
    news, chance = label(say_play_news(view, play)), label(show_share(play.probability))
    return t("futures.short", news=news, when=spans(play.spans), chance=chance, what=what, until=say_until(view, play), cost=cost)
