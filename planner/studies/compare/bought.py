"""What a plan buys and pays in some of its futures, added up by equipment and site and by fee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.plan.audit.cash import DUTY, Line, fee_lines, lot_lines
from planner.plan.audit.futures import case_of, read_replay
from planner.plan.audit.lots import Lot, Purchase, lot_of_order
from planner.plan.audit.memory import Strikes
from planner.plan.audit.reading import read_decisions
from planner.plan.audit.setting import Setting, read_setting
from planner.plan.audit.tree import grow_tree
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.compare.weights import news_of

Item = tuple[str, str]
"""(offer, site)."""
Fee = tuple[str, str]
"""(kind of payment, supplier)."""
BESIDE = ("freight", "storage")


@dataclass
class Paid:
    """Payments of one kind: in their own currency, in base currency, and that discounted. Weighted over futures."""

    own: float = 0.0
    base: float = 0.0
    worth: float = 0.0
    currencies: set[str] = field(default_factory=set)

    def add(self, setting: Setting, line: Line, weight: float) -> None:
        """Count one payment."""
        self.own += weight * line.paid
        self.base += weight * line.amount
        self.worth += weight * line.amount * setting.clock.discount(line.day)
        self.currencies.add(line.currency)


@dataclass
class Lots:
    """Units of one offer for one site, ordered or signed before: how many, their contract value, what is paid for them.

    ``value`` is in the currency of the contract, ``value_base`` in base currency at the rate of the day of order.
    ``contract``: milestones less refunds. All weighted over the futures looked at.
    """

    units: float = 0.0
    value: float = 0.0
    value_base: float = 0.0
    contract: Paid = field(default_factory=Paid)
    duty: Paid = field(default_factory=Paid)
    beside: dict[str, Paid] = field(default_factory=lambda: {kind: Paid() for kind in BESIDE})

    @property
    def worth(self) -> float:
        """All that is paid for them, discounted."""
        return self.contract.worth + self.duty.worth + sum(paid.worth for paid in self.beside.values())

    def add(self, setting: Setting, lot: Lot, weight: float) -> None:
        """Count a lot in a future of this weight."""
        self.units += weight * lot.units
        self.value += weight * lot.units * lot.price
        self.value_base += weight * lot.units * lot.contract
        self.contract.currencies.add(lot.currency)
        for line in lot_lines(setting, lot):
            paid = self.duty if line.kind == DUTY else self.beside.get(line.kind, self.contract)
            paid.add(setting, line, weight)


@dataclass(frozen=True)
class Bought:
    """Everything a plan pays in the futures looked at. By news: the weight of each, its purchases, all that is known in it."""

    setting: Setting
    items: dict[Item, Lots]
    fees: dict[Fee, Paid]
    weights: dict[str, float]
    purchases: dict[str, tuple[Purchase, ...]]
    strikes: dict[str, Strikes]


def find_bought(scenario: Scenario, plan: Plan, weights: Mapping[str, float], came: str = "") -> Bought:
    """What the plan buys in the futures of these news, by the arithmetic of the independent check. ``came`` as in ``news_of``."""
    setting = read_setting(scenario)
    tree = grow_tree(scenario, setting.clock)
    replay = read_replay(setting, tree)
    placed, _, _ = read_decisions(setting, tree, plan)
    found = Bought(setting, {}, {}, dict(weights), {}, {})
    for future, path in enumerate(tree.paths):
        news = news_of(tree.nodes[path[-1]].name, came)
        if news not in weights:
            continue
        case = case_of(replay, placed, future)
        found.purchases[news], found.strikes[news] = case.decisions.orders, case.setting.strikes
        counted = (lot for lot in case.lots if "cash" in lot.counts)
        _add_lots(found.items, case.setting, counted, weights[news])
        for line in fee_lines(case.setting, case.decisions, case.orders):
            found.fees.setdefault((line.kind, line.supplier), Paid()).add(case.setting, line, weights[news])
    return found


def _add_lots(items: dict[Item, Lots], setting: Setting, lots: Iterable[Lot], weight: float) -> None:
    for lot in lots:
        items.setdefault((lot.offer.id, lot.site_id), Lots()).add(setting, lot, weight)


def price_elsewhere(bought: Bought, item: Item, other: Bought) -> Lots | None:
    """What the orders of an item would come to on the terms of another scenario; None where that cannot be said.

    It can where the other scenario has the offer, the site and the periods, and a price on those days.
    """
    lots = Lots()
    for news, purchases in bought.purchases.items():
        setting = other.setting.told(other.strikes[news])
        for purchase in purchases:
            if (purchase.offer, purchase.site) == item:
                moved = _move(bought.setting, setting, purchase)
                if moved is None:
                    return None
                lots.add(setting, lot_of_order(setting, moved), bought.weights[news])
    return lots if lots.value and abs(lots.units - bought.items[item].units) < 1e-9 else None


def _move(here: Setting, there: Setting, purchase: Purchase) -> Purchase | None:
    """The purchase by the numbers of the periods of another calendar."""
    names = [here.clock.names[period] for period in (purchase.period, purchase.ships)]
    if purchase.offer not in there.offers or purchase.site not in there.sites or set(names) - set(there.clock.names):
        return None
    period, ships = (there.clock.names.index(name) for name in names)
    return Purchase(purchase.offer, purchase.site, period, ships, purchase.units)


def all_items(first: Bought, second: Bought) -> Iterator[Item]:
    """Every item either plan buys, in order."""
    yield from sorted(first.items.keys() | second.items.keys())
