"""The JSON the verbs print, as tables of fields read off the types of the documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.report.documents.batch import BatchJson
from planner.report.documents.compare import CompareJson
from planner.report.documents.explain import ClashedJson, ExplainJson
from planner.report.documents.fields import Field, list_fields
from planner.report.documents.frontier import FrontierJson
from planner.report.documents.plan import DecisionJson, MeasuresJson, OrderJson
from planner.report.documents.playbook import ExtraJson
from planner.report.documents.regret import RegretJson
from planner.report.documents.replan import ReplanJson
from planner.report.documents.shared import (
    CostJson,
    DifferenceJson,
    EstimateJson,
    FailureJson,
    FindingJson,
    StepJson,
)
from planner.report.documents.small import CheckJson, ConvertJson, DiffJson, TensionJson
from planner.report.documents.solve import SolveJson
from planner.report.documents.stress import StressJson, UnstressedJson
from planner.report.documents.sweep import SweepJson, TornadoJson
from planner.report.documents.value import RangeJson, TurnJson, ValueJson
from planner.report.markdown import flat, write_table

GENERAL = (
    "`--json` prints one document on standard output; `check` and `solve` print a list of documents for several files. Words for "
    "people go to standard error. Shares are fractions, days are year-month-day texts. A map has names as keys, written `.*` "
    "below; `[]` is every item of a list; fields marked optional may be left out. Names of confidential suppliers are masked, "
    "and prices of theirs are null, unless `solve` was given `--unmask`."
)
SOLVED = (
    "Without a plan `plan` is null and `measures` is empty. A search that was interrupted, that ran into a limit, or whose "
    "process crashed or was killed with a plan in hand gives that plan, checked like any other: `status` feasible, the cause in "
    "`reason`."
)
VALUED = (
    "Costs are the measure the policy makes least over all futures. Without a plan for the tree `tree.value` is null, and "
    "`costs` and `values` are left out."
)
DOCUMENTS: dict[str, tuple[str, Any]] = {
    "JSON of `planner check --json`": ("Of a file that can be solved; of another the JSON of a failure.", CheckJson),
    "JSON of `planner solve --json`": (SOLVED, SolveJson),
    "JSON of `planner stress --json`": ("Where there is a plan to replay.", StressJson),
    "JSON of `planner stress --json` without a plan": ("Where the solve found none.", UnstressedJson),
    "JSON of `planner value --json`": (VALUED, ValueJson),
    "JSON of `planner batch --json`": ("", BatchJson),
    "JSON of `planner frontier --json`": ("Plans are in the results folders that `--out` writes.", FrontierJson),
    "JSON of `planner sweep --json`": ("", SweepJson),
    "JSON of `planner sweep --tornado --json`": ("", TornadoJson),
    "JSON of `planner regret --json`": ("", RegretJson),
    "JSON of `planner compare --json`": ("", CompareJson),
    "JSON of `planner replan --json`": ("", ReplanJson),
    "JSON of `planner explain --json`": ("", ExplainJson),
    "JSON of `planner explain --json` where no plan keeps every rule": ("", ClashedJson),
    "JSON of `planner diff --json`": ("", DiffJson),
    "JSON of `planner convert --json`": ("", ConvertJson),
    "JSON of `planner tension --json`": ("", TensionJson),
}
"""Heading, words before the table, type."""
SHARED = {
    FindingJson: "finding",
    MeasuresJson: "measures",
    DecisionJson: "decision",
    OrderJson: "order",
    ExtraJson: "extra",
    EstimateJson: "estimate",
    CostJson: "cost",
    DifferenceJson: "difference",
    RangeJson: "range",
    TurnJson: "turn",
    StepJson: "step",
}
"""Parts with a table of their own, and what they are called in others."""
FAILED = (
    "What `check`, `solve`, `stress` and `value` print for a file they cannot answer for. `diff`, `convert` and `tension` then "
    "print nothing on standard output."
)
HEADS = ("field", "type", "unit", "meaning")


def write_json() -> Iterator[str]:
    """One section per document, then failures, then the parts they share."""
    yield "## JSON\n"
    yield f"{GENERAL}\n"
    for heading, (words, document) in DOCUMENTS.items():
        yield from _section(heading, words, document)
    yield from _section("JSON of a failure", FAILED, FailureJson)
    for part, name in SHARED.items():
        yield from _section(f"JSON part: {name}", flat(part.__doc__ or ""), part)


def _section(heading: str, words: str, document: Any) -> Iterator[str]:
    yield f"### {heading}\n"
    if words:
        yield f"{words}\n"
    yield write_table(HEADS, [_row(field) for field in list_fields(document, SHARED)])


def _row(field: Field) -> tuple[str, ...]:
    kind = f"{field.kind}, optional" if field.optional else field.kind
    return f"`{field.path}`", kind, field.unit, field.meaning
