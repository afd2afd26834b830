"""What the screen draws from: whose tools carry the ramp, the race for slots, cash by milestone, spreads, moves, branches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.report.branches import find_branches, list_futures
from planner.report.brief import find_first_orders, find_proof, find_ramp_facts, find_steps
from planner.report.flows import find_flows, flows_table
from planner.report.makers import BYS, NOBODY, split_ramp
from planner.report.moves import find_moves, find_play_blows, find_until
from planner.report.obstacles import find_bests, find_prices
from planner.report.plays import Play, find_plays
from planner.report.slot_race import find_slot_windows
from planner.report.spread import find_bins, spread_costs
from planner.report.timeline import Bar, find_rows
from planner.report.view import View
from planner.vocabulary import Status
from tests.report.cases import SECRET_NAME, SECRET_OFFER, build_answer, build_scenario, build_view
from tests.report.tree_case import CASH, STOP, build_tree_view


def play_of(view: View, source: str, period: str) -> Play:
    return next(p for p in find_plays(view) if p.first and p.news[0][0] == source and p.reactions[0].period == period)


def test_each_step_counts_the_same_when_output_is_divided() -> None:
    """One maker's tools make PECVD, the other's TCO: half of the 6,000 MW a year each, whatever they could run."""
    names = {"supplier": ["Dawn Machines", SECRET_NAME], "country": ["CN", "DE"]}
    for by, known in names.items():
        last = split_ramp(build_view(unmask=True), by)[-1]  # type: ignore[arg-type]
        assert {name: last.parts[name] for name in known} == {name: pytest.approx(3000) for name in known}


def test_output_no_tool_in_service_can_make_is_nobodys() -> None:
    """On 1 January 2027 the coaters of July run, and dawn's tools of 13 February do not: half of 2,000 MW is unaccounted for."""
    first = split_ramp(build_view(unmask=True), "supplier")[4]
    assert first.parts == {"Dawn Machines": 0.0, SECRET_NAME: pytest.approx(1000), NOBODY: pytest.approx(1000)}


@pytest.mark.parametrize("by", BYS)
def test_parts_add_up_to_what_runs_and_the_gap_stays_apart(by: Any) -> None:
    for period in split_ramp(build_view(open_mw=1500.0), by):
        assert sum(period.parts.values()) == pytest.approx(period.reached_mw)
        assert period.reached_mw + period.gap_mw == pytest.approx(period.wanted_mw)


def test_confidential_names_stay_out() -> None:
    view = build_view()
    found = [
        split_ramp(view, "supplier"),
        find_rows(view),
        find_slot_windows(view),
        find_flows(view, "milestone"),
        find_steps(view),
    ]
    found += [find_first_orders(view), find_ramp_facts(view)]
    assert SECRET_NAME not in str(found)
    assert SECRET_OFFER not in str(found)
    assert "confidential-1" in str(found)


def test_timeline_runs_from_order_to_full_output() -> None:
    """Dawn's tools: ordered 1 April, ship 1 September, arrive 13 October, accepted 13 February; no ramp of their own."""
    rows, left_out = find_rows(build_view(unmask=True))
    assert left_out == 0
    batch = next(row for row in rows if row.offer == "dawn-pecvd")
    assert batch.bars == (
        Bar("make", date(2026, 4, 1), date(2026, 9, 1)),
        Bar("move", date(2026, 9, 1), date(2026, 10, 13)),
        Bar("install", date(2026, 10, 13), date(2027, 2, 13)),
    )
    assert next(row for row in rows if row.supplier == "Dawn Machines").bars == (
        Bar("qualify", date(2026, 1, 1), date(2026, 2, 26)),
        Bar("sign", date(2026, 4, 1), date(2026, 4, 1)),
    )


def test_a_tool_that_rises_slowly_is_full_when_its_ramp_ends() -> None:
    _, data = build_scenario()
    data["offers"][0]["ramp"] = {"months": [3, 6], "share": [0.3, 0.7]}
    data["suppliers"][0]["process_qualification"] = {"pecvd": {"duration": "2 months", "cost": 1}}
    view = replace(build_view(), scenario=type(build_scenario()[0]).model_validate(data))
    batch = next(row for row in find_rows(view)[0] if row.offer == "dawn-pecvd")
    assert batch.bars[-1] == Bar("ramp", date(2027, 2, 13), date(2027, 10, 13))


def test_slots_are_what_the_plan_takes_what_rivals_take_and_what_is_left() -> None:
    """Dawn has 12 slots a quarter and rivals take half a quarter: after one quarter 6 are gone, but the plan holds 10."""
    _, data = build_scenario()
    data["offers"][0]["rival_claims"] = {"share": 0.5, "per": "quarter"}
    view = replace(build_view(unmask=True), scenario=type(build_scenario()[0]).model_validate(data))
    windows = {(w.name, w.window): w for w in find_slot_windows(view)}
    taken = windows["dawn-pecvd", "2026-Q3"]
    assert (taken.free, taken.plan, taken.rivals, taken.left, taken.by) == (12, 10, 2, 0, date(2026, 4, 1))
    later = windows["dawn-pecvd", "2026-Q4"]
    assert (later.plan, later.rivals, later.left, later.by) == (0, 9, 3, date(2026, 7, 1))
    assert all(w.plan + w.rivals + w.left == pytest.approx(max(w.free, w.plan)) for w in windows.values())


