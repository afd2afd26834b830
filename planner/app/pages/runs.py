"""Runs: many scenarios solved one after the other, in a folder that keeps every result."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.batches.starting import Batching, study_key
from planner.app.jobs import find_studies
from planner.app.panels.runs import draw_batch
from planner.app.panels.runs_ask import ask_batch
from planner.app.study_live import draw_study
from planner.app.study_run import Steps
from planner.app.words.numbers import duration, number
from planner.app.words.words import t


def start(batching: Batching) -> None:
    """Begin, or go on: what is solved is not solved again."""
    key = study_key(batching.out.name)
    find_studies().forget(key)
    find_studies().start(key, batching.work)


def say_progress(steps: Steps) -> str:
    """Such as: 12 of 40 scenarios, 3 solved before, 20 a minute, about 2 min left."""
    parts = [t("runs.progress", done=steps.done, total=steps.total, time=duration(steps.seconds))]
    if steps.kept:
        parts.append(t("runs.kept", count=steps.kept))
    if (worked := steps.done - steps.kept) and steps.seconds:
        parts.append(t("runs.speed", count=number(60 * worked / steps.seconds)))
    if steps.left is not None:
        parts.append(t("study.left", time=duration(steps.left)))
    return " ".join(parts)


st.title(t("frame.nav_runs"), anchor=False)
st.caption(t("runs.intro"))
batching = ask_batch()
if batching is not None:
    begun = batching.out.is_dir()
    name = t("runs.go_on" if begun else "runs.start", count=len(batching.names))
    study = draw_study(
        study_key(batching.out.name), partial(start, batching), name, ready=bool(batching.names), tell=say_progress
    )  # fmt: skip
    if begun or (study is not None and not study.ended):
        draw_batch(batching.out, busy=study is not None and not study.ended)
