"""What denies one more unit of an order: the rows of slots, places, money and rules that have no room for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.reason import Denial
from planner.explain.shortfall.slots import explain_pool
from planner.explain.shortfall.ways import Way
from planner.explain.shortfall.world import World
from planner.instance.instance import Budget, InstallRow, OrderColumn, SlotRow

ROUNDING = 1e-6
KEPT = ("look", "book", "pools", "node", "column", "signed", "vetted")
"""What is known of a world and does not depend on how much is ordered."""
Row = TypeVar("Row", SlotRow, InstallRow)


@dataclass(frozen=True)
class Room:
    """Asks the rows of a plan what one more unit would break. ``leaf``: the end of the course of events that is looked at."""

    world: World
    leaf: int

    def denials(self, way: Way) -> Iterator[Denial]:
        """Everything that denies the way, each thing once; nothing when one more unit breaks no row."""
        i = way.column
        column = self.world.data.orders[i]
        units = self.least(i)
        yield from self._slots(i, column, units)
        yield from self._places(i, units)
        yield from self._money(i, column, units)

    def after(self, bought: Mapping[int, float]) -> Room:
        """The same once more units are bought, by order column."""
        world = replace(self.world)
        world.__dict__.update({name: value for name, value in self.world.__dict__.items() if name in KEPT})
        world.__dict__["units"] = {**self.world.units, **{i: self.world.units.get(i, 0.0) + n for i, n in bought.items()}}
        return Room(world, self.leaf)

    def least(self, i: int) -> float:
        """Units that must be bought at least: one, or what is missing to the smallest purchase order."""
        data = self.world.data
        column = data.orders[i]
        least = data.batches.get((column.offer, column.node), 0.0)
        one = 1.0 if column.whole else min(1.0, column.most)
        return max(one, least - self._bought.get((column.offer, column.node), 0.0))

    @cached_property
    def _bought(self) -> dict[tuple[str, int], float]:
        found: dict[tuple[str, int], float] = defaultdict(float)
        for i, units in self.world.units.items():
            column = self.world.data.orders[i]
            found[column.offer, column.node] += units
        return found

    @cached_property
    def _slot_rows(self) -> dict[int, list[tuple[SlotRow, float]]]:
        return _by_order(self.world.data.slots)

    @cached_property
    def _install_rows(self) -> dict[int, list[tuple[InstallRow, float]]]:
        return _by_order(self.world.data.installs)

    def _slots(self, i: int, column: OrderColumn, units: float) -> Iterator[Denial]:
        seen, one = set[str](), 1.0 if column.whole else min(1.0, column.most)
        for row, use in self._slot_rows.get(i, ()):
            taken = sum(weight * self.world.units.get(j, 0.0) for j, weight in row.terms)
            left = row.free - taken
            if use * units > left + ROUNDING and row.pool not in seen:
                seen.add(row.pool)
                if use * one <= left + ROUNDING:
                    yield _too_few(column, units, left / use)
                else:
                    yield explain_pool(self.world, row)

    def _places(self, i: int, units: float) -> Iterator[Denial]:
        seen = set[str]()
        for row, use in self._install_rows.get(i, ()):
            taken = sum(weight * self.world.units.get(j, 0.0) for j, weight in row.terms)
            if use * units > row.places - taken + ROUNDING and row.place not in seen:
                seen.add(row.place)
                kind, _, name = row.place.partition(" ")
                values = {
                    "place": Value("site" if kind == "site" else "supplier", name, f"{kind}s.{name}.install_limit"),
                    "taken": Value("units", taken, "plan.orders"),
                    "places": Value("units", row.places, f"{kind}s[{name}].install_limit, commitments"),
                    "on": Value("day", row.day, "plan.orders"),
                }
                yield Denial("installation", f"{kind}s.{name}.install_limit", Sentence("installation_places", values))

    def _money(self, i: int, column: OrderColumn, units: float) -> Iterator[Denial]:
        path = self.world.data.tree.path[self.leaf]
        for budget in self.world.data.budgets:
            end = next((n for n in path if n in budget.ends), None)
            if end is None:
                continue
            upto = path[: path.index(end) + 1]
            paid = self._paid(budget, upto)
            by_node = self._cash_of[budget.cash.name]
            more = units * sum(by_node[n].get(i, 0.0) for n in upto if n in by_node)
            if more > ROUNDING and paid + more > budget.amount + ROUNDING * max(1.0, budget.amount):
                values = {
                    "year": Value("period", budget.cash.name, "policy.budget"),
                    "paid": Value("money", paid, "plan.cash"),
                    "budget": Value("money", budget.amount, f"policy.budget.{budget.cash.name}"),
                    "offer": Value("offer", column.offer, "offers"),
                    "more": Value("money", more, "offers.price, offers.payment"),
                }
                yield Denial("budget", f"policy.budget.{budget.cash.name}", Sentence("budget_year", values))

    @cached_property
    def _cash_of(self) -> dict[str, dict[int, dict[int, float]]]:
        """Cash of one unit of every order by fiscal year and node."""
        return {
            budget.cash.name: {
                n: {key: amount for (kind, key), amount in terms if kind == "order" and isinstance(key, int)}
                for n, terms in budget.cash.terms.items()
            }
            for budget in self.world.data.budgets
        }

    def _paid(self, budget: Budget, path: tuple[int, ...]) -> float:
        """Cash of the fiscal year on the path to the node that ends it."""
        cash, made = budget.cash, self._decided
        paid = sum(cash.contracts.get(n, 0.0) for n in path)
        return paid + sum(amount * made.get(what, 0.0) for n in path for what, amount in cash.terms.get(n, ()))

    @cached_property
    def _decided(self) -> dict[tuple[str, object], float]:
        """How much of every decision that costs money the plan takes."""
        world = self.world
        found: dict[tuple[str, object], float] = {("order", i): units for i, units in world.units.items()}
        found |= {("sign", (supplier, n)): 1.0 for supplier, nodes in world.signed.items() for n in nodes}
        found |= {("vet", (supplier, n)): 1.0 for supplier, nodes in world.vetted.items() for n in nodes}
        makers = {(world.data.orders[i].supplier, world.data.orders[i].node) for i in world.units}
        return found | {("call", key): 1.0 for key in makers}


def _by_order(rows: tuple[Row, ...]) -> dict[int, list[tuple[Row, float]]]:
    """The rows of every order with what one unit takes of them."""
    found: dict[int, list[tuple[Row, float]]] = defaultdict(list)
    for row in rows:
        for i, use in row.terms:
            if use:
                found[i].append((row, use))
    return found


def _too_few(column: OrderColumn, units: float, left: float) -> Denial:
    values = {
        "offer": Value("offer", column.offer, "offers"),
        "least": Value("units", units, f"offers.{column.offer}.min_order"),
        "left": Value("units", max(0.0, left), "slots - plan.orders"),
    }
    return Denial("rule", f"offers.{column.offer}.min_order", Sentence("rule_min_order", values))
