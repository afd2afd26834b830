"""The folder of a trade-off: its table, its picture, and a results folder for every plan; written, and read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from planner.errors import AuditError
from planner.options import Options
from planner.report.csv_file import write_csv
from planner.report.files import write_atomic
from planner.report.folder import to_json, write_results
from planner.report.frontier import frontier_table
from planner.report.frontier_picture import draw_frontier
from planner.report.mask import Mask, mask_words
from planner.report.points import open_point
from planner.report.record import read_record
from planner.result import Result, read_result
from planner.scenario.scenario import Scenario
from planner.studies.costs import Difference
from planner.studies.frontier.axes import Axis
from planner.studies.frontier.points import Frontier, Point
from planner.studies.solving import Ask, Solved
from planner.vocabulary import Exit

FILE = "frontier.json"
KEYS = tuple(field.name for field in fields(Result))


def write_points(found: Frontier, folder: Path, source: Path, mask: Mask) -> list[Path]:
    """A results folder for every point within ``folder``, in their order. ``source`` is the scenario's file. Raises OSError."""
    return [write_results(open_point(point, source.stem, mask), folder, source) for point in found.points]


def describe_frontier(found: Frontier, head: Mapping[str, Any], paths: list[str], mask: Mask) -> dict[str, Any]:
    """The JSON document: ``head``, then the trade-off, every point with the results folder of its plan."""
    document = {**head, **found.as_dict()}
    document["points"] = [{**point, "results": path} for point, path in zip(document["points"], paths, strict=True)]
    return dict(mask_words(mask, document))


def write_frontier(found: Frontier, folder: Path, document: dict[str, Any], title: str, mask: Mask) -> None:
    """Table, picture and document, the document last. Raises OSError."""
    write_atomic(folder / "frontier.csv", write_csv(frontier_table(found, mask), {"gap": f"{found.gap:g}"}))
    write_atomic(folder / "frontier.svg", draw_frontier(found, title, mask))
    write_atomic(folder / FILE, to_json(document))


def read_frontier(folder: Path, scenario: Scenario) -> tuple[Frontier, list[Path]] | None:
    """The trade-off of a folder and the results folder of each point; None where there is none, or where names are masked.

    ``scenario`` is the one it was found for. Raises AuditError where a plan was changed after it was written.
    """
    try:
        data = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    places = [folder / Path(point["results"]).name for point in data["points"]]
    records = [read_record(place / "run.json") for place in places]
    if any(record["masked"] for record in records):
        return None
    points = [_point(*one) for one in zip(data["points"], places, records, strict=True)]
    axes = [Axis(data[side]["kind"], data[side]["about"]) for side in ("of", "against")]
    codes = [point.solved.code for point in points]
    knee = next((place for place, point in enumerate(data["points"]) if point["knee"]), None)
    found = Frontier(
        scenario, axes[0], axes[1], tuple(points), knee, data["gap"], data["asked"], data["spared"], data["dominated"],
        data["least"], min(codes, key=Exit.SEVERITY.index, default=Exit.INFEASIBLE), tuple(data["notes"]), data["reason"],
    )  # fmt: skip
    return found, places


def _point(data: dict[str, Any], place: Path, record: dict[str, Any]) -> Point:
    raw = (place / "plan.json").read_bytes()
    if hashlib.sha256(raw).hexdigest() != record["results"]["plan.json"]:
        raise AuditError(f"{place / 'plan.json'} was changed after it was written")
    result = read_result({key: value for key, value in json.loads(raw).items() if key in KEYS})
    options = Options(**{**record["options"], "without": tuple(record["options"]["without"])})
    label = f"point {data['number']}"
    solved = Solved(
        label, result.objective, result.bound, result.plan, data["reason"], result.exit_code, data["seconds"], result.measures,
        result,
    )  # fmt: skip
    step = data["step"] and Difference(**{key: value for key, value in data["step"].items() if key != "distinct"})
    return Point(
        data["of"], data["against"], data["bound"], data["ceiling"], data["end"], Ask(label, record["document"], options=options),
        solved, tuple(data["signed"]), step or None,
    )  # fmt: skip
