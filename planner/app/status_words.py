"""How a run is doing, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from planner.app.plain import label
from planner.app.run import Progress, Run
from planner.app.words.numbers import duration, show_share
from planner.app.words.words import t
from planner.report.answer import Answer
from planner.report.brief import PROVEN_BEST
from planner.vocabulary import Status

Kind = Literal["good", "news", "doubt", "bad"]
DRAW: MappingProxyType[Kind, Callable[[str], Any]] = MappingProxyType(
    {"good": st.success, "news": st.info, "doubt": st.warning, "bad": st.error}
)
"""How a sentence of each kind looks."""
SILENCE = 5.0
"""Seconds without news from the solver after which the page says so."""
HOUR = 3600.0
PHASES = ("relaxation", "trunk", "agreements", "near the plan", "branches", "bound", "polishing", "full problem", "second look")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and how good its news is."""

    kind: Kind
    text: str


def state_sentence(run: Run, progress: Progress, ahead: int) -> Sentence:
    """What a run is doing or how it ended; ``ahead`` is the number of runs that wait before it."""
    if progress.state == "queued":
        return Sentence("news", t("solve.queued", ahead=ahead) if ahead else t("solve.next"))
    if progress.state == "cancelling":
        return Sentence("news", t("solve.cancelling"))
    if progress.state == "running":
        return Sentence("news", running_sentence(progress))
    return ended_sentence(run)


def running_sentence(progress: Progress) -> str:
    """How good the plan in hand is, while the search goes on."""
    if progress.incumbent is None:
        return t("solve.no_plan_yet")
    return t("solve.plan_in_hand") if progress.gap is None else t("solve.good_plan", gap=show_share(progress.gap))


def ended_sentence(run: Run) -> Sentence:
    """How a run ended. Says that a plan is the best only where that is proven and the independent check agrees."""
    answer = run.answer
    if answer is None or run.state == "killed":
        key, kind = ("cancelled_empty", "news") if run.state == "cancelled" else (run.state, "bad")
        kept = f" {t('solve.kept')}" if answer is not None else ""
        return Sentence(kind, t(f"solve.{key}", reason=label(run.error) or t("solve.unknown")) + kept)  # type: ignore[arg-type]
    if answer.result.plan is not None and not answer.verified:
        return Sentence("bad", t("solve.not_verified"))
    if run.state == "failed":
        return Sentence("bad", f"{t('solve.failed', reason=label(run.error) or t('solve.unknown'))} {t('solve.kept')}")
    if run.state == "cancelled" and answer.result.status is not Status.OPTIMAL:
        return _cancelled(answer)
    return answered(answer)


def answered(answer: Answer) -> Sentence:
    """What the status of an answer means."""
    status, gap = answer.result.status, answer.result.gap
    if status is Status.INFEASIBLE:
        return Sentence("doubt", t("solve.infeasible"))
    if status is Status.STOPPED:
        return Sentence("doubt", t("solve.stopped"))
    if status is Status.OPTIMAL and gap is not None and gap < PROVEN_BEST:
        return Sentence("good", t("solve.optimal"))
    key = "optimal_gap" if status is Status.OPTIMAL else "feasible"
    kind: Kind = "good" if status is Status.OPTIMAL else "doubt"
    return Sentence(kind, t(f"solve.{key}", gap=show_share(gap)) if gap is not None else t("solve.feasible_unknown"))


def _cancelled(answer: Answer) -> Sentence:
    if answer.result.plan is None:
        return Sentence("news", t("solve.cancelled_empty"))
    gap = answer.result.gap
    return Sentence("news", t("solve.cancelled_gap", gap=show_share(gap)) if gap is not None else t("solve.cancelled"))


def clock(seconds: float, *, moving: bool) -> str:
    """``8.3 s``, ``3 min 05.3 s`` while it moves: with tenths everybody sees that it does. At rest as ``duration``."""
    if not moving or seconds >= HOUR:
        return duration(seconds)
    tenths = int(10 * seconds)
    whole, tenth = divmod(tenths, 10)
    return f"{duration(whole).removesuffix(' s')}.{tenth} s"


def clock_sentence(progress: Progress) -> str:
    """How long the search has lasted, what it does now, and whether it has been silent for long."""
    name = progress.phase.split(",")[0]
    phase = t(f"solve.phase_{name.replace(' ', '_')}") if name in PHASES else t("solve.phase_start")
    text = t("solve.clock_line", time=duration(progress.seconds), phase=phase)
    return text if progress.silent < SILENCE else f"{text} · {t('solve.silent', time=duration(progress.silent))}"
