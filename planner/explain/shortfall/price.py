"""A gap that could be closed: what one more set of tools costs on average, against the penalty it avoids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.explain.shortfall.ways import Way
from planner.explain.shortfall.world import World
from planner.instance.instance import Fees


@dataclass(frozen=True, slots=True)
class Bill:
    """One unit of each way: what it costs and what penalty it avoids, discounted, ``money.in`` units of base currency.

    On average over all futures; ``chance`` is that of events coming to where the first of them is ordered.
    """

    ways: tuple[Way, ...]
    units: float
    cost: float
    avoided: float
    chance: float


@dataclass(frozen=True)
class Till:
    """Adds up costs and avoided penalties. ``leaf``: the end of the course of events the ways lie on."""

    world: World
    leaf: int

    def bill(self, ways: Sequence[tuple[Way, float]], demand: str, site: str, route: str) -> Bill:
        """So many units of each way, bought together for one route at one site."""
        cost = sum(units * self._unit(way) for way, units in ways)
        makers = {(self.world.scenario.offer[way.offer].supplier, way.node) for way, _ in ways}
        cost += sum(self._fees(supplier, node) for supplier, node in makers)
        cost += sum(self._carried(list(ways), demand))
        avoided = sum(self._avoided(list(ways), demand, site, route))
        tree = self.world.data.tree
        chance = max(sum(tree.nodes[n].probability for n in tree.carried_out(way.node)) for way, _ in ways)
        return Bill(tuple(way for way, _ in ways), sum(units for _, units in ways), cost, avoided, chance)

    def _unit(self, way: Way) -> float:
        """Present value of all payments for one unit, on average over the futures that pass its order."""
        found, probability = 0.0, self.world.data.tree.nodes
        for placement in self.world.data.orders[way.column].placements:
            for course, leaves in placement.courses:
                found += course.present * sum(probability[leaf].probability for leaf in leaves)
        return found

    def _fees(self, supplier: str, node: int) -> float:
        """Fees of a supplier that is not signed by then, and of a purchase order where there is none at the node."""
        world, data = self.world, self.world.data
        told = data.tree.told[node]
        found = 0.0
        if not world.signed.get(supplier, frozenset()) & set(told):
            found += self._paid(data.signs.get((supplier, node), ()))
            if (supplier, node) in data.vetted_by and not world.vetted.get(supplier, frozenset()) & set(told):
                ways = data.vetted_by[supplier, node]
                found += self._paid(data.vets[ways[-1]]) if ways else 0.0
        ordered = any(data.orders[i].supplier == supplier and data.orders[i].node == node for i in world.units)
        return found + (0.0 if ordered else self._paid(data.calls.get((supplier, node), ())))

    def _paid(self, fees: Fees) -> float:
        nodes = self.world.data.tree.nodes
        return sum(nodes[n].probability * self.world.book.present(events) for n, events in fees)

    def _carried(self, ways: list[tuple[Way, float]], demand: str) -> Iterator[float]:
        """What capacity above the target costs more with the ways, at every node."""
        data, numbers = self.world.data, self.world.data.demands[demand]
        if not numbers.priced_surplus:
            return
        gains = [(units, self._gains(way)) for way, units in ways]
        for node in data.tree.nodes:
            n, before, after = node.index, 0.0, 0.0
            for step in {step for steps in data.routes.values() for step in steps}:
                held = sum(tools[n] for (of, at), tools in self.world.installed.items() if of == step and at in numbers.sites)
                more = sum(units * gain.get((step, n), 0.0) for units, gain in gains)
                before, after = max(before, held - numbers.target[n]), max(after, held + more - numbers.target[n])
            yield node.probability * (after - before) * (numbers.surplus_cost[n] + numbers.surplus_cost_after[n])

    def _avoided(self, ways: list[tuple[Way, float]], demand: str, site: str, route: str) -> Iterator[float]:
        """Penalty avoided at every node where the demand lacks something."""
        world, data = self.world, self.world.data
        numbers = data.demands[demand]
        gains = {way.column: self._gains(way) for way, _ in ways}
        below = {n for found in gains.values() for _, n in found}
        for (name, n), short in world.short.items():
            if name == demand and n in below:
                most = data.runs.get((site, n), 0.0)
                room = short.mw if most is None else min(short.mw, max(0.0, most - world.running.get((site, n), 0.0)))
                more = min(
                    world.spare(step, site, n) + sum(units * gains[way.column].get((step, n), 0.0) for way, units in ways)
                    for step in data.routes[route]
                )
                chance = data.tree.nodes[n].probability
                yield chance * min(room, more) * (numbers.gap_cost[n] + numbers.gap_cost_after[n])

    def _gains(self, way: Way) -> dict[tuple[str, int], float]:
        """MW a year of one unit by (step, node)."""
        tree, found = self.world.data.tree, dict[tuple[str, int], float]()
        for placement in self.world.data.orders[way.column].placements:
            for course, leaves in placement.courses:
                for leaf in leaves:
                    rate: dict[str, float] = {}
                    changes = {(step, period): gain for step, period, gain in course.gains}
                    for period, n in enumerate(tree.path[leaf]):
                        for step in self.world.scenario.offer[way.offer].covers:
                            rate[step] = rate.get(step, 0.0) + changes.get((step, period), 0.0)
                            if rate[step]:
                                found[step, n] = rate[step]
        return found
