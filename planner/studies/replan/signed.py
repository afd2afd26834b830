"""Orders placed before the day: held as orders where today's terms are still theirs, else as contracts already signed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from planner.errors import UsageError
from planner.instance.instance import Instance
from planner.plan.audit.lots import Lot, Purchase, lot_of_order
from planner.plan.audit.setting import Setting, read_setting
from planner.plan.audit.tree import grow_tree
from planner.plan.plan import Order, Plan
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

MADE = "ordered-"
"""How the ids of contracts begin that planning anew makes of orders."""
SAME = 1e-9
"""Prices that differ by less, as a part of them, are the same."""


@dataclass(frozen=True)
class Placed:
    """An order placed before the day, with the days and the price it was placed at (per unit, in ``currency``)."""

    order: Order
    due: date
    price: float
    currency: str


def find_placed(approved: Scenario, plan: Plan, way: tuple[str, ...], as_of: date) -> list[Placed]:
    """The orders the approved plan places before the day, on the way events have taken (nodes of its tree)."""
    setting = read_setting(approved)
    tree = grow_tree(approved, setting.clock)
    found = []
    for order in plan.orders:
        if order.node in way and order.ordered < as_of:
            lot = _lot(setting.told(tree.nodes[tree.number[order.node]].strikes), order)
            found.append(Placed(order, lot.due, lot.price, lot.currency))
    return found


def _lot(setting: Setting, order: Order) -> Lot:
    names = setting.clock.names
    period, ships = names.index(order.order_period), names.index(order.ship_period)
    return lot_of_order(setting, Purchase(order.offer, order.site, period, ships, order.units))


def part_placed(placed: list[Placed], today: Scenario, instance: Instance) -> tuple[list[Placed], list[Placed]]:
    """Orders that can be held as orders, and those that must become contracts: their terms are others today.

    Orders of one offer in one period go the same way, so that no minimum order is torn apart. Raises UsageError where
    today's scenario has not what was ordered.
    """
    setting = read_setting(today)
    tree = grow_tree(today, setting.clock)
    columns = {(today.calendar.names[instance.tree.nodes[c.node].period], c.offer, c.site, today.calendar.names[c.ship_period])
               for c in instance.orders}  # fmt: skip
    groups: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        order = one.order
        for what, name, known in (("offer", order.offer, setting.offers), ("site", order.site, setting.sites)):
            if name not in known:
                text = f"{what} {name} is ordered from {order.order_period} on, but today's scenario has no such {what}"
                raise UsageError(f"{text}; keep it there (policy.forbid keeps new orders away)")
        groups[order.offer, order.order_period].append(one)

    def holds(one: Placed) -> bool:
        order = one.order
        if (order.order_period, order.offer, order.site, order.ship_period) not in columns:
            return False
        trunk = tree.paths[0][setting.clock.names.index(order.order_period)]
        lot = _lot(setting.told(tree.nodes[trunk].strikes), order)
        same_price = abs(lot.price - one.price) <= SAME * max(1.0, abs(one.price))
        return (lot.ordered, lot.due, lot.currency) == (order.ordered, one.due, one.currency) and same_price

    held, signed = list[Placed](), list[Placed]()
    for group in groups.values():
        (held if all(holds(one) for one in group) else signed).extend(group)
    return held, signed


def find_written(placed: list[Placed], before: Scenario, today: Scenario) -> tuple[list[Placed], list[str]]:
    """Orders that stand among today's signed contracts already, so that they count once; and contracts that are none of them.

    A contract of our own that is new in today's scenario stands for orders of its offer for its site in the period it was
    ordered in, as far as its units go.
    """
    known, calendar = {contract.id for contract in before.commitments}, before.calendar
    open_: dict[tuple[str, str | None, int], float] = defaultdict(float)
    fresh = [contract for contract in today.commitments if contract.id not in known and not contract.owner]
    for contract in fresh:
        open_[contract.offer, contract.site, calendar.period_of(contract.ordered)] += contract.units
    written = []
    for one in placed:
        key = one.order.offer, one.order.site, calendar.names.index(one.order.order_period)
        if open_[key] >= one.order.units - SAME:
            open_[key] -= one.order.units
            written.append(one)
    beside = [c.id for c in fresh if open_[c.offer, c.site, calendar.period_of(c.ordered)] > SAME]
    return written, beside


def with_carried(data: Data, before: Data) -> Data:
    """The data with the contracts that planning anew made of orders once before, where they have been left out."""
    known = {contract.get("id") for contract in data.get("commitments") or []}
    carried = [one for one in before.get("commitments") or [] if str(one.get("id")).startswith(MADE) and one["id"] not in known]
    return {**data, "commitments": [*(data.get("commitments") or []), *carried]} if carried else data


def with_contracts(data: Data, signed: list[Placed]) -> Data:
    """The data with these orders as contracts already signed, at the days and prices they were placed at."""
    if not signed:
        return data
    taken = {contract.get("id") for contract in data.get("commitments") or []}
    contracts = []
    for number, one in enumerate(signed, 1):
        name = f"{MADE}{one.order.order_period}-{number}"
        while name in taken:
            name += "-x"
        contracts.append(
            {
                "id": name, "offer": one.order.offer, "site": one.order.site, "units": one.order.units,
                "ordered": one.order.ordered.isoformat(), "ships": one.due.isoformat(),
                "price": {"amount": one.price, "currency": one.currency},
            }
        )  # fmt: skip
    return {**data, "commitments": [*(data.get("commitments") or []), *contracts]}
