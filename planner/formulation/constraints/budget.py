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
    The year's cash is a column of its own, with the budget as its bound.
    """
    for row in data.budgets:
        terms = {
            **columns_of(x.vet, row.vets),
            **columns_of(x.sign, row.signs),
            **columns_of(x.call, row.calls),
            **{x.order[i]: paid for i, paid in row.orders},
        }
        index = (row.year, data.tree.nodes[row.node].name)
        # contracts alone may already spend more than the budget: then no plan exists
        yield ("left", *index), {}, -INFINITY, row.amount
        if row.amount >= 0:
            yield ("paid", *index), {**terms, x.paid[row.year, row.node]: -1.0}, 0.0, 0.0
