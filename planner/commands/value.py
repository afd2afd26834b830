"""``planner value``: what planning for news is worth, how far chances can be off, how simpler ways to buy do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.commands.ending import Ending, finish, read_aloud
from planner.commands.guard import say
from planner.commands.solve import find_changes
from planner.commands.stress import check_count
from planner.errors import UsageError
from planner.options import Options
from planner.report.mask import Mask, build_mask, mask_words
from planner.report.table import show_share
from planner.report.value import explain_value, value_tables
from planner.report.value_ways import name_way
from planner.report.view import show_money
from planner.result import find_gap
from planner.scenario.money import Money
from planner.studies.solving import Solved, Solver
from planner.studies.value import PARTS, find_value


def check_parts(parts: str) -> tuple[str, ...]:
    """The parts named, in their order. Raises UsageError naming what is allowed."""
    asked = [part.strip() for part in parts.split(",") if part.strip()]
    if not asked or set(asked) - set(PARTS):
        raise UsageError(f"--parts is {parts}; allowed: {', '.join(PARTS)}, separated by commas")
    return tuple(part for part in PARTS if part in asked)


def value_file(file: str, options: Options, *, parts: str, futures: int, seed: int, as_json: bool) -> int:
    """Answer the parts for one scenario and print what was found; returns the exit code. Raises UsageError."""
    check_count(futures, seed)
    asked = check_parts(parts)
    return finish(file, lambda: _value(file, options, asked, (futures, seed)), as_json)


def _value(file: str, options: Options, parts: Sequence[str], draw: tuple[int, int]) -> Ending:
    read = read_aloud(file)
    scenario, mask = read.scenario, build_mask(read.scenario)
    solver = Solver(Path(file).stem, options, lambda solved: say(_progress(solved, scenario.money, mask)))
    value = find_value(solver, read.document.data, parts, draw, lambda name: say(f"replayed: {name_way(name)}"))
    for warning in find_changes(Path(file), read.document):
        say(warning)
    document: dict[str, Any] = {"file": file, "scenario": scenario.title, "name": Path(file).stem, "parts": list(parts)}
    document |= {"gap": options.gap, "seed": draw[1], "random_futures": draw[0], **value.as_dict(), "exit_code": value.code}
    return Ending(
        value.code,
        mask_words(mask, document),
        mask.text(scenario.title),
        tuple(mask.text(sentence) for sentence in explain_value(value)),
        tuple(value_tables(value, mask)),
    )


def _progress(solved: Solved, money: Money, mask: Mask) -> str:
    label = mask.text(solved.label)
    if solved.value is None:
        return f"{label}: {solved.reason} ({solved.seconds:.0f} s)"
    gap = find_gap(solved.value, solved.bound)
    proven = "" if gap is None else f", gap {show_share(gap)}"
    return f"{label}: {show_money(solved.value, money)}{proven} ({solved.seconds:.0f} s)"
