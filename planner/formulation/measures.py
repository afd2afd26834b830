"""Measures of a plan, written once: what is minimised, limited, reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from planner.formulation.decisions import Decisions
from planner.formulation.problem import Measure, Terms
from planner.instance.instance import Instance, Key, RunningSum, Tally

MEASURES = (
    "weighted_cost", "expected_cost", "cvar_cost", "worst_cost", "cash_cost", "shortage_cost", "surplus_cost", "shortage",
    "spend",
)  # fmt: skip
"""Measures that can be minimised. Costs are discounted; shortage is MW-years inside the horizon; spend is not discounted."""
WHOLE_GAP = "shortage and after"
"""Measure of ``policy.first: ramp``: MW-years missing inside the horizon and while its last period repeats."""


def build_measures(data: Instance, x: Decisions) -> dict[str, Measure]:
    """Every measure as terms over the columns; those of single futures only where their columns exist."""
    cash = Measure(dict(_cash_terms(data, x)), _contracts(data))
    short, surplus, gap, whole_gap = _demand_terms(data, x)
    spend: Terms = defaultdict(float)
    for i, column in enumerate(data.orders):
        for placement in column.placements:
            if placement.price:
                spend[x.order[i]] += _chance(data, placement.node) * placement.price
    found = {
        "cash_cost": cash,
        "shortage_cost": Measure(short),
        "surplus_cost": Measure(surplus),
        "expected_cost": Measure({**cash.terms, **short, **surplus}, cash.constant),
        "shortage": Measure(gap),
        WHOLE_GAP: Measure(whole_gap),
        "spend": Measure(dict(spend)),
    }
    if x.edge is not None:
        worst = {x.excess[leaf]: _chance(data, leaf) / (1 - data.risk.tail) for leaf in data.tree.leaves}
        found["cvar_cost"] = Measure({x.edge: 1.0, **worst})
        found["weighted_cost"] = _weigh(found["expected_cost"], found["cvar_cost"], data.risk.weight)
    if x.worst is not None:
        found["worst_cost"] = Measure({x.worst: 1.0})
    return found


def _weigh(expected: Measure, tail: Measure, weight: float) -> Measure:
    terms = {column: (1 - weight) * a for column, a in expected.terms.items()}
    return Measure({**terms, **{column: weight * a for column, a in tail.terms.items()}}, (1 - weight) * expected.constant)


def _chance(data: Instance, node: int) -> float:
    return data.tree.nodes[node].probability


def _cash_terms(data: Instance, x: Decisions) -> Terms:
    """Expected present cash of each decision."""
    terms: Terms = defaultdict(float)
    for node, found in data.risk.cost.terms.items():
        for decision, amount in found:
            terms[x.column(decision)] += _chance(data, node) * amount
    return terms


def _contracts(data: Instance) -> float:
    return sum(_chance(data, node) * amount for node, amount in data.risk.cost.contracts.items())


def _demand_terms(data: Instance, x: Decisions) -> tuple[Terms, Terms, Terms, Terms]:
    short: Terms = defaultdict(float)
    surplus: Terms = defaultdict(float)
    gap: Terms = defaultdict(float)
    whole_gap: Terms = defaultdict(float)
    for (name, n), column in x.short.items():
        demand, chance = data.demands[name], _chance(data, n)
        short[column] = chance * (demand.gap_cost[n] + demand.gap_cost_after[n])
        gap[column] = chance * demand.years[n]
        whole_gap[column] = chance * (demand.years[n] + demand.years_after[n])
    for (name, n), column in x.surplus.items():
        demand, chance = data.demands[name], _chance(data, n)
        surplus[column] = chance * (demand.surplus_cost[n] + demand.surplus_cost_after[n])
    return dict(short), dict(surplus), dict(gap), dict(whole_gap)


def signed_at(data: Instance, x: Decisions, supplier: str, node: int, weight: float) -> Terms:
    """``weight`` times whether the supplier is signed at ``node``; nothing where it cannot be."""
    column = x.signed.get((supplier, data.tree.decides[node]))
    return {} if column is None else {column: weight}


def state_row(data: Instance, state: dict[Key, int], step: dict[Key, int], key: Key) -> Terms:
    """A state that lasts, less what it was before, less the step taken now: the three add up to 0."""
    supplier, node = key
    terms = {state[key]: 1.0}
    parent = data.tree.nodes[node].parent
    if (supplier, parent) in state:
        terms[state[supplier, parent]] = -1.0
    if key in step:
        terms[step[key]] = -1.0
    return terms


def futures_apart(data: Instance) -> Iterator[int]:
    """One leaf of each group of futures that take the same decisions: all leaves, or one when the calendar alone decides."""
    seen = set()
    for leaf in data.tree.leaves:
        if data.tree.told[leaf] not in seen:
            seen.add(data.tree.told[leaf])
            yield leaf


def placed_on(data: Instance, tally: Tally, leaf: int) -> Iterator[tuple[int, float]]:
    """(order, weight of a unit) of every order of the tally's supplier that can be placed on the way to the leaf."""
    for m in data.tree.path[leaf]:
        yield from tally.weights.get(m, ())


def most_spent(data: Instance, tally: Tally, leaf: int) -> float:
    """What all the supplier's possible orders on the way to the leaf come to."""
    return sum(data.orders[i].most * weight for i, weight in placed_on(data, tally, leaf))


def running_row(
    data: Instance, x: Decisions, running: RunningSum, node: int, column: Callable[[int], int]
) -> tuple[Terms, float, float]:
    """Terms and both bounds of: the sum at the node is the sum at its parent and what is decided at the node."""
    terms: Terms = {column(node): 1.0}
    if (parent := data.tree.nodes[node].parent) >= 0:
        terms[column(parent)] = -1.0
    for decision, amount in running.terms.get(node, ()):
        key = x.column(decision)
        terms[key] = terms.get(key, 0.0) - amount
    fixed = running.contracts.get(node, 0.0)
    return terms, fixed, fixed
