"""A plan as the start of a neighbouring question's search: written down by name, found again in another model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.formulation.decisions import Decisions
from planner.formulation.measures import placed_on
from planner.instance.instance import Instance
from planner.instance.shares import SPEND
from planner.options import Start
from planner.plan.plan import Plan

NOISE = 1e-9
"""Of spend: a share of exactly the least that counts does count."""


def start_from(plan: Plan | None, bound: float | None = None) -> Start:
    """A start with everything the plan decides."""
    if plan is None:
        return Start(bound=bound)
    units: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for order in plan.orders:
        units[order.node, order.offer, order.site, order.ship_period] += order.units
    return Start(
        tuple((v.node, v.supplier) for v in plan.vetting),
        tuple((s.node, s.supplier) for s in plan.signings),
        tuple((*key, amount) for key, amount in units.items()),
        bound,
    )


def place_start(data: Instance, periods: Sequence[str], x: Decisions, start: Start, columns: int) -> NDArray[np.float64]:
    """By column of a model what the start decides there; not a number where it says nothing. ``periods``: their names.

    What the model has no column for is left out, and no order is larger than its column allows: it need not be a plan here.
    """
    values = np.full(columns, np.nan)
    names = {node.name: node.index for node in data.tree.nodes}
    units = {key[:4]: key[4] for key in start.order}
    for i, order in enumerate(data.orders):
        key = data.tree.nodes[order.node].name, order.offer, order.site, periods[order.ship_period]
        values[x.order[i]] = min(units.get(key, 0.0), order.most)
    for taken, states in ((start.vet, x.begun), (start.sign, x.signed)):
        since = {(supplier, names[node]) for node, supplier in taken if node in names}
        for (supplier, n), column in states.items():
            values[column] = float(any((supplier, m) in since for m in data.tree.told[n]))
    ordered = [order for i, order in enumerate(data.orders) if values[x.order[i]] > 0]
    makers, offers = {(o.supplier, o.node) for o in ordered}, {(o.offer, o.node) for o in ordered}
    for table, used in ((x.call, makers), (x.batch, offers)):
        for pair, column in table.items():
            values[column] = float(pair in used)
    spent = _find_spend(data, x, values)
    for (maker, leaf), column in x.counted.items():
        own, everyone = spent[maker, leaf], sum(spent[other, leaf] for other, at in x.counted if at == leaf)
        values[column] = float(own > 0 and own >= data.min_share * everyone - NOISE)
    return values


def _find_spend(data: Instance, x: Decisions, values: NDArray[np.float64]) -> dict[tuple[str, int], float]:
    tallies = {tally.supplier: tally for tally in data.tallies if tally.of == SPEND}
    return {
        (maker, leaf): tallies[maker].fixed + sum(values[x.order[i]] * a for i, a in placed_on(data, tallies[maker], leaf))
        for maker, leaf in x.counted
    }
