"""Futures side by side: averages by hand, two numbers for money, cut mass said, the trunk shown as the plan."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import groupby

import openpyxl
import pytest

from planner.report.agreements import every_order, orders_table, sign_table
from planner.report.answer import Answer
from planner.report.capacity import find_ramp
from planner.report.console import open_console, print_answer
from planner.report.folder import FILES, FILES_OF_FUTURES, build_files
from planner.report.futures import explain_futures, find_tail, futures_table
from planner.report.headline import find_headline
from planner.report.mask import fiscal_year
from planner.report.payments import cash_table, every_payment
from planner.report.summary import measures_table
from tests.report.cases import SECRET_ID, build_answer
from tests.report.tree_case import STOP, build_tree_answer, build_tree_view


def printed(answer: Answer) -> str:
    stream = io.StringIO()
    print_answer(answer, open_console(stream))
    return stream.getvalue()


def test_reports_show_what_is_done_while_nothing_happens() -> None:
    """14 of dawn's tools and 8 coaters; nothing of the maker that is bought from only after a stop."""
    view = build_tree_view()
    rows = orders_table(view).rows
    assert [(row[1], row[3]) for row in rows] == [
        ("Zenith Coating AG", 6), ("Dawn Machines", 10), ("Dawn Machines", 4), ("Zenith Coating AG", 2),
    ]  # fmt: skip
    assert "Tramonto Impianti" not in {row[3] for row in sign_table(view).rows}
    assert cash_table(view).rows[-1][-1] == pytest.approx(8 * 37.625 + 1.5 + 14 * 14.5)
    assert [point.by_site["texas"] for point in find_ramp(view)][4:] == [2000, 2000, 2000, 6000]


def test_files_for_programs_hold_every_future() -> None:
    """Four futures each have their own orders of 2026-Q4 and later, and each row says where it stands."""
    answer = build_tree_answer(unmask=True)
    assert answer.result.plan is not None
    rows = list(csv.DictReader(io.StringIO(build_files(answer)["orders.csv"].decode())))
    assert len(rows) == len(answer.result.plan.orders)
    after = {row["node"]: row["after"] for row in rows}
    assert after["root"] == after["2026-Q4"] == ""
    assert after["2026-Q4/export-stop@2026-Q3"] == "export stop in 2026-Q3"
    assert set(build_files(answer)) | {"run.json"} == set(FILES) | set(FILES_OF_FUTURES)
    assert len(every_order(answer.view).rows) == len(rows)  # type: ignore[arg-type]


def test_the_ramp_of_a_future_follows_its_news() -> None:
    """A shock that halves the target of Texas from 2026-Q3 on shows in the future in which it has struck only."""
    half = {"id": STOP, "hazard_per_year": 0.4, "hits": {"sites": ["texas"]}, "target_factor": 0.5}
    view = build_tree_view(shocks=[half])
    hit = view.along(view.paths.onward("2026-Q3/export-stop@2026-Q3"))
    assert [point.target for point in find_ramp(view)][-1] == 6000
    assert [point.target for point in find_ramp(hit)][-1] == 3000


def test_futures_table_starts_with_nothing_and_ends_with_averages() -> None:
    view = build_tree_view()
    rows = futures_table(view).rows
    assert [row[0] for row in rows][:2] == ["nothing happens", "export stop in 2026-Q3"]
    assert rows[0][2:] == (400.0, 370.0, 30.0, 60.0)
    assert sum(float(row[1]) for row in rows[:8]) == pytest.approx(1)  # type: ignore[arg-type]
    stop = 1 - sum(float(row[1]) for row in rows[:8] if "stop" not in str(row[0]))  # type: ignore[arg-type]
    assert rows[-2][0] == "on average over all futures"
    assert rows[-2][3] == pytest.approx(370 + 40 * stop + 10 * 0.2)
    assert rows[-2][4] == pytest.approx(30 + 20 * stop)


def test_short_futures_table_sums_the_rest() -> None:
    view = build_tree_view()
    whole, short = futures_table(view).rows, futures_table(view, 4).rows
    assert [row[0] for row in short][3] == "5 others, on average"
    assert short[3][1] == pytest.approx(sum(float(row[1]) for row in whole[3:8]))  # type: ignore[arg-type]
    assert short[-2:] == whole[-2:]


def test_the_worst_tenth_takes_the_edge_in_part() -> None:
    """The three futures with stop and levy cost 470; what is missing to a tenth comes from those that cost 460."""
    view = build_tree_view()
    both = sum(f.probability for f in view.everything.futures if f.cost == 470)
    assert both < 0.1
    tail = find_tail(view)
    assert tail.costs["expected_cost"] == pytest.approx((470 * both + 460 * (0.1 - both)) / 0.1)
    assert tail.costs["shortage_cost"] == pytest.approx(50)


