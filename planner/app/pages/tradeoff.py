"""Trade-off: what less of a second measure costs, point by point, each a plan of its own."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.jobs import find_studies, results_folder
from planner.app.panels.trade import draw_trade
from planner.app.panels.trade_ask import ask_trade
from planner.app.panels.trade_point import draw_point
from planner.app.plain import label
from planner.app.study_live import draw_study
from planner.app.trade.asked import Trade, Traded
from planner.app.words.words import t
from planner.errors import PlannerError

KEPT = "trade_kept"
"""In the session: (folder, what was read back from it)."""


def find_known(trade: Trade) -> Traded | None:
    """What is known of the question: from this life of the server, else from its folder."""
    study = find_studies().get(trade.folder)
    if study is not None and isinstance(study.found, Traded):
        return study.found
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != trade.folder or kept[1] is None:
        kept = st.session_state[KEPT] = (trade.folder, _read(trade))
    found: Traded | None = kept[1]
    return found


def _read(trade: Trade) -> Traded | None:
    try:
        return trade.read_back(results_folder())
    except (PlannerError, OSError, ValueError, KeyError, TypeError):
        st.warning(t("trade.unreadable"))
        return None


def start(trade: Trade) -> None:
    """Ask anew, outside the page."""
    st.session_state.pop(KEPT, None)
    find_studies().forget(trade.folder)
    find_studies().start(trade.folder, trade.work(results_folder()))


st.title(t("frame.nav_tradeoff"), anchor=False)
st.caption(t("trade.intro"))
trade = ask_trade()
if trade is not None:
    known = find_known(trade)
    study = draw_study(trade.folder, partial(start, trade), t("trade.run"), known=known is not None)
    if study is None or study.ended:
        if known is not None and known.frontier.points:
            draw_point(trade, known, draw_trade(trade, known))
        elif known is not None and (study is None or study.state == "done"):
            st.error(t("trade.none", reason=label(trade.mask.text(known.frontier.reason))))
