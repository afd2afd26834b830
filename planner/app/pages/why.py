"""Why: the brief, what holds the ramp back, what rules and slots are worth, break-evens, waiting, near-ties; or what clashes."""

from __future__ import annotations

from planner.app.panels.page import draw_page
from planner.app.panels.shown import Sheet
from planner.app.panels.why_ask import draw_ask
from planner.app.panels.why_brief import draw_brief
from planner.app.panels.why_clash import draw_clash
from planner.app.panels.why_gaps import draw_gaps
from planner.app.panels.why_not import draw_why_not
from planner.app.panels.why_prices import draw_prices, draw_ties
from planner.app.panels.why_waiting import draw_waiting
from planner.app.state import open_run
from planner.app.why.known import find_known, read_explanation


def draw_why(sheet: Sheet) -> None:
    """All of it, most important first; what has not been asked yet is not drawn."""
    run = open_run()
    assert run is not None  # its answer is the one on the page
    known = read_explanation(find_known(), run.folder, sheet.answer.result.fingerprint)
    draw_brief(sheet, known)
    draw_ask(run, sheet.answer, known)
    draw_gaps(sheet, known)
    if known is not None:
        draw_prices(sheet, known)
    draw_why_not(sheet, run, known)
    if known is not None:
        draw_waiting(sheet, known)
        draw_ties(sheet, known)


draw_page(draw_why, draw_clash)
