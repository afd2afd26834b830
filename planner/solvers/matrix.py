"""Problem -> arrays: the model handed over in bulk, scaled by powers of ten, whole bounds rounded inward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.errors import EngineError
from planner.formulation.problem import Problem

Setting = bool | int | float | str
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
WIDEST_RANGE = 1e9


@dataclass(frozen=True, slots=True)
class Matrix:
    """A model as arrays, rows in compressed form. True cost = ``scale`` x cost; rows are scaled, columns are not."""

    cost: Floats
    offset: float
    scale: float
    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    starts: Ints
    index: Ints
    values: Floats


def build_matrix(problem: Problem) -> Matrix:
    """Read the PuLP model once. Raises EngineError if a number is not finite or cannot be told from zero."""
    number = {variable: j for j, variable in enumerate(problem.columns)}
    cost = np.zeros(len(problem.columns))
    for variable, a in problem.lp.objective.items():
        cost[number[variable]] = a
    rows = problem.lp.constraints()
    # straight into arrays: these loops run over every nonzero
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    index = np.fromiter(map(number.__getitem__, chain.from_iterable(row.keys() for row in rows)), np.int32, int(starts[-1]))
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), float, int(starts[-1]))
    lower = np.array([-np.inf if (low := row.getLb()) is None else low for row in rows], float)
    upper = np.array([np.inf if (high := row.getUb()) is None else high for row in rows], float)
    least = np.array([-np.inf if v.lowBound is None else v.lowBound for v in problem.columns], float)
    most = np.array([np.inf if v.upBound is None else v.upBound for v in problem.columns], float)
    whole = np.array(problem.whole, dtype=bool)
    most = np.where(whole & np.isfinite(most), np.floor(most + 1e-9), most)
    matrix = _scaled(cost, problem.objective.constant, whole, least, most, starts, index, values, lower, upper)
    if len(matrix.row_lower) != len(problem.tags):
        raise EngineError(f"{len(problem.tags)} rules were written but {len(matrix.row_lower)} rows reached the engine")
    return matrix


def _scaled(
    cost: Floats, offset: float, whole: NDArray[np.bool_], least: Floats, most: Floats, starts: Ints, index: Ints, values: Floats,
    lower: Floats, upper: Floats,
) -> Matrix:  # fmt: skip
    if not (np.isfinite(values).all() and np.isfinite(cost).all() and not np.isnan(most).any()):
        raise EngineError("the model holds a number that is not finite; check prices and capacities")
    scale = _power(np.abs(cost).max(initial=0.0)) / 100  # largest cost between 100 and 1000: the objective stays in range
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    biggest = np.zeros(len(starts) - 1)
    np.maximum.at(biggest, rows, np.abs(values))
    different, which = np.unique(biggest, return_inverse=True)
    by = np.array([_power(b) for b in different])[which]
    values = values / by[rows]
    used = np.abs(values[values != 0])
    if used.size and used.max() / used.min() > WIDEST_RANGE:
        raise EngineError(f"the model's numbers span {used.max() / used.min():.0e}; the engine allows {WIDEST_RANGE:.0e}")
    return Matrix(cost / scale, offset / scale, scale, least, most, whole, lower / by, upper / by, starts, index, values)


def _power(number: float) -> float:
    return float(10.0 ** np.floor(np.log10(number))) if number > 0 else 1.0


def load(matrix: Matrix, options: Mapping[str, Setting], whole: bool = True) -> highspy.Highs:
    """A HiGHS object with the model in it; ``whole`` False gives the relaxation. Every return code is checked."""
    engine = highspy.Highs()
    settings: dict[str, Setting] = {"log_to_console": False, "threads": 1, "parallel": "off", "random_seed": 0,
                                   "mip_min_logging_interval": 0.3,
                                   "mip_allow_restart": False,  # 1.16.0 can loop for ever after a restart at the root
                                   "mip_heuristic_effort": 0.2,
                                   # dear at the root, and what it finds the searches around a plan find sooner
                                   "mip_heuristic_run_root_reduced_cost": False, **options}  # fmt: skip
    for name, value in settings.items():
        _accept(engine.setOptionValue(name, value), f"option {name}={value!r}")
    columns, none = len(matrix.cost), np.zeros(0, np.int32)
    _accept(engine.addCols(columns, matrix.cost, matrix.lower, matrix.upper, 0, none, none, np.zeros(0)), "the columns")
    _accept(
        engine.addRows(len(matrix.row_lower), matrix.row_lower, matrix.row_upper, len(matrix.index), matrix.starts[:-1],
                       matrix.index, matrix.values), "the rows")  # fmt: skip
    if whole and matrix.whole.any():
        ints = np.flatnonzero(matrix.whole).astype(np.int32)
        kinds = np.full(len(ints), highspy.HighsVarType.kInteger)
        _accept(engine.changeColsIntegrality(len(ints), ints, kinds), "the whole columns")
    _accept(engine.changeObjectiveOffset(matrix.offset), "the constant")
    if (engine.getNumCol(), engine.getNumRow()) != (columns, len(matrix.row_lower)):
        raise EngineError("the engine holds another number of rows or columns than the model")
    return engine


def _accept(status: highspy.HighsStatus, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise EngineError(f"HiGHS refuses {what}")
