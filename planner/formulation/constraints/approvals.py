"""Rule 4, large signings: only on approval days."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import most_spent
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance
from planner.instance.shares import SPEND


def approvals(data: Instance, x: Decisions) -> Rows:
    r"""A supplier gets more orders than the amount only if its frame agreement was signed in an approval period.

    .. math:: spend_{j,leaf} \le above + (M - above) \sum_{m \in approved} sign_{j,m}

    M is what all the supplier's possible orders on the path would cost.
    """
    if data.approvals is None:
        return
    above, approved = data.approvals
    for tally in data.tallies:
        if tally.of != SPEND:
            continue
        for leaf in data.tree.leaves:
            big = most_spent(data, tally, leaf)
            if big <= above:
                continue
            terms = {x.tally[tally.supplier, SPEND, leaf]: 1.0}
            signings = approved & set(data.tree.told[leaf])
            terms |= {x.sign[tally.supplier, m]: above - big for m in sorted(signings) if (tally.supplier, m) in x.sign}
            yield (tally.supplier, data.tree.nodes[leaf].name), terms, -INFINITY, above
