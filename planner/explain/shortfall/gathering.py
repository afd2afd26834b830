"""Many denials of many offers -> few reasons: alike ones together, in the order in which they are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.reason import CAUSES, Denial, Reason
from planner.explain.shortfall.roads import Held
from planner.scenario.dates import MONTHS, add_months, parse_period

FEW = 3


def gather(held: Iterable[Held]) -> tuple[Reason, ...]:
    """One reason for each thing that is used up; the windows of a pool of slots together."""
    groups: dict[tuple[str, str], list[tuple[Denial, Held]]] = defaultdict(list)
    for one in held:
        for denial in one.denials:
            groups[denial.cause, _subject(denial)].append((denial, one))
    reasons = [_reason(subject, group) for (_, subject), group in groups.items()]
    return tuple(sorted(reasons, key=lambda r: (CAUSES.index(r.cause), not r.alone, -r.more_mw, r.subject)))


def _subject(denial: Denial) -> str:
    window = denial.says.values.get("window")
    return denial.subject.removesuffix(f" {window.value}") if denial.cause == "slot" and window else denial.subject


def _reason(subject: str, group: list[tuple[Denial, Held]]) -> Reason:
    first = group[0][0]
    offers = tuple(dict.fromkeys(held.offer for _, held in group if held.offer))
    alone = any(len(held.denials) == 1 for _, held in group)
    says, windows = first.says, tuple[str, ...]()
    if first.cause == "slot" and "window" in first.says.values:
        says, windows = _merge({denial.subject: denial for denial, _ in group})
    return Reason(first.cause, subject, says, offers, max(held.mw for _, held in group), alone, windows)


def _merge(denials: dict[str, Denial]) -> tuple[Sentence, tuple[str, ...]]:
    """Several windows of one pool as one sentence: their slots add up. Windows without any are named only if all are."""
    values = [denial.says.values for denial in denials.values()]
    values = [found for found in values if _number(found["free"])] or values
    windows = tuple(sorted(str(found["window"].value) for found in values))
    free = sum(_number(found["free"]) for found in values)
    ordered = sum(_number(found["ordered"]) for found in values)
    first = values[0]
    merged = {
        "pool": first["pool"],
        "window": _say_windows(windows, first["window"].source),
        "free": Value("units", free, first["free"].source),
        "ordered": Value("units", ordered, first["ordered"].source),
    }
    if free <= 0:
        return Sentence("slot_none", {"pool": merged["pool"], "window": merged["window"]}), windows
    return Sentence("slot_rivals" if ordered < free else "slot_taken", merged), windows


def _say_windows(windows: tuple[str, ...], source: str) -> Value:
    """Their names; of three and more that follow each other the first and the last."""
    days = [_begin(name) for name in windows]
    if len(windows) < FEW or any(add_months(day, long) != after for (day, long), (after, _) in pairwise(days)):
        return Value("period", windows, source)
    ends = {"first": Value("period", windows[0], source), "last": Value("period", windows[-1], source)}
    return Value("sentence", (Sentence("span", ends),), source)


def _begin(window: str) -> tuple[date, int]:
    """First day of a window and its length in months."""
    year, half, number = window.partition("-H")
    if half:
        return date(int(year), 6 * int(number) - 5, 1), MONTHS["half-year"]
    day, kind = parse_period(window)
    return day, MONTHS[kind]


def _number(value: Value) -> float:
    assert isinstance(value.value, int | float)  # slots are numbers
    return float(value.value)
