"""Targets, and what a megawatt of gap or surplus costs, by node."""

from __future__ import annotations

from planner.instance.instance import DemandNumbers
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.factory import Demand
from planner.scenario.money import Rated


def build_demand(look: Lookup, tree: Tree, demand: Demand) -> DemandNumbers:
    """The demand's numbers by node; the last period repeats for ``continues`` after the horizon."""
    calendar = look.scenario.calendar
    days = [calendar.starts[node.period] for node in tree.nodes]
    inside = [look.discounted_years(day, calendar.months) for day in days]
    leaves = set(tree.leaves)
    repeated = look.discounted_years(calendar.end, demand.continues.months)
    after = [repeated if node.index in leaves else 0.0 for node in tree.nodes]

    def per_mw(price: Rated | None, years: list[float]) -> tuple[float, ...]:
        if price is None:
            return tuple(0.0 for _ in years)
        unit = [
            look.value(price.amount, day) * look.rate(price.currency, day, node.strikes) / price.divisor
            for day, node in zip(days, tree.nodes, strict=True)
        ]
        return tuple(u * y for u, y in zip(unit, years, strict=True))

    return DemandNumbers(
        sites=tuple(sorted(demand.sites)),
        hard=demand.hard,
        target=tuple(
            look.value(demand.wanted, day) * demand.factor * look.news.target_factor(node.strikes, day, demand)
            for day, node in zip(days, tree.nodes, strict=True)
        ),
        gap_cost=per_mw(demand.shortage_cost, inside),
        gap_cost_after=per_mw(demand.shortage_cost, after),
        surplus_cost=per_mw(demand.surplus_cost, inside),
        surplus_cost_after=per_mw(demand.surplus_cost, after),
        years=tuple(calendar.months / 12 for _ in days),
        years_after=tuple(demand.continues.months / 12 if node.index in leaves else 0.0 for node in tree.nodes),
    )
