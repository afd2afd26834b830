"""Planning anew by hand: nothing changed, terms that changed, news that came, plans that cannot be kept, a later calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.errors import UsageError
from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.studies.replan.replan import Replan, file_subject, replan
from planner.studies.solving import Solver
from tests.studies.compare.two_results import changed, read_data, solved
from tests.studies.value_case import Here

MINIMAL, TWO = read_data("minimal"), read_data("two-futures")
ROLLED = {"start": "2026-04-01", "step": "quarter", "periods": 5}


def anew(approved: dict[str, Any], today: dict[str, Any], day: str, change_cost: float = 0.0) -> Replan:
    """The approved scenario's best plan, planned anew on the day for today's scenario."""
    file = file_subject("today", "today.yaml", today, Scenario.model_validate(today))
    return replan(
        Solver("today", Options(gap=0), begin=Here), solved(approved, "approved"), file, date.fromisoformat(day), change_cost
    )


def costs(found: Replan) -> dict[str, float | None]:
    """Cost by way."""
    return {way.kind: way.solved.value for way in found.ways}


def bridge(found: Replan, number: int = 0) -> dict[str, float]:
    """The parts of a pair's bridge that are a cent or more."""
    known = found.pairs[number].bridge
    assert known is not None
    assert abs(known.remainder) < 1e-6
    return {name: amount for name, amount in known.parts.items() if abs(amount) > 1e-8}


@pytest.mark.parametrize(("data", "day"), [(MINIMAL, "2026-01-01"), (MINIMAL, "2026-08-15"), (TWO, "2026-04-01")])
def test_nothing_changed_is_the_same_plan_at_the_same_cost(data: dict[str, Any], day: str) -> None:
    found = anew(data, data, day)
    assert (found.chosen, found.inputs, found.broken) == ("kept", (), ())
    cost = found.subjects[0].cost.value
    assert list(costs(found).values()) == pytest.approx([cost, cost])
    assert found.way is not None
    assert found.way.moved == 0
    assert not bridge(found)
    assert not found.pairs[0].changes


def test_orders_at_terms_that_changed_keep_their_price_as_contracts() -> None:
    """The dear line ordered on 1 January stays at 65; the two others of the plan are now 35, paid in April and July."""
    found = anew(MINIMAL, changed(MINIMAL, offers__1__price=35), "2026-04-01")
    [contract] = found.settled.signed
    assert (contract.order.offer, contract.price, contract.currency) == ("dear-line", 65.0, "USD")
    assert [one.order.offer for one in found.settled.held] == ["cheap-line", "cheap-line"]
    april, july = 1.08**-0.25, 1.08**-0.5
    kept = costs(found)["kept"]
    assert kept == pytest.approx(386.7919193559599 - 30 * (april + july))
    assert found.chosen == "near"
    replanned, inputs = costs(found)["replanned"], found.inputs
    assert replanned is not None
    assert replanned < kept
    assert inputs == ("Offer dear-line: price changes from 65 to 35 (USD million per unit)",)
    # what the news alone does, then what planning anew does about it
    assert bridge(found, 1).keys() == {"price", "timing"}
    assert sum(bridge(found, 2).values()) == pytest.approx(replanned - kept)


def test_of_plans_that_cost_the_same_the_one_with_the_fewest_changes_is_followed() -> None:
    """The free search moves 3 units; two moved do the same, one does not."""
    found = anew(MINIMAL, changed(MINIMAL, offers__1__price=35), "2026-04-01")
    by_kind = {way.kind: way for way in found.ways}
    near, free = by_kind["near"], by_kind["replanned"]
    assert near.solved.value == pytest.approx(free.solved.value)
    assert (near.moved, found.chosen) == (2, "near")
    assert free.moved is not None
    assert free.moved >= 2


def test_changes_that_count_for_more_than_they_save_are_not_made() -> None:
    """Moving one unit saves 4.16, the second 4.08: worth it at 4.0 each, the second not at 4.1, neither at 4.2."""
    cheaper = changed(MINIMAL, offers__1__price=35)
    both, one, many = (anew(MINIMAL, cheaper, "2026-04-01", each) for each in (4.0, 4.1, 4.2))
    for found, moved in ((both, 2), (one, 1)):
        assert found.way is not None
        assert (found.chosen, found.way.moved) == ("near", moved)
        assert found.way.total == pytest.approx(found.way.solved.value + moved * found.change_cost)
    assert (many.chosen, many.pairs[0].changes) == ("kept", ())


