"""A page that is not built yet."""

from __future__ import annotations

import streamlit as st

from planner.app.words.words import t

st.info(t("frame.nothing_here"))
