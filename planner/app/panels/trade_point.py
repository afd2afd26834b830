"""One point of a trade-off: its plan, and the way to its pages."""

from __future__ import annotations

import streamlit as st

from planner.app.jobs import find_runs
from planner.app.page_list import find_page
from planner.app.panels.headline import draw_headline
from planner.app.panels.shown import open_sheet
from planner.app.panels.tables import draw_table
from planner.app.panels.tiles import draw_tiles
from planner.app.panels.trade_words import say_axis, showing
from planner.app.plain import label
from planner.app.state import look_at_run
from planner.app.trade.asked import Trade, Traded, point_asked
from planner.app.words.words import t
from planner.report.agreements import orders_table, sign_table
from planner.report.answer import Answer
from planner.report.points import open_point

OPENED = "trade_opened"
"""In the session: the point whose plan is shown, and its answer, so that its view is found only once."""


def draw_point(trade: Trade, found: Traded, place: int) -> None:
    """What it comes to, the plan in sentences, agreements and orders, a button that opens it on the Plan page."""
    frontier, mask = found.frontier, trade.mask
    point, show = frontier.points[place], showing(frontier.scenario)
    st.subheader(
        t(
            "trade.point_title", number=place + 1, of=label(show(frontier.of, point.of)),
            against=label(say_axis(frontier.against, frontier.scenario, mask)),
            amount=label(show(frontier.against, point.against)),
        ),
        anchor="point",
    )  # fmt: skip
    if place < len(found.places) and st.button(t("trade.open_plan"), key="open_plan"):
        asked = point_asked(trade, frontier, place)
        assert point.solved.result is not None
        look_at_run(find_runs().adopt(asked, point.solved.result, found.places[place]))
        st.switch_page(find_page("plan"))
    answer = _open(trade, found, place)
    sheet = open_sheet(answer)
    if sheet is None:
        return
    draw_headline(answer, sheet.view)
    draw_tiles(answer, sheet.view)
    st.markdown(f"**{t('plan.sign_title')}**")
    draw_table(sign_table(sheet.view), sheet.stamp, "point_agreements")
    st.markdown(f"**{t('plan.orders_title')}**")
    draw_table(orders_table(sheet.view), sheet.stamp, "point_orders")


def _open(trade: Trade, found: Traded, place: int) -> Answer:
    point = found.frontier.points[place]
    kept = st.session_state.get(OPENED)
    if kept is None or kept[0] is not point:
        kept = st.session_state[OPENED] = (point, open_point(point, trade.source.stem, trade.mask))
    answer: Answer = kept[1]
    return answer
