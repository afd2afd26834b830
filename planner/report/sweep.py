"""A sweep in words and figures: cost over one or two numbers, whom the plans sign, and where today's decisions change."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.mask import Mask
from planner.report.table import Cell as Shown
from planner.report.table import Column, Table, digits_for, grouped, listed
from planner.report.value_chances import say_steps
from planner.report.view import money_unit, show_money
from planner.studies.sweep.answers import Cell, Sweep, Turn, Vary

UNKNOWN = "not distinguishable"
MOST_SAID = 6


def name_vary(vary: Vary, base: str) -> str:
    """What is varied, with what the file says: ``offers[acme].price.amount (times; 40 in the file)``."""
    how = {"set": "", "multiply": "times", "add": "plus"}[vary.action]
    more = "; ".join(word for word in (how, f"{base} in the file" if base else "") if word)
    return f"{vary.select} ({more})" if more else vary.select


def explain_sweep(found: Sweep, mask: Mask) -> list[str]:
    """The answer in sentences, most important first."""
    return [mask.text(sentence) for sentence in (_range(found), *_turns(found), *_without(found))]


def _range(found: Sweep) -> str:
    known = [(cell.cost.value, cell) for cell in found.cells if cell.cost.value is not None]
    if not known:
        return "There is no plan at any of these values."
    (low, least), (high, most) = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
    money = found.scenario.money
    if low == high:
        return f"The cost is the same everywhere: {show_money(low, money)}."
    return f"The cost goes from {show_money(low, money)} (at {where(least)}) to {show_money(high, money)} (at {where(most)})."


def where(cell: Cell) -> str:
    """Where a cell stands: ``0.9``, ``0.9 and 60``."""
    return listed([show_number(value) for value in cell.values])


def show_number(value: float) -> str:
    """A value of an axis as it was given."""
    return f"{value:.10g}"


def _turns(found: Sweep) -> Iterator[str]:
    sure = [turn for turn in found.turns if turn.sure]
    if not found.turns:
        yield "Today's decisions are the same everywhere."
        return
    if not sure:
        yield f"Other decisions of today appear, but nowhere do they surely cost less: within the gaps they are {UNKNOWN}."
    for turn in sure[:MOST_SAID]:
        yield _turn(found, turn)
    if len(sure) > MOST_SAID:
        yield f"Today's decisions surely change in {len(sure) - MOST_SAID} more places; the table has them all."


def _turn(found: Sweep, turn: Turn) -> str:
    before, after = found.cells[turn.before], found.cells[turn.after]
    steps = say_steps(turn.steps, found.scenario)
    cost = "; beginning as before is impossible there" if turn.more is None else ""
    if turn.more is not None:
        cost = f"; beginning as before costs {show_money(turn.more.value, found.scenario.money)} more there"
    return f"From {where(before)} to {where(after)} today changes: {steps}{cost}."


def _without(found: Sweep) -> Iterator[str]:
    lost = [cell for cell in found.cells if cell.cost.value is None]
    if lost:
        places = listed([where(cell) for cell in lost[:MOST_SAID]])
        more = f" and {len(lost) - MOST_SAID} more values" if len(lost) > MOST_SAID else ""
        yield f"There is no plan at {places}{more}: {lost[0].reason}."


def sweep_tables(found: Sweep, mask: Mask) -> list[Table]:
    """Every cell, a grid of costs where two numbers are varied, and every place where today's decisions change."""
    tables = [cells_table(found, mask), *([grid_table(found, mask)] if len(found.varies) == 2 else []), turns_table(found, mask)]
    return [table for table in tables if table.rows]


def cells_table(found: Sweep, mask: Mask) -> Table:
    """One row for each combination of values."""
    unit = money_unit(found.scenario.money)
    names = [mask.text(name_vary(vary, base)) for vary, base in zip(found.varies, found.base, strict=True)]
    columns = (
        *(Column(f"value_{i + 1}", name) for i, name in enumerate(names)),
        Column("cost", "Cost", "money", unit),
        Column("bound", "At least", "money", unit),
        Column("cash", "Cash", "money", unit),
        Column("penalty", "Penalty", "money", unit),
        Column("signed", "Suppliers ordered from"),
        Column("reason", "Remark"),
    )
    return Table("Sweep", "What does the best plan cost there?", columns, tuple(_row(cell, mask) for cell in found.cells))


def _row(cell: Cell, mask: Mask) -> tuple[Shown, ...]:
    measures = cell.solved.measures if cell.solved else {}
    money = (cell.cost.value, cell.cost.bound, measures.get("cash_cost"), measures.get("shortage_cost"))
    signed = ", ".join(mask.supplier(name) for name in cell.signed)
    return *(show_number(value) for value in cell.values), *money, signed, mask.text(cell.reason)


def grid_table(found: Sweep, mask: Mask) -> Table:
    """Costs by the first number (rows) and the second (columns)."""
    rows, columns = (vary.values for vary in found.varies)
    names = [mask.text(name_vary(vary, base)) for vary, base in zip(found.varies, found.base, strict=True)]
    heads = (
        Column("value", names[0]),
        *(Column(f"value_{i + 1}", show_number(v), "money") for i, v in enumerate(columns)),
    )
    lines = tuple(
        (show_number(value), *(found.cells[i * len(columns) + j].cost.value for j in range(len(columns))))
        for i, value in enumerate(rows)
    )
    return Table("Grid", f"Cost ({money_unit(found.scenario.money)}) by {names[1]}", heads, lines)


def turns_table(found: Sweep, mask: Mask) -> Table:
    """Where today's decisions change, and whether that surely matters."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("before", "From"),
        Column("after", "To"),
        Column("steps", "Today then"),
        Column("more", "As before costs more", "money", unit),
        Column("verdict", "Verdict"),
    )
    rows = []
    for turn in found.turns:
        places = (where(found.cells[place]) for place in (turn.before, turn.after))
        verdict = {True: "surely", False: UNKNOWN, None: "not known"}[turn.sure]
        verdict = "as before is impossible" if turn.sure and turn.more is None else verdict
        steps = mask.text(say_steps(turn.steps, found.scenario))
        rows.append((*places, steps, turn.more.value if turn.more else None, verdict))
    return Table("Changes", "Where do today's decisions change?", columns, tuple(rows))


def show_cost(value: float) -> str:
    """A cost inside a drawing."""
    return grouped(value, digits_for(value))
