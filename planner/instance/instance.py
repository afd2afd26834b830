"""The numbers of one scenario, made once. The mathematics reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.instance.arrivals import Arrival
from planner.instance.cash import CashEvent
from planner.instance.courses import Course, Courses
from planner.instance.tree import Tree

Fees = tuple[tuple[int, tuple[CashEvent, ...]], ...]
"""(node where it is paid, payments) of one decision; several nodes only where decisions follow the calendar alone."""
Key = tuple[str, int]
"""(id, node index)."""
Money = tuple[str, Key | int]
"""A decision that costs money: (vet, sign or call; its key), or (order; its number)."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An order as placed at ``node``: price of a unit in base currency, most units, and what becomes of one.

    ``arrival``: the days known at the node, if nothing more happens; its places in installation are booked for them.
    ``slots``: (pool, window, today's slots one unit takes: use / keep).
    """

    node: int
    price: float
    most: float
    slots: tuple[tuple[str, str, float], ...]
    courses: Courses
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class OrderColumn:
    """Units of ``offer`` for ``site``, ordered at ``node`` to ship in ``ship_period``; at most ``most`` units.

    ``arrival``: the days known at the node, if nothing more happens. ``placements``: where it is carried out; only at
    ``node`` itself, unless decisions follow the calendar alone.
    """

    offer: str
    supplier: str
    site: str
    node: int
    ship_period: int
    ordered: date
    arrival: Arrival
    price: float
    most: float
    whole: bool
    placements: tuple[Placement, ...]

    def courses(self) -> Iterator[tuple[Course, tuple[int, ...]]]:
        """(what becomes of one unit, leaves of the futures) over all placements."""
        for placement in self.placements:
            yield from placement.courses


@dataclass(frozen=True, slots=True)
class SlotRow:
    """Slots of one pool and window seen from ``node``: sum of terms (order, slots per unit) <= ``free``."""

    pool: str
    window: str
    node: int
    supplier: str
    free: float
    terms: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class InstallRow:
    """Places in installation on ``day``: sum of terms (order, places per unit) <= ``places`` left by contracts."""

    place: str
    node: int
    day: date
    places: float
    terms: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class RunningSum:
    """Money summed along every path: what each decision adds at each node, and what contracts add.

    A decision adds what it costs in the future with the least news; where news changes that, the difference is added
    at the node where the future turns off. At a leaf, and at any node all of it is known, the sum is exact.
    """

    name: str
    terms: dict[int, tuple[tuple[Money, float], ...]]
    contracts: dict[int, float]


@dataclass(frozen=True, slots=True)
class Budget:
    """A fiscal year: its cash as a running sum, and the most it may be at the nodes that end it."""

    cash: RunningSum
    amount: float
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A running sum over a supplier's orders: spend, or MW per year of one step. ``fixed``: what contracts add.

    ``weights``: for each node the (order, weight of a unit) placed there.
    """

    supplier: str
    of: str
    weights: dict[int, tuple[tuple[int, float], ...]]
    fixed: float


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A limit on a share at ``node``: tallies of the suppliers inside, at most (or least) ``limit`` times all tallies.

    Of all, what is ``lost`` (order, weight of a unit) and ``fixed_lost`` (contracts) by the news at the node is left out.
    """

    name: str
    node: int
    limit: float
    most: bool
    of: str
    inside: frozenset[str]
    lost: tuple[tuple[int, float], ...] = ()
    fixed_lost: float = 0.0


@dataclass(frozen=True, slots=True)
class OwnContract:
    """A contract of ours: what becomes of one of its units in every future; ``events`` of a course are per unit."""

    id: str
    offer: str
    supplier: str
    site: str
    units: float
    counts: tuple[str, ...]
    arrival: Arrival
    courses: Courses


@dataclass(frozen=True, slots=True)
class LossCase:
    """What must still run without some suppliers: (order, MW per year of a unit that does not count) by step, site, node.

    ``least``: MW per year by demand and node. ``contracts``: MW per year of contracts that does not count.
    """

    name: str
    least: dict[Key, float]
    orders: dict[tuple[str, str, int], tuple[tuple[int, float], ...]]
    contracts: dict[tuple[str, str, int], float]


@dataclass(frozen=True, slots=True)
class PinRow:
    """Decisions that must sum to ``amount``: ``kind`` vet, sign or order."""

    name: str
    kind: str
    keys: tuple[Key | int, ...]
    amount: float


@dataclass(frozen=True, slots=True)
class RiskNumbers:
    """How futures are weighed: the mean of the worst 1 - ``tail`` of them counts ``weight``; ``most`` limits that mean.

    ``cost``: present cash as a running sum, so that every future's cost stands at its leaf.
    """

    weight: float
    tail: float
    most: float | None
    cost: RunningSum


@dataclass(frozen=True, slots=True)
class DemandNumbers:
    """One demand by node: target MW, and money per MW of gap and of surplus, discounted (incl. after the horizon)."""

    sites: tuple[str, ...]
    hard: bool
    target: tuple[float, ...]
    gap_cost: tuple[float, ...]
    gap_cost_after: tuple[float, ...]
    surplus_cost: tuple[float, ...]
    surplus_cost_after: tuple[float, ...]
    years: tuple[float, ...]
    years_after: tuple[float, ...]

    @property
    def priced_surplus(self) -> bool:
        """Whether surplus capacity costs anything."""
        return any(self.surplus_cost) or any(self.surplus_cost_after)


@dataclass(frozen=True, slots=True)
class Instance:
    """Every number by node, sparse: what is not there does not exist.

    Keys (supplier, node) for ``vets``, ``signs``, ``calls`` (orders that pay a fee); (offer, node) for ``batches``
    (orders with a minimum). ``capacity[step, site, node]``: what becomes effective there, contracts as ``installed``.
    """

    tree: Tree
    vets: dict[Key, Fees]
    signs: dict[Key, Fees]
    calls: dict[Key, Fees]
    batches: dict[Key, float]
    orders: tuple[OrderColumn, ...]
    capacity: dict[tuple[str, str, int], tuple[tuple[int, float], ...]]
    installed: dict[tuple[str, str, int], float]
    routes: dict[str, tuple[str, ...]]
    runs: dict[tuple[str, int], float | None]
    """(site, node) -> most MW it can run (None: unlimited); missing before the site is ready."""
    demands: dict[str, DemandNumbers]
    vetted_by: dict[Key, tuple[Key, ...]]
    """(supplier, node) -> vettings that are done there; missing for suppliers that need none."""
    teams: dict[int, tuple[float, tuple[Key, ...]]]
    """node -> (vetting teams, vettings that keep a team busy there)."""
    slots: tuple[SlotRow, ...]
    installs: tuple[InstallRow, ...]
    budgets: tuple[Budget, ...]
    tallies: tuple[Tally, ...]
    shares: tuple[ShareRow, ...]
    pins: tuple[PinRow, ...]
    max_suppliers: int | None
    min_suppliers: int | None
    min_share: float
    approvals: tuple[float, frozenset[int]] | None
    """(amount above which a signing is large, nodes where large ones may be signed)."""
    contracts: tuple[OwnContract, ...]
    losses: tuple[LossCase, ...]
    risk: RiskNumbers
    discount: dict[date, float]
