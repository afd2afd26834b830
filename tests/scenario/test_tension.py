"""An index of one's own becomes the tension dial: by hand, in the scenario's own words, and with every slip named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.errors import BadInput
from planner.scenario.files import LARGEST_FILE
from planner.scenario.index_file import Index, read_column, read_index_file
from planner.scenario.read import read_scenario
from planner.scenario.tension import BadBase, find_dial, parse_base, plain, write_dial
from planner.vocabulary import Exit
from tests.command import planner
from tests.scenario.news_cases import NEWS
from tests.scenario.sample import damaged
from tests.test_cli_help import HEAVY, imported

MONTHLY = """\
month,risk,"risk, China"
2018-01,100,1
2018-12,80,1
2019-01,150,2
2019-02,50,2
2019-03,70,2
2019-07,210,2
2020-01,33.33,2
"""


def index_of(text: str, folder: Path, column: int = 1) -> Index:
    path = folder / "index.csv"
    path.write_bytes(text.encode("utf-8"))
    return read_column(read_index_file(path), column)


def test_quarters_after_the_base_are_relative_to_its_mean(tmp_path: Path) -> None:
    """The base is (100 + 80) / 2 = 90. 2019-Q1: (150 + 50 + 70) / 3 / 90 = 1; Q3: 210 / 90; 2020-Q1: 33.33 / 90."""
    dial = find_dial(index_of(MONTHLY, tmp_path), parse_base("2018-01:2018-12"))
    assert dial.quarters == (("2019-Q1", 1.0), ("2019-Q3", 2.33), ("2020-Q1", 0.37))
    assert (dial.mean, dial.values) == (90.0, 2)


@pytest.mark.parametrize("base", ["2018:2018", "2018-Q1:2018-Q4", "2018-01:2018-12", "2018-01-01:2018-12-31", "2018:2018-12-01"])
def test_both_ends_of_the_base_count_however_they_are_written(base: str, tmp_path: Path) -> None:
    assert find_dial(index_of(MONTHLY, tmp_path), parse_base(base)).values == 2


def test_a_base_up_to_the_end_gives_the_last_quarter(tmp_path: Path) -> None:
    """(150 + 50 + 70 + 210 + 33.33) / 5 = 102.666; 33.33 / 102.666 = 0.325."""
    assert find_dial(index_of(MONTHLY, tmp_path), parse_base("2019:2020")).quarters == (("2020-Q1", 0.325),)


@pytest.mark.parametrize(
    "lines",
    [
        "day,x\r\n2018-11-30,2\r\n2018-12-31,4\r\n2019-02-01,6\r\n2019-02-02,9\r\n",
        "quarter,x\n2018-Q3,2\n2018-Q4,4\n2019-Q1,7.5",
        '\ufeffmonth , x\n2018-11,2\n\n2018-12,  4e0\n2019-01,"6"\n2019-03,9.0\n\n',
    ],
    ids=["days", "quarters", "months"],
)
def test_days_months_and_quarters_are_read(lines: str, tmp_path: Path) -> None:
    """The base is 3; the mean of 2019-Q1 is 7.5 each time."""
    assert find_dial(index_of(lines, tmp_path), parse_base("2018:2018")).quarters == (("2019-Q1", 2.5),)


@pytest.mark.parametrize(("value", "text"), [(1.2345, "1.23"), (1, "1"), (0, "0"), (12345.6, "12300"), (0.00012345, "0.000123")])
def test_three_digits_without_an_exponent(value: float, text: str) -> None:
    assert plain(value) == text


def test_what_is_printed_can_be_pasted(tmp_path: Path) -> None:
    """Twelve quarters make a line per year; the scenario then reads them, and the history before it is no slip."""
    lines = "month,risk\n2022-01,50\n" + "".join(f"{2023 + n // 4}-{n % 4 * 3 + 1:02d},{50 + n}\n" for n in range(12 + 3))
    index, base = index_of(lines, tmp_path), parse_base("2022:2022")
    text = write_dial(index, base, find_dial(index, base))
    assert text.count("\n") == 6  # what it is, the key, four years
    old = "futures:\n  max_shocks: 4\n  tension: {2026-Q1: 1.2}\n"
    path = tmp_path / "f.yaml"
    path.write_text(damaged((old, text), text=NEWS))
    read = read_scenario(path)
    # 2026-Q3, the fifteenth quarter: (50 + 14) / 50, and it holds on
    dial = read.scenario.futures.tension
    assert [dial.at(date(year, 7, 1), 0) for year in (2022, 2023, 2026, 2027)] == [None, 1.04, 1.28, 1.28]
    assert [one for one in read.findings if "tension" in one.field] == []


@pytest.mark.parametrize(
    ("old", "new", "place", "field", "says"),
    [
        ("2019-01,150", "2019-13,150", (4, 1), "month", "is not a month, day or quarter"),
        ("2019-01,150", "01/2019,150", (4, 1), "month", "2026-01, 2026-01-15 or 2026-Q1"),
        ("2019-01,150", "2019,150", (4, 1), "month", "is not a month"),
        ("2019-01,150", "2019-Q1,150", (4, 1), "month", "is a quarter, line 2 is not"),
        ("2019-01,150", "2018-12,150", (4, 1), "month", "does not come after the line before"),
        ("2019-01,150", "2019-01,", (4, 9), "risk", "value is missing"),
        ("2019-01,150", "2019-01, many", (4, 9), "risk", "must be a number"),
        ("2019-01,150", "2019-01,nan", (4, 9), "risk", "must be a number"),
        ("2019-01,150", "2019-01,1e999", (4, 9), "risk", "is not a usable number"),
        ("2019-01,150", "2019-01,-150", (4, 9), "risk", "must be at least 0"),
        ("2019-01,150", '2019-01,"1,150"', (4, 9), "risk", "thousands separators"),
        ("2019-01,150", "2019-01,150 %", (4, 9), "risk", "no per cent sign"),
        ("2019-01,150", "2019-01,150,7", (4, 1), "", "the line has 4 cells, the first line names 3 columns"),
        ("2019-01,150,2", "2019-01", (4, 1), "", "the line has 1 cell,"),
        ("2019-01,150", '2019-01,"150', (4, 9), "", "never closed"),
        ('month,risk,"risk, China"\n', "", (1, 1), "", "the first line holds numbers"),
        ('"risk, China"', "risk", (1, 12), "", "two columns are called risk"),
    ],
)
def test_every_slip_is_named_with_its_line_and_column(
    old: str, new: str, place: tuple[int, int], field: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        index_of(damaged((old, new), text=MONTHLY), tmp_path)
    (one,) = caught.value.findings
    assert (one.file, one.line, one.column, one.field) == ("index.csv", *place, field)
    assert says in str(one)
    assert one.allowed
    assert one.fix


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("month,risk\n", "there are names but no values"),
        ("month\n2019-01\n", "no column beside the dates"),
        ("month;risk\n2019-01;1\n", "columns are divided by ;"),
        ("month\trisk\n2019-01\t1\n", "columns are divided by a tab"),
        ("month,ri\u200bsk\n2019-01,1\n", "invisible character"),
    ],
)
def test_a_file_that_is_no_index_says_so(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=says):
        index_of(text, tmp_path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    for raw, says in (
        (MONTHLY.encode("utf-16"), "UTF-16"),
        (MONTHLY.replace("China", "Chine fran\u00e7aise").encode("latin-1"), "not UTF-8"),
        (b"month,risk\n" + b"2019-01,1\n" * (LARGEST_FILE // 10), "leave out old lines"),
    ):
        path.write_bytes(raw)
        with pytest.raises(BadInput, match=says):
            read_index_file(path)
    with pytest.raises(BadInput, match="a folder, not a CSV file"):
        read_index_file(tmp_path)
    with pytest.raises(BadInput, match="no such file"):
        read_index_file(tmp_path / "gone.csv")


def test_a_thousand_slips_are_twenty_and_a_count(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        index_of("month,risk\n" + "soon,1\n" * 1000, tmp_path)
    assert len(caught.value.findings) == 21
    assert "980 more complaints" in caught.value.findings[-1].problem


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("2018", "is not FROM:UNTIL"),
        ("2018:2019:2020", "is not FROM:UNTIL"),
        ("2018-13:2019", "is not FROM:UNTIL"),
        ("2019:2018", "ends before it starts"),
        ("2018-07:2018-07-31", "holds no value; the index runs from 2018-01-01 to 2020-01"),
    ],
)
def test_a_base_that_cannot_be_used(base: str, says: str, tmp_path: Path) -> None:
    index = index_of(MONTHLY, tmp_path)
    with pytest.raises(BadBase, match=says):
        find_dial(index, parse_base(base))


def test_nothing_is_relative_to_zero(tmp_path: Path) -> None:
    with pytest.raises(BadBase, match="mean 0"):
        find_dial(index_of("m,x\n2018-01,0\n2019-01,1\n", tmp_path), parse_base("2018:2018"))


def test_the_command_prints_yaml_or_json_and_ends_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text(MONTHLY)
    done = planner("tension", "index.csv", "--base", "2018:2018", "--column", "risk", cwd=tmp_path)
    assert done.returncode == Exit.SOLVED
    assert done.stdout.splitlines()[-1] == "futures: {tension: {2019-Q1: 1, 2019-Q3: 2.33, 2020-Q1: 0.37}}"
    assert "risk of index.csv relative to its mean 90 over 2018:2018" in done.stdout
    as_json = planner("tension", "index.csv", "--base", "2018:2018", "--column", "risk, China", "--json", cwd=tmp_path)
    assert json.loads(as_json.stdout) == {
        "file": "index.csv",
        "column": "risk, China",
        "base": {"window": "2018:2018", "mean": 1.0, "values": 2},
        "tension": {"2019-Q1": 2.0, "2019-Q3": 2.0, "2020-Q1": 2.0},
    }


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--base", "2018:2018"], Exit.USAGE, "--column must name one of several columns; allowed: risk, risk, China"),
        (["--base", "2018:2018", "--column", "rsk"], Exit.USAGE, "did you mean risk?"),
        (["--base", "1999:2000", "--column", "risk"], Exit.USAGE, "--base is 1999:2000; it holds no value"),
        (["--base", "soon", "--column", "risk"], Exit.USAGE, "--base is soon; it is not FROM:UNTIL"),
        (["--base", "2018:2018", "--column", "bad"], Exit.BAD_INPUT, "index.csv:2:11 bad is ?; must be a number"),
    ],
)
def test_wrong_options_and_bad_files_say_what_is_allowed(options: list[str], code: int, says: str, tmp_path: Path) -> None:
    text = MONTHLY if "bad" not in options else "month,risk,bad\n2018-01,1,?\n"
    (tmp_path / "index.csv").write_text(text)
    done = planner("tension", "index.csv", *options, cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stdout == ""


def test_its_help_imports_nothing_heavy() -> None:
    assert not imported("tension", "--help") & (HEAVY - {"pydantic"})
