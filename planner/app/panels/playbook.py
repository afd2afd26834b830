"""The playbook: every piece of news in a table, and for the chosen one what changes, by when, what it costs."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.phrases import spans
from planner.app.panels.play_words import say_blows, say_cost, say_move, say_play_news, say_until
from planner.app.panels.plays_table import plays_table
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import choose_row, offer_csv
from planner.app.plain import draw_text, label
from planner.app.words.words import t
from planner.report.futures import weigh_play
from planner.report.moves import find_moves, find_play_blows
from planner.report.play_words import say_watch
from planner.report.plays import Play, find_plays
from planner.report.table import show_share
from planner.report.view import View, money_unit

WIDTHS = {"news": 192, "when": 142, "probability": 62, "do": 164, "until": 92, "cash": 68, "penalty": 66}
"""Pixels of the table's columns: all are seen on a small screen."""


def draw_playbook(sheet: Sheet) -> None:
    """What weighs most first: chance by costs. Below the table all about the row that is chosen, at first the first."""
    view, plays = sheet.view, sorted(find_plays(sheet.view), key=weigh_play)
    st.caption(t("futures.playbook_note", money=label(money_unit(view.scenario.money))))
    table = plays_table(view, plays)
    chosen = choose_row(table, f"plays_{sheet.answer.result.fingerprint}", WIDTHS)
    with st.container(border=True, key="play"):
        draw_play(view, plays[chosen])
    offer_csv(table, sheet.stamp, "playbook")


def draw_play(view: View, play: Play) -> None:
    """What comes and how likely, then what it does, what to do by when, what it costs, what to watch."""
    news, when, chance = label(say_play_news(view, play)), spans(play.spans), label(show_share(play.probability))
    st.markdown(t("futures.play_head", news=news, when=when, chance=chance))
    if blows := find_play_blows(view, play):
        st.markdown(t("futures.hits", what=say_blows(blows)))
    moves = find_moves(view, play)
    st.markdown(f"**{t('futures.do')}**" if moves else t("futures.keep"))
    if moves:
        st.markdown("\n".join(f"- {say_move(move)}" for move in moves))
        st.markdown(t("futures.until", when=say_until(view, play)))
    st.markdown(say_cost(play, view.scenario.money))
    if signs := say_watch(view, play.news):
        st.caption(t("futures.watch"))
        draw_text(signs)
