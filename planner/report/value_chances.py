"""How far the chances of shocks can be off: until today's decisions change, and what the worst of them costs."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, counted, listed
from planner.report.view import money_unit, show_money
from planner.scenario.scenario import Scenario
from planner.studies.corners import Corner, find_worst_corner
from planner.studies.first import Step
from planner.studies.hazards import BreakEven, Turn
from planner.studies.ranges import Range
from planner.studies.value import Value

MOST_STEPS = 4


def explain_chances(value: Value) -> list[str]:
    """One sentence a shock, then the worst corner of all ranges."""
    found = [_break_even(one, value.scenario) for one in value.hazards]
    return [*found, *([_worst(value)] if value.corners else [])]


def show_chance(chance: float, field: str) -> str:
    """``0.24 a year`` or ``25 %``."""
    return f"{100 * chance:.3g} %" if field == "probability" else f"{chance:.3g} a year"


def shown(scenario: Scenario, shock: str) -> str:
    """The shock's name as people know it."""
    return next(one.shown for one in scenario.shocks if one.id == shock)


def _break_even(found: BreakEven, scenario: Scenario) -> str:
    one, field = found.range, found.range.field
    name = shown(scenario, one.shock)
    head = f"{name[:1].upper()}{name[1:]}, assumed at {show_chance(one.value, field)}: "
    if _ends(found.below) and _ends(found.above):
        low, high = show_chance(found.below.stays, field), show_chance(found.above.stays, field)
        return f"{head}today's decisions stay from {low} to {high}."
    parts = []
    for turn, until, beyond in ((found.above, "up to", "above"), (found.below, "down to", "below")):
        end = ", the end of its range," if _ends(turn) else ""
        said = f"{until} {show_chance(turn.stays, field)}{end} today's decisions stay"
        if turn.open:
            said += f", {beyond} it is not known"
        elif turn.changes is not None:
            said += f"; {beyond}, {say_steps(turn.steps, scenario)}"
        parts.append(said)
    return f"{head}{'. '.join(part[:1].upper() + part[1:] if i else part for i, part in enumerate(parts))}."


def _ends(turn: Turn) -> bool:
    return turn.changes is None and not turn.open


def say_steps(steps: tuple[Step, ...], scenario: Scenario) -> str:
    """What to do first instead, in a few words."""
    said = [_step(step, scenario) for step in steps[:MOST_STEPS]]
    if len(steps) > MOST_STEPS:
        said.append(f"{len(steps) - MOST_STEPS} more changes")
    return f"{listed(said)} now" if said else "order for other shipments now"


def _step(step: Step, scenario: Scenario) -> str:
    if step.kind != "order":
        name = scenario.supplier[step.name].name or step.name
        return f"{step.kind} {name}" if step.after else f"do not {step.kind} {name}"
    unit = scenario.offer[step.name].unit
    more = abs(step.after - step.before)
    return f"order {counted(more, unit)} {'more' if step.after > step.before else 'less'} of {step.name}"


def _worst(value: Value) -> str:
    kept = find_worst_corner({corner.name: corner.kept for corner in value.corners})
    best = find_worst_corner({corner.name: corner.best.value for corner in value.corners})
    corners, money = {corner.name: corner for corner in value.corners}, value.scenario.money
    said = []
    if kept is not None and (cost := corners[kept].kept) is not None:
        said.append(f"this plan costs at most {show_money(cost, money)} ({name_corner(value, corners[kept])})")
    if best is not None and (cost := corners[best].best.value) is not None:
        said.append(f"the best plan at most {show_money(cost, money)} ({name_corner(value, corners[best])})")
    return f"With the chances at the ends of their ranges, {', '.join(said)}." if said else ""


def name_corner(value: Value, corner: Corner) -> str:
    """``export stop at 0.6 a year``, or ``all highest``."""
    if len(corner.chances) > 1:
        return {"all low": "all lowest", "all high": "all highest"}[corner.name]
    [(shock, chance)] = corner.chances.items()
    field = next(one.field for one in value.ranges if one.shock == shock)
    return f"{shown(value.scenario, shock)} at {show_chance(chance, field)}"


def chances_table(value: Value, mask: Mask) -> Table:
    """Every shock with its range and the chances between which today's decisions stay."""
    rows: list[tuple[Cell, ...]] = []
    for one in value.hazards:
        for turn, side in ((one.below, "below"), (one.above, "above")):
            then = say_steps(turn.steps, value.scenario) if turn.changes is not None else "not known" if turn.open else ""
            name = shown(value.scenario, one.range.shock)
            bounds = (_number(one.range, chance) for chance in (one.range.value, one.range.low, one.range.high))
            changes = None if turn.changes is None else _number(one.range, turn.changes)
            rows.append((mask.text(name), *bounds, side, _number(one.range, turn.stays), changes, mask.text(then)))
    columns = (
        Column("shock", "Shock"),
        Column("assumed", "Assumed"),
        Column("low", "Lowest"),
        Column("high", "Highest"),
        Column("side", "Side"),
        Column("stays", "Decisions stay to"),
        Column("changes", "Other ones from"),
        Column("then", "Then"),
    )
    note = (
        "Ranges are those of the sources; where they give no end, from 0 to four times what is assumed. Decisions count as "
        "others only where holding on to them costs more than the gaps of both solves together."
    )
    return Table("Chances", "How far can a chance be off before today's decisions change?", columns, tuple(rows), note)


def _number(one: Range, chance: float) -> str:
    return show_chance(chance, one.field)


def corners_table(value: Value, mask: Mask) -> Table:
    """The plan at hand, and the best plan, at the ends of the ranges."""
    rows: list[tuple[Cell, ...]] = [("as assumed", value.tree.value, value.tree.value)] if value.corners else []
    rows += [(mask.text(name_corner(value, corner)), corner.kept, corner.best.value) for corner in value.corners]
    unit = money_unit(value.scenario.money)
    columns = (
        Column("corner", "Chances"),
        Column("kept", "This plan", "money", unit),
        Column("best", "Best plan", "money", unit),
    )
    note = (
        "This plan: the same decisions in every future, weighed with the other chances; empty where there are new futures. "
        "Best plan: made for the other chances."
    )
    return Table("Corners", "What do the worst chances cost?", columns, tuple(rows), note)
