"""What trade-off to find: the scenario, the second measure, how many points, how exactly."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.app.address import take_one, tell_address
from planner.app.editors.opening import draw_refusal
from planner.app.panels.trade_words import say_measure
from planner.app.solve_panel import GAP, SECONDS, draw_settings
from planner.app.state import is_unsaved, open_name, open_scenario, scenario_names, scenarios_folder
from planner.app.trade.asked import Trade, list_measures
from planner.app.words.words import t
from planner.errors import BadInput
from planner.options import Options
from planner.report.mask import build_mask
from planner.scenario.read import ReadScenario, read_scenario

SCENARIO, AGAINST, POINTS = "trade_scenario", "against", "points"
COUNTS = (3, 5, 7, 9, 11, 15, 21, 31)
USUAL = 7


def ask_trade() -> Trade | None:
    """The question the reader has put together; None while there is none, which the page then says."""
    read = ask_scenario(SCENARIO)
    if read is None:
        return None
    scenario, mask = read[1].scenario, build_mask(read[1].scenario)
    measures = list_measures(scenario)
    shown = {mask.text(name): name for name in measures}  # what stands in the address names nobody confidential
    take_one(AGAINST, list(shown), next(iter(shown)))
    take_one(POINTS, COUNTS, USUAL)
    words = {key: say_measure(name, scenario, mask) for key, name in shown.items()}
    left, right = st.columns([3, 1])
    left.selectbox(t("trade.against"), list(shown), key=AGAINST, format_func=words.__getitem__, help=t("trade.against_help"))
    right.selectbox(t("trade.points"), COUNTS, key=POINTS, help=t("trade.points_help"))
    with st.expander(t("trade.settings"), key="trade_settings", on_change="ignore"):
        draw_settings()
    tell_address({AGAINST: st.session_state[AGAINST], POINTS: st.session_state[POINTS]})
    options = Options(gap=st.session_state[GAP] / 100, time_limit=float(st.session_state[SECONDS]))
    return Trade(read[1], read[0], shown[st.session_state[AGAINST]], st.session_state[POINTS], options)


def ask_scenario(key: str) -> tuple[Path, ReadScenario] | None:
    """The open scenario as its file says it, and the choice of another; None where none is open or it cannot be used."""
    names, current = scenario_names(), open_name()
    st.session_state[key] = current if current in names else None
    st.selectbox(
        t("trade.scenario"), names, index=None, key=key, placeholder=t("trade.scenario_placeholder"), on_change=_open, args=(key,)
    )
    if current is None:
        st.info(t("trade.no_scenario"))
        return None
    if is_unsaved():
        st.caption(t("trade.unsaved"))
    path = scenarios_folder() / current
    try:
        return path, read_scenario(path, scenarios_folder())
    except BadInput as error:
        draw_refusal(error.findings)
        return None


def _open(key: str) -> None:
    if st.session_state[key]:
        open_scenario(st.session_state[key])
