"""Regrets by hand: two makers, two futures; scenarios that do not fit together; which plan risks least."""

from __future__ import annotations

from typing import Any

import pytest

from planner.report.mask import NOTHING_MASKED
from planner.report.regret import NEVER, explain_regret, regret_tables
from planner.report.regret_picture import draw_regret
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.regret.choosing import choose, find_worst
from planner.studies.regret.futures import find_regret_of_futures
from planner.studies.regret.matrix import Cell, RegretMatrix, Worst
from planner.studies.regret.scenarios import Given, find_regret
from planner.studies.worlds import Data, in_mode
from planner.vocabulary import Exit
from tests.studies.value_case import changed, solver

SLOTS = {"per": "quarter", "2026-Q3": 1, "2026-Q4": 2}
"""Of the dear maker: nobody can order both lines today."""


def of_futures(data: Data, most: int = 12) -> RegretMatrix:
    scenario = Scenario.model_validate(in_mode(data, "tree"))
    return find_regret_of_futures(solver(), data, scenario, grow(scenario), (), most)


def of_scenarios(*data: Data) -> RegretMatrix:
    given = [Given(f"s{n}", one, Scenario.model_validate(one)) for n, one in enumerate(data)]
    return find_regret(solver(), given)


def values(found: RegretMatrix) -> list[list[float | None]]:
    return [[cell.regret.value if cell.regret else None for cell in row] for row in found.cells]


def test_two_futures_by_hand() -> None:
    """Signing costs 1. Known from the first day nothing costs 81, and a stop 131 (see the case).

    Dear today costs 66 + 41 if nothing happens and 131 after a stop; cheap today 81, or after a stop, which it did not
    know of, 41 lost, two dear lines for October with their signature and 50 for the quarter without one: 222.
    """
    found = of_futures(changed(offers__1__slots=SLOTS, suppliers__0__signing_fee=1, suppliers__1__signing_fee=1))
    assert [plan.name for plan in found.plans] == ["planned for every piece of news and 1 more", "no news expected and 1 more"]
    assert [(world.name, world.probability) for world in found.worlds] == [("nothing happens", 0.75), ("stop in 2026-Q2", 0.25)]
    assert values(found)[0] == pytest.approx([26, 0], abs=1e-3)
    assert values(found)[1] == pytest.approx([0, 91], abs=1e-3)
    assert [(worst.value, worst.world) for worst in found.worst] == [(pytest.approx(26), 0), (pytest.approx(91, abs=1e-3), 1)]
    assert (found.choice, found.tied, found.code) == (0, (), Exit.SOLVED)
    said = explain_regret(found, NOTHING_MASKED)[0]
    assert said == (
        'Beginning as in "planned for every piece of news and 1 more" risks least: at most USD 26.0 m more than the best, in '
        '"nothing happens".'
    )


def test_the_likeliest_futures_are_taken_and_the_others_said() -> None:
    found = of_futures(changed(shocks__0__hazard_per_year=0.5, shocks__0__date=None, shocks__0__probability=None), 2)
    assert len(found.worlds) == 2
    assert any("less likely futures" in note for note in found.notes)


def test_scenarios_by_hand() -> None:
    """The plan for no stop orders a cheap line that a sure stop keeps from shipping: there it cannot be begun.

    The plan for a sure stop, dear today, costs 105 where nothing is stopped: 25 more than the best.
    """
    sure = changed(shocks__0__probability=1.0, offers__1__slots=SLOTS)
    found = of_scenarios(changed(shocks=[]), sure)
    assert values(found) == [[0, None], [pytest.approx(25), 0]]
    assert found.cells[0][1].kept is False
    assert found.cells[0][1].reason
    assert found.worst[0] == Worst(None, 1)
    assert (found.choice, found.worst[1].value) == (1, pytest.approx(25))
    tables = {table.name: table for table in regret_tables(found, NOTHING_MASKED)}
    assert tables["Regret"].rows[0][1:4] == ("0", NEVER, "without limit")
    assert tables["Regret"].rows[1] == ("s1", "25.0", "0", "25.0", "risks least")
    assert tables["Refusals"].rows[0][:2] == ("s0", "s1")
    assert b"cannot be kept" in draw_regret(found, "two", NOTHING_MASKED)


def renamed(old: str, new: str) -> dict[str, Any]:
    return dict(replaced(changed(shocks=[]), old, new))


def replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: replaced(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [replaced(item, old, new) for item in value]
    return new if value == old else value


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (renamed("cheap-line", "cheaper-line"), "there is no offer cheap-line"),
        (renamed("plant", "hall"), "there is no site plant"),
        (renamed("cheap", "thrift"), "there is no supplier cheap"),
        (changed(shocks=[], calendar__start="2027-01-01"), "it orders for a period this calendar does not have"),
        (changed(shocks=[], calendar__start="2026-04-01"), "it begins in 2026-Q1, this calendar in 2026-Q2"),
    ],
)
def test_what_a_world_does_not_know_cannot_be_begun_there(other: Data, reason: str) -> None:
    found = of_scenarios(changed(shocks=[]), other)
    assert (found.cells[0][1].kept, found.cells[0][1].reason) == (False, reason)


def test_a_world_without_a_plan_is_left_out() -> None:
    hard = changed(shocks=[], demand__0__hard=True, demand__0__target_mw=500)
    del hard["demand"][0]["shortage_cost"]
    found = of_scenarios(changed(shocks=[]), hard)
    assert [world.name for world in found.worlds] == ["s0"]
    assert found.notes == ("s1 is left out: no plan keeps every rule",)
    assert (found.choice, found.code) == (0, Exit.SOLVED)


def cell(value: float, room: float = 0.0) -> Cell:
    return Cell(Cost(value, value), Difference(value, value, value, room), True)


def test_which_plan_risks_least() -> None:
    never, unknown = Cell(Cost(), None, False), Cell(Cost(), None, None)
    rows = [[cell(0), cell(9)], [cell(4), cell(5, 1)], [cell(5.5, 1), cell(0)], [cell(0), never], [cell(1), unknown], [unknown]]
    worst = [find_worst(row) for row in rows]
    assert worst == [
        Worst(9, 1, 0, True), Worst(5, 1, 1, True), Worst(5.5, 0, 1, True), Worst(None, 1), Worst(1, 0, 0, True, True),
        Worst(None, None, open=True),
    ]  # fmt: skip
    assert choose(worst) == (1, (2,))
    assert choose([worst[3], worst[4]]) == (None, ())
    assert not find_worst([cell(0.5, 1)]).distinct
