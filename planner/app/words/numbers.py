"""Numbers as the screen writes them, the same in every language: thousands with commas, the unit always said."""

from __future__ import annotations

from datetime import date

from planner.report.table import digits_for, grouped, show_mw, show_share
from planner.report.view import money_unit, show_money

__all__ = ["day", "duration", "money_unit", "number", "show_money", "show_mw", "show_share"]


def number(value: float | None, unit: str = "") -> str:
    """``1,234.5 USD m``; a dash for a value that is not there."""
    if value is None:
        return "–"
    text = grouped(value, digits_for(value))
    return f"{text} {unit}" if unit else text


def duration(seconds: float) -> str:
    """``8 s``, ``3 min 05 s``, ``1 h 02 min``."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def day(value: date | None) -> str:
    """``2026-05-04``, in every language."""
    return "–" if value is None else value.isoformat()
