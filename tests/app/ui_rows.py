"""The catalogue's bad inputs at the screen: what is done, what must come of it, and the test that says so."""

from __future__ import annotations

import csv
from pathlib import Path


def rows() -> dict[str, dict[str, str]]:
    """All rows by their id; ``test`` is the file and the name of the row's test."""
    with Path(__file__).with_name("ui_rows.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert len({one["id"] for one in found}) == len(found)
    return {one["id"]: one for one in found}


def row(name: str) -> dict[str, str]:
    """One row by its id."""
    return rows()[name]
