"""Lots and their payments, worked out once for all futures that treat them alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planner.plan.audit.cash import Line, lot_lines
from planner.plan.audit.effects import touches
from planner.plan.audit.lots import Lot, Purchase, lot_of_commitment, lot_of_order
from planner.plan.audit.news import Strike
from planner.plan.audit.setting import Setting
from planner.scenario.contracts import Commitment
from planner.scenario.factory import Site
from planner.scenario.offers import Offer

Strikes = tuple[Strike, ...]
Key = tuple[str | Purchase, Strikes]


@dataclass(frozen=True, slots=True)
class Memory:
    """What was found before. A lot depends on what was bought and on the news that can touch its offer and site."""

    setting: Setting
    touching: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    lots: dict[Key, Lot] = field(default_factory=dict)
    paid: dict[Key, tuple[Line, ...]] = field(default_factory=dict)

    def lot(self, bought: Purchase | Commitment, strikes: Strikes) -> Lot:
        """The lot of an order or a contract after this news."""
        key = self._key(bought, strikes)
        found = self.lots.get(key)
        if found is None:
            setting = self.setting.told(key[1])
            found = lot_of_order(setting, bought) if isinstance(bought, Purchase) else lot_of_commitment(setting, bought)
            self.lots[key] = found
        return found

    def lines(self, bought: Purchase | Commitment, strikes: Strikes) -> tuple[Line, ...]:
        """Payments of an order or a contract after this news; none where it does not count for cash."""
        key = self._key(bought, strikes)
        found = self.paid.get(key)
        if found is None:
            lot = self.lot(bought, strikes)
            found = tuple(lot_lines(self.setting.told(key[1]), lot)) if "cash" in lot.counts else ()
            self.paid[key] = found
        return found

    def in_the_end(self, bought: Purchase | Commitment, strikes: Strikes) -> Lot:
        """The lot after all news of a future; one that never ships says since which period that is known."""
        lot = self.lot(bought, strikes)
        if lot.cutoff is None:
            return lot
        for period in range(max(lot.period, 0), self.setting.clock.count):
            told = tuple(strike for strike in strikes if strike.period <= period)
            if self.lot(bought, told).cutoff is not None:
                return replace(lot, lost_from=period)
        return lot

    def _key(self, bought: Purchase | Commitment, strikes: Strikes) -> Key:
        name = bought if isinstance(bought, Purchase) else bought.id
        if not strikes:
            return name, ()
        offer = self.setting.offers[bought.offer]
        site = self.setting.sites[bought.site] if bought.site else None
        return name, tuple(strike for strike in strikes if self._touches(strike, offer, site))

    def _touches(self, strike: Strike, offer: Offer, site: Site | None) -> bool:
        key = f"{strike.source}:{strike.outcome}", offer.id, site.id if site else ""
        found = self.touching.get(key)
        if found is None:
            found = self.touching[key] = touches(self.setting, strike, offer, site)
        return found
