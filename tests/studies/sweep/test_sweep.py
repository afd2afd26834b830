"""Sweeps and tornados by hand: costs over a chance, where today's decisions change, which assumption matters."""

from __future__ import annotations

from typing import Any

import pytest

from planner.commands.sweep import read_vary
from planner.errors import BadInput, UsageError
from planner.options import Options
from planner.report.mask import NOTHING_MASKED
from planner.report.sweep import explain_sweep, sweep_tables
from planner.report.sweep_picture import draw_sweep, draw_tornado
from planner.report.tornado import explain_tornado, tornado_tables
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.sweep.answers import Sweep, Vary
from planner.studies.sweep.bars import Tornado
from planner.studies.sweep.changing import change_data
from planner.studies.sweep.estimate import estimate
from planner.studies.sweep.grid import find_order, find_sweep
from planner.studies.sweep.tornado import find_tornado
from planner.vocabulary import Exit
from tests.studies.value_case import CASE, changed, solver
from tests.tiny import random_tiny

CHANCE = "shocks[stop].probability"


def over(data: dict[str, Any], *varies: Vary) -> Sweep:
    return find_sweep(solver(), data, Scenario.model_validate(data), varies)


def blown(data: dict[str, Any], most: int = 60) -> Tornado:
    return find_tornado(solver(), data, Scenario.model_validate(data), 0.2, most)


def test_a_chance_by_hand() -> None:
    """Cheap today costs 80 + 140 p and dear today 105 + 25 p (see the case): today's decisions change at 5 / 23."""
    found = over(CASE, Vary(CHANCE, "set", (0.1, 0.2, 0.3, 0.4)))
    assert [cell.cost.value for cell in found.cells] == pytest.approx([94, 108, 112.5, 115])
    assert [(turn.before, turn.after, turn.sure) for turn in found.turns if turn.sure] == [(1, 2, True)]
    turn = next(turn for turn in found.turns if turn.sure)
    assert turn.more is not None
    assert turn.more.value == pytest.approx(80 + 140 * 0.3 - 112.5)
    assert [(step.kind, step.name, step.before, step.after) for step in turn.steps if step.kind == "order"] == [
        ("order", "cheap-line", 1, 0), ("order", "dear-line", 0, 1)
    ]  # fmt: skip
    assert (found.base, found.code) == (("0.25",), Exit.SOLVED)
    said = explain_sweep(found, NOTHING_MASKED)
    assert said[0] == "The cost goes from USD 94.0 m (at 0.1) to USD 115.0 m (at 0.4)."
    assert "beginning as before costs USD 9.50 m more there" in said[1]
    assert b"<path" in draw_sweep(found, "chance", NOTHING_MASKED)


def test_two_numbers_by_hand() -> None:
    """At a chance of 0.1 cheap today: 40 now, 0.9 of it again and 0.1 of (130 + 50); with the price times 1.5 both are 60.

    At 0.3 dear today: 65, 0.7 of the cheap price and 0.3 of 65.
    """
    found = over(CASE, Vary("offers[cheap-line].price.amount", "multiply", (1.0, 1.5)), Vary(CHANCE, "set", (0.1, 0.3)))
    costs = [94, 112.5, min(60 + 54 + 18, 65 + 54 + 6.5), 65 + 0.7 * 60 + 0.3 * 65]
    assert [cell.cost.value for cell in found.cells] == pytest.approx(costs)
    assert [cell.values for cell in found.cells] == [(1.0, 0.1), (1.0, 0.3), (1.5, 0.1), (1.5, 0.3)]
    tables = {table.name: table for table in sweep_tables(found, NOTHING_MASKED)}
    assert tables["Grid"].rows[0] == ("1", pytest.approx(94), pytest.approx(112.5))
    assert b"across" in draw_sweep(found, "two", NOTHING_MASKED)


def test_values_that_cannot_be_or_leave_no_plan_are_cells_with_a_reason() -> None:
    hard = changed(demand__0__hard=True)
    del hard["demand"][0]["shortage_cost"]
    found = over(hard, Vary("demand[ramp].target_mw.2026-Q3", "set", (-1.0, 500.0)))
    assert "must be at least 0" in found.cells[0].reason
    assert found.cells[1].cost.value == pytest.approx(111.25)
    late = over(hard, Vary("demand[ramp].target_mw", "set", (0.0, 500.0)))
    assert (late.cells[1].reason, late.cells[1].plan, late.code) == ("no plan keeps every rule", None, Exit.SOLVED)
    assert "There is no plan at 500" in " ".join(explain_sweep(late, NOTHING_MASKED))


