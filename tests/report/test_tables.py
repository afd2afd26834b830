"""The tables say what the plan says, in the scenario's units."""

from __future__ import annotations

import pytest

from planner.report.agreements import orders_table, sign_table
from planner.report.capacity import find_ramp, ramp_table
from planner.report.exposure import SPEND, exposure_table, find_weights
from planner.report.payments import cash_table, currency_table, payments_table
from planner.report.slot_use import slots_table
from planner.report.table import Table, show
from tests.report.cases import build_view


def column(table: Table, key: str) -> list[object]:
    place = [c.key for c in table.columns].index(key)
    return [row[place] for row in table.rows]


def test_sign_table_lists_both_steps_in_order_of_days() -> None:
    table = sign_table(build_view(unmask=True))
    assert column(table, "action") == ["frame agreement", "supplier qualification", "frame agreement"]
    assert [str(day) for day in column(table, "done")] == ["2026-01-01", "2026-02-26", "2026-04-01"]


def test_orders_table_multiplies_price_by_units() -> None:
    table = orders_table(build_view(unmask=True))
    assert column(table, "value") == [pytest.approx(225.75), pytest.approx(145.0)]
    assert column(table, "units") == [6, 10]


def test_ramp_reads_targets_from_the_scenario_and_output_from_the_plan() -> None:
    points = find_ramp(build_view(open_mw=1500.0))
    assert [p.target for p in points] == [0, 0, 0, 0, 2000, 2000, 2000, 6000]
    assert [p.gap for p in points] == [0] * 7 + [1500]
    assert column(ramp_table(build_view(open_mw=1500.0)), "met_share")[-1] == pytest.approx(0.75)


def test_rounding_noise_is_no_gap() -> None:
    assert all(point.gap == 0 for point in find_ramp(build_view(open_mw=1e-7)))


def test_cash_adds_up_by_kind_and_by_currency() -> None:
    view = build_view(unmask=True)
    table = cash_table(view)
    assert table.total
    assert [c.title for c in table.columns] == ["Cash for", "FY2025", "FY2026", "Total"]
    assert table.rows[-1][1:] == (pytest.approx(227.65), pytest.approx(145.0), pytest.approx(372.65))
    assert currency_table(view).rows == (("CNY", 0.0, 1000.0, 1000.0), ("USD", pytest.approx(227.65), 0.0, pytest.approx(227.65)))
    assert "FY2026 900" in table.note


def test_every_payment_is_listed() -> None:
    view = build_view(unmask=True)
    assert sum(map(float, column(payments_table(view), "amount"))) == pytest.approx(sum(line.amount for line in view.plan.cash))  # type: ignore[arg-type]


def test_exposure_weighs_spend_by_country() -> None:
    view = build_view(unmask=True)
    assert find_weights(view, SPEND) == {"CN": pytest.approx(145.0), "DE": pytest.approx(225.75)}
    assert find_weights(view, "tco") == {"DE": 6000.0}
    rows = {(row[0], row[1]): row for row in exposure_table(view).rows}
    assert rows["spend", "CN"][4] == 0.85
    assert rows["capacity of pecvd", "CN"][2] == 1.0


def test_slots_count_what_ships_in_each_window() -> None:
    rows = {(row[0], row[1]): row for row in slots_table(build_view(unmask=True)).rows}
    assert rows["offer dawn-pecvd", "2026-Q3"][2:4] == (12.0, 10.0)
    assert rows["offer dawn-pecvd", "2026-Q4"][2:4] == (12.0, 0.0)


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [(1234.5, "money", "1,234"),
     (12.34, "money", "12.3"), (0.0042, "share", "0.42 %"),
     (12.0, "units", "12"), (2.5, "units", "2.50"),
     (-0.00001, "mw", "0"), (None, "money", ""), (28500.4, "mw", "28,500")],
)  # fmt: skip
def test_numbers_are_grouped_and_short(cell: float | None, kind: str, text: str) -> None:
    assert show(cell, kind) == text  # type: ignore[arg-type]
