"""What people read of an explanation: sentences and tables with units, amounts with what is proven of them."""

from __future__ import annotations

import pytest

from planner.explain.amounts import Amount, Point, Steps
from planner.explain.explain import Wanted, find_explanation
from planner.report.mask import NOTHING_MASKED
from planner.report.why import explain_why
from planner.report.why_tables import why_tables
from planner.report.why_words import Naming, say_holds
from planner.scenario.scenario import Scenario
from tests.explain.plan_case import CASE, ask_about, changed

NAMING = Naming(Scenario.model_validate(CASE), NOTHING_MASKED)


def test_the_answers_of_the_case_in_words() -> None:
    found = find_explanation(ask_about(CASE), Wanted(why_not=("third",), within=0.1), "f")
    said = explain_why(found, NAMING)
    assert said[0].startswith("The plan costs USD 241.0 m (cash USD 241.0 m, penalty USD 0 m), proven to 0.00 %")
    assert "Why not third: more by USD 20.0 m - sign third; 1 unit of dear-line less; 1 unit of third-line more." in said
    assert "More slots of offer cheap-line in 2026-Q2 save USD 25.0 m each: the first 2." in said
    assert "third-line comes into the best plan at USD 65.3 a unit, 18.3 % below its price." in said
    assert "cheap-line stays in the best plan up to USD 65.0 a unit, 62.5 % above its price." in said
    assert "Without dear the best plan costs USD 44.0 m more." in said
    assert (
        "Signing nothing before a day costs: 2026-04-01: USD 200.0 m; 2026-07-01: USD 400.0 m; 2026-10-01: USD 4,359 m." in said
    )
    assert "1 other mix of suppliers within 10.0 % of the plan's cost (all there are)." in said
    assert not any("out of time" in sentence for sentence in said)


def test_tables_have_their_units_and_leave_out_what_is_empty() -> None:
    found = find_explanation(ask_about(CASE), Wanted(("offers", "waiting")), "f")
    tables = {table.name: table for table in why_tables(found, NAMING)}
    assert list(tables) == ["Offers", "Suppliers", "Waiting"]
    headings = [column.heading for column in tables["Suppliers"].columns]
    assert headings[2:5] == ["Costs more (USD m)", "At least (USD m)", "At most (USD m)"]
    assert tables["Waiting"].rows[0][:4] == ("everybody", "2026-Q2", "2026-04-01", pytest.approx(200))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount("differs", 25.0, 25.0, 25.0), "USD 25.0 m"),
        (Amount("differs", 25.0, 20.0, 26.0), "USD 25.0 m (surely USD 20.0 m to USD 26.0 m)"),
        (Amount("nothing", 0.0, 0.0, 0.0), "nothing, proven"),
        (Amount("within the gaps", 1.0, 0.0, 2.5), "at most USD 2.50 m (not distinguishable from nothing)"),
        (Amount("within the gaps", None, 0.0, 2.5), "not distinguishable (at most USD 2.50 m)"),
        (Amount("impossible", reason="no plan keeps every rule"), "no plan keeps every rule then"),
        (Amount("open", None, 0.0, 3.0, "time limit"), "not found (at most USD 3.00 m)"),
        (Amount("open", None, 2.0, 3.0, "time limit"), "not found (at least USD 2.00 m and at most USD 3.00 m)"),
    ],
)
def test_amounts_say_what_is_proven_of_them(amount: Amount, text: str) -> None:
    assert NAMING.amount(amount) == text


@pytest.mark.parametrize(
    ("useful", "holds", "ends", "text"),
    [
        (1.0, 2.0, 3.0, "the first 2"), (1.0, 1.0, 2.0, "only the first"), (1.0, 8.0, None, "at least the first 8"),
        (4.0, 8.0, None, "at least 4 to 8 together"), (None, None, None, ""),
    ],
)  # fmt: skip
def test_how_long_a_value_holds(useful: float | None, holds: float | None, ends: float | None, text: str) -> None:
    points = (Point(1.0, Amount("differs", 5.0, 5.0, 5.0)),)
    assert say_holds(Steps("slots", points, useful, 5.0, holds, ends)) == text


def test_rules_that_cost_are_named_and_those_that_do_not_are_counted() -> None:
    data = changed(policy={"max_country_share": {"DE": 0.3}, "max_suppliers": 3})
    said = explain_why(find_explanation(ask_about(data), Wanted(("rules",)), "f"), NAMING)
    assert any(sentence.startswith("Rules that cost: policy.max_country_share.DE USD ") for sentence in said)
    assert "Leaving out one rule by itself saves surely nothing for 1 rule." in said