def test_the_middle_of_a_grid_comes_first_and_every_cell_has_a_neighbour_before_it() -> None:
    for sizes in ((5,), (3, 4), (1, 1)):
        done: set[tuple[int, ...]] = set()
        for number, batch in enumerate(find_order(sizes)):
            for place in batch:
                near = any(sum(abs(a - b) for a, b in zip(place, other, strict=True)) == 1 for other in done)
                assert near or number == 0
            done |= set(batch)
        assert len(done) == (sizes[0] * sizes[1] if len(sizes) == 2 else sizes[0])


def test_a_tornado_by_hand() -> None:
    """One assumption with a range, 0.1 to 0.4: 94 and 115 against 111.25; at 0.1 cheap today is better by 107.5 - 94."""
    found = blown(CASE)
    (bar,) = found.bars
    assert (bar.assumption.name, bar.assumption.stated) == ("shocks.stop.probability", True)
    assert bar.low is not None
    assert bar.high is not None
    assert bar.low.more is not None
    assert bar.high.more is not None
    assert (bar.low.more.value, bar.high.more.value, bar.effect) == pytest.approx((-17.25, 3.75, 17.25))
    assert (bar.low.estimate, bar.high.estimate) == pytest.approx((-3.75, 3.75))
    assert (bar.low.sure, bar.high.sure, bar.changes, bar.distinct) == (True, bar.high.sure, True, True)
    assert {(step.name, step.after) for step in bar.low.steps if step.kind == "order"} == {("cheap-line", 1), ("dear-line", 0)}
    said = explain_tornado(found, NOTHING_MASKED)
    assert said[0].startswith(
        "Most hangs on shocks.stop.probability: USD 17.2 m less at 0.1 chance, USD 3.75 m more at 0.4 chance"
    )
    assert said[1] == "1 assumption surely changes today's decisions: shocks.stop.probability."
    assert b"shocks.stop" in draw_tornado(found, "one", NOTHING_MASKED)


ALL = [{"is": "assumption", "note": "invented"}]


def test_the_most_promising_ends_are_solved_and_the_others_estimated() -> None:
    """The price of the dear line moves the plan at hand by 65 and 16.25 on average; a fifth of that is more than any other."""
    data = changed(offers__1__sources=ALL, demand__0__sources=ALL)
    found = blown(data, 2)
    assert found.solves >= 3
    assert len(found.bars) + len(found.left_out) == len(blown(data).bars)
    assert found.left_out
    assert all(side.reason for bar in found.left_out for side in (bar.low, bar.high) if side)
    assert tornado_tables(found, NOTHING_MASKED)[-1].name == "Estimated"
    assert "estimated and not solved" in " ".join(explain_tornado(found, NOTHING_MASKED))
    whole = {bar.assumption.name: bar for bar in blown(data).bars}
    price = whole["offers.dear-line.price"]
    assert price.low is not None
    assert price.low.more is not None
    assert price.low.more.value == pytest.approx(-16.25)  # 52 and a quarter of 52 instead of 65 and a quarter of 65


@pytest.mark.parametrize("seed", [3, 8, 20])
def test_an_estimate_is_the_cost_of_the_plan_and_never_below_the_best(seed: int) -> None:
    data = random_tiny(seed)
    data["policy"].pop("first", None)
    scenario = Scenario.model_validate(data)
    result = solve(scenario, "tiny", Options(gap=0.0))
    assert result.plan is not None
    cost, kept = estimate(scenario, result.plan)
    assert (cost, kept) == (pytest.approx(result.objective, rel=1e-6), True)
    dearer, other = change_data(data, [{"select": "offers[o0].price.amount.*", "multiply": 1.3}], "dearer")
    more, kept = estimate(other, result.plan)
    best = solve(Scenario.model_validate(dearer), "tiny", Options(gap=0.0))
    if kept:
        assert best.objective is not None
        assert more is not None
        assert best.objective <= more + 1e-6


@pytest.mark.parametrize(
    ("text", "vary"),
    [
        ("a.b=0.8..1.2", Vary("a.b", "set", (0.8, 1.0, 1.2))),
        ("a.b*=0.8..1.2", Vary("a.b", "multiply", (0.8, 1.0, 1.2))),
        ("a[x=y].b=0.8..1.2*", Vary("a[x=y].b", "multiply", (0.8, 1.0, 1.2))),
        ("a.b=3,1,2", Vary("a.b", "set", (1.0, 2.0, 3.0))),
        ("a.b+=-1,5", Vary("a.b", "add", (-1.0, 5.0))),
    ],
)
def test_what_is_varied_is_said_as_for_a_batch(text: str, vary: Vary) -> None:
    assert read_vary(text, 3) == vary


@pytest.mark.parametrize("text", ["a.b", "a.b=", "a.b=2..1", "a.b=tree,none", "=3"])
def test_what_cannot_be_varied_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_vary(text, 3)


def test_a_change_that_selects_nothing_is_one_finding() -> None:
    with pytest.raises(BadInput, match="did you mean dear-line"):
        change_data(CASE, [{"select": "offers[deer-line].price.amount", "set": 1}], "--vary")
