"""Reasons found by arithmetic, and what solves say of the same things: giving way there helps as much as the prices say."""

from __future__ import annotations

from planner.explain.shortfall.proof import add_proofs
from planner.report.gaps import gaps_data, gaps_table
from tests.report.why_brief.brief_case import explain, short


def test_slots_that_bind_are_worth_what_a_solve_says() -> None:
    """A cheap slot more saves a missing line for a quarter less what it costs; the third maker's slots were not priced."""
    answer, explanation = explain(short())
    view = answer.view
    assert view is not None
    (gap,) = add_proofs(view.gaps, explanation)
    worth = {reason.subject: reason.solved for reason in gap.reasons}
    for pool in ("offer cheap-line", "offer dear-line"):
        priced = next(slot for slot in explanation.slots if slot.pool == pool and slot.window == "2026-Q2")
        assert worth[pool] == priced.steps.points[0].saves
        assert worth[pool].verdict == "differs"
    assert worth["offer third-line"] is None
    saved = [reason["saves"] for reason in gaps_data(view, explanation)[0]["reasons"]]
    assert saved == [75.0, 50.0, None]
    assert [row[6] for row in gaps_table(view, "en", explanation).rows] == saved


def test_one_slot_more_makes_the_gap_smaller() -> None:
    """What arithmetic says alone denies a unit does so: with one slot more a line more runs."""
    data = short()
    before, _ = explain(data)
    data["offers"][0]["slots"] = {"per": "quarter", "2026-Q2": 2, "2026-Q3": 1}
    after, _ = explain(data)
    assert before.view is not None
    assert after.view is not None
    (reason, *_) = before.view.gaps[0].reasons
    assert (reason.subject, reason.alone, reason.more_mw) == ("offer cheap-line", True, 500)
    assert after.view.gaps[0].mw == before.view.gaps[0].mw - 500
