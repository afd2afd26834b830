"""A trade-off in words and figures: its ends, its knee, its points, and what the gaps leave open."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.axes import axis_column, name_axis, say_amount, show_value, unit_of_axis
from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table, counted, listed, show_share
from planner.studies.frontier.points import Frontier, Point

UNKNOWN = "not distinguishable"
ENDS = {"least of": "least {of}", "least against": "least {against}", "": ""}


def explain_frontier(found: Frontier, mask: Mask) -> list[str]:
    """The answer in sentences, most important first."""
    if not found.points:
        return [f"There is no plan: {found.reason}."]
    said = [_ends(found, mask)]
    if len(found.points) > 1:
        said += [_knee(found, mask), *_unclear(found, mask)]
    return [*said, *_effort(found), *(f"{mask.text(note[:1].upper() + note[1:])}." for note in found.notes)]


def _ends(found: Frontier, mask: Mask) -> str:
    scenario, first, last = found.scenario, found.points[0], found.points[-1]
    of, against = name_axis(found.of, scenario, mask), name_axis(found.against, scenario, mask)
    cost, amount = show_value(found.of, last.of, scenario), say_amount(found.against, last.against, scenario, mask)
    if first is last and not found.settled:
        return (
            f"One plan is better in both than all others found: {cost}, with {amount}. What is not proven of either is more "
            "than any trade between them; a smaller --gap or a longer --time-limit finds more."
        )
    if first is last:
        return f"There is nothing to trade: the plan of the least {of}, {cost}, has the least {against} too: {amount}."
    more, least = show_value(found.of, first.of - last.of, scenario), show_value(found.against, first.against, scenario)
    return f"The least {of}, {cost}, comes with {amount}; the least {against} found, {least}, takes {more} more."


def _knee(found: Frontier, mask: Mask) -> str:
    if found.knee is None:
        return "No knee: no point surely lies below the straight line between the ends."
    scenario, knee, last = found.scenario, found.points[found.knee], found.points[-1]
    amount, more = say_amount(found.against, knee.against, scenario, mask), show_value(found.of, knee.of - last.of, scenario)
    return f"The knee is point {found.knee + 1}: {amount} for {more} more than the least {name_axis(found.of, scenario, mask)}."


def _unclear(found: Frontier, mask: Mask) -> Iterator[str]:
    pairs = [f"{i + 1} and {i + 2}" for i, point in enumerate(found.points) if point.step and not point.step.distinct]
    if pairs:
        of = name_axis(found.of, found.scenario, mask)
        yield f"Within the gaps the {of} is {UNKNOWN} between points {listed(pairs)}."


def _effort(found: Frontier) -> Iterator[str]:
    gaps = [point.gap for point in found.points if point.gap is not None]
    worst = f"; every point is proven within {show_share(max(gaps))}" if len(gaps) == len(found.points) else ""
    parts = [f"{counted(found.asked, 'solve')}{worst}"]
    if found.spared:
        parts.append(f"{counted(found.spared, 'point')} needed none, their neighbours prove them")
    if found.dominated:
        parts.append(f"{counted(found.dominated, 'plan')} {'was' if found.dominated == 1 else 'were'} no better than another")
    yield f"{'; '.join(parts)}."


def frontier_table(found: Frontier, mask: Mask) -> Table:
    """One row a point, from the least of the second measure to the least of the first."""
    scenario, unit = found.scenario, unit_of_axis(found.of, found.scenario)
    kind = axis_column(found.of, "of", scenario, mask).kind
    columns = (
        Column("number", "Point", "units"),
        axis_column(found.against, "against", scenario, mask),
        axis_column(found.of, "of", scenario, mask),
        Column("bound", "At least", kind, unit),
        Column("gap", "Gap", "share"),
        Column("step", "More than the next", kind, unit),
        Column("verdict", "Verdict"),
        Column("signed", "Suppliers ordered from"),
    )
    note = (
        "At least: no plan with as little of the second measure is below it. Each point is a plan of its own, checked like any."
    )
    rows = tuple(_row(found, i, point, mask) for i, point in enumerate(found.points))
    return Table("Frontier", f"What does it take to lower the {name_axis(found.against, scenario, mask)}?", columns, rows, note)


def _row(found: Frontier, place: int, point: Point, mask: Mask) -> tuple[Cell, ...]:
    names = {"of": name_axis(found.of, found.scenario, mask), "against": name_axis(found.against, found.scenario, mask)}
    words = [ENDS[point.end].format(**names), "knee" if place == found.knee else ""]
    words.append(UNKNOWN if point.step and not point.step.distinct else "")
    step = point.step.value if point.step else None
    verdict = ", ".join(word for word in words if word)
    signed = ", ".join(mask.supplier(name) for name in point.signed) or "none"
    return place + 1, point.against, point.of, point.bound, point.gap, step, verdict, signed
