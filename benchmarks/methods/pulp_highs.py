"""Plain PuLP with its own hand-over to HiGHS: the model as it is written with PuLP, expression by expression."""

from __future__ import annotations

import pulp

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.methods.highs import read_answer
from benchmarks.watch import Watch, listen_to_highs

_from_dict = getattr(pulp.LpAffineExpression, "from_dict", pulp.LpAffineExpression)  # PuLP 4 and 3


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Build and solve."""
    last = listen_to_highs(watch)
    problem = build(case)
    problem.solve(pulp.HiGHS(msg=False, threads=1, gapRel=gap, timeLimit=watch.left))
    return read_answer(last())


def build(case: Case) -> pulp.LpProblem:
    """Every expression from a dict at once, which is the fastest PuLP has."""
    problem = pulp.LpProblem("plan", pulp.LpMinimize)
    columns = [
        problem.add_variable(f"x{j}", None if low == -float("inf") else low, None if up == float("inf") else up,
                             pulp.LpInteger if whole else pulp.LpContinuous)
        for j, (low, up, whole) in enumerate(zip(case.lower.tolist(), case.upper.tolist(), case.whole.tolist(), strict=True))
    ]  # fmt: skip
    problem.setObjective(_from_dict({columns[j]: a for j, a in enumerate(case.cost.tolist()) if a}))
    starts, index, values = case.starts.tolist(), case.index.tolist(), case.values.tolist()
    for i, (low, up) in enumerate(zip(case.row_lower.tolist(), case.row_upper.tolist(), strict=True)):
        part = slice(starts[i], starts[i + 1])
        left = _from_dict({columns[j]: a for j, a in zip(index[part], values[part], strict=True)})
        rule = left == low if low == up else left <= up if up < float("inf") else left >= low
        problem.addConstraint(rule, f"r{i}")
    return problem
