"""A table as every door shows it: titled columns with units, rows of plain values. And how one value is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | float | date | None
Kind = Literal["text", "units", "mw", "money", "share", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``unit`` stands in its heading, ``kind`` decides how a value is written; ``key`` names it in CSV files."""

    key: str
    title: str
    kind: Kind = "text"
    unit: str = ""

    @property
    def heading(self) -> str:
        """Title and unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Table:
    """One question answered. ``title`` is the question; ``total`` says that the last row sums the others."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    total: bool = False


def grouped(value: float, digits: int) -> str:
    """``1234.5`` -> ``1,234.5``; never ``-0``."""
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def show(cell: Cell, kind: Kind) -> str:
    """One value as a person reads it; nothing for a value that is not there."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if kind == "share":
        return show_share(cell)
    if kind == "units":
        return grouped(cell, 0 if abs(cell - round(cell)) < 1e-9 else 2)
    return grouped(cell, 0 if kind == "mw" else digits_for(cell))


def digits_for(value: float) -> int:
    """Decimals that leave about three figures of a small amount and none of a large one."""
    size = abs(value)
    return 0 if size >= 1000 or size == 0 else 1 if size >= 10 else 2 if size >= 0.1 else 4


def show_share(share: float) -> str:
    """``0.0042`` -> ``0.42 %``."""
    percent = 100 * share
    return f"{grouped(percent, 1 if abs(percent) >= 10 else 2)} %"


def show_mw(mw: float) -> str:
    """Capacity in words: ``30.0 GW`` or ``640 MW`` (a year)."""
    return f"{grouped(mw / 1000, 1)} GW" if abs(mw) >= 1000 else f"{grouped(mw, 0)} MW"


def listed(names: list[str]) -> str:
    """``A, B and C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: float, thing: str) -> str:
    """``1 line``, ``12 lines``, ``2.50 lines``."""
    text = show(number, "units")
    return f"{text} {thing}{'' if text == '1' or thing.endswith('s') else 's'}"
