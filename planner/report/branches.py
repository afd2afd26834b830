"""The tree of futures as rows a picture can be made of: when each leaves another, how likely it is, what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.report.play_words import news_part
from planner.report.table import Cell, Column, Table
from planner.report.twigs import Twig, find_twigs
from planner.report.view import View, money_unit
from planner.scenario.news import Strike


@dataclass(frozen=True, slots=True)
class Stretch:
    """The chance that events are here from ``begin`` to ``end``."""

    begin: date
    end: date
    chance: float


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news: its name (masked), its outcome (empty for a shock), the first and last period it may come in."""

    name: str
    outcome: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One future, or ``count`` futures together; rows are numbered from the top, the one without news is row 0.

    It leaves row ``parent`` (-1: none) for the last ``new`` of the news ``told``; ``deep`` counts the rows it has left on
    the way from row 0. Costs are discounted; ``gap`` is MW-years.
    """

    row: int
    parent: int
    told: tuple[Told, ...]
    new: int
    deep: int
    count: int
    stretches: tuple[Stretch, ...]
    chance: float
    cash: float
    penalty: float
    cost: float
    gap: float


def find_branches(view: View) -> tuple[list[Branch], int]:
    """The rows, and how many less likely ones found no place."""
    twigs, left_out = find_twigs(view)
    found: list[Branch] = []
    for row, twig in enumerate(twigs):
        found.append(_branch(view, row, twig, found[twig.parent] if twig.parent >= 0 else None))
    return found, left_out


def _branch(view: View, row: int, twig: Twig, parent: Branch | None) -> Branch:
    cash, penalty, cost, gap = (twig.costs[key] for key in ("cash_cost", "shortage_cost", "expected_cost", "shortage"))
    told = _told(view, twig.told, twig.last)
    new, deep = (len(told) - len(parent.told), parent.deep + 1) if parent else (len(told), 0)
    stretches = _stretches(view, twig)
    return Branch(row, twig.parent, told, new, deep, twig.count, stretches, twig.probability, cash, penalty, cost, gap)


def _told(view: View, strikes: tuple[Strike, ...], last: int = -1) -> tuple[Told, ...]:
    names, found = view.scenario.calendar.names, []
    for strike in strikes:
        until = names[max(last, strike.period)]
        name = view.mask.text(news_part(view, strike.source).shown)
        found.append(Told(name, strike.outcome, names[strike.period], until))
    return tuple(found)


def _stretches(view: View, twig: Twig) -> tuple[Stretch, ...]:
    """Runs of periods of equal chance; the last one reaches to the end of the plan."""
    starts, found = view.scenario.calendar.starts, list[Stretch]()
    for place, width in enumerate(twig.widths):
        begin, end = starts[twig.start + place], starts[twig.start + place + 1]
        if found and abs(found[-1].chance - width) < 1e-12:
            found[-1] = Stretch(found[-1].begin, end, width)
        else:
            found.append(Stretch(begin, end, width))
    found[-1] = Stretch(found[-1].begin, view.scenario.calendar.end, found[-1].chance)
    return tuple(found)


def branches_table(view: View, name: Callable[[Branch], str]) -> Table:
    """The rows of the picture as a table; ``name`` says what a row is called."""
    money = money_unit(view.scenario.money)
    columns = (
        Column("future", "Future"),
        Column("futures", "Futures", "units"),
        Column("probability", "Chance", "share"),
        Column("cost", "All costs", "money", money),
        Column("cash", "Cash", "money", money),
        Column("penalty", "Penalty", "money", money),
        Column("gap", "Capacity gap", "mw", "MW-years"),
    )
    rows: list[tuple[Cell, ...]] = [
        (name(b), b.count, b.chance, b.cost, b.cash, b.penalty, b.gap) for b in find_branches(view)[0]
    ]
    return Table("Tree", "What can happen, and what does it come to?", columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class Known:
    """One future by the node it ends at, and all its news."""

    leaf: str
    told: tuple[Told, ...]
    chance: float


def list_futures(view: View) -> list[Known]:
    """Every future, the one without news first, then by chance."""
    trunk = view.paths.trunk[-1]
    ranked = sorted(view.everything.futures, key=lambda f: (f.node != trunk, -f.probability, f.name))
    return [Known(f.node, _told(view, view.paths.told(f.node)), f.probability) for f in ranked]
