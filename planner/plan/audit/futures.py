"""Every future of the tree with the decisions on its way, replayed one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.plan.audit.capacity import installed_capacity
from planner.plan.audit.case import Case
from planner.plan.audit.cash import fee_lines
from planner.plan.audit.lots import Decisions, Lot, Purchase
from planner.plan.audit.memory import Memory, Strikes
from planner.plan.audit.pools import Pool, kept_for, read_pools
from planner.plan.audit.setting import Setting
from planner.plan.audit.tree import Tree, chain, future_name
from planner.scenario.contracts import Commitment


@dataclass(frozen=True, slots=True)
class Placed:
    """All a buyer decides, by node: (supplier, node), (purchase, node); nodes are numbers in the tree.

    In a staged tree the nodes are the trunk's, and the decision is carried out at every node of the period.
    """

    vettings: tuple[tuple[str, int], ...] = ()
    signings: tuple[tuple[str, int], ...] = ()
    orders: tuple[tuple[Purchase, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """What the futures are replayed with. ``below`` are the numbers of the futures through each node."""

    setting: Setting
    tree: Tree
    memory: Memory
    pools: tuple[Pool, ...]
    below: tuple[tuple[int, ...], ...]
    accepted: dict[tuple[Purchase, int], date] = field(default_factory=dict)
    """What ``reached`` has found: the futures through a node share it."""

    def strikes(self, future: int) -> Strikes:
        """All news of a future."""
        return self.tree.nodes[self.tree.paths[future][-1]].strikes

    def reached(self, order: Purchase, node: int) -> date:
        """The earliest end of acceptance of the order in any future through the node."""
        found = self.accepted.get((order, node))
        if found is None:
            found = min(self.memory.lot(order, self.strikes(future)).effective for future in self.below[node])
            self.accepted[order, node] = found
        return found

    def exists(self, order: Purchase, node: int) -> bool:
        """Whether the order could be placed at the node: slots are on sale and some future has it in service in time."""
        setting = self.setting.told(self.tree.nodes[node].strikes)
        lot = self.memory.lot(order, setting.strikes)
        asked = (pool for pool in self.pools if order.offer in pool.uses)
        return (
            all(kept_for(setting, pool, lot)[0] > 0 for pool in asked) and self.reached(order, node) <= setting.clock.starts[-2]
        )


def read_replay(setting: Setting, tree: Tree) -> Replay:
    """A replay without any news yet."""
    memory = Memory(setting)
    below: list[list[int]] = [[] for _ in tree.nodes]
    for future, path in enumerate(tree.paths):
        for node in path:
            below[node].append(future)
    committed = [memory.lot(contract, ()) for contract in setting.scenario.commitments]
    return Replay(setting, tree, memory, read_pools(setting, committed), tuple(tuple(futures) for futures in below))


def build_cases(replay: Replay, placed: Placed) -> tuple[Case, ...]:
    """One case per future, the trunk first; every id in the decisions must be known."""
    return tuple(case_of(replay, placed, future) for future in range(len(replay.tree.paths)))


def known_lots(replay: Replay, placed: Placed) -> tuple[Lot, ...]:
    """The lots of the orders by the news known when they are placed, in the order of the decisions."""
    return tuple(replay.memory.lot(order, replay.tree.nodes[node].strikes) for order, node in placed.orders)


def build_case(setting: Setting, decisions: Decisions) -> Case:
    """The case of decisions in a world where nothing happens."""
    orders = tuple((order, order.period) for order in decisions.orders)
    return build_cases(read_replay(setting, chain(setting.clock)), Placed(decisions.vettings, decisions.signings, orders))[0]


def case_of(replay: Replay, placed: Placed, future: int) -> Case:
    """The case of one future, by its number in the tree."""
    tree, memory, path = replay.tree, replay.memory, replay.tree.paths[future]
    setting = replay.setting.told(replay.strikes(future))
    way = set(tree.paths[0] if tree.staged else path)
    decisions = Decisions(
        tuple((name, tree.nodes[node].period) for name, node in placed.vettings if node in way),
        tuple((name, tree.nodes[node].period) for name, node in placed.signings if node in way),
        tuple(order for order, node in placed.orders if node in way),
    )
    bought = [
        order
        for order in decisions.orders
        if not tree.staged or path[order.period] == tree.paths[0][order.period] or replay.exists(order, path[order.period])
    ]
    contracts = setting.scenario.commitments
    everything: list[Purchase | Commitment] = [*bought, *contracts]
    orders = tuple(memory.in_the_end(order, setting.strikes) for order in bought)
    committed = tuple(memory.in_the_end(contract, setting.strikes) for contract in contracts)
    paid = (line for item in everything for line in memory.lines(item, setting.strikes))
    known = [replay.setting.told(tree.nodes[path[order.period]].strikes) for order in bought]
    leaf = tree.nodes[path[-1]]
    return Case(
        setting=setting, decisions=decisions, orders=orders, committed=committed,
        lines=(*fee_lines(setting, decisions, orders), *paid),
        installed=installed_capacity(setting, orders + committed),
        pools=replay.pools,
        reached=tuple(replay.reached(order, path[order.period]) for order in bought),
        booked=tuple((memory.lot(order, told.strikes), told) for order, told in zip(bought, known, strict=True)),
        planned=tuple(memory.lot(contract, ()) for contract in contracts),
        nodes=path, name=future_name(setting.scenario, setting.clock, leaf.strikes) if len(tree.paths) > 1 else "",
        probability=leaf.probability, fresh=sum(replay.below[node][0] < future for node in path),
    )  # fmt: skip
