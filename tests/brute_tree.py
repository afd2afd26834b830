"""The true best plan of a tiny tree of futures: every plan in whole units by node, in every future.

Like ``tests.brute`` for one course of events, and with its sums: each future is a ``Space`` of the order columns that
stand on its way, with the days, payments, prices and capacities its news gives them. All vettings, signings and orders of
all nodes are enumerated together; what the rules of single orders, signings or the slots forbid is left out beforehand, and
so are vettings and signings nothing can follow from. The winner is evaluated once more by ``evaluate_tree``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import floor

import numpy as np

from planner.plan.audit import Decisions, Purchase, TreeDecisions, evaluate_tree
from planner.plan.audit.cash import fee_lines
from planner.plan.audit.clock import after
from planner.plan.audit.futures import Placed, Replay, case_of, read_replay
from planner.plan.audit.lots import ship_periods
from planner.plan.audit.pools import free_slots, kept_for
from planner.plan.audit.rules_buying import check_columns, check_signing
from planner.plan.audit.setting import read_setting
from planner.plan.audit.tree import grow_tree
from planner.scenario.scenario import Scenario
from tests.brute import (
    MOST_ROWS,
    Grid,
    Mask,
    Orders,
    Space,
    TooLargeError,
    by_year,
    find_years,
    fits,
    most_at,
    obeys_orders,
    price_orders,
    worth,
)
from tests.brute import capacity as capacity_of

Starts = tuple[tuple[int, ...], tuple[int, ...]]
"""Nodes at which one supplier is vetted, and signed."""
MOST_WAYS = 1_000


@dataclass(frozen=True)
class Column:
    """An order of one unit at a node."""

    order: Purchase
    node: int


@dataclass(frozen=True)
class Way:
    """One way to vet and sign all suppliers. By future: period of signing by supplier (N: never), cost, cash by year."""

    starts: tuple[Starts, ...]
    since: Grid
    cost: Grid
    cash: Grid


@dataclass(frozen=True)
class Course:
    """One future: which columns are on its way (``decided``) and which of them really are orders there (``real``)."""

    decided: list[int]
    real: list[int]
    columns: list[Purchase]
    space: Space


@dataclass(frozen=True)
class Forest:
    """All columns of a tree, and all its futures."""

    scenario: Scenario
    replay: Replay
    columns: list[Column]
    most: list[int]
    slot_rows: list[tuple[Grid, float]]
    courses: list[Course]

    @property
    def chances(self) -> Grid:
        return np.array([self.replay.tree.nodes[path[-1]].probability for path in self.replay.tree.paths])

    @property
    def deciding(self) -> list[int]:
        """Nodes decisions can stand at."""
        tree = self.replay.tree
        return list(tree.paths[0]) if tree.staged else list(range(len(tree.nodes)))


def build_forest(scenario: Scenario) -> Forest:
    setting = read_setting(scenario)
    replay = read_replay(setting, grow_tree(scenario, setting.clock))
    tree = replay.tree
    columns = [
        Column(order, node)
        for offer in scenario.offers
        for site in setting.demand_of
        for node in (tree.paths[0] if tree.staged else range(len(tree.nodes)))
        for tau in ship_periods(setting, offer, tree.nodes[node].period, setting.sites[site])
        if _may(replay, order := Purchase(offer.id, site, tree.nodes[node].period, tau, 1.0), node)
    ]
    if len(columns) > 24:
        raise TooLargeError(f"{len(columns)} columns")
    courses = [_course(replay, columns, future) for future in range(len(tree.paths))]
    rows = [row for course in courses for row in _slot_rows(replay, course, len(columns))]
    most = [-1] * len(columns)
    for weights, free in rows:
        for c in np.flatnonzero(weights):
            units = floor(free / weights[c] + 1e-6)
            most[c] = units if most[c] < 0 else min(most[c], units)
    if -1 in most:
        raise TooLargeError("an offer without slots has no largest order")
    return Forest(scenario, replay, columns, most, rows, courses)


def _may(replay: Replay, order: Purchase, node: int) -> bool:
    if not replay.exists(order, node):
        return False
    return not list(check_columns(case_of(replay, Placed(orders=((order, node),)), replay.below[node][0])))


def _course(replay: Replay, columns: list[Column], future: int) -> Course:
    tree, memory, scenario = replay.tree, replay.memory, replay.setting.scenario
    path, setting = tree.paths[future], replay.setting.told(replay.strikes(future))
    way = tree.paths[0] if tree.staged else path
    decided = [c for c, column in enumerate(columns) if way[column.order.period] == column.node]
    real = [
        c
        for c in decided
        if columns[c].node == path[columns[c].order.period] or replay.exists(columns[c].order, path[columns[c].order.period])
    ]
    orders = [columns[c].order for c in real]
    known = [replay.setting.told(tree.nodes[path[order.period]].strikes) for order in orders]
    space = Space(
        scenario, setting, orders, [memory.in_the_end(order, setting.strikes) for order in orders], [],
        [memory.in_the_end(contract, setting.strikes) for contract in scenario.commitments], [], find_years(scenario),
        [(memory.lot(order, told.strikes), told) for order, told in zip(orders, known, strict=True)],
        [memory.lot(contract, ()) for contract in scenario.commitments],
    )  # fmt: skip
    return Course(decided, real, [columns[c].order for c in decided], space)


def _slot_rows(replay: Replay, course: Course, count: int) -> Iterator[tuple[Grid, float]]:
    found: dict[tuple[str, object], tuple[Grid, float]] = {}
    setting = course.space.setting
    for pool in replay.pools:
        for c, lot in zip(course.real, course.space.lots, strict=True):
            if lot.offer.id in pool.uses:
                kept, bucket = kept_for(setting, pool, lot)
                weights, _ = found.setdefault((pool.name, bucket), (np.zeros(count), free_slots(setting, pool, bucket)))
                weights[c] = pool.uses[lot.offer.id] / kept
    yield from found.values()


def every_order(forest: Forest) -> Grid:
    """All combinations of whole units of the columns that the slots of every future allow, one a row."""
    rows = np.zeros((1, len(forest.columns)))
    unique = {(weights.tobytes(), free): (weights, free) for weights, free in forest.slot_rows}.values()
    for c, most in enumerate(forest.most):
        rows = np.repeat(rows, most + 1, axis=0)
        rows[:, c] = np.tile(np.arange(most + 1), len(rows) // (most + 1))
        for weights, free in unique:
            if weights[c]:
                rows = rows[fits(rows @ weights, free)]
        if len(rows) > MOST_ROWS:
            raise TooLargeError(f"{len(rows)} combinations of orders")
    return rows


# --- vetting and signing ----------------------------------------------------------------------------------------------


def every_start(forest: Forest) -> list[tuple[int, ...]]:
    """All sets of nodes of which no two are on one path."""
    tree = forest.replay.tree
    if tree.staged:
        return [(), *((node,) for node in tree.paths[0])]
    children: list[list[int]] = [[] for _ in tree.nodes]
    for n, node in enumerate(tree.nodes[1:], 1):
        children[node.parent].append(n)

    def below(node: int) -> list[tuple[int, ...]]:
        found = [tuple(n for part in parts for n in part) for parts in product(*(below(child) for child in children[node]))]
        if len(found) > MOST_WAYS:
            raise TooLargeError("too many ways to sign")
        return [(node,), *found]

    return below(0)


def every_way(forest: Forest) -> list[Way]:
    """All ways to vet and sign that obey their own rules and in which each vetting may be followed by a signing."""
    starts = every_start(forest)
    tree = forest.replay.tree
    paths = [set(tree.paths[0] if tree.staged else path) for path in tree.paths]
    options: list[list[tuple[Way, list[int | None]]]] = []
    for number, supplier in enumerate(forest.scenario.suppliers):
        options.append(list(_ways_of(forest, number, product(starts if supplier.vetting else [()], starts), paths)))
        if np.prod([len(option) for option in options]) > MOST_WAYS:
            raise TooLargeError("too many ways to sign")
    return [
        Way(
            tuple(way.starts[0] for way, _ in choice),
            np.concatenate([way.since for way, _ in choice], axis=1),
            np.sum([way.cost for way, _ in choice], axis=0),
            np.sum([way.cash for way, _ in choice], axis=0),
        )
        for choice in product(*options)
        if _together(forest, np.concatenate([way.since for way, _ in choice], axis=1), [vets for _, vets in choice])
    ]


def _ways_of(
    forest: Forest, number: int, starts: Iterable[Starts], paths: list[set[int]]
) -> Iterator[tuple[Way, list[int | None]]]:
    """All ways to vet and sign one supplier, with the node of the vetting by future."""
    name = forest.scenario.suppliers[number].id
    pinned = any(pin.vet == name for pin in forest.scenario.policy.pins)
    known: dict[tuple[int | None, int | None, int], tuple[bool, float, float, Grid]] = {}
    for vets, signs in starts:
        taken = [(_only(vets, path), _only(signs, path)) for path in paths]
        if not pinned and not all(any(v == vet and s is not None for v, s in taken) for vet in vets):
            continue
        found = []
        for f, (vet, sign) in enumerate(taken):
            if (vet, sign, f) not in known:
                known[vet, sign, f] = _contract(forest, name, vet, sign, f)
            found.append(known[vet, sign, f])
        if all(fine for fine, _, _, _ in found):
            since, cost, cash = (np.array([part[i] for part in found], dtype=float) for i in (1, 2, 3))
            yield Way(((vets, signs),), since[:, None], cost, cash), [vet for vet, _ in taken]


def _contract(forest: Forest, name: str, vet: int | None, sign: int | None, future: int) -> tuple[bool, float, float, Grid]:
    """Whether a supplier can be vetted and signed at these nodes of a future, the period from which on it is signed, and
    what that costs there, in all and by fiscal year."""
    period, space = [node.period for node in forest.replay.tree.nodes], forest.courses[future].space
    taken = Decisions(
        ((name, period[vet]),) if vet is not None else (), ((name, period[sign]),) if sign is not None else ()
    )  # fmt: skip
    fees = list(fee_lines(space.setting, taken, ()))
    since = space.setting.clock.count if sign is None else period[sign]
    return _follows(forest, name, vet, sign, future), since, worth(space, fees), by_year(space, fees)


def _only(nodes: tuple[int, ...], path: set[int]) -> int | None:
    return next((node for node in nodes if node in path), None)


def _follows(forest: Forest, name: str, vet: int | None, sign: int | None, future: int) -> bool:
    """Whether a supplier can be vetted and signed at these nodes of a future, alone and with the pins."""
    replay = forest.replay
    period = [node.period for node in replay.tree.nodes]
    for pin in forest.scenario.policy.pins:
        for pinned, when in ((pin.vet, vet), (pin.sign, sign)):
            if pinned == name and (
                when is None or (pin.period is not None and replay.setting.clock.named(pin.period) != period[when])
            ):
                return False
    placed = Placed(((name, vet),) if vet is not None else (), ((name, sign),) if sign is not None else ())
    return not list(check_signing(case_of(replay, placed, future)))


def _together(forest: Forest, since: Grid, vets: list[list[int | None]]) -> bool:
    """Whether there are teams and not too many suppliers in every future."""
    policy, clock = forest.scenario.policy, forest.replay.setting.clock
    period = [node.period for node in forest.replay.tree.nodes]
    if policy.max_suppliers is not None and ((since < clock.count).sum(axis=1) > policy.max_suppliers).any():
        return False
    if policy.vetting_teams is None:
        return True
    for n, day in enumerate(clock.starts[:-1]):
        limit = clock.value(policy.vetting_teams, day)
        for f in range(len(since)):
            busy = 0
            for supplier, nodes in zip(forest.scenario.suppliers, vets, strict=True):
                node = nodes[f]
                if supplier.vetting and node is not None:
                    begun = period[node]
                    busy += begun <= n and day < after(clock.starts[begun], supplier.vetting.duration)
            if limit is not None and busy > limit:
                return False
    return True


# --- the best ---------------------------------------------------------------------------------------------------------


def best_tree_plan(scenario: Scenario) -> tuple[float | None, TreeDecisions | None]:
    """The least expected cost, or weighted cost where the policy weighs the worst futures, of any plan in whole units.

    (None, None) when there is no plan. With ``policy.first: ramp`` it is the least among the plans with the least mean
    shortage, the years after the horizon counted. Every offer must take slots, and at most two routes may be usable.
    """
    forest = build_forest(scenario)
    return best_of(forest, every_order(forest), every_way(forest))


def best_of(forest: Forest, rows: Grid, ways: list[Way]) -> tuple[float | None, TreeDecisions | None]:
    """The best of these orders with these ways of contracting, as ``best_tree_plan``."""
    policy, chances = forest.scenario.policy, forest.chances
    priced, allowed = price_futures(forest, rows)
    costs = np.stack([orders.cost for orders in priced], axis=1)
    missing = np.stack([orders.missing for orders in priced], axis=1) @ chances
    masks = [allowed & np.all([allows(forest, way, f, orders) for f, orders in enumerate(priced)], axis=0) for way in ways]
    if policy.max_cvar_cost is not None:
        masks = [
            m & fits(worst(costs + way.cost, chances, policy.tail), policy.max_cvar_cost)
            for m, way in zip(masks, ways, strict=True)
        ]
    if policy.first == "ramp":
        least = min((missing[mask].min() for mask in masks if mask.any()), default=0.0)
        masks = [mask & (missing <= least + 1e-7 * max(1.0, least)) for mask in masks]
    best: tuple[float, Way, int] | None = None
    for way, mask in zip(ways, masks, strict=True):
        if mask.any():
            goal = (1 - policy.risk_weight) * (costs + way.cost) @ chances
            if policy.risk_weight:
                goal = goal + policy.risk_weight * worst(costs + way.cost, chances, policy.tail)
            row = int(np.where(mask, goal, np.inf).argmin())
            if best is None or goal[row] < best[0]:
                best = float(goal[row]), way, row
    if best is None:
        return None, None
    cost, way, row = best
    decisions = decisions_of(forest, way, rows[row])
    again = evaluate_tree(forest.scenario, decisions)
    found = again.measures["weighted_cost"]
    if again.violations or abs(found - cost) > 1e-7 * max(1.0, abs(cost)):
        raise AssertionError(f"evaluated apart: {[str(v) for v in again.violations]}, {found} against {cost}")
    return found, decisions


def worst(costs: Grid, chances: Grid, tail: float) -> Grid:
    """Mean of the dearest 1 - ``tail`` of the probability, by row: the least over c of c + mean excess over c / (1 - tail)."""
    over = np.maximum(0.0, costs[:, :, None] - costs[:, None, :])
    return (costs + np.einsum("rfc,f->rc", over, chances) / (1 - tail)).min(axis=1)


def price_futures(forest: Forest, rows: Grid) -> tuple[list[Orders], Mask]:
    """What each row comes to in each future, and which rows obey the rules that signing does not touch."""
    allowed = resilient(forest, rows)
    priced = []
    for course in forest.courses:
        orders = price_orders(course.space, rows[:, course.real], checked=False)
        decided = Space(**{**course.space.__dict__, "columns": course.columns})
        allowed &= orders.allowed & obeys_orders(decided, rows[:, course.decided])
        priced.append(orders)
    return priced, allowed


def resilient(forest: Forest, rows: Grid) -> Mask:
    """Whether enough can run on the trunk without what each loss would take away."""
    trunk, allowed = forest.courses[0], np.ones(len(rows), dtype=bool)
    setting, mine = trunk.space.setting, rows[:, trunk.real]
    for entry in forest.scenario.policy.resilience:
        group = set(forest.scenario.policy.groups.get(entry.group or "", ()))
        gone = {s.id for s in forest.scenario.suppliers if s.id == entry.supplier or s.country == entry.country or s.id in group}
        lots = trunk.space.lots
        left = [c for c, lot in enumerate(lots) if lot.supplier.id not in gone or lot.ships < entry.start]
        committed = [x for x in trunk.space.committed if x.supplier.id not in gone or x.ships < entry.start]
        space = Space(**{**trunk.space.__dict__, "lots": [lots[c] for c in left], "committed": committed})
        window = [setting.clock.starts[n] for n in range(setting.clock.count)]
        inside = [n for n, day in enumerate(window) if entry.start <= day < after(entry.start, entry.window)]
        for demand in forest.scenario.demand:
            installed = {(s, k): capacity_of(space, mine[:, left], s, k) for s in demand.sites for k in setting.steps}
            able = sum(
                (most_at(space, installed, s, len(rows)) for s in demand.sites), np.zeros((len(rows), setting.clock.count))
            )
            for n in inside:
                wanted = entry.share * setting.target(demand, n)
                allowed &= wanted - able[:, n] <= 1e-6 * max(1.0, wanted)
    return allowed


def allows(forest: Forest, way: Way, future: int, orders: Orders) -> Mask:
    """Which rows go with this way of contracting in a future: signed in time, approved, within budget."""
    policy, clock = forest.scenario.policy, forest.replay.setting.clock
    since = way.since[future]
    mask: Mask = ((orders.first >= since) & ((since < clock.count) | (orders.first == clock.count))).all(axis=1)
    if policy.approvals:
        good = {clock.period(day) for day in policy.approvals.sign}
        for j, period in enumerate(since):
            if period < clock.count and int(period) not in good:
                mask &= fits(orders.spend[:, j], policy.approvals.above)
    for y, (_, _, amount) in enumerate(find_years(forest.scenario)):
        mask &= fits(orders.cash[:, y] + way.cash[future, y], amount)
    return mask


def decisions_of(forest: Forest, way: Way, row: Grid) -> TreeDecisions:
    names = [node.name for node in forest.replay.tree.nodes]
    makers = [supplier.id for supplier in forest.scenario.suppliers]
    bought = [(column, units) for column, units in zip(forest.columns, row, strict=True) if units > 0]
    return TreeDecisions(
        tuple((maker, names[n]) for maker, (vets, _) in zip(makers, way.starts, strict=True) for n in vets),
        tuple((maker, names[n]) for maker, (_, signs) in zip(makers, way.starts, strict=True) for n in signs),
        tuple((names[c.node], Purchase(c.order.offer, c.order.site, c.order.period, c.order.ships, float(u))) for c, u in bought),
    )
