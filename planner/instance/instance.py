"""The numbers of one scenario, made once. The mathematics reads nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.instance.arrivals import Arrival
from planner.instance.cash import CashEvent
from planner.instance.tree import Tree

Events = tuple[CashEvent, ...]
Key = tuple[str, int]
"""(id, node index)."""


@dataclass(frozen=True, slots=True)
class OrderColumn:
    """Units of ``offer`` for ``site``, ordered at ``node`` to ship in ``ship_period``; at most ``most`` units."""

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
    events: Events
    slots: tuple[tuple[str, str, float], ...]
    """(pool, window, today's slots one unit takes: use / keep)."""


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
class BudgetRow:
    """A fiscal year that ends at ``node``: cash per unit of each decision, by column; ``amount`` less contracts."""

    year: str
    node: int
    amount: float
    vets: tuple[tuple[Key, float], ...]
    signs: tuple[tuple[Key, float], ...]
    calls: tuple[tuple[Key, float], ...]
    orders: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A running sum over a supplier's orders: spend, or MW per year of one step. ``fixed``: what contracts add."""

    supplier: str
    of: str
    weights: tuple[tuple[int, float], ...]
    fixed: float


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A limit on a share at ``node``: tallies of the suppliers inside, at most (or least) ``limit`` times all tallies."""

    name: str
    node: int
    limit: float
    most: bool
    of: str
    inside: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContractCash:
    """One payment still to come for all units of a contract of ours."""

    contract: str
    supplier: str
    offer: str
    site: str
    event: CashEvent


@dataclass(frozen=True, slots=True)
class PinRow:
    """Decisions that must sum to ``amount``: ``kind`` vet, sign or order."""

    name: str
    kind: str
    keys: tuple[Key | int, ...]
    amount: float


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
    vets: dict[Key, Events]
    signs: dict[Key, Events]
    calls: dict[Key, Events]
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
    budgets: tuple[BudgetRow, ...]
    tallies: tuple[Tally, ...]
    shares: tuple[ShareRow, ...]
    pins: tuple[PinRow, ...]
    max_suppliers: int | None
    min_suppliers: int | None
    min_share: float
    approvals: tuple[float, frozenset[int]] | None
    """(amount above which a signing is large, nodes where large ones may be signed)."""
    fixed_cash: tuple[ContractCash, ...]
    discount: dict[date, float]
