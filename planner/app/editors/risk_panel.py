"""How much the worst futures count, as a slider beside Solve: it writes into the draft like any cell."""

from __future__ import annotations

import streamlit as st

from planner.app.draft.draft import write
from planner.app.draft.history import push
from planner.app.draft.sheet import Sheet
from planner.app.editors.desk import REFUSED, absorb, history_of, set_history
from planner.app.words.words import t
from planner.errors import PlannerError
from planner.scenario.splice import DELETE

WEIGHT = ("policy", "risk_weight")
MOST, STEP = 0.95, 0.05


def draw_risk(name: str, sheet: Sheet) -> None:
    """The slider; nothing where the scenario knows no news or cannot be read."""
    scenario = sheet.draft.reading.scenario
    if scenario is None or not (scenario.shocks or scenario.licences):
        return
    weight = float(scenario.policy.risk_weight)
    key = f"risk_weight_{weight:g}"  # a cell may change the weight too: then it is another slider
    st.slider(t("scenario.risk"), 0.0, max(MOST, weight), weight, STEP, key=key, help=t("scenario.risk_help"),
              on_change=_weigh, args=(name, key))  # fmt: skip


def _weigh(name: str, key: str) -> None:
    absorb()
    value = round(float(st.session_state[key]), 2)
    history = history_of(name)
    try:
        set_history(name, push(history, write(history.now, [(WEIGHT, value or DELETE)])))
    except PlannerError as error:
        st.session_state[REFUSED] = str(error)
