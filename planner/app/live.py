"""A run as it goes on: drawn anew on its own while it lasts, without disturbing the page around it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from planner.app.guard import guarded
from planner.app.jobs import find_runs
from planner.app.page_list import find_page
from planner.app.plain import draw_text
from planner.app.run import Progress, Run
from planner.app.search_chart import draw_search
from planner.app.state import open_run
from planner.app.status_words import DRAW, clock, clock_sentence, state_sentence
from planner.app.words.numbers import number, show_money, show_share
from planner.app.words.words import t
from planner.report.brief import IN_MONEY
from planner.report.view import money_unit
from planner.scenario.money import Money

POLL = 0.3
"""Seconds between two looks at a run."""
PATIENCE = 2.0
"""Seconds at least between two redraws of a page because a better plan was found."""
STOP_SECONDS = 1.5
"""Seconds a look at a stopping run waits for its end."""
DRAWN, PANEL, ENDED = "drawn", "panel", "ended"
"""Session keys: (run, version, ended, second) the page as a whole shows; the run whose panel it shows; whose end it shows."""


def note_drawn() -> None:
    """Remember which answer the page is about to show; called once before a page is drawn."""
    run = open_run()
    st.session_state[PANEL] = None
    st.session_state[DRAWN] = (run.run_id, run.version, run.ended, run.progress().seconds) if run else None


def draw_run(run: Run) -> None:
    """The panel of a run: its state in words, clock, best plan, bound and gap, their course, a button to stop it."""
    st.session_state[PANEL] = run.run_id
    if run.settled:
        _draw_panel(run)
    else:
        _live_panel(run.run_id)


def draw_strip() -> None:
    """The session's run in two lines, for pages without its panel."""
    run = open_run()
    if run is None or st.session_state.get(PANEL) == run.run_id:
        return
    if run.ended:
        _draw_state(run, run.progress())
    else:
        _live_strip(run.run_id)


@st.fragment(run_every=POLL)
def _live_panel(run_id: str) -> None:
    with guarded():
        run = find_runs().get(run_id)
        if run is not None:
            known = _draw_to_its_end(run, _draw_panel)
            if known and (run.settled or _is_news(run, better=False)):
                st.rerun()


@st.fragment(run_every=POLL)
def _live_strip(run_id: str) -> None:
    with guarded():
        run = find_runs().get(run_id)
        if run is not None:
            known = _draw_to_its_end(run, _draw_lines)
            if (known or not run.ended) and _is_news(run, better=True):
                st.rerun()


def _draw_to_its_end(run: Run, draw: Callable[[Run], None]) -> bool:
    """Draw a run; whether its end, if it has come, has been on the page before: then the page as a whole may follow.

    Of a run that is stopping the end is waited for: the look that is due meanwhile comes at once when this one is over.
    """
    known = st.session_state.get(ENDED) == run.run_id
    if run.ended:
        st.session_state[ENDED] = run.run_id
    stopping = run.state == "cancelling"
    draw(run)
    if stopping:
        run.wait(STOP_SECONDS)
    return known


def _is_news(run: Run, *, better: bool) -> bool:
    """Whether the page as a whole is behind: the run has ended since or, where ``better`` counts, has a better plan."""
    drawn = st.session_state.get(DRAWN)
    if not drawn or drawn[0] != run.run_id:
        return True
    _, version, ended, second = drawn
    late = run.progress().seconds - second >= PATIENCE or version == 0
    return run.ended != ended or (better and run.version != version and late)


def _draw_lines(run: Run) -> None:
    _draw_state(run, run.progress())
    _draw_cancel(run)


def _draw_panel(run: Run) -> None:
    progress, money = run.progress(), run.asked.scenario.money
    _draw_state(run, progress)
    if progress.state != "queued":
        boxes = st.columns(4)
        boxes[0].metric(t("solve.clock"), clock(progress.seconds, moving=not run.ended))
        boxes[1].metric(t("solve.best"), _amount(progress, progress.incumbent, money))
        boxes[2].metric(t("solve.bound"), _amount(progress, progress.bound, money))
        boxes[3].metric(t("solve.gap_now"), "–" if progress.gap is None else show_share(progress.gap))
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_cancel(run)
        if run.answer is not None and run.answer.view is not None:
            st.page_link(find_page("plan"), label=t("solve.see_plan" if run.ended else "solve.see_plan_so_far"))
    draw_search(progress, money_unit(money) if progress.measure in IN_MONEY else "")
    if run.folder is not None:
        draw_text(t("solve.folder", folder=run.folder.name))
    elif run.unwritten:
        st.warning(t("solve.unwritten"))
        draw_text(run.unwritten)


def _amount(progress: Progress, value: float | None, money: Money) -> str:
    """A policy that puts the ramp first asks about something other than money before."""
    return show_money(value, money) if value is not None and progress.measure in IN_MONEY else number(value)


def _draw_state(run: Run, progress: Progress) -> None:
    sentence = state_sentence(run, progress, find_runs().ahead(run.run_id))
    with st.container(key=f"run_{run.run_id}"):  # whose words these are: a page may still show those of the run before
        DRAW[sentence.kind](sentence.text)
        if not run.ended and progress.state != "queued":
            st.caption(clock_sentence(progress))


def _draw_cancel(run: Run) -> None:
    if not run.ended:
        words, stopping = t("solve.leave" if run.state == "queued" else "solve.cancel"), run.state == "cancelling"
        st.button(words, key="cancel", disabled=stopping, on_click=find_runs().cancel, args=(run.run_id,))
