"""Where there is no plan: the rules that clash and the cheapest way out."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.no_plan import draw_no_plan
from planner.app.panels.tables import draw_table
from planner.app.panels.why_ask import draw_question, seconds
from planner.app.panels.why_words import translate
from planner.app.plain import label
from planner.app.state import open_run
from planner.app.why.asks import Clash
from planner.app.why.known import find_known, read_clash
from planner.app.words.words import language, t
from planner.explain.conflict.found import Conflicts
from planner.report.answer import Answer
from planner.report.conflict import Words, explain_conflicts
from planner.report.conflict_tables import members_table, ways_table
from planner.report.stamp import find_stamp
from planner.report.words.catalogue import find_language
from planner.vocabulary import Status

ITEM = "- "
"""How a sentence begins that is one of a list."""


def draw_clash(answer: Answer) -> None:
    """The clash and the ways out where they are known; else what is known without asking, and the button that looks for it."""
    run = open_run()
    if run is None or answer.result.status != Status.INFEASIBLE:
        draw_no_plan(answer)
        return
    known = read_clash(find_known(), run.folder, answer.result.fingerprint)
    if known is not None:
        draw_found(answer, known)
        return
    draw_no_plan(answer)
    work = Clash(run, answer, find_known(), seconds())
    draw_question(run, f"clash_{answer.result.fingerprint}", work, t("why.clash_note"), t("why.clash_ask"))


def draw_found(answer: Answer, known: Conflicts) -> None:
    """Sentences, then the rules that clash and the ways out as tables."""
    words = Words(answer.scenario, answer.mask, find_language(language()))
    st.markdown("\n".join(_line(one) for one in explain_conflicts(known, answer.scenario, answer.mask, words.language)))
    stamp = find_stamp(answer)
    st.subheader(t("why.clash_title"), anchor="clash")
    draw_table(translate(members_table(known, words)), stamp, "clash")
    st.subheader(t("why.ways_title"), anchor="ways")
    st.caption(t("why.ways_note"))
    draw_table(translate(ways_table(known, words)), stamp, "ways")


def _line(sentence: str) -> str:
    """A line of Markdown: an item of a list, or a paragraph."""
    if sentence.startswith(ITEM):
        return f"{ITEM}{label(sentence.removeprefix(ITEM))}"
    return f"\n{label(sentence)}\n"
