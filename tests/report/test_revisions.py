"""One row for a changed scenario: every ending of the answers before and after, and nothing about who is confidential."""

from __future__ import annotations

import pytest

from planner.report.revisions import Revised, Revision, show_revision, write_revisions
from planner.studies.compare.subject import Subject
from tests.studies.compare.two_results import changed, read_data, solved

MINIMAL = read_data("minimal")


@pytest.fixture(scope="module")
def before() -> Subject:
    """Five lines at 40 and three at 65, all in time."""
    return solved(MINIMAL)


def row(before: Subject | None, after: Subject | None, **why: str) -> tuple[str, ...]:
    """The cells behind the name of the file."""
    return show_revision(Revision("s/case.yaml", before, after, **why)).row[1:]


def test_a_dearer_maker(before: Subject) -> None:
    """The five lines cost 20 more in all before discounting; the same makers are signed today."""
    found = show_revision(Revision("s/case.yaml", before, solved(changed(MINIMAL, offers__0__price=44))))
    file, answer, cash, penalty, costs, target, now = found.row
    assert (file, answer, penalty) == ("s/case.yaml", "optimal", "USD 0 m")
    old, new = (float(text.removeprefix("USD ").removesuffix(" m")) for text in cash.split(" → "))
    assert costs == f"USD +{new - old:.1f} m"
    assert 19 < new - old <= 20
    assert (target, now) == ("none, met from 2027-Q2", "sign cheap and dear")
    assert found.inputs == ("Offer cheap-line: price changes from 40 to 44 (USD million per unit)",)


@pytest.mark.parametrize(
    ("late", "target"), [(3, "0.38 GW-years, met from 2027-Q2"), (0, "0.75 GW-years, not met")], ids=["late", "never"]
)
def test_a_dear_maker_without_slots_leaves_a_gap(late: int, target: str, before: Subject) -> None:
    """The cheap one alone reaches 1,500 of 2,000 MW in 2026-Q4, 2,000 of 3,000 in 2027-Q1 and 2,500 of 4,000 in 2027-Q2."""
    after = solved(changed(MINIMAL, offers__1__slots={"per": "quarter", "2027-Q2": late}))
    cells = dict(zip(("answer", "cash", "penalty", "costs", "target", "now"), row(before, after), strict=True))
    assert cells["target"] == f"none, met from 2027-Q2 → {target}"
    assert cells["penalty"].startswith("USD 0 m → USD ")
    assert cells["costs"].startswith("USD +")


def test_no_plan_before_or_after(before: Subject) -> None:
    """A hard target that no slot can meet."""
    demand = {key: value for key, value in MINIMAL["demand"][0].items() if key != "shortage_cost"}
    stuck = solved(changed(MINIMAL, demand=[{**demand, "hard": True}], offers__1__slots={"per": "quarter", "2027-Q2": 3}))
    assert row(before, stuck)[:2] == ("optimal → infeasible", "USD 386.8 m → -")
    assert row(before, stuck)[3:] == ("-", "none, met from 2027-Q2 → -", "sign cheap and dear → -")
    assert row(stuck, before)[0] == "infeasible → optimal"


def test_scenarios_that_come_go_or_cannot_be_read(before: Subject) -> None:
    assert row(None, before, why_before="new")[:2] == ("new → optimal", "- → USD 386.8 m")
    assert row(before, None, why_after="no longer there")[0] == "optimal → no longer there"
    assert row(None, None, why_before="new", why_after="refused: price is -1") == ("new → refused: price is -1", *5 * "-")


def test_costs_within_the_gaps_are_the_same(before: Subject) -> None:
    assert row(before, solved(changed(MINIMAL, title="Two makers, again")))[3] == "the same within the gaps"


def test_a_confidential_supplier_is_masked(before: Subject) -> None:
    secret = changed(MINIMAL, suppliers__0__confidential=True, offers__0__price=44)
    page = write_revisions([show_revision(Revision("s/case.yaml", before, solved(secret)))], 2)
    assert "cheap" not in page
    assert "sign confidential-1 and dear" in page
    assert page.endswith("\n\n2 scenarios say what they said.\n")


def test_a_page_without_changes() -> None:
    assert write_revisions([], 1) == "1 scenario says what it said.\n"
    assert write_revisions([Revised(("a|b.yaml", *6 * "-"), tuple("x" * 12))], 0).count("\n* ") == 11
