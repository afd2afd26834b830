"""``planner explain``: why the plan is as it is, by solving neighbouring questions; why there is none, by what clashes."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.text import Text

from planner.commands.explained import Kept, keep, mask_explanation, read_kept
from planner.commands.guard import Failure, attempt, say
from planner.commands.output import print_json
from planner.commands.solve import find_changes
from planner.errors import UsageError
from planner.explain.asking import Asking, Limits, Step
from planner.explain.explain import Wanted, costs_only, find_explanation
from planner.explain.explanation import PARTS, Explanation
from planner.explain.prices.why_not import check_names
from planner.options import Options
from planner.report.console import open_console, print_table
from planner.report.mask import Mask, build_mask, mask_words
from planner.report.table import Table, show_share
from planner.report.view import show_money
from planner.report.why import explain_why
from planner.report.why_tables import why_tables
from planner.report.why_words import Naming
from planner.scenario.fingerprint import fingerprint
from planner.scenario.money import Money
from planner.scenario.read import ReadScenario, read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import find_versions
from planner.studies.solving import Ask, Solved, Solver

MOST_ROWS = 60
SHARE_OF_PLAN = 0.4
"""Part of all time that finding the plan itself may take."""
LEAST_EACH, TIMES_BASE = 2.0, 1.5
"""Seconds a question gets at least, and how many times what the plan took."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: the exit code, the JSON document, and the same for people."""

    code: int
    document: dict[str, Any]
    title: str = ""
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def check_parts(parts: str) -> tuple[str, ...]:
    """The parts named, most useful first. Raises UsageError naming what is allowed."""
    asked = [part.strip() for part in parts.split(",") if part.strip()]
    if not asked or set(asked) - set(PARTS):
        raise UsageError(f"--parts is {parts}; allowed: {', '.join(PARTS)}, separated by commas")
    return tuple(part for part in PARTS if part in asked)


def explain_file(file: str, options: Options, *, parts: str, why_not: Sequence[str], as_json: bool, out: str) -> int:
    """Explain one scenario's plan and print what was found; returns the exit code. Raises UsageError.

    The time limit of ``options`` is for everything.
    """
    asked = check_parts(parts)
    found = attempt(lambda: _explain(Path(file), file, options, asked, why_not, Path(out)))
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        found = Ending(found.code, found.as_dict(file))
    if as_json:
        print_json(found.document)
    else:
        _print(found)
    return found.code


def _explain(path: Path, file: str, options: Options, parts: tuple[str, ...], why_not: Sequence[str], out: Path) -> Ending:
    began, read = time.monotonic(), read_scenario(path)
    for finding in read.findings:
        if finding.severity == "warning":
            say(str(finding))
    scenario, mask = read.scenario, build_mask(read.scenario)
    names = check_names(scenario, why_not)
    wanted = Wanted(parts, names)
    key = fingerprint(scenario, replace(options, time_limit=None).answer_dict(), find_versions())
    folder = out / f"{path.stem}-{key[:8]}"
    kept = read_kept(folder, key)
    found = kept.answer(wanted)
    if found is None:
        asking = _ask_base(path, read, options, began, mask)
        if asking.base.plan is None:
            return _without_plan(file, path, scenario, asking.base, mask)
        left = replace(wanted, parts=kept.missing(wanted))
        found = kept.join(mask_explanation(find_explanation(asking, left, key), mask))
        for warning in find_changes(path, read.document):
            say(warning)
        keep(folder, Kept(key, names, found))
        say(f"Results: {folder}/")
    return _ending(file, path, scenario, mask, found, parts)


def _ask_base(path: Path, read: ReadScenario, options: Options, began: float, mask: Mask) -> Asking:
    data, money = costs_only(read.document.data), read.scenario.money
    if data is not read.document.data:
        say("the scenario asks for the ramp first; prices are those of the plan of least cost")
    whole = options.time_limit
    first = replace(options, time_limit=None if whole is None else whole * SHARE_OF_PLAN)
    solver = Solver(path.stem, replace(first, reasons=False), lambda solved: say(_progress(solved, money, mask)))
    base = solver.solve(Ask("the plan itself", data))
    each = None if whole is None else max(LEAST_EACH, TIMES_BASE * base.seconds)

    def tell(step: Step) -> None:
        say(f"{step.part} {step.answered} of {step.asked}: {_progress(step.solved, money, mask)}")

    left = None if whole is None else max(0.0, whole - (time.monotonic() - began))
    return Asking(solver, data, read.scenario, base, Limits(left, each), tell)


def _without_plan(file: str, path: Path, scenario: Scenario, base: Solved, mask: Mask) -> Ending:
    document = {"file": file, "scenario": mask.text(scenario.title), "name": path.stem, "exit_code": base.code}
    sentence = f"There is no plan to explain: {base.reason}."
    return Ending(base.code, {**document, "error": sentence}, mask.text(scenario.title), (sentence,))


def _ending(file: str, path: Path, scenario: Scenario, mask: Mask, found: Explanation, parts: Sequence[str]) -> Ending:
    document: dict[str, Any] = {"file": file, "scenario": scenario.title, "name": path.stem, "asked": list(parts)}
    document |= {**found.as_dict(), "exit_code": found.code}
    naming = Naming(scenario, mask)
    sentences = tuple(mask.text(sentence) for sentence in explain_why(found, naming))
    return Ending(
        found.code, mask_words(mask, document), mask.text(scenario.title), sentences, tuple(why_tables(found, naming))
    )  # fmt: skip


def _progress(solved: Solved, money: Money, mask: Mask) -> str:
    label = mask.text(solved.label)
    if solved.value is None:
        return f"{label}: {solved.reason} ({solved.seconds:.1f} s)"
    gap = (solved.value - solved.bound) / max(abs(solved.value), 1e-9) if solved.bound is not None else None
    proven = "" if gap is None else f", gap {show_share(max(0.0, gap))}"
    return f"{label}: {show_money(solved.value, money)}{proven} ({solved.seconds:.1f} s)"


def _print(ending: Ending) -> None:
    console = open_console(sys.stdout)
    if ending.title:
        console.print(Text(ending.title, style="bold"))
    for sentence in ending.sentences:
        console.print(Text(sentence))
    for table in ending.tables:
        print_table(table, console, MOST_ROWS)
