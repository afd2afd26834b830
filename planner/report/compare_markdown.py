"""A comparison as Markdown, for comments on a change of a scenario."""

from __future__ import annotations

from planner.report.compare_tables import bridge_table, is_many, makers_table, sides_table
from planner.report.compare_words import explain_pair
from planner.report.comparison import Comparison, Versus
from planner.report.markdown import write_table
from planner.report.table import Table, show

MOST_LINES = 30


def write_comparison(found: Comparison) -> str:
    """The page: answers side by side, then every pair with its bridge, changed inputs and moves."""
    names = [side.name for side in found.sides]
    title = f"{names[0]} and {len(names) - 1} more" if is_many(found) else " / ".join(names)
    parts = [f"### {title}\n", write_markdown(sides_table(found))]
    parts += ["".join(f"* {sentence}\n" for sentence in explain_pair(found, pair)[:2]) for pair in found.pairs]
    parts.append(write_markdown(bridge_table(found)))
    if is_many(found):
        return "\n".join(part for part in parts if part)
    parts.append(write_markdown(makers_table(found, "suppliers")))
    for pair in found.pairs:
        parts += [_listing(found, pair, "Changed inputs", pair.inputs)]
        parts += [_listing(found, pair, "What moves", tuple(move.says for move in pair.moved))]
    return "\n".join(part for part in parts if part)


def write_markdown(table: Table) -> str:
    """One table; nothing without rows."""
    rows = [
        tuple(show(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)) for row in table.rows
    ]  # fmt: skip
    return write_table(tuple(column.heading for column in table.columns), rows)


def _listing(found: Comparison, pair: Versus, title: str, sentences: tuple[str, ...]) -> str:
    if not sentences:
        return ""
    one, two = found.sides[pair.first], found.sides[pair.second]
    more = len(sentences) - MOST_LINES
    lines = [f"* {sentence}\n" for sentence in sentences[:MOST_LINES]] + ([f"* and {more} more\n"] if more > 0 else [])
    return f"{title}, {one.name} to {two.name}:\n\n" + "".join(lines)
