"""An instance as every method gets it: the model's numbers, the file in MPS form, and where its columns stand in the tree."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np

from benchmarks.instances import Instance, read_instance
from planner.formulation.build import build_model
from planner.formulation.problem import Measure, Problem
from planner.instance.build import build_instance
from planner.options import Options
from planner.result import find_goal
from planner.solve import find_layout


@dataclass(frozen=True)
class Case:
    """minimise cost x, row_lower <= A x <= row_upper, lower <= x <= upper; A by rows (starts, index, values).

    A constant of the objective is the cost of a column that is 1. ``whole`` by column; ``family`` names the rule of every
    row; ``node`` is the column's node, -1 for columns of all nodes; ``parent`` and ``chance`` by node, parents first.
    """

    instance: Instance
    mps: Path
    cost: Any
    lower: Any
    upper: Any
    whole: Any
    row_lower: Any
    row_upper: Any
    starts: Any
    index: Any
    values: Any
    family: Any
    node: Any
    parent: Any
    chance: Any

    @property
    def row(self) -> Any:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.starts))


def write_case(name: str, folder: Path) -> dict[str, Any]:
    """Build the model once, write it for all methods, and say how large it is. Nobody's clock runs."""
    instance = read_instance(name)
    data = build_instance(instance.scenario)
    model = build_model(data, find_goal(instance.scenario, Options()))
    folder.mkdir(parents=True, exist_ok=True)
    layout = find_layout(data, model)
    _keep_constant(model.problem)
    mps = folder / f"{name}.mps"
    model.problem.lp.writeMPS(str(mps))
    arrays = _read_mps(mps)
    rows = arrays.pop("row_names")
    tags = [tag.family for tag in model.problem.tags]
    arrays["family"] = np.array([tags[int(row[1:])] for row in rows])
    arrays["node"] = np.array([*layout.node, -1])[arrays.pop("column_numbers")]  # one more where there is a constant
    arrays["parent"], arrays["chance"] = np.array(layout.parent), np.array(layout.chance)
    np.savez(folder / f"{name}.npz", **arrays)
    scenario = instance.scenario
    told = {
        "digest": instance.digest, "model": hashlib.sha256(mps.read_bytes()).hexdigest()[:16],
        "nodes": len(layout.parent), "columns": len(arrays["cost"]), "whole": int(arrays["whole"].sum()),
        "rows": len(arrays["row_lower"]), "nonzeros": len(arrays["values"]), "offers": len(scenario.offers),
        "sites": len(scenario.sites), "futures": int(len(layout.parent) - len(set(layout.parent) - {-1})),
        "risk_weight": scenario.policy.risk_weight,
    }  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(told) + "\n")
    return told


def _keep_constant(problem: Problem) -> None:
    """The objective's constant as a column: PuLP's MPS files lose it, and then gaps would be taken of another number."""
    if problem.objective.constant:
        column = problem.add_column(1.0, least=1.0)
        problem.minimise(Measure({**problem.objective.terms, column: problem.objective.constant}))


def read_case(name: str, folder: Path) -> Case:
    """What ``write_case`` wrote."""
    with np.load(folder / f"{name}.npz") as found:
        arrays = {key: found[key] for key in found.files}
    return Case(read_instance(name), folder / f"{name}.mps", **arrays)


def read_size(name: str, folder: Path) -> dict[str, Any]:
    """How large the case is, as ``write_case`` said."""
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text())
    return found


def _read_mps(path: Path) -> dict[str, Any]:
    """The file's own numbers, so that no method gets others."""
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.readModel(str(path))
    lp = engine.getLp()
    matrix = lp.a_matrix_
    starts, index, values = np.array(matrix.start_), np.array(matrix.index_), np.array(matrix.value_)
    if matrix.format_ == highspy.MatrixFormat.kColwise:
        starts, index, values = _by_rows(starts, index, values, lp.num_row_)
    return {
        "cost": np.array(lp.col_cost_), "lower": np.array(lp.col_lower_),
        "upper": np.array(lp.col_upper_),
        "whole": np.array([kind == highspy.HighsVarType.kInteger for kind in lp.integrality_] or [False] * lp.num_col_),
        "row_lower": np.array(lp.row_lower_), "row_upper": np.array(lp.row_upper_), "starts": starts, "index": index,
        "values": values, "row_names": list(lp.row_names_),
        "column_numbers": np.array([int(name[1:]) for name in lp.col_names_]),
    }  # fmt: skip


def _by_rows(starts: Any, index: Any, values: Any, rows: int) -> tuple[Any, Any, Any]:
    column = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(index, kind="stable")
    counts = np.bincount(index, minlength=rows)
    return np.concatenate([[0], np.cumsum(counts)]), column[order], values[order]
