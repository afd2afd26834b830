"""A tornado in words and figures: which assumptions matter for cost, which change today's decisions, which do neither."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, counted, digits_for, grouped, listed, show_share
from planner.report.value_chances import say_steps
from planner.report.view import money_unit, show_money
from planner.scenario.scenario import Scenario
from planner.studies.sweep.bars import Bar, Side, Tornado

UNKNOWN = "not distinguishable"
MOST_SAID = 5


def explain_tornado(found: Tornado, mask: Mask) -> list[str]:
    """The answer in sentences, most important first."""
    if found.base.value is None:
        return [f"There is no plan to begin with: {found.base.reason}."]
    return [mask.text(sentence) for sentence in (*_first(found), *_changes(found), *_rest(found))]


def _first(found: Tornado) -> Iterator[str]:
    distinct = [bar for bar in found.bars if bar.distinct]
    if not distinct:
        yield f"No assumption surely changes the cost inside its range: all are {UNKNOWN}."
    for bar in distinct[:1]:
        yield f"Most hangs on {bar.assumption.name}: {_ends(bar, found.scenario)}."
    lost = [bar for bar in found.bars if any(side and side.infeasible for side in (bar.low, bar.high))]
    if lost:
        yield f"There may be no plan at all: {listed([_lost(bar) for bar in lost[:MOST_SAID]])}."


def _ends(bar: Bar, scenario: Scenario) -> str:
    said = [f"{_effect(side, scenario)} at {side.value}" for side in (bar.low, bar.high) if side]
    return ", ".join(said)


def _effect(side: Side, scenario: Scenario) -> str:
    if side.infeasible:
        return "no plan"
    if side.more is None:
        return "not known"
    if abs(side.more.value) <= side.more.room:
        return "no difference that can be told"
    word = "more" if side.more.value > 0 else "less"
    return f"{show_money(abs(side.more.value), scenario.money)} {word}"


def _lost(bar: Bar) -> str:
    value = next(side.value for side in (bar.low, bar.high) if side and side.infeasible)
    return f"{bar.assumption.name} at {value}"


def _changes(found: Tornado) -> Iterator[str]:
    sure = [bar for bar in found.bars if bar.changes]
    if not sure:
        yield "Today's decisions surely stay, whichever of them is wrong alone."
        return
    verb = "changes" if len(sure) == 1 else "change"
    names = [bar.assumption.name for bar in sure[:MOST_SAID]]
    more = [f"{len(sure) - MOST_SAID} more"] if len(sure) > MOST_SAID else []
    yield f"{counted(len(sure), 'assumption')} surely {verb} today's decisions: {listed([*names, *more])}."


def _rest(found: Tornado) -> Iterator[str]:
    same = sum(1 for bar in found.bars if bar.changes is False)
    unclear = sum(1 for bar in found.bars if not bar.distinct)
    if found.bars:
        told = f"{unclear} {_make(unclear)} no difference in cost that can be told"
        yield f"{counted(same, 'assumption')} {_do(same)} not change them; {told}."
    if found.left_out:
        count = len(found.left_out)
        yield (
            f"{counted(count, 'assumption')} {_were(count)} estimated and not solved: what the plan at hand would cost there. "
            "Whether another plan would then be better is not known; --solves N looks at more."
        )
    if found.skipped:
        yield f"{counted(len(found.skipped), 'assumption')} of the register cannot be varied as a number."


def _do(count: int) -> str:
    return "does" if count == 1 else "do"


def _make(count: int) -> str:
    return "makes" if count == 1 else "make"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def tornado_tables(found: Tornado, mask: Mask) -> list[Table]:
    """Solved assumptions by their effect; those that were only estimated."""
    tables = [bars_table(found, mask), estimates_table(found, mask)]
    return [table for table in tables if table.rows]


def bars_table(found: Tornado, mask: Mask) -> Table:
    """One row an assumption, the largest effect first."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("assumption", "Assumption"),
        Column("value", "Assumed"),
        Column("low", "Low end"),
        Column("low_more", "Cost there", "text", f"{unit} more"),
        Column("high", "High end"),
        Column("high_more", "Cost there", "text", f"{unit} more"),
        Column("today", "Today then"),
    )
    spread = show_share(found.spread)
    note = f"In brackets: {UNKNOWN} from none. Where the register states no range: {spread} less and more, marked with *."
    rows = tuple(_row(bar, found, mask) for bar in found.bars)
    return Table("Tornado", "Which assumption matters?", columns, rows, note)


def _row(bar: Bar, found: Tornado, mask: Mask) -> tuple[Cell, ...]:
    about = bar.assumption
    star = "" if about.stated else " *"
    sides = [cell for side in (bar.low, bar.high) for cell in ((mask.text(side.value), show_more(side)) if side else ("", ""))]
    steps = next((say_steps(side.steps, found.scenario) for side in (bar.high, bar.low) if side and side.sure and side.steps), "")
    impossible = any(side and side.sure and not side.steps for side in (bar.low, bar.high))
    today = mask.text(steps) if steps else "changes" if impossible else ""
    return mask.text(about.name) + star, mask.text(about.value), *sides, today


def show_more(side: Side) -> str:
    """``12.3``, ``(0.4)``, ``no plan``."""
    if side.infeasible:
        return "no plan"
    if side.more is None:
        return "not known" if side.estimate is None else f"about {_number(side.estimate)}"
    text = _number(side.more.value)
    return text if abs(side.more.value) > side.more.room or text == "0" else f"({text})"


def _number(value: float) -> str:
    text = grouped(value, digits_for(value))
    return "0" if not text.strip("-0.") else text


def estimates_table(found: Tornado, mask: Mask) -> Table:
    """What the plan at hand would cost more at the ends that were not solved."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("assumption", "Assumption"),
        Column("low", "Low end"),
        Column("low_more", "Plan at hand costs", "money", f"{unit} more"),
        Column("high", "High end"),
        Column("high_more", "Plan at hand costs", "money", f"{unit} more"),
    )
    rows = []
    for bar in found.left_out:
        sides = [
            cell for side in (bar.low, bar.high) for cell in ((mask.text(side.value), side.estimate) if side else ("", None))
        ]
        rows.append((mask.text(bar.assumption.name), *sides))
    return Table("Estimated", "Which assumptions were only estimated?", columns, tuple(rows))
