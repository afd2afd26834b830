"""A second engine that shares nothing with the first, where one is installed: whether a model has any solution at all."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import Any

from planner.formulation.problem import Problem

SECOND_ENGINE = "SCIP"
_ANSWERS = {"infeasible": False, "optimal": True}


def ask_second_engine(problem: Problem, seconds: float) -> bool | None:
    """Whether the model has a solution, by the second engine; None when it is not installed or has no answer in time."""
    engine = _load_engine()
    if engine is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.mps"
        problem.lp.writeMPS(str(file))
        model = engine.Model()
        model.hideOutput()
        model.readProblem(str(file))
        model.setParam("limits/time", max(1.0, seconds))
        model.setParam("limits/solutions", 1)
        model.optimize()
        status = str(model.getStatus())
        return True if model.getNSols() else _ANSWERS.get(status)


def _load_engine() -> Any:
    try:
        return importlib.import_module("pyscipopt")
    except ImportError:
        return None
