"""Rule 8: cash by fiscal year."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import running_row
from planner.formulation.problem import Rows
from planner.instance.instance import Instance


def budget(data: Instance, x: Decisions) -> Rows:
    r"""Cash paid in a fiscal year stays within its budget, on every course of events.

    .. math:: paid_{y,n} = paid_{y,parent(n)} + \sum_{d\ at\ n} cash_{d,y} \, d + contracts_{y,n}, \qquad
              paid_{y,n} \le budget_y \ (n\ ends\ y)

    Fees, milestones, duty, freight, storage, refunds and own contracts count; capacity gaps and discounting do not.
    The year's cash is a column of its own, with the budget as its bound.
    """
    for row in data.budgets:
        paid = {n: column for (year, n), column in x.paid.items() if year == row.cash.name}
        for n in paid:
            terms, low, high = running_row(data, x, row.cash, n, paid.__getitem__)
            yield (row.cash.name, data.tree.nodes[n].name), terms, low, high
