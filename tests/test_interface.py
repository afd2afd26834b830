"""docs/interface.md is what the code says: keys, verbs, fields, codes, files."""

from __future__ import annotations

from planner.cli import app
from planner.report.interface import EXIT_CODES, write_interface
from planner.vocabulary import Exit
from tests.command import ROOT

PAGE = ROOT / "docs" / "interface.md"


def test_the_committed_page_is_the_generated_one() -> None:
    committed = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert committed == write_interface(app), "docs/interface.md is out of date: run `make interface` and commit it"


def test_every_exit_code_is_explained() -> None:
    assert {code for code, _ in EXIT_CODES} == set(Exit.SEVERITY)


def test_every_verb_and_option_is_there() -> None:
    page = write_interface(app)
    for words in ("planner check FILE...", "planner solve FILE...", "planner stress FILE", "planner value FILE",
                  "planner diff OLD NEW", "planner schema", "planner new FILE", "planner tension INDEX.csv",
                  "--json", "--register", "--gap G", "--time-limit S", "--minimise MEASURE", "--out DIR", "--write-mps FILE",
                  "--unmask", "--plan PLAN.JSON", "--futures N", "--seed S", "--parts PARTS", "--base FROM:UNTIL",
                  "--column NAME", "--markdown"):  # fmt: skip
        assert words in page


def test_every_verb_of_the_command_line_is_tested_here() -> None:
    """A new verb must be entered in the lists of this file and of the help's test."""
    verbs = {line.split("`planner ")[1].split()[0].strip("`") for line in write_interface(app).splitlines()
             if line.startswith("### `planner ")}  # fmt: skip
    assert verbs == {"check", "solve", "stress", "value", "diff", "schema", "new", "tension"}


def test_every_option_and_argument_has_words() -> None:
    assert "|  | required |" not in write_interface(app).split("## Exit codes")[0]
