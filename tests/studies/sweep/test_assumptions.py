"""Which numbers an assumption is about, and what they are at both its ends: by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.scenario.scenario import Scenario
from planner.studies.sweep.assumptions import find_assumptions
from planner.studies.sweep.changing import change_data
from planner.studies.sweep.fields import Leaf, scaled
from tests.studies.value_case import changed


def source(field: str, **more: Any) -> list[dict[str, Any]]:
    return [{"field": field, "is": "assumption", "note": f"about {field}", **more}]


def one(**parts: Any) -> tuple[str, str, str, bool]:
    """Value, low and high of the only assumption of a changed case, and whether its range is stated."""
    data = changed(shocks=[], **parts)
    varied, skipped = find_assumptions(data, Scenario.model_validate(data), 0.2)
    assert (len(varied), skipped) == (1, [])
    for changes in (varied[0].low, varied[0].high):
        change_data(data, changes, "end")  # the scenario is valid there
    about = varied[0].assumption
    return about.value, about.low, about.high, about.stated


def test_a_range_that_is_stated() -> None:
    found = one(offers__0__sources=source("price", low=30, high=60))
    assert found == ("40 USD million per unit", "30 USD million per unit", "60 USD million per unit", True)


def test_half_a_range_and_none() -> None:
    assert one(offers__0__sources=source("price", high=60))[1:] == ("32 USD million per unit", "60 USD million per unit", False)
    assert one(offers__0__sources=source("price"))[1:] == ("32 USD million per unit", "48 USD million per unit", False)


def test_a_range_of_something_else_is_not_taken() -> None:
    """Such as one per GW beside a price per line."""
    assert one(offers__0__sources=source("price", low=70, high=90))[1:3] == ("32 USD million per unit", "48 USD million per unit")


def test_only_the_amount_of_a_price_is_varied() -> None:
    price = {"amount": {"2026-Q1": 40, "2026-Q3": 60}, "escalation": 0.1}
    found = one(offers__0__price=price, offers__0__sources=source("price", low=25, high=100))
    assert found[1:3] == (
        "2026-Q1: 20, 2026-Q3: 30 USD million per unit", "2026-Q1: 80, 2026-Q3: 120 USD million per unit"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("length", "low", "high", "ends"),
    [
        ("6 months", 4, 9, ("4 months", "9 months")),
        ("6 weeks", 1, 3, ("30 days", "91 days")),  # in months: in weeks the range would not hold the value
        ("6 weeks", 4, 9, ("28 days", "63 days")),
        ("5 months", None, None, ("4 months", "6 months")),
        ("45 days", None, None, ("36 days", "54 days")),
    ],
)
def test_durations(length: str, low: float | None, high: float | None, ends: tuple[str, str]) -> None:
    given = {name: value for name, value in (("low", low), ("high", high)) if value is not None}
    assert one(offers__0__lead_time=length, offers__0__sources=source("lead_time", **given))[1:3] == ends


def test_whole_units_move_by_at_least_one() -> None:
    found = one(offers__0__sources=source("slots"))
    assert found[:3] == ("2026-Q1: 1 slots per quarter", "2026-Q1: 0 slots per quarter", "2026-Q1: 2 slots per quarter")


def test_a_duration_is_what_a_qualification_is_about() -> None:
    found = one(suppliers__0__vetting={"duration": "8 weeks", "cost": 2}, suppliers__0__sources=source("vetting", low=6, high=12))
    assert found == ("8 weeks", "42 days", "84 days", True)


def test_the_same_for_the_same_reason_is_one_assumption() -> None:
    both = {f"offers__{n}__sources": source("lead_time") for n in (0, 1)}
    data = changed(shocks=[], **both)
    (varied,), _ = find_assumptions(data, Scenario.model_validate(data), 0.2)
    assert varied.assumption.places == ("offers.cheap-line.lead_time", "offers.dear-line.lead_time")
    assert varied.assumption.name == "offers.cheap-line.lead_time and 1 more"
    assert [change["set"] for change in varied.high] == ["219 days", "219 days"]


def test_own_rules_texts_and_shares_that_add_up_are_left_alone() -> None:
    data = changed(
        shocks=[], policy={"max_suppliers": 2, "sources": source("max_suppliers")},
        offers__0__payment={"order": 0.4, "acceptance": 0.6},
        offers__0__sources=[*source("payment"), *source("incoterm"), *source("covers", low=400, high=600)],
    )  # fmt: skip
    varied, skipped = find_assumptions(data, Scenario.model_validate(data), 0.2)
    assert [one.assumption.places[0] for one in varied] == ["offers.cheap-line.covers"]
    assert skipped == [
        ("offers.cheap-line.payment", "holds several kinds of numbers"),
        ("offers.cheap-line.incoterm", "is no number"),
    ]


def test_numbers_are_scaled_where_they_stand() -> None:
    assert scaled(Leaf("x", {"per": "quarter", "2026-Q1": 2.5, "interpolate": "linear"}), 2) == {
        "per": "quarter", "2026-Q1": 5.0, "interpolate": "linear"
    }  # fmt: skip
    assert scaled(Leaf("offers[a].min_order", 3), 0.8) == 2
    assert scaled(Leaf("x", [1, 2]), 0.5) == [0.5, 1.0]
    assert scaled(Leaf("x", "1 year"), 0.5) == "6 months"
