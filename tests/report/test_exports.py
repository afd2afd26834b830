"""What leaves the house is data, never a program: catalogue rows of kind spreadsheet_export."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import __version__
from planner.report.csv_file import ACTIVE, write_csv
from planner.report.folder import build_files, build_sheets
from planner.report.stamp import find_stamp
from planner.report.table import Column, Table
from planner.report.workbook import write_workbook
from planner.scenario.scenario import Scenario
from planner.vocabulary import Status
from tests.report.cases import build_answer, build_scenario

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "http://example.org", "0012", "1e5"]


def one_column(*texts: str) -> Table:
    return Table("T", "Which?", (Column("name", "Name"), Column("amount", "Amount", "money")), tuple((t, -1.5) for t in texts))


def load(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("name", HOSTILE)
def test_workbook_stores_hostile_text_as_text(name: str) -> None:
    """BI-226: the cell's type is text, whatever it begins with."""
    sheet = load(write_workbook([("S", [one_column(name)])], {"status": name}, name))["S"]
    assert sheet["A6"].data_type == "s"
    assert sheet["A6"].value in (name, name.replace("\r", "_x000D_"))
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20), min_size=1, max_size=30
    )
)
def test_no_text_ever_becomes_a_formula(names: list[str]) -> None:
    sheet = load(write_workbook([("S", [one_column(*names)])], {}, "t"))["S"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_supplier_named_like_a_formula_stays_text_in_every_sheet() -> None:
    _, data = build_scenario()
    data["suppliers"][0]["name"] = "=1+1"
    answer = build_answer(scenario=Scenario.model_validate(data))
    book = load(build_files(answer)["results.xlsx"])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("name", HOSTILE[:7])
def test_csv_escapes_text_but_never_numbers(name: str) -> None:
    """BI-227: words get an apostrophe, the negative number beside them stays a number."""
    rows = list(csv.reader(io.StringIO(write_csv(one_column(name), {}).decode(), newline="")))
    assert rows[1] == ["'" + name, "-1.5"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_csv_gives_back_every_text(note: str) -> None:
    """BI-228: line breaks, quotes and separators survive unchanged; only active first signs gain the apostrophe."""
    rows = list(csv.reader(io.StringIO(write_csv(one_column(note), {}).decode(), newline="")))
    assert rows[1][0] == ("'" + note if note.startswith(ACTIVE) else note)


def test_csv_keeps_full_numbers_and_days() -> None:
    table = Table("T", "?", (Column("a", "A"), Column("b", "B")), ((1 / 3, date(2026, 5, 4)), (12.0, None)))
    assert write_csv(table, {"status": "optimal"}).decode() == f"a,b,status\r\n{1 / 3!r},2026-05-04,optimal\r\n12,,optimal\r\n"


def test_every_sheet_says_how_good_the_plan_is() -> None:
    """BI-231: status, gap, bound, fingerprint and version stand at the top of every sheet of an unproven plan."""
    answer = build_answer(status=Status.FEASIBLE, open_mw=1500.0, bound=200.0)
    book = load(build_files(answer)["results.xlsx"])
    assert [sheet.title for sheet in book] == [name for name, _ in build_sheets(answer)]
    for sheet in book:
        top = sheet["A2"].value
        for words in (
            "status: feasible",
            "gap: 0.25 %",
            "bound: 200",
            f"fingerprint: {answer.result.fingerprint}",
            f"version: {__version__}",
        ):
            assert words in top, sheet.title


def test_csv_rows_carry_the_stamp() -> None:
    answer = build_answer(status=Status.FEASIBLE)
    rows = list(csv.DictReader(io.StringIO(build_files(answer)["orders.csv"].decode())))
    assert {row["status"] for row in rows} == {"feasible"}
    assert {row["fingerprint"] for row in rows} == {answer.result.fingerprint}


def test_numbers_and_days_are_typed_in_the_workbook() -> None:
    sheet = load(build_files(build_answer(unmask=True))["results.xlsx"])["Orders"]
    ordered, units = sheet["A6"], sheet["D6"]
    assert ordered.value == datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
    assert units.value == 6


def test_an_answer_without_a_plan_has_a_workbook_too() -> None:
    files = build_files(build_answer(plan=None, status=Status.INFEASIBLE, objective=None, bound=None))
    assert sorted(files) == ["plan.json", "results.xlsx"]
    assert [s.title for s in load(files["results.xlsx"])] == ["Answer", "Assumptions"]
    assert "No plan meets every rule." in [row[0].value for row in load(files["results.xlsx"])["Answer"].iter_rows()]


def test_stamp_says_unknown_bounds_in_words() -> None:
    stamp = find_stamp(build_answer(bound=None))
    assert stamp["bound"] == "none proven"
    assert Path(stamp["version"]).name == __version__