@pytest.mark.parametrize(("cut", "said"), [(0.009, False), (0.011, True)])
def test_cut_mass_above_a_tenth_of_the_tail_is_said(cut: float, said: bool) -> None:
    """The tail is the worst 10 %, so what is cut off may be 1 % at most."""
    view = build_tree_view()
    assert view.whole is not None
    view = replace(view, whole=replace(view.whole, cut_mass=cut))
    assert any("understated, cut mass 1.10 %" in line for line in explain_futures(view)) is said
    assert ("understated" in str(futures_table(view).rows[-1][0])) is said


def test_measures_are_means_and_say_when_they_are_understated() -> None:
    answer = build_tree_answer()
    assert answer.result.plan is not None
    for cut, end in ((0.0, "on average, discounted"), (0.02, "(understated, cut mass 2.00 %)")):
        plan = replace(answer.result.plan, cut_mass=cut)
        measures = {**plan.measures, "cvar_cost": 466.6}
        table = measures_table(replace(answer, result=replace(answer.result, plan=plan, measures=measures)))
        assert table.note.startswith("On average over all futures")
        assert [str(row[0]).endswith(end) for row in table.rows if "worst futures" in str(row[0])] == [True]


def test_headline_says_both_numbers_on_average_in_the_worst_and_upon_news() -> None:
    lines = find_headline(build_tree_answer(unmask=True))
    assert lines[0] == "If nothing happens, the ramp is met in full: 6.0 GW a year from 2027-Q4."
    assert lines[1].startswith("If nothing happens: cash USD 370.0 m; capacity-gap penalty USD 30.0 m")
    averages = next(line for line in lines if line.startswith("Over all 8 futures on average: cash USD "))
    assert "Average of the worst 10 %: cash USD 416.6 m; penalty USD 50.0 m." in averages
    stop = next(line for line in lines if line.startswith("If the export stop comes (2026-Q3 to 2026-Q4): "))
    assert "sign Tramonto Impianti; switch 2.4 GW of pecvd from Dawn Machines to Tramonto Impianti" in stop
    assert stop.endswith("USD 42.0 m more cash and USD 20.0 m more penalty; 100 MW-years later.")
    assert any("only the timing differs" in line and "no more penalty" in line for line in lines)


def test_nothing_on_screen_speaks_of_nodes() -> None:
    answer = build_tree_answer(unmask=True)
    text = printed(answer).casefold()
    for word in ("node", "vetting", "shortage", "cvar", "trunk", "hazard"):
        assert word not in text
    book = openpyxl.load_workbook(io.BytesIO(build_files(answer)["results.xlsx"]))
    cells = [
        str(cell.value).casefold()
        for name in ("Answer", "Orders", "Futures", "Playbook", "Calendar")
        for row in book[name].iter_rows()
        for cell in row
    ]
    assert not [cell for cell in cells if "node" in cell or "trunk" in cell or "cvar" in cell]


def test_console_lists_futures_and_triggers() -> None:
    text = printed(build_tree_answer(unmask=True))
    for words in (
        "Is the ramp met, if nothing happens?",
        "What can happen, and what does it come to?",
        "Which news calls for what?",
        "To see export stop coming, watch: notices",
    ):
        assert words in text


def test_without_news_nothing_is_said_of_futures() -> None:
    answer = build_answer()
    text = printed(answer)
    assert "future" not in text
    assert "nothing happens" not in text
    book = openpyxl.load_workbook(io.BytesIO(build_files(answer)["results.xlsx"]))
    assert {"Futures", "Playbook"}.isdisjoint(book.sheetnames)
    assert answer.data["playbook"] == []


def test_masked_payments_keep_the_totals_of_every_future_and_year() -> None:
    answer = build_tree_answer()
    view = answer.view
    assert view is not None
    money = view.scenario.money
    shown = answer.data["plan"]["cash"]
    for leaf in view.paths.leaves("root"):
        on = set(view.paths.to(leaf))
        true = [(fiscal_year(money, line.day), line.amount) for line in view.everything.cash if line.node in on]
        told = [
            (fiscal_year(money, type(view.scenario.calendar.start).fromisoformat(line["day"])), line["amount"])
            for line in shown
            if line["node"] in on
        ]
        assert sums(told) == pytest.approx(sums(true))
    assert not any(line["supplier"] == SECRET_ID for line in shown)
    amounts = {row[6] for row in every_payment(view).rows}
    assert 6 * 37.625 + 1.5 in amounts


def sums(lines: list[tuple[int, float]]) -> dict[int, float]:
    return {year: sum(amount for _, amount in same) for year, same in groupby(sorted(lines), key=lambda line: line[0])}


def test_two_stages_have_nothing_to_decide_after_news() -> None:
    view = build_tree_view(futures={"mode": "two_stage", "branch_at": ["2026-07-01"]})
    assert view.paths.staged
    assert len(view.reactions) == 1
    assert view.reactions[0].changes == ()
