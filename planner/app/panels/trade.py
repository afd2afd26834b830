"""A trade-off that has been found: in words, as a picture and a table in which a point is chosen."""

from __future__ import annotations

import streamlit as st

from planner import __version__
from planner.app.address import tell_address
from planner.app.charts.tradeoff import PICKED, draw_tradeoff
from planner.app.panels.pictures import current_look, offer_svg
from planner.app.panels.tables import choose_row, offer_csv
from planner.app.panels.trade_table import WIDTHS, points_table
from planner.app.panels.trade_words import say_frontier, showing, title_of
from planner.app.plain import draw_text, label
from planner.app.trade.asked import Trade, Traded
from planner.app.words.words import t
from planner.report.frontier_picture import draw_frontier
from planner.report.table import show_share

POINT = "point"
"""The number of the point, in the address."""
CHOSEN, CLICKS = "trade_point", "trade_clicks"
"""In the session: (folder, place) of the point that is chosen; how often one was chosen in the picture."""


def draw_trade(trade: Trade, found: Traded) -> int:
    """Sentences, picture, table; the place of the point that is chosen, at first the knee, else the first."""
    frontier, mask = found.frontier, trade.mask
    st.markdown("\n".join(f"- {text}" for text in say_frontier(frontier, mask)))
    if frontier.notes:
        st.caption(t("trade.notes"))
        draw_text("\n".join(mask.text(note) for note in frontier.notes))
    clicks = st.session_state.setdefault(CLICKS, 0)
    table_key, chart_key = f"trade_table_{trade.folder}_{clicks}", f"trade_chart_{trade.folder}"
    chosen = _chosen(trade, frontier.knee or 0, table_key, len(frontier.points))
    scenario = frontier.scenario
    chart = draw_tradeoff(
        frontier, chosen, lambda axis: title_of(axis, scenario, mask), showing(scenario), t, current_look()
    )  # fmt: skip
    alt = t("trade.chart_alt", count=len(frontier.points), number=chosen + 1)
    with st.container(key="picture_trade"):
        st.vega_lite_chart(
            chart.to_dict(), alt=alt, key=chart_key, on_select=lambda: _pick(trade, chart_key), selection_mode=PICKED,
        )  # fmt: skip
    st.caption(t("trade.chart_note"))
    table = points_table(frontier, mask)
    stamp = {"scenario": mask.text(scenario.title), "gap": show_share(frontier.gap), "version": __version__}
    row = choose_row(table, table_key, WIDTHS, chosen)
    st.session_state[CHOSEN] = (trade.folder, row)
    tell_address({POINT: row + 1})
    with st.container(horizontal=True):
        offer_csv(table, stamp, "trade_off")
        offer_svg("trade_off", lambda: draw_frontier(frontier, mask.text(scenario.title), mask))
    if found.places:
        st.caption(t("solve.folder", folder=label(trade.folder)))
    return row


def _chosen(trade: Trade, usual: int, table_key: str, count: int) -> int:
    """What the table says, which has the last word; before it is drawn what was chosen before."""
    said = st.session_state.get(table_key)
    rows = said["selection"]["rows"] if said else []
    folder, place = st.session_state.get(CHOSEN) or (trade.folder, _addressed(usual))
    place = rows[0] if rows else place if folder == trade.folder else usual
    return int(place) if 0 <= place < count else usual


def _addressed(usual: int) -> int:
    """The point the address names."""
    said = st.query_params.get(POINT, "")
    return int(said) - 1 if said.isascii() and said.isdigit() and len(said) < 4 else usual


def _pick(trade: Trade, chart_key: str) -> None:
    """A click on a point of the picture; a click beside the points changes nothing."""
    picked = st.session_state[chart_key]["selection"].get(PICKED) or []
    if picked and isinstance(number := picked[0].get("number"), int):
        st.session_state[CHOSEN] = (trade.folder, number - 1)
        st.session_state[CLICKS] += 1  # another table, in which that row is chosen
