"""mpi-sppy: one Pyomo model per future, tied together node by node, solved as one extensive form by HiGHS through Pyomo.

Every future has the columns of the nodes on its path and the rows about them; a column's cost is divided by its node's
chance, for mpi-sppy weighs every future by its own. Rows that speak of several futures at once are added to the whole.
Columns that futures share are named for the extensive form alone: elsewhere mpi-sppy wants equally many in every future.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyomo.environ as pyo
from mpisppy.opt.ef import ExtensiveForm
from mpisppy.scenario_tree import ScenarioNode
from pyomo.core.expr.numeric_expr import LinearExpression

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.methods.highs import SETTINGS, read_answer
from benchmarks.watch import Watch, listen_to_highs


@dataclass(frozen=True)
class Tree:
    """The futures of a case: leaves in the order of the tree, nodes named as mpi-sppy wants them."""

    case: Case

    @cached_property
    def children(self) -> list[list[int]]:
        """By node."""
        found: list[list[int]] = [[] for _ in self.case.parent]
        for node, parent in enumerate(self.case.parent):
            if parent >= 0:
                found[parent].append(node)
        return found

    @cached_property
    def names(self) -> dict[int, str]:
        """ROOT, ROOT_0, ROOT_0_1 ... by node."""
        found = {0: "ROOT"}
        for node, below in enumerate(self.children):
            for number, child in enumerate(below):
                found[child] = f"{found[node]}_{number}"
        return found

    @cached_property
    def paths(self) -> dict[str, list[int]]:
        """Name of a future -> its nodes from the root on, futures in the order of the tree."""
        found: dict[str, list[int]] = {}
        stack = [[0]]
        while stack:
            path = stack.pop()
            below = self.children[path[-1]]
            if not below:
                found[f"future{len(found)}"] = path
            stack.extend([*path, child] for child in reversed(below))
        return found

    @cached_property
    def deepest(self) -> np.ndarray:
        """By row the deepest node of its columns; -1 if it has none."""
        found = np.full(len(self.case.row_lower), -1)
        np.maximum.at(found, self.case.row, self.case.node[self.case.index])
        return found

    @cached_property
    def single(self) -> np.ndarray:
        """By row whether all its columns stand on one path."""
        above = [{-1, node} for node in range(len(self.case.parent))]
        for node, parent in enumerate(self.case.parent):
            if parent >= 0:
                above[node] |= above[parent]
        nodes, deepest = self.case.node[self.case.index].tolist(), self.deepest[self.case.row].tolist()
        fits = np.array([n == -1 or n in above[d] for n, d in zip(nodes, deepest, strict=True)])
        found = np.ones(len(self.case.row_lower), dtype=bool)
        found[self.case.row[~fits]] = False
        return found


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Build every future, tie them together, solve."""
    last = listen_to_highs(watch)
    whole = build(case)
    whole.solve_extensive_form({"mip_rel_gap": gap, "time_limit": watch.left, **SETTINGS})
    return read_answer(last())


def build(case: Case) -> ExtensiveForm:
    """The extensive form."""
    tree = Tree(case)
    whole = ExtensiveForm(
        {"solver": "appsi_highs"}, list(tree.paths), scenario_creator, {"tree": tree},
        all_nodenames=[tree.names[node] for node in sorted(tree.names)],
    )  # fmt: skip
    _add_common_rows(whole.ef, tree)
    return whole


def scenario_creator(name: str, tree: Tree) -> pyo.ConcreteModel:
    """One future."""
    case, path = tree.case, tree.paths[name]
    columns = np.flatnonzero(np.isin(case.node, [-1, *path]))
    model = pyo.ConcreteModel(name)
    bounds = {j: (_side(case.lower[j]), _side(case.upper[j])) for j in columns.tolist()}
    whole = case.whole
    model.x = pyo.Var(bounds, bounds=lambda _, j: bounds[j], domain=lambda _, j: pyo.Integers if whole[j] else pyo.Reals)
    rows = np.flatnonzero(np.isin(tree.deepest, [-1, *path]) & tree.single).tolist()
    model.rule = pyo.Constraint(rows, rule=lambda m, i: _rule(case, m.x, i))
    chance = np.where(case.node >= 0, case.chance[case.node], 1.0)
    dear = [j for j in columns.tolist() if case.cost[j]]
    model.cost = pyo.Objective(expr=_sum(model.x, dear, (case.cost[dear] / chance[dear]).tolist()))
    model._mpisppy_probability = float(case.chance[path[-1]])
    by_node = {node: columns[case.node[columns] == node].tolist() for node in (-1, *path)}
    model._mpisppy_node_list = [
        ScenarioNode(
            tree.names[node], float(case.chance[node] / case.chance[max(case.parent[node], 0)]), stage + 1, 0.0,
            [], model, [model.x[j] for j in (by_node[-1] if node == 0 else []) + by_node[node]],
            parent_name=tree.names[path[stage - 1]] if stage else None,
        )
        for stage, node in enumerate(path[:-1])
    ]  # fmt: skip
    return model


def _side(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def _sum(x, columns: list[int], values: list[float]) -> LinearExpression:
    return LinearExpression(constant=0.0, linear_coefs=values, linear_vars=[x[j] for j in columns])


def _rule(case: Case, x, i: int):
    part = slice(case.starts[i], case.starts[i + 1])
    left = _sum(x, case.index[part].tolist(), case.values[part].tolist())
    return (_side(case.row_lower[i]), left, _side(case.row_upper[i]))


def _add_common_rows(whole: pyo.ConcreteModel, tree: Tree) -> None:
    common = np.flatnonzero(~tree.single).tolist()
    if not common:
        return
    copies = {j: future.x[j] for name in tree.paths for future in [getattr(whole, name)] for j in future.x}
    whole.common = pyo.Constraint(common, rule=lambda _, i: _rule(tree.case, copies, i))