def test_cash_adds_up_by_milestone_and_by_currency() -> None:
    view = build_view(unmask=True)
    everything = sum(line.amount for line in view.plan.cash)
    for by in ("milestone", "currency"):
        flows = find_flows(view, by)  # type: ignore[arg-type]
        assert sum(flow.amount for flow in flows) == pytest.approx(everything)
        assert sum(float(row[-1]) for row in flows_table(view, by).rows) == pytest.approx(everything)  # type: ignore[arg-type]
    first = find_flows(view, "milestone")[:2]
    assert [(f.period, f.name, f.amount) for f in first] == [("2026-Q1", "fees", 1.9), ("2026-Q1", "order", 225.75)]
    yuan = find_flows(view, "currency")[-1]
    assert (yuan.currency, yuan.paid) == ("CNY", 1000.0)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.001, 1)), min_size=1, max_size=30))
def test_every_value_lies_in_one_bar(values: list[tuple[float, float]]) -> None:
    bins = find_bins(values)
    assert sum(b.count for b in bins) == len(values)
    assert sum(b.chance for b in bins) == pytest.approx(sum(chance for _, chance in values))
    room = 1e-6 * max(1.0, *(abs(value) for value, _ in values))
    assert bins[0].low <= min(v for v, _ in values) + room
    assert bins[-1].high >= max(v for v, _ in values) - room


def test_spread_of_the_tree_has_all_its_chance() -> None:
    bins = spread_costs(build_tree_view())
    assert sum(b.chance for b in bins) == pytest.approx(1)
    assert bins[0].low <= CASH < bins[0].high


def test_moves_say_what_the_stop_calls_for() -> None:
    """Sign tramonto; four tools of it in place of four of dawn's: 4 x 600 MW of PECVD."""
    view = build_tree_view()
    moves = {move.kind: move for move in find_moves(view, play_of(view, STOP, "2026-Q3"))}
    assert moves["sign"].who == ("Tramonto Impianti",)
    switch = moves["switch"]
    assert (switch.step, switch.who, switch.to, switch.most) == ("pecvd", ("Dawn Machines",), ("Tramonto Impianti",), 2400)
    assert (moves["order"].what, moves["order"].most, moves["order"].first) == ("tramonto-pecvd", 4, "2027-Q1")
    assert (moves["do not order"].what, moves["do not order"].most) == ("dawn-pecvd", 4)


def test_moves_of_the_levy_are_a_later_order() -> None:
    """Two coaters ordered on 1 April instead of 1 January ship in 2027-Q4 instead of Q3."""
    view = build_tree_view()
    play = next(p for p in find_plays(view) if p.first and p.news[0][0] == "levy")
    assert [(m.kind, m.what, m.most, m.first) for m in find_moves(view, play)] == [("later", SECRET_OFFER, 2, "2027-Q4")]
    until = find_until(view, play)
    assert until is not None
    assert (until.first, until.last, until.lag) == (date(2027, 4, 1), date(2027, 4, 1), None)


def test_blows_say_how_late_earlier_orders_come() -> None:
    """Ten tools due on 1 September leave on 1 January, when the stop of July ends.

    They arrive on 12 February and are accepted on 12 June, 119 days after 13 February. A stop of October, which calls for
    the same moves, finds them on their way: 0 to 10.
    """
    view = build_tree_view()
    blows = find_play_blows(view, play_of(view, STOP, "2026-Q3"))
    assert [(b.what, b.least, b.most, b.days) for b in blows] == [("dawn-pecvd", 0, 10, 119)]


def test_branches_keep_the_chances_and_leave_above_themselves() -> None:
    view = build_tree_view()
    branches, left_out = find_branches(view)
    assert left_out == 0
    assert sum(branch.chance for branch in branches) == pytest.approx(1)
    assert all(branch.parent < branch.row for branch in branches)
    assert branches[0].told == ()
    assert all(branch.stretches[-1].end == view.scenario.calendar.end for branch in branches)
    assert list_futures(view)[0].told == ()
    assert len(list_futures(view)) == len(branches) == 8


def test_proof_is_named_by_what_is_proven() -> None:
    assert find_proof(build_answer(gap=0.0)).kind == "best"
    asked = find_proof(build_answer())
    assert (asked.kind, asked.low, asked.high) == ("asked", 399.0, 400.0)
    stopped = find_proof(build_answer(status=Status.FEASIBLE, reason="time limit", minimised="shortage"))
    assert (stopped.kind, stopped.reason, stopped.low) == ("stopped", "time limit", None)


def test_reasons_become_numbers() -> None:
    reasons = (
        {"rule": "budget", "says": f"Cash for {SECRET_NAME} stays within its budget.", "cost": 500.0},
        {"rule": "demand", "says": "", "short": [{"demand": "ramp", "period": "2027-Q4", "mw": 2000.0, "target": 6000.0}]},
    )
    answer = build_answer(plan=None, status=Status.INFEASIBLE, reasons=reasons)
    best = find_bests(reasons)
    assert [(b.demand, b.period, b.reached_mw, b.wanted_mw) for b in best] == [("ramp", "2027-Q4", 4000, 6000)]
    price = find_prices(answer)
    assert [(p.rule, p.says, p.cost) for p in price] == [("budget", "Cash for confidential-1 stays within its budget", 500.0)]
