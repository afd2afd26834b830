"""The rows of a batch with their money: cash and penalty apart, in the scenario's own currency."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from planner.batch.folder import Batch
from planner.batch.kept import RECORD
from planner.batch.task import Row
from planner.errors import PlannerError
from planner.report.record import read_record
from planner.report.view import SHORT

MOST_KNOWN = 5000


@dataclass(frozen=True, slots=True)
class Costs:
    """What a plan pays and what is charged for its gap, discounted; ``money`` such as ``USD m``. None without a plan."""

    cash: float | None = None
    penalty: float | None = None
    money: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One result, or one scenario without any."""

    row: Row
    costs: Costs


def list_lines(batch: Batch, rows: tuple[Row, ...]) -> list[Line]:
    """The rows with what their records say."""
    return [Line(row, _find_costs(batch.out / row.results) if row.results else Costs()) for row in rows]


def _find_costs(folder: Path) -> Costs:
    try:
        return read_costs(folder, (folder / RECORD).stat().st_mtime_ns)
    except (OSError, PlannerError, KeyError, TypeError, AttributeError):
        return Costs()


@st.cache_data(show_spinner=False, max_entries=MOST_KNOWN)
def read_costs(folder: Path, written: int) -> Costs:  # noqa: ARG001 - the cache knows it by that
    """Those of the record in a folder, as it was ``written`` (nanoseconds). Raises OSError, AuditError."""
    record = read_record(folder / RECORD)
    money, measures = record["document"].get("money") or {}, record["measures"]
    unit = SHORT.get(str(money.get("in", "units")), "")
    return Costs(measures.get("cash_cost"), measures.get("shortage_cost"), f"{money.get('currency', '')}{unit}".strip())
