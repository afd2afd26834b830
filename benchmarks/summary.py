"""What runs come to: medians, spreads, ratios, and how our time grows with the size of the question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.instances import SERIES
from benchmarks.methods import MODULES
from benchmarks.store import Row, Store

NEAR = 0.01
"""A plan within this share of the best known cost is a good first plan."""
HALF, TENTH = 0.005, 0.001
"""The gaps asked for."""
NOISE, DIGITS = 1e-6, 1e-3
"""Relative, and what a bound printed with three digits can be off."""
MEASURES = {"first": "first_within_1_percent", "half": "seconds_to_0_5_percent", "tenth": "seconds_to_0_1_percent"}


def summarise(store: Store) -> list[Row]:
    """One row per instance and method that ran, in the order of the list and of the methods."""
    found = []
    for name, size in store.cases.items():
        best = find_best(store.find(instance=name))
        rows = [_summarise_method(store, name, size, method, best) for method in MODULES]
        found += [row for row in rows if row is not None]
    return found


def find_best(runs: Iterable[Row]) -> float | None:
    """Cost of the best plan any method has found."""
    return min((cost for run in runs for _, cost in run["plans"]), default=None)


def find_disagreements(store: Store) -> list[str]:
    """Where one method proves more than another one's plan costs: then one of the two is wrong."""
    found = []
    for name in store.cases:
        runs = store.find(instance=name)
        best = find_best(runs)
        if best is not None:
            most = best + max(DIGITS, NOISE * abs(best))
            wrong = [run for run in runs if run["bound"] is not None and run["bound"] > most]
            found += [f"{name}: {run['method']} proves {run['bound']:.6f}, but a plan costs {best:.6f}" for run in wrong]
    return found


def _summarise_method(store: Store, name: str, size: Row, method: str, best: float | None) -> Row | None:
    runs = store.find(instance=name, method=method)
    half, tenth = ([run for run in runs if run["gap"] == gap] for gap in (HALF, TENTH))
    if not half and not tenth:
        return None
    runs_for_first = half or tenth
    row: Row = {
        "instance": name, "nodes": size["nodes"], "columns": size["columns"], "whole": size["whole"],
        "nonzeros": size["nonzeros"], "method": method, "runs": len(half), "error": _first(run["error"] for run in half or tenth),
        "build_seconds": _median(run["built"] for run in runs),
        "first_within_1_percent": _median(_first_or_limit(run, best) for run in runs_for_first),
        "first_missed": any(find_first(run, best) is None for run in runs_for_first),
        "seconds_to_0_5_percent": _median(count(run) for run in half),
        "seconds_to_0_1_percent": _median(count(run) for run in tenth or [run for run in half if run["limit_hit"]]),
        "limit_hit_0_5": any(run["limit_hit"] for run in half),
        "limit_hit_0_1": any(run["limit_hit"] for run in tenth or half),
        "gap": _median(run["reached"] for run in half),
        "memory_mb": max((run["memory_mb"] for run in runs if run["memory_mb"]), default=None),
        "work_to_0_5_percent": _median(run["work"] for run in half),
        "spread": _spread([run["seconds"] for run in half if not run["limit_hit"]]),
    }  # fmt: skip
    return row


def _first_or_limit(run: Row, best: float | None) -> float | None:
    return None if run["error"] else find_first(run, best) or float(run["limit"])


def count(run: Row) -> float | None:
    """Seconds to the end; the limit for a run that did not prove its gap; nothing for one that failed."""
    if run["error"]:
        return None
    return float(run["limit"] if run["limit_hit"] else run["seconds"])


def find_first(run: Row, best: float | None) -> float | None:
    """When the run first had a plan within one percent of the best known."""
    if best is None:
        return None
    return next((seconds for seconds, cost in run["plans"] if cost <= best + NEAR * abs(best)), None)


def find_ratio(ours: Row, theirs: Row, measure: str) -> tuple[float, bool] | None:
    """How many times as long theirs took, and whether that is only a lower bound; None where ours missed it or theirs failed."""
    mine, other = ours[measure], theirs[measure]
    if not mine or not other or _missed(ours, measure):
        return None
    return other / mine, _missed(theirs, measure)


def _missed(row: Row, measure: str) -> bool:
    flags = {MEASURES["first"]: "first_missed", MEASURES["half"]: "limit_hit_0_5", MEASURES["tenth"]: "limit_hit_0_1"}
    return bool(row[flags[measure]])


def fit_growth(points: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Least squares of log time on log size: (exponent, its standard error, spread as a factor); None below three points."""
    if len(points) < 3:
        return None
    x, y = ([math.log(point[i]) for point in points] for i in (0, 1))
    middle, level = sum(x) / len(x), sum(y) / len(y)
    width = sum((a - middle) ** 2 for a in x)
    slope = sum((a - middle) * (b - level) for a, b in zip(x, y, strict=True)) / width
    left = sum((b - level - slope * (a - middle)) ** 2 for a, b in zip(x, y, strict=True)) / (len(points) - 2)
    return slope, math.sqrt(left / width), math.exp(math.sqrt(left))


def find_growths(store: Store, table: Sequence[Row]) -> list[Row]:
    """Exponents of our time to a first good plan and to the proven gap, along the series; points at the limit are left out."""
    found = []
    for along, names in SERIES.items():
        for measure in (MEASURES["first"], MEASURES["half"], "build_seconds"):
            rows = [row for row in table if row["method"] == "ours" and row["instance"] in names and row[measure]]
            rows = [row for row in rows if measure == "build_seconds" or not _missed(row, measure)]
            fit = fit_growth([(store.cases[row["instance"]][along], row[measure]) for row in rows])
            if fit:
                found.append({"along": along, "measure": measure, "points": len(rows), "exponent": fit[0], "error": fit[1],
                              "factor": fit[2]})  # fmt: skip
    return found


def _median(numbers: Iterable[float | None]) -> float | None:
    found = [number for number in numbers if number is not None]
    return median(found) if found else None


def _spread(numbers: list[float]) -> float | None:
    return (max(numbers) - min(numbers)) / median(numbers) if len(numbers) > 1 else None


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
