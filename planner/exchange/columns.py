"""What a sheet of the workbook is made of: columns with a kind and a unit, and rows that stand for a place in the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from planner.scenario.document import Path

Kind = Literal[
    "text", "code", "choice", "number", "share", "whole", "day", "length", "period", "flag", "codes", "names", "numbers", "days"
]
"""``code``: an id, country or currency. ``codes``: several of them; ``names``: one or several; ``length``: 5 months."""
NUMBERS: frozenset[Kind] = frozenset({"number", "share", "whole"})
Key = tuple[str, ...]
Data = dict[str, Any]
MONEY = "{money}"
"""Stands in a unit for the multiple in which the scenario counts money."""
MULTIPLES = {"units": "", "thousands": "thousand ", "millions": "million "}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``path`` leads from the row's place to the value; ``..`` goes one up.

    ``short``: the value may be written in place of the map around it (``price: 245``). ``shown``: for the eye only.
    ``series``: numbers by period stand in a sheet of their own. ``currency``: the column with the currency of this
    amount. ``refers``: the sheet whose ids it names. ``blank``: a key that may be empty.
    """

    name: str
    path: Path
    kind: Kind
    unit: str = ""
    key: bool = False
    short: bool = False
    shown: bool = False
    series: bool = False
    blank: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    currency: str = ""
    note: str = ""

    def heading(self, multiple: str) -> str:
        """The text of the heading cell: ``price [million in its currency]``; ``multiple`` is ``money.in``."""
        unit = self.unit.replace(MONEY, MULTIPLES.get(multiple, ""))
        return f"{self.name} [{unit}]" if unit else self.name


class NoPlace(Exception):
    """A new row cannot be put into the scenario; ``column`` is the number of the key column to blame."""

    def __init__(self, column: int, problem: str, allowed: str = "", fix: str = "") -> None:
        self.column, self.problem, self.allowed, self.fix = column, problem, allowed, fix
        super().__init__(problem)


class Rows(Protocol):
    """Which places of a scenario are the rows of a sheet. Paths lead from the root of the data."""

    def find(self, data: Data, /) -> Iterator[tuple[Key, Path]]:
        """Key and place of every row, in the order of the file."""

    def make(self, data: Data, key: Key, /) -> Path:
        """Make room for a new row in ``data`` and return its place; raises NoPlace."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. ``about`` is the sentence the notes of the workbook say about it."""

    sheet: str
    about: str
    rows: Rows
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that name the row."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column with this heading; raises KeyError."""
        return {column.name: column for column in self.columns}[name]
