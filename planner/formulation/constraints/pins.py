"""Rule 13: decisions already taken."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import Rows
from planner.instance.instance import Instance


def pins(data: Instance, x: Decisions) -> Rows:
    r"""A pinned decision is taken as pinned: vetted, signed, or ordered in exactly this number.

    .. math:: \sum_{named} decision = amount
    """
    for number, row in enumerate(data.pins):
        terms = {}
        for key in row.keys:
            if isinstance(key, int):
                terms[x.order[key]] = 1.0
            else:
                terms[(x.vet if row.kind == "vet" else x.sign)[key]] = 1.0
        yield (row.name, str(number)), terms, row.amount, row.amount
