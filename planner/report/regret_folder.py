"""The folder of a regret matrix: its table, its picture and its document; written, and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.report.csv_file import write_csv
from planner.report.files import write_atomic
from planner.report.folder import to_json
from planner.report.mask import Mask, mask_words
from planner.report.regret import regret_table
from planner.report.regret_picture import draw_regret
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.regret.matrix import Candidate, Cell, RegretMatrix, World, Worst
from planner.vocabulary import Exit

FILE = "regret.json"


def write_regret(found: RegretMatrix, folder: Path, head: Mapping[str, Any], title: str, mask: Mask) -> None:
    """All files, the document last; ``head`` are its first fields. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / "regret.csv", write_csv(regret_table(found, mask), {"gap": f"{found.gap:g}"}))
    write_atomic(folder / "regret.svg", draw_regret(found, title, mask))
    write_atomic(folder / FILE, to_json(dict(mask_words(mask, {**head, **found.as_dict()}))))


def read_regret(folder: Path, scenario: Scenario, plans: Sequence[Candidate], worlds: Sequence[World]) -> RegretMatrix | None:
    """The matrix of a folder; None where there is none. ``plans`` and ``worlds`` are those it was found for, in their order.

    Raises ValueError where it is about others.
    """
    try:
        data = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    if (len(data["plans"]), len(data["worlds"])) != (len(plans), len(worlds)):
        raise ValueError(f"{folder / FILE} is about other plans")
    found = [
        World(world.name, said["probability"], Cost(**said["best"]), world.solved)
        for world, said in zip(worlds, data["worlds"], strict=True)
    ]  # fmt: skip
    cells = tuple(tuple(_cell(cell) for cell in plan["cells"]) for plan in data["plans"])
    worst = tuple(Worst(**plan["worst"]) for plan in data["plans"])
    return RegretMatrix(
        scenario, tuple(plans), tuple(found), cells, worst, data["choice"], tuple(data["tied"]), data["gap"], Exit.SOLVED,
        tuple(data["notes"]),
    )  # fmt: skip


def _cell(data: dict[str, Any]) -> Cell:
    regret = data["regret"] and Difference(**{key: value for key, value in data["regret"].items() if key != "distinct"})
    return Cell(Cost(**data["cost"]), regret or None, data["kept"], data["reason"])
