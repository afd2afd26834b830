"""What each strengthening of the formulation is worth: the model as it is against the same model without one of them.

python -m benchmarks.strength [--scenarios us-2026-30gw,licence-stop,dear-and-late]: size, bound of the relaxation and the time it
takes, for the model and for each weaker or longer way to write it. Every one of them has the same whole plans at the same cost.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from planner.formulation.build import Model, build_model
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import Options
from planner.result import find_goal
from planner.scenario.read import read_scenario
from planner.solvers.highs import run
from planner.solvers.matrix import Matrix, build_matrix

OUT = Path(__file__).parent / "strength.json"
SCENARIOS = Path(__file__).parents[1] / "scenarios"


@dataclass(frozen=True)
class Case:
    """A model, its matrix, and the matrix as a table of rows."""

    data: Instance
    model: Model
    matrix: Matrix

    @property
    def table(self) -> sparse.csr_array:
        m = self.matrix
        return sparse.csr_array((m.values, m.index, m.starts), shape=(len(m.row_lower), len(m.cost)))

    def rows(self, family: str, *kinds: str) -> list[tuple[int, tuple[str, ...]]]:
        """(row, index) of a family's rows, of these kinds if any are given."""
        found = ((i, tag.index) for i, tag in enumerate(self.model.problem.tags) if tag.family == family)
        return [(i, index) for i, index in found if not kinds or index[0] in kinds]


def rewrite(case: Case, table: sparse.csr_array, lower: np.ndarray, upper: np.ndarray, keep: np.ndarray | None = None) -> Matrix:
    """The matrix with other rows, and with these columns only."""
    table, m = table.tocsr(), case.matrix
    table.eliminate_zeros()
    columns = slice(None) if keep is None else keep
    if keep is not None:
        table = table[:, keep].tocsr()
    return Matrix(
        m.cost[columns], m.offset, m.scale, m.lower[columns], m.upper[columns], m.whole[columns], lower, upper,
        table.indptr.astype(np.int32), table.indices.astype(np.int32), table.data,
    )  # fmt: skip


def unsigned_slots(case: Case) -> Matrix:
    """Slots limit orders whether or not their maker is signed."""
    table, upper = case.table.tolil(), case.matrix.row_upper.copy()
    signed = set(case.model.decisions.signed.values())
    for i, _ in case.rows("slots"):
        for j in [j for j in table.rows[i] if j in signed]:
            upper[i], table[i, j] = upper[i] - table[i, j], 0.0
    return rewrite(case, table.tocsr(), case.matrix.row_lower, upper)


def added(case: Case, groups: dict[tuple[str, ...], list[int]]) -> Matrix:
    """Rows of a group added up into one, in the units they were written in."""
    table, m = case.table, case.matrix
    gone = {i for rows in groups.values() for i in rows}
    stay = [i for i in range(table.shape[0]) if i not in gone]
    order = [(i, g) for g, rows in enumerate(groups.values()) for i in rows]
    weigh = sparse.csr_array((np.ones(len(order)), ([g for _, g in order], [i for i, _ in order])), (len(groups), table.shape[0]))
    both = sparse.vstack([table[stay], weigh @ table]).tocsr()
    least = np.concatenate([m.row_lower[stay], np.full(len(groups), -np.inf)])
    most = np.concatenate([m.row_upper[stay], np.zeros(len(groups))])
    return rewrite(case, both, least, most)


def one_order_row(case: Case) -> Matrix:
    """One row for a purchase order's fee and minimum instead of one for each shipment period."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, index in case.rows("order_size", "batch", "fee"):
        if len(index) == 4:
            groups.setdefault(index[:3], []).append(i)
    return added(case, groups)


def one_signing_row(case: Case) -> Matrix:
    """One row for a maker's frame agreement instead of one for each offer and site."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, index in case.rows("signing", "link"):
        groups.setdefault((index[1], index[4]), []).append(i)
    return added(case, groups)


def sums_over_ancestors(case: Case) -> Matrix:
    """Installed capacity as a sum over all orders before, in every row, instead of a column carried from the parent."""
    table, m = case.table, case.matrix
    gone = np.array(sorted(case.model.decisions.installed.values()))
    defining = np.array([i for i, _ in case.rows("steps", "installed")])
    kept = np.setdiff1d(np.arange(table.shape[1]), gone)
    stay = np.setdiff1d(np.arange(table.shape[0]), defining)
    square = table[defining][:, gone].tocsc()
    rest = spsolve(square, table[defining][:, kept].tocsc()).tocsr()
    fixed = spsolve(square, m.row_lower[defining])
    others = table[stay][:, gone].tocsr()
    shift = others @ fixed
    part = table[stay][:, kept] - others @ rest
    full = sparse.csr_array((part.shape[0], table.shape[1])).tolil()
    full[:, kept] = part
    return rewrite(case, full.tocsr(), m.row_lower[stay] - shift, m.row_upper[stay] - shift, kept)


WAYS: dict[str, Callable[[Case], Matrix]] = {
    "as it is": lambda case: case.matrix,
    "slots not tied to the frame agreement": unsigned_slots,
    "one row for a purchase order's fee and minimum": one_order_row,
    "one row for a frame agreement": one_signing_row,
    "installed capacity as sums over ancestors": sums_over_ancestors,
}


@dataclass(frozen=True)
class Measured:
    """One way to write one scenario's model. ``bound``: of the relaxation; ``seconds``: of processor time to solve it."""

    scenario: str
    way: str
    rows: int
    columns: int
    nonzeros: int
    bound: float
    seconds: float


def measure(name: str) -> Iterator[Measured]:
    """Every way for a shipped scenario; a way that changes nothing is told all the same."""
    scenario = read_scenario(SCENARIOS / f"{name}.yaml").scenario
    data = build_instance(scenario)
    model = build_model(data, find_goal(scenario, Options()))
    case = Case(data, model, build_matrix(model.problem))
    for way, write in WAYS.items():
        matrix = write(case)
        began = time.process_time()
        bound = run(matrix, {}, whole=False).bound
        spent = time.process_time() - began
        assert bound is not None
        yield Measured(name, way, len(matrix.row_lower), len(matrix.cost), len(matrix.index), bound, spent)


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", default="us-2026-30gw,licence-stop,dear-and-late")
    found = [measured for name in parser.parse_args().scenarios.split(",") for measured in measure(name)]
    OUT.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", encoding="utf-8")
    base = {one.scenario: one for one in found if one.way == "as it is"}
    print("| scenario | way | rows | nonzeros | bound | below | seconds |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for one in found:
        below = 1 - one.bound / base[one.scenario].bound
        size = f"{one.rows:,} | {one.nonzeros:,}"
        print(f"| {one.scenario} | {one.way} | {size} | {one.bound:,.1f} | {below:.2%} | {one.seconds:.2f} |")


if __name__ == "__main__":
    main()
