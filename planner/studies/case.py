"""A plan in its scenario, ready to be replayed: every decision by node, every number that no news changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from planner.errors import UsageError
from planner.plan.plan import Order, Plan, Signing, Vetting
from planner.scenario.dates import add
from planner.scenario.grow import Growth, grow
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.studies.courses import Voice
from planner.studies.days import Days, Flags, Floats, Whole, build_days, day_number
from planner.studies.hits import Touch, find_touch, fits
from planner.studies.money import Deal, Purse, fixing_day, list_price
from planner.studies.slots import Pool, find_bucket, find_pools, free_slots


@dataclass(frozen=True)
class Claim:
    """What one unit takes of a pool: ``use`` slots of those that are ``free`` in the window ``bucket``."""

    pool: Pool
    name: tuple[int, int]
    free: float
    use: float


@dataclass(frozen=True)
class Kind:
    """Orders alike but for the node: offer, site, period of order, day due. ``units`` by node of the tree."""

    offer: Offer
    site: str
    period: int
    due: int
    deal: Deal
    touch: Touch
    claims: tuple[Claim, ...]
    units: Floats


@dataclass(frozen=True)
class Case:
    """Everything a replay needs. ``vets`` and ``signs``: supplier -> whether decided, by node; ``kinds`` by period.

    ``decides``: for each node the one whose decisions are carried out there.
    """

    scenario: Scenario
    growth: Growth
    days: Days
    voices: tuple[Voice, ...]
    purse: Purse
    decides: Whole
    vets: dict[str, Flags]
    signs: dict[str, Flags]
    kinds: tuple[tuple[Kind, ...], ...]

    @property
    def staged(self) -> bool:
        """Whether decisions follow the calendar alone."""
        return self.scenario.futures.mode == "two_stage"


def build_case(scenario: Scenario, plan: Plan, voices: tuple[Voice, ...], growth: Growth | None = None) -> Case:
    """The plan's decisions by node. Raises UsageError when it names what the scenario does not have."""
    growth = growth or grow(scenario)
    days = build_days(scenario)
    nodes = number_nodes(growth)
    check_names(scenario, plan, nodes)
    return Case(
        scenario=scenario,
        growth=growth,
        days=days,
        voices=voices,
        purse=Purse(scenario, days, voices),
        decides=_decides(scenario, growth),
        vets=_by_node(plan.vetting, nodes),
        signs=_by_node(plan.signings, nodes),
        kinds=tuple(_kinds(days, voices, plan.orders, nodes)),
    )


def number_nodes(growth: Growth) -> dict[str, int]:
    """Numbers of the nodes by name. Raises UsageError when two have the same, because decisions are found by it."""
    nodes: dict[str, int] = {}
    for number, moment in enumerate(growth.moments):
        if nodes.setdefault(moment.name, number) != number:
            raise UsageError(f"two nodes of the tree are called {moment.name}: two windows of a licence are drawn in one period")
    return nodes


def check_names(scenario: Scenario, plan: Plan, nodes: dict[str, int]) -> None:
    """Raises UsageError at the first supplier, offer, site, period or node the scenario does not have."""
    decisions: tuple[Vetting | Signing | Order, ...] = (*plan.vetting, *plan.signings, *plan.orders)
    names = {("node", decision.node) for decision in decisions} | {("supplier", decision.supplier) for decision in decisions}
    for order in plan.orders:
        names |= {("offer", order.offer), ("site", order.site), ("period", order.order_period), ("period", order.ship_period)}
    known: dict[str, Container[str]] = {
        "node": nodes, "supplier": scenario.supplier, "offer": scenario.offer, "site": scenario.site,
        "period": scenario.calendar.names,
    }  # fmt: skip
    for what, name in sorted(names):
        if name not in known[what]:
            raise UsageError(f"the plan names {what} {name}, which the scenario does not have: it is a plan of another scenario")


def _decides(scenario: Scenario, growth: Growth) -> Whole:
    here = np.arange(len(growth.moments))
    if scenario.futures.mode != "two_stage":
        return here
    trunk: dict[int, int] = {}
    last = -1
    for n, moment in enumerate(growth.moments):
        if moment.parent == last and moment.period not in trunk:  # the first child has the least news
            trunk[moment.period] = last = n
    return np.array([trunk[moment.period] for moment in growth.moments])


def _by_node(decisions: tuple[Vetting, ...] | tuple[Signing, ...], nodes: dict[str, int]) -> dict[str, Flags]:
    found: dict[str, Flags] = {}
    for decision in decisions:
        found.setdefault(decision.supplier, np.zeros(len(nodes), bool))[nodes[decision.node]] = True
    return found


def _kinds(days: Days, voices: tuple[Voice, ...], orders: tuple[Order, ...], nodes: dict[str, int]) -> Iterator[tuple[Kind, ...]]:
    names = days.scenario.calendar.names
    pools, units = find_pools(days.scenario), defaultdict[tuple[int, str, str, int], Floats](lambda: np.zeros(len(nodes)))
    for order in orders:
        key = names.index(order.order_period), order.offer, order.site, names.index(order.ship_period)
        units[key][nodes[order.node]] += order.units
    for period in range(len(names)):
        here = sorted(key for key in units if key[0] == period)
        yield tuple(_kind(days, voices, pools, key, units[key]) for key in here)


def _kind(days: Days, voices: tuple[Voice, ...], pools: tuple[Pool, ...], key: tuple[int, str, str, int], units: Floats) -> Kind:
    period, name, site, ships = key
    scenario = days.scenario
    offer, ordered = scenario.offer[name], int(days.starts[period])
    due = find_due(days, offer, site, period, ships)
    price = list_price(days, offer.price, site, ordered, fixing_day(days, offer, ordered, due))
    claims = tuple(
        Claim(pool, (number, find_bucket(days, pool, due)), free_slots(days, pool, due), pool.use[name])
        for number, pool in enumerate(pools)
        if name in pool.use
    )
    deal = Deal(offer, scenario.site[site], ordered, price, offer.price.currency)
    return Kind(offer, site, period, due, deal, find_touch(scenario, voices, offer, site), claims, units)


def find_due(days: Days, offer: Offer, site: str, period: int, ships: int) -> int:
    """The day a unit ordered in ``period`` is due in ship period ``ships``: the first possible day, or the period's first."""
    scenario = days.scenario
    ordered, maker = scenario.calendar.starts[period], scenario.supplier[offer.supplier].country
    ready = [add(ordered, offer.lead_time, offer.deinstall_time)]
    ready += [add(ordered, lic.review) for lic in scenario.licences if fits(scenario, lic.hits, offer, site, maker)]
    first = day_number(max(ready))
    return first if scenario.calendar.period_of(max(ready)) == ships else int(days.starts[ships])
