"""Regret in words and figures: what each plan costs more than the best of each world, and which risks least."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, digits_for, grouped, listed, show_share
from planner.report.view import money_unit, show_money
from planner.studies.regret.matrix import Cell as Begun
from planner.studies.regret.matrix import RegretMatrix, Worst

UNKNOWN = "not distinguishable"
NEVER, OPEN = "cannot be kept here", "not known"
MOST_WORDS = 40
"""Letters of a world's name above its column."""


def explain_regret(found: RegretMatrix, mask: Mask) -> list[str]:
    """The answer in sentences, most important first."""
    said = [_choice(found, mask)] if found.worlds else ["There is no world with a plan in it."]
    return [*said, *_others(found, mask), *(f"{mask.text(note[:1].upper() + note[1:])}." for note in found.notes)]


def _choice(found: RegretMatrix, mask: Mask) -> str:
    if found.choice is None:
        return "No plan can be begun in every world: each risks more than any amount."
    name, worst = mask.text(found.plans[found.choice].name), found.worst[found.choice]
    assert worst.value is not None
    assert worst.world is not None
    amount, where = show_money(worst.value, found.scenario.money), mask.text(found.worlds[worst.world].name)
    if not worst.distinct:
        return f'Beginning as in "{name}" risks nothing that can be told: nowhere does it surely cost more than the best.'
    return f'Beginning as in "{name}" risks least: at most {amount} more than the best, in "{where}".'


def _others(found: RegretMatrix, mask: Mask) -> Iterator[str]:
    if found.tied:
        names = listed([f'"{mask.text(found.plans[i].name)}"' for i in found.tied])
        yield f"Within the gaps {names} may risk as little."
    lost = [i for i, worst in enumerate(found.worst) if worst.value is None and not worst.open]
    if lost and found.choice is not None:
        names = listed([f'"{mask.text(found.plans[i].name)}"' for i in lost])
        yield f"{names} cannot be begun everywhere."


def regret_tables(found: RegretMatrix, mask: Mask) -> list[Table]:
    """Plans against worlds; the best of each world; why a plan cannot be begun somewhere."""
    tables = [regret_table(found, mask), worlds_table(found, mask), refusals_table(found, mask)]
    return [table for table in tables if table.rows]


def regret_table(found: RegretMatrix, mask: Mask) -> Table:
    """One row a plan, one column a world; last its largest regret."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("plan", "Begun as in"),
        *(Column(f"world_{j + 1}", short(mask.text(world.name)), "text", unit) for j, world in enumerate(found.worlds)),
        Column("largest", "Largest", "text", unit),
        Column("verdict", "Verdict"),
    )
    rows: list[tuple[Cell, ...]] = []
    for i, plan in enumerate(found.plans):
        verdict = "risks least" if i == found.choice else f"{UNKNOWN} from it" if i in found.tied else ""
        cells = (show_cell(cell) for cell in found.cells[i])
        rows.append((mask.text(plan.name), *cells, show_worst(found.worst[i]), verdict))
    note = "Costs above the best of each world, everything after today decided anew. In brackets: not distinguishable from none."
    return Table("Regret", "What does each plan cost more than the best, if another world comes?", columns, tuple(rows), note)


def short(name: str) -> str:
    """A name that fits above a column."""
    return name if len(name) <= MOST_WORDS else f"{name[: MOST_WORDS - 1]}…"


def show_cell(cell: Begun) -> str:
    """``25.0``; ``(0.8)`` where it cannot be told from none; words where there is no number."""
    if cell.kept is False:
        return NEVER
    if cell.regret is None:
        return OPEN
    return _amount(cell.regret.value, cell.regret.distinct)


def show_worst(worst: Worst) -> str:
    """The same of the largest regret; ``at least 25.0`` where some are not known."""
    if worst.value is None:
        return OPEN if worst.open else "without limit"
    return f"at least {_amount(worst.value, True)}" if worst.open else _amount(worst.value, worst.distinct)


def _amount(value: float, distinct: bool) -> str:
    text = grouped(value, digits_for(value))
    if not text.strip("0."):
        return "0"
    return text if distinct else f"({text})"


def worlds_table(found: RegretMatrix, mask: Mask) -> Table:
    """The best of each world, with what is proven."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("world", "World"),
        Column("probability", "Chance", "share"),
        Column("cost", "Best cost", "money", unit),
        Column("bound", "At least", "money", unit),
    )
    rows = tuple((mask.text(world.name), world.probability, world.best.value, world.best.bound) for world in found.worlds)
    return Table("Worlds", "What does the best plan cost in each world?", columns, rows)


def refusals_table(found: RegretMatrix, mask: Mask) -> Table:
    """Why a plan cannot be begun in a world, or why that is not known."""
    rows = tuple(
        (mask.text(plan.name), mask.text(found.worlds[j].name), mask.text(cell.reason or cell.cost.reason))
        for i, plan in enumerate(found.plans)
        for j, cell in enumerate(found.cells[i])
        if not cell.kept
    )
    columns = (Column("plan", "Begun as in"), Column("world", "World"), Column("reason", "Why not"))
    return Table("Refusals", "Why can a plan not be begun there?", columns, rows)


def describe_chance(probability: float | None) -> str:
    """``25 %`` behind a future's name; nothing for a scenario."""
    return "" if probability is None else show_share(probability)
