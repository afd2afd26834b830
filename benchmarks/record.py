"""What the solves of the stability record say together: best plans known, differences, and a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from planner.studies.costs import Cost, subtract

Row = dict[str, Any]
SPANS = {"today": 0, "year": 12}
"""What is held of the other plan: months of the trunk's decisions from the start; 0 for those of the first day alone."""


def find_best(row: Row) -> Cost:
    """The best plan known for a variation, be it found with another's decisions held; the bound is of the free search."""
    found = [row, *(part["kept"] for part in _held_parts(row))]
    costs = [one["objective"] for one in found if one["objective"] is not None and one["audit"]]
    return Cost(min(costs), row["bound"]) if costs else Cost()


def _held_parts(row: Row) -> Iterator[Row]:
    return (row[name] for name in SPANS if row.get(name) and not row[name]["same"])


def find_differences(rows: Iterable[Row]) -> list[Row]:
    """The rows with ``best``, ``moved`` (against the row named in ``against``) and, where decisions are held, ``costs``.

    ``moved`` is a difference of costs and surely between ``low`` and ``high``; ``beyond``: more than the gaps of both
    together. ``costs`` says between what lies the cost of holding: never below 0, as free decisions can be the held ones.
    """
    known: dict[tuple[str, str], Cost] = {}
    found = []
    for row in rows:
        best = known[row["scenario"], row["variation"]] = find_best(row)
        moved = subtract(best, known[row["scenario"], row["against"]]) if row["against"] else None
        shown = {
            **row,
            "best": best.value,
            "moved": {**asdict(moved), "beyond": abs(moved.value) > moved.room} if moved else None,
        }
        for name in SPANS:
            if row.get(name) and not row[name]["same"]:
                shown[name] = {**row[name], "costs": _bracket(row[name]["kept"], best)}
        found.append(shown)
    return found


def _bracket(kept: Row, best: Cost) -> tuple[float, float] | None:
    if kept["objective"] is None or best.value is None or best.bound is None:
        return None
    return max(0.0, kept["bound"] - best.value), kept["objective"] - best.bound


def show_table(rows: Iterable[Row]) -> str:
    """The rows with their differences as a table, money in millions."""
    heads = ("scenario", "news", "nodes", "cost (bound)", "gap found", "seconds", "moved by", "today held", "first year held")
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(['---'] * len(heads))} |"]
    for row in find_differences(rows):
        cost = "-" if row["best"] is None else f"{row['best']:.1f} ({row['bound']:.1f})"
        gap = "-" if row["gap"] is None else f"{row['gap']:.2%}".replace("%", " %")
        cells = (row["scenario"], row["variation"], f"{row['nodes']}", cost, gap, f"{row['seconds']:.0f}",
                 _show_moved(row["moved"]), _show_held(row.get("today")), _show_held(row.get("year")))  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _show_moved(found: Row | None) -> str:
    if found is None:
        return ""
    value = f"{found['value']:+.1f}"
    return f"{f'**{value}**' if found['beyond'] else value} ({found['low']:+.1f} to {found['high']:+.1f})"


def _show_held(part: Row | None) -> str:
    if part is None:
        return ""
    if part["same"]:
        return "the same"
    if part["costs"] is None:
        return "no plan" if part["kept"]["status"] == "infeasible" else "not found"
    return f"{part['costs'][0]:.1f} to {part['costs'][1]:.1f}"
