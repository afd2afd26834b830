"""The plan in business words: what to do, when, and what it costs. No model objects, no engine."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Vetting:
    """Begin qualifying a supplier on the first day of ``period``."""

    node: str
    supplier: str
    period: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Sign the frame agreement with a supplier on the first day of ``period``."""

    node: str
    supplier: str
    period: str


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase order. ``ordered`` .. ``effective`` are days; ``effective`` is the end of acceptance.

    ``price`` is the contract price of one unit in base currency (``money.in`` units) at the day of order.
    """

    node: str
    offer: str
    supplier: str
    site: str
    units: float
    order_period: str
    ship_period: str
    ordered: date
    ships: date
    enters: date
    effective: date
    price: float


@dataclass(frozen=True, slots=True)
class Output:
    """Effective capacity run on a route at a site, MW per year."""

    node: str
    period: str
    route: str
    site: str
    mw: float


@dataclass(frozen=True, slots=True)
class Shortage:
    """Demand not met, MW per year; ``target`` and ``met`` beside it."""

    node: str
    demand: str
    period: str
    mw: float
    target: float


@dataclass(frozen=True, slots=True)
class Cash:
    """One payment (refunds negative) in base currency, ``money.in`` units, not discounted.

    ``kind``: vetting, signing, qualification, order fee, order, fat, shipment, arrival, acceptance, retention,
    freight, duty, storage, refund. ``amount_paid`` is in ``currency``. ``node`` is the node whose period holds the day,
    or the last node for days after the horizon. ``commitment`` is set for contracts already signed.
    """

    node: str
    day: date
    kind: str
    supplier: str
    offer: str
    site: str
    amount: float
    currency: str
    amount_paid: float
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One node of the tree of futures; ``news`` is what becomes known there, as people read it (empty: nothing)."""

    node: str
    parent: str
    period: str
    probability: float
    news: str = ""


@dataclass(frozen=True, slots=True)
class FutureCost:
    """One course of events, known by its last node: what the plan comes to in it. Costs discounted, shortage MW-years."""

    name: str
    node: str
    probability: float
    cost: float
    cash_cost: float
    shortage_cost: float
    surplus_cost: float
    shortage: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Every decision by node, what it gives and what it costs.

    ``measures``: expected_cost, cash_cost, shortage_cost, surplus_cost (discounted, base currency),
    cost_inside, cost_after (split at the end of the horizon), shortage (MW-years inside the horizon),
    shortage_after (MW-years in the repeated last period), spend (contract price of new orders, not discounted):
    all of them means over the futures; cvar_cost (mean of the worst futures), worst_cost, weighted_cost.
    """

    vetting: tuple[Vetting, ...] = ()
    signings: tuple[Signing, ...] = ()
    orders: tuple[Order, ...] = ()
    output: tuple[Output, ...] = ()
    shortage: tuple[Shortage, ...] = ()
    cash: tuple[Cash, ...] = ()
    measures: dict[str, float] = field(default_factory=dict)
    idle: tuple[Order, ...] = ()
    """Orders no output ever uses: bought only for a rule."""
    nodes: tuple[PlanNode, ...] = ()
    futures: tuple[FutureCost, ...] = ()
    cut_mass: float = 0.0
    """Probability of the courses of events the tree leaves out."""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data: lists of dicts, days as text."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def read_plan(data: dict[str, Any]) -> Plan:
    """The plan that ``as_dict`` wrote."""
    parts: dict[str, Any] = {"vetting": Vetting, "signings": Signing, "orders": Order, "output": Output, "shortage": Shortage,
                             "cash": Cash, "idle": Order, "nodes": PlanNode, "futures": FutureCost}  # fmt: skip
    lists = {key: tuple(part(**_dated(item)) for item in data[key]) for key, part in parts.items()}
    return Plan(measures=data["measures"], cut_mass=data["cut_mass"], **lists)


def _dated(item: dict[str, Any]) -> dict[str, Any]:
    days = ("day", "ordered", "ships", "enters", "effective")
    return {key: date.fromisoformat(value) if key in days else value for key, value in item.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
