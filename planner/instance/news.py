"""What strikes do: which offers, suppliers, sites, demands and currencies each shock or licence hits, and how hard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, auto
from functools import cached_property

from planner.instance.tree import Strikes
from planner.scenario.base import NO_TIME
from planner.scenario.dates import Duration
from planner.scenario.factory import Demand
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Hits, Licence, Shock


class Effect(IntEnum):
    """What a shock changes; decides whose country its ``countries`` name, and until when a strike matters to a unit.

    Numbers, because these are looked up all the time and other enumerations are slow to hash.
    """

    SHIPMENT = auto()
    DUTY = auto()
    INSTALLATION = auto()
    OUTPUT = auto()
    PRICE = auto()
    SLOTS = auto()
    CREWS = auto()
    TARGET = auto()
    CURRENCY = auto()


def effects_of(part: Shock | Licence) -> frozenset[Effect]:
    """The kinds of change a shock or licence makes."""
    if isinstance(part, Licence):
        return frozenset({Effect.SHIPMENT})
    made = {
        Effect.SHIPMENT: part.shipments is not None or part.delay != NO_TIME,
        Effect.DUTY: part.duty_added > 0,
        Effect.INSTALLATION: part.install_delay != NO_TIME,
        Effect.OUTPUT: part.output_factor != 1,
        Effect.PRICE: part.price_factor != 1,
        Effect.SLOTS: part.slots_factor != 1,
        Effect.CREWS: part.crews_factor != 1,
        Effect.TARGET: part.target_factor != 1,
        Effect.CURRENCY: part.currency_factor != 1,
    }
    return frozenset(effect for effect, there in made.items() if there)


@dataclass(frozen=True)
class News:
    """The shocks and licences of a scenario, asked by what they change. All answers are in order of their ids."""

    scenario: Scenario
    _touching: dict[tuple[str, str], dict[str, frozenset[Effect]]] = field(default_factory=dict)
    _making: dict[tuple[str, str, Effect], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> dict[str, Shock | Licence]:
        """Shocks and licences by id, in order of the ids; none when news is left out."""
        if self.scenario.futures.mode == "none":
            return {}
        found: dict[str, Shock | Licence] = {shock.id: shock for shock in self.scenario.shocks}
        found |= {licence.id: licence for licence in self.scenario.licences}
        return dict(sorted(found.items()))

    @cached_property
    def effects(self) -> dict[str, frozenset[Effect]]:
        """The kinds of change each shock or licence makes."""
        return {name: effects_of(part) for name, part in self.parts.items()}

    @cached_property
    def moves_rates(self) -> bool:
        """Whether any shock moves a rate of exchange."""
        return any(Effect.CURRENCY in effects for effects in self.effects.values())

    def touching(self, offer: Offer, site: str) -> dict[str, frozenset[Effect]]:
        """The sources that can change something for units of the offer at the site (empty: no site), and what."""
        key = offer.id, site
        if key not in self._touching:
            self._touching[key] = dict(self._find_touching(offer, site))
        return self._touching[key]

    def _find_touching(self, offer: Offer, site: str) -> Iterator[tuple[str, frozenset[Effect]]]:
        maker = self.scenario.supplier[offer.supplier].country
        for name, part in self.parts.items():
            found = set()
            for effect in self.effects[name] - {Effect.TARGET, Effect.CREWS}:
                country = {Effect.SHIPMENT: offer.ships_from, Effect.DUTY: offer.origin}.get(effect) or maker
                licence = isinstance(part, Licence)  # who can forbid the sale, wherever it ships from
                if effect is Effect.CURRENCY or self._hits(part.hits, offer, site, maker if licence else country):
                    found.add(effect)
            if found:
                yield name, frozenset(found)

    def _hits(self, hits: Hits, offer: Offer, site: str, country: str) -> bool:
        members = {name for group in hits.groups for name in self.scenario.policy.groups.get(group, ())}
        return (
            (not hits.countries or country in hits.countries)
            and (not hits.suppliers or offer.supplier in hits.suppliers)
            and (not hits.groups or offer.supplier in members)
            and (not hits.offers or offer.id in hits.offers)
            and (not hits.steps or not offer.covers.keys().isdisjoint(hits.steps))
            and (not hits.tags or not set(offer.tags).isdisjoint(hits.tags))
            and (not hits.sites or site in hits.sites)
        )

    def reviews(self, offer: Offer, site: str) -> tuple[Duration, ...]:
        """Reviews that every order of the offer for the site waits for, in any world."""
        maker = self.scenario.supplier[offer.supplier].country
        return tuple(licence.review for licence in self.scenario.licences if self._hits(licence.hits, offer, site, maker))

    def making(self, effect: Effect, offer: Offer, site: str) -> frozenset[str]:
        """The sources that can change this for units of the offer at the site."""
        key = offer.id, site, effect
        if key not in self._making:
            self._making[key] = frozenset(name for name, made in self.touching(offer, site).items() if effect in made)
        return self._making[key]

    def holding(self, strikes: Strikes, day: date, offer: Offer, site: str, effect: Effect) -> list[Shock | Licence]:
        """Shocks and licences that have struck, hold on the day and change this for units of the offer at the site."""
        sources = self.making(effect, offer, site) if strikes else ()
        if not sources:
            return []
        return [self.parts[source] for source in sorted(s.source for s in strikes if s.source in sources and s.holds(day))]

    def factor(self, strikes: Strikes, day: date, offer: Offer, site: str, effect: Effect) -> float:
        """Product of the price, slots or output factors that hold on the day."""
        found = 1.0
        for shock in self.holding(strikes, day, offer, site, effect):
            assert isinstance(shock, Shock)
            found *= {Effect.PRICE: shock.price_factor, Effect.SLOTS: shock.slots_factor, Effect.OUTPUT: shock.output_factor}[
                effect
            ]
        return found

    def _struck(self, strikes: Strikes, day: date, effect: Effect) -> Iterator[Shock]:
        for strike in strikes:
            part = self.parts[strike.source]
            if isinstance(part, Shock) and strike.holds(day) and effect in self.effects[strike.source]:
                yield part

    def currency_factor(self, strikes: Strikes, day: date, currency: str) -> float:
        """What multiplies the rate of a currency on the day."""
        found = 1.0
        for shock in self._struck(strikes, day, Effect.CURRENCY):
            if currency in shock.hits.currencies:
                found *= shock.currency_factor
        return found

    def target_factor(self, strikes: Strikes, day: date, demand: Demand) -> float:
        """What multiplies the target of a demand on the day."""
        found = 1.0
        for shock in self._struck(strikes, day, Effect.TARGET):
            if not shock.hits.sites or not set(shock.hits.sites).isdisjoint(demand.sites):
                found *= shock.target_factor
        return found

    def crews_factor(self, strikes: Strikes, day: date, *, site: str = "", supplier: str = "") -> float:
        """What multiplies the places in installation not booked yet, of a site or of a supplier's crews."""
        found = 1.0
        for shock in self._struck(strikes, day, Effect.CREWS):
            mine = [offer for offer in self.scenario.offers if offer.supplier == supplier]
            if site in shock.hits.sites if site else self._crews_hit(shock.hits, mine):
                found *= shock.crews_factor
        return found

    def _crews_hit(self, hits: Hits, offers: list[Offer]) -> bool:
        maker = self.scenario.supplier
        return not hits.sites and any(self._hits(hits, offer, "", maker[offer.supplier].country) for offer in offers)
