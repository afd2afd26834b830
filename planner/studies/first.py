"""First decisions: what a plan does today. Read from a plan, held in another question, compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from planner.options import Fixed
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.vocabulary import ROOT

LEAST = 1e-6
"""Units below which an order is the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """One first decision that another plan takes otherwise: ``kind`` sign, qualify or order; ``name`` a supplier or offer.

    ``before`` and ``after`` are units, 1 and 0 for yes and no.
    """

    kind: str
    name: str
    before: float
    after: float


def hold(scenario: Scenario, plan: Plan, nodes: Collection[str] = (ROOT,)) -> Fixed:
    """The plan's decisions at the nodes, to be held."""
    periods, kept = scenario.calendar.names, frozenset(nodes)
    units: dict[tuple[str, str, str, int], float] = defaultdict(float)
    for order in plan.orders:
        if order.node in kept:
            units[order.node, order.offer, order.site, periods.index(order.ship_period)] += order.units
    return Fixed(
        tuple(sorted(kept)),
        tuple(sorted((v.node, v.supplier) for v in plan.vetting if v.node in kept)),
        tuple(sorted((s.node, s.supplier) for s in plan.signings if s.node in kept)),
        tuple((*key, amount) for key, amount in sorted(units.items())),
    )


def is_same(one: Fixed, two: Fixed) -> bool:
    """Whether the same is decided: whom to qualify and sign, and what to order for which shipment."""
    orders = [{row[:4]: row[4] for row in fix.order} for fix in (one, two)]
    alike = all(abs(orders[0].get(key, 0.0) - orders[1].get(key, 0.0)) <= LEAST for key in orders[0].keys() | orders[1].keys())
    return alike and set(one.vet) == set(two.vet) and set(one.sign) == set(two.sign)


def find_steps(one: Fixed, two: Fixed) -> tuple[Step, ...]:
    """What the second decides otherwise, orders by offer over all sites and shipments."""
    found = []
    for kind in ("sign", "qualify", "order"):
        before, after = _amounts(one, kind), _amounts(two, kind)
        for name in sorted(before.keys() | after.keys()):
            was, now = before.get(name, 0.0), after.get(name, 0.0)
            if abs(was - now) > LEAST:
                found.append(Step(kind, name, was, now))
    return tuple(found)


def _amounts(fix: Fixed, kind: str) -> dict[str, float]:
    if kind != "order":
        return {supplier: 1.0 for _, supplier in (fix.sign if kind == "sign" else fix.vet)}
    units: dict[str, float] = defaultdict(float)
    for _, offer, _, _, amount in fix.order:
        units[offer] += amount
    return dict(units)
