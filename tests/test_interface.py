"""docs/interface.md is what the code says: keys, verbs, fields, codes, files."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import typer.main

from planner.app.stored import LIST
from planner.cli import app
from planner.commands.stress import FILE
from planner.plan.audit.findings import AuditFinding
from planner.plan.deliveries import Blow
from planner.plan.difference import Change
from planner.plan.plan import Cash, FutureCost, Order, Output, Plan, PlanNode, Shortage, Signing, Vetting
from planner.report.documents import playbook as playbook_types
from planner.report.documents.fields import open_type
from planner.report.documents.plan import (
    CashJson,
    DecisionJson,
    FutureJson,
    NodeJson,
    OrderJson,
    OutputJson,
    PlanJson,
    ShortageJson,
)
from planner.report.documents.shared import CostJson, EstimateJson, FindingJson, StepJson
from planner.report.documents.solve import DisagreementJson
from planner.report.documents.stress import CutJson, DependenceJson, RampJson, Reason
from planner.report.documents.value import BreakEvenJson, CornerJson, PairedJson, PointJson, RangeJson, TurnJson
from planner.report.interface import ENDINGS, EXIT_CODES, write_interface
from planner.scenario.findings import Finding
from planner.studies.corners import Corner
from planner.studies.costs import Cost
from planner.studies.estimate import Estimate
from planner.studies.first import Step
from planner.studies.hazards import BreakEven, Point, Turn
from planner.studies.ledger import REASONS
from planner.studies.paired import Paired
from planner.studies.ranges import Range
from planner.studies.stress import Cut, Dependence, RampChance
from planner.vocabulary import Exit
from tests.command import ROOT

PAGE = ROOT / "docs" / "interface.md"
TEXT = write_interface(app)
VERBS = {
    "check", "solve", "stress", "value", "diff", "schema", "new", "app", "convert", "tension", "batch", "compare", "frontier",
    "regret", "replan", "sweep", "explain",
}  # fmt: skip
TWINS = (
    (FindingJson, Finding), (EstimateJson, Estimate), (CostJson, Cost), (StepJson, Step), (DecisionJson, Vetting),
    (DecisionJson, Signing), (OrderJson, Order), (OutputJson, Output), (ShortageJson, Shortage), (CashJson, Cash),
    (NodeJson, PlanNode), (FutureJson, FutureCost), (PlanJson, Plan), (DisagreementJson, AuditFinding),
    (playbook_types.ChangeJson, Change), (playbook_types.BlowJson, Blow), (RampJson, RampChance), (DependenceJson, Dependence),
    (CutJson, Cut), (RangeJson, Range), (TurnJson, Turn), (PointJson, Point), (BreakEvenJson, BreakEven), (CornerJson, Corner),
    (PairedJson, Paired),
)  # fmt: skip
"""Parts of documents and the objects they are written from, also those that a run seldom has."""


def test_the_committed_page_is_the_generated_one() -> None:
    committed = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert committed == TEXT, "docs/interface.md is out of date: run `make interface` and commit it"


def test_every_exit_code_is_explained() -> None:
    assert {code for code, _ in EXIT_CODES} == set(Exit.SEVERITY)
    assert f"the worst one counts: {', '.join(map(str, Exit.SEVERITY))}, in this order" in TEXT


def test_a_plan_in_hand_outlives_interrupts_and_crashes() -> None:
    words = dict(EXIT_CODES)
    assert "keeps the plan in hand: it is printed and written" in words[Exit.INTERRUPTED]
    assert "crashes, is killed" in words[Exit.LIMIT]
    assert "with status feasible" in words[Exit.LIMIT]


def test_every_verb_and_option_is_there() -> None:
    for words in ("planner check FILE...", "planner solve FILE...", "planner stress FILE", "planner value FILE",
                  "planner diff OLD NEW", "planner schema", "planner new FILE", "planner tension INDEX.csv",
                  "planner app [FOLDER]", "planner convert FROM TO",
                  "--json", "--register", "--gap G", "--time-limit S", "--minimise MEASURE", "--out DIR", "--write-mps FILE",
                  "--unmask", "--plan PLAN.JSON", "--futures N", "--seed S", "--parts PARTS", "--base FROM:UNTIL",
                  "--column NAME", "--markdown", "--port N", "--address IP", "--open-to-network", "--names NAMES",
                  "--supplier ID", "--replace"):  # fmt: skip
        assert words in TEXT


def test_every_verb_of_the_command_line_is_tested_here() -> None:
    """A new verb must be entered in the lists of this file and of the help's test, with what its exit codes mean."""
    verbs = {line.split("`planner ")[1].split()[0].strip("`") for line in TEXT.splitlines()
             if line.startswith("### `planner ")}  # fmt: skip
    assert verbs == VERBS
    assert set(ENDINGS) == VERBS
    for verb, words in ENDINGS.items():
        assert f"Exit codes: {words}" in section(f"### `planner {verb}")


def section(heading: str) -> str:
    """The page from a heading that begins so to the next one."""
    (start,) = [at for at, line in enumerate(TEXT.splitlines()) if line.startswith(heading) and line[len(heading) :][:1] in " `"]
    rest = TEXT.splitlines()[start + 1 :]
    return "\n".join(rest[: next(at for at, line in enumerate(rest) if line.startswith("#"))])


def test_every_option_and_argument_has_words() -> None:
    assert "|  | required |" not in TEXT.split("## Exit codes")[0]


def test_what_must_be_given_says_so_and_nothing_else_does() -> None:
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        rows = {line.split("`")[1].split()[0]: line for line in section(f"### `planner {name}").splitlines() if line[:3] == "| `"}
        for parameter in command.params:
            row = rows[parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0]]
            assert row.endswith("| required |") == parameter.required, row
    assert section("### `planner tension").count("| required |") == 2


def test_files_of_other_verbs_are_named() -> None:
    files = TEXT.split("## Result files")[1].split("\n## ")[0]
    assert f"`{FILE}`" in files
    assert f"`../{LIST}/<id>.json`" in files


@pytest.mark.parametrize(("part", "written"), TWINS, ids=lambda one: one.__name__)
def test_a_part_has_the_fields_of_the_object_it_is_written_from(part: Any, written: Any) -> None:
    assert list(open_type(part)) == [name for name in inspect.signature(written).parameters if name != "self"]


def test_every_reason_why_something_cannot_be_done_is_there() -> None:
    assert set(Reason.__args__) == set(REASONS)


def test_a_field_without_words_is_refused() -> None:
    from typing import TypedDict

    class Silent(TypedDict):
        field: int

    with pytest.raises(TypeError, match=r"Silent\.field does not say what it means"):
        open_type(Silent)
