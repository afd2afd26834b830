"""What people see while a batch runs, and after."""

from __future__ import annotations

import io

import pytest

from planner.batch.task import Row
from planner.commands.batch_progress import Progress, describe_row, show_time
from planner.commands.batch_table import print_rows
from planner.report.console import open_console

SOLVED = Row("s/a.yaml", "a", "optimal", 0, "f1", 386.8, 0.0, 0.41, results="a-f1")
BAD = Row("s/b.yaml", "b", "refused", 3, reason="s/b.yaml:2:1 title: missing\ns/b.yaml:3:1 money: missing")
KEPT = Row("s/c.yaml", "c", "infeasible", 4, "f3", seconds=1.0, results="c-f3", kept=True)


def test_without_a_terminal_there_is_a_line_for_each_scenario_but_those_solved_before(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(3) as progress:
        for row in (KEPT, SOLVED, BAD):
            progress.hear(row)
    out, said = capsys.readouterr()
    assert not out
    assert said.splitlines() == ["[2 of 3] s/a.yaml: optimal, 0.4 s", "[3 of 3] s/b.yaml: refused, s/b.yaml:2:1 title: missing"]


def test_progress_says_how_many_how_fast_and_how_long_it_will_take() -> None:
    progress = Progress(10)
    progress.tell({"event": "started", "fingerprint": "f1", "name": "a"})
    assert progress.describe() == "0 of 10  a"
    progress.hear(SOLVED)
    progress.hear(KEPT)
    said = progress.describe().split("  ")
    assert said[:2] == ["2 of 10", "1 solved before"]
    assert said[2].endswith(" a minute")
    assert said[3] == "0 s left"


def test_the_table_shows_first_what_needs_a_look() -> None:
    rows = [row.as_dict() for row in (SOLVED, BAD, KEPT)]
    counts = {"optimal": 1, "refused": 1, "infeasible": 1}
    ends = {"rows": rows, "counts": counts, "solved": 1, "kept": 1, "seconds": 7.0}
    stream = io.StringIO()
    print_rows({**ends, "out": "out", "files": ["summary.csv"], "note": "no such"}, open_console(stream))
    text = stream.getvalue()
    assert text.index("title: missing") < text.index("386.8")
    assert "money: missing" not in text
    assert "3 scenarios: 1 optimal, 1 refused and 1 infeasible. 1 solved now in 7 s, 1 solved before." in text
    assert "Summary in out: summary.csv" in text
    assert "no such." in text


@pytest.mark.parametrize(("seconds", "text"), [(0.0, "0 s"), (99.0, "99 s"), (720.0, "12 min"), (12600.0, "3.5 h")])
def test_times_are_said_shortly(seconds: float, text: str) -> None:
    assert show_time(seconds) == text


def test_a_row_is_said_with_the_first_line_of_its_reason() -> None:
    assert describe_row(BAD) == "refused, s/b.yaml:2:1 title: missing"
