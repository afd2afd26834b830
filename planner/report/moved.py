"""What one plan decides otherwise than another, one sentence a decision."""

from __future__ import annotations

from planner.plan.difference import Change
from planner.report.table import counted


def say_change(change: Change, supplier: str, offer: str, unit: str) -> str:
    """The change in words; ``supplier`` and ``offer`` as they may be shown, ``unit`` of the offer."""
    if change.action != "order":
        return _say_start(change, supplier)
    what = f"{counted(change.units, unit)} of {offer}"
    lot = f"{what} for {change.site}, ordered {change.period}, shipping {change.ships}"
    if change.way == "more":
        return f"order {lot}"
    if change.way == "less":
        return f"do not order {lot}"
    if change.way == "time":
        return f"order {what} in {change.period} instead of {change.instead}"
    if change.way == "ships":
        return f"{what} ship in {change.ships} instead of {change.instead}"
    return f"{what} go to {change.site} instead of {change.instead}"


def _say_start(change: Change, supplier: str) -> str:
    if change.way == "more":
        return f"{change.action} {supplier} in {change.period}"
    if change.way == "less":
        return f"do not {change.action} {supplier} (in {change.period} before)"
    return f"{change.action} {supplier} in {change.period} instead of {change.instead}"
