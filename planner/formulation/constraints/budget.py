"""Rule 8: cash by fiscal year."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import columns_of
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def budget(data: Instance, x: Decisions) -> Rows:
    r"""Cash paid in a fiscal year stays within its budget, on every course of events.

    .. math:: \sum_{payments\ in\ y} cash \le budget_y

    Fees, milestones, duty, freight, storage and own contracts count; capacity gaps and discounting do not.
    """
    for row in data.budgets:
        terms = {
            **columns_of(x.vet, row.vets),
            **columns_of(x.sign, row.signs),
            **columns_of(x.call, row.calls),
            **{x.order[i]: paid for i, paid in row.orders},
        }
        yield (row.year, data.tree.nodes[row.node].name), terms, -INFINITY, row.amount
