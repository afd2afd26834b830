"""Measures of a plan, written once: what is minimised, limited, reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.formulation.decisions import Decisions
from planner.formulation.problem import Measure, Terms
from planner.instance.cash import CashEvent
from planner.instance.instance import Instance, Key

MEASURES = ("expected_cost", "cash_cost", "shortage_cost", "surplus_cost", "shortage", "spend")
"""Measures that can be minimised. Costs are discounted; shortage is MW-years inside the horizon; spend is not discounted."""
WHOLE_GAP = "shortage and after"
"""Measure of ``policy.first: ramp``: MW-years missing inside the horizon and while its last period repeats."""


def build_measures(data: Instance, x: Decisions) -> dict[str, Measure]:
    """Every measure as terms over the columns."""
    cash = Measure(_cash_terms(data, x), _present(data, [paid.event for paid in data.fixed_cash]))
    short, surplus, gap, whole_gap = _demand_terms(data, x)
    spend = {x.order[i]: _chance(data, c.node) * c.price for i, c in enumerate(data.orders) if c.price}
    return {
        "cash_cost": cash,
        "shortage_cost": Measure(short),
        "surplus_cost": Measure(surplus),
        "expected_cost": Measure({**cash.terms, **short, **surplus}, cash.constant),
        "shortage": Measure(gap),
        WHOLE_GAP: Measure(whole_gap),
        "spend": Measure(spend),
    }


def _chance(data: Instance, node: int) -> float:
    return data.tree.nodes[node].probability


def _present(data: Instance, events: Iterable[CashEvent]) -> float:
    """Expected present value of payments; an event's node says how likely it is."""
    return sum(_chance(data, e.node) * data.discount[e.day] * e.amount for e in events)


def _cash_terms(data: Instance, x: Decisions) -> Terms:
    terms: Terms = {}
    for columns, table in ((x.vet, data.vets), (x.sign, data.signs), (x.call, data.calls)):
        for key, events in table.items():
            if value := _present(data, events):
                terms[columns[key]] = value
    for i, column in enumerate(data.orders):
        if value := _present(data, column.events):
            terms[x.order[i]] = value
    return terms


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


def signed_by(data: Instance, x: Decisions, supplier: str, node: int) -> Iterator[int]:
    """Columns of the supplier's signings on the path to ``node``: their sum says whether it is signed there."""
    for m in data.tree.path[node]:
        if (supplier, m) in x.sign:
            yield x.sign[supplier, m]


def columns_of(columns: dict[Key, int], weights: Iterable[tuple[Key, float]]) -> Terms:
    """Weights by key as terms by column."""
    return {columns[key]: weight for key, weight in weights}