def test_what_can_no_longer_be_done_is_named() -> None:
    """Nine months instead of five: three later orders of the cheap maker cannot ship as planned."""
    found = anew(MINIMAL, changed(MINIMAL, offers__0__lead_time="9 months"), "2026-04-01")
    assert found.broken == (
        "order 1 of cheap-line for plant in 2026-Q2, shipping 2026-Q4",
        "order 1 of cheap-line for plant in 2026-Q3, shipping 2027-Q1",
        "order 1 of cheap-line for plant in 2026-Q4, shipping 2027-Q2",
    )
    assert "kept" not in [way.kind for way in found.ways]
    assert found.chosen is not None


def test_a_rule_that_is_broken_is_named() -> None:
    """A fifth of all spend, 395, is 79; the approved plan spends 200 with the cheap maker."""
    found = anew(MINIMAL, changed(MINIMAL, policy={"max_supplier_share": {"cheap": 0.2}}), "2026-04-01")
    kept = next(way for way in found.ways if way.kind == "kept")
    assert kept.solved.infeasible
    assert found.broken == ("supplier cheap, spend, 2027-Q2: part is 200, at most 79 allowed",)
    assert found.chosen == "near"


def test_news_that_came_is_followed_as_approved() -> None:
    """The stop came: dear again, as the approved plan has it for this case. 130 instead of 111.25 on average: news."""
    came = changed(TWO, shocks__0__probability=1)
    for day in ("2026-02-01", "2026-05-01"):
        found = anew(TWO, came, day)
        assert (found.chosen, found.today.came) == ("kept", "stop@2026-Q2")
        assert bridge(found) == pytest.approx({"risk": 130 - 111.25})


def test_news_that_did_not_come_cannot_come_any_more() -> None:
    """105 without a stop; it is said, and the tree has one future left."""
    found = anew(TWO, TWO, "2026-04-02")
    assert found.today.notes == ("stop did not come on 2026-04-01",)
    assert costs(found)["kept"] == pytest.approx(105)
    assert bridge(found) == pytest.approx({"risk": 105 - 111.25})


def test_a_contract_of_todays_scenario_is_no_second_order() -> None:
    """The buyer has entered both January orders of the cheap maker as one contract; a line nobody planned counts beside."""
    entered = {"id": "po-1", "offer": "cheap-line", "site": "plant", "units": 2, "ordered": "2026-01-10", "ships": "2026-06-01"}
    more = {"id": "po-2", "offer": "dear-line", "site": "plant", "units": 2, "ordered": "2026-01-10", "ships": "2026-09-01"}
    found = anew(MINIMAL, changed(MINIMAL, commitments=[entered]), "2026-04-01")
    assert [len(orders) for orders in (found.settled.written, found.settled.held)] == [2, 1]
    assert not found.today.notes
    kept = costs(found)["kept"]
    assert kept == pytest.approx(386.7919193559599, abs=0.2)
    both = anew(MINIMAL, changed(MINIMAL, commitments=[entered, more]), "2026-04-01")
    assert [len(orders) for orders in (both.settled.written, both.settled.held)] == [3, 0]
    [note] = both.today.notes
    assert note.startswith("contract po-2 is new and more")


def test_a_calendar_that_begins_later_holds_what_was_ordered_before_as_contracts() -> None:
    """145 was paid on 1 January; the rest is worth a quarter's interest more on 1 April. Signing costs nothing again."""
    signed = changed(MINIMAL, suppliers__0__signing_fee=3)
    found = anew(signed, changed(signed, calendar=ROLLED), "2026-04-01")
    assert found.chosen == "kept"
    approved = found.subjects[0].cost.value
    assert approved is not None
    assert costs(found)["kept"] == pytest.approx((approved - 145 - 3) * 1.08**0.25)
    assert len(found.settled.signed) == 3
    assert not found.pairs[0].changes


@pytest.mark.parametrize(
    ("today", "day", "problem"),
    [
        (MINIMAL, "2027-07-01", "--as-of is 2027-07-01; allowed: a day in 2026-01-01 to 2027-07-01"),
        (changed(MINIMAL, calendar__step="month"), "2026-04-01", "counts in quarters, today's scenario in months"),
        (changed(MINIMAL, calendar__start="2025-10-01"), "2026-04-01", "starts on 2025-10-01, before the approved plan"),
        (changed(MINIMAL, offers__0__id="other-line"), "2026-04-01", "offer cheap-line is ordered from 2026-Q1 on"),
    ],
)
def test_a_plan_that_cannot_have_led_here_is_refused(today: dict[str, Any], day: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        anew(MINIMAL, today, day)
