"""What a selector (``hits``) picks out: the units of offers for sites that fit every key it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.scenario.figures import demanded_sites
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Hits

KEYS = ("countries", "suppliers", "groups", "offers", "steps", "tags", "sites")
"""Keys that pick out units; ``currencies`` is not one of them."""
SOLD, SHIPPED, MADE = "country of its supplier", "ships_from", "origin"
"""Which country of an offer ``countries`` is compared with."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of an offer for a site, by the words a selector may use: for each key, the names that fit it."""

    offer: Offer
    names: dict[str, frozenset[str]]
    countries: dict[str, str]

    def values(self, key: str, country: str) -> frozenset[str]:
        """The names under ``key`` that fit the unit; ``country`` says which of its countries counts."""
        return frozenset({self.countries[country]}) if key == "countries" else self.names[key]


@dataclass(frozen=True)
class Selecting:
    """Every unit that could be bought or is bought already, and which of them a selector picks out."""

    scenario: Scenario

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """One for each offer and site it may go to; contracts included."""
        served, policy = tuple(demanded_sites(self.scenario)), self.scenario.policy
        placed: dict[str, set[str]] = {}
        for contract in self.scenario.commitments:
            placed.setdefault(contract.offer, set()).add(contract.site or "")
        groups: dict[str, set[str]] = {}
        for group, members in policy.groups.items():
            for member in members:
                groups.setdefault(member, set()).add(group)
        found = []
        for offer in self.scenario.offers:
            supplier = self.scenario.supplier.get(offer.supplier)
            country = supplier.country if supplier else ""
            countries = {SOLD: country, SHIPPED: offer.ships_from or country, MADE: offer.origin or country}
            for site in dict.fromkeys((*(offer.sites or served), *sorted(placed.get(offer.id, ())))):
                names = {
                    "suppliers": frozenset({offer.supplier}),
                    "groups": frozenset(groups.get(offer.supplier, ())),
                    "offers": frozenset({offer.id}),
                    "steps": frozenset(offer.covers),
                    "tags": frozenset(offer.tags),
                    "sites": frozenset({site}),
                }
                found.append(Unit(offer, names, countries))
        return tuple(found)

    def pick(self, hits: Hits, country: str = SOLD, keys: Iterable[str] = KEYS) -> tuple[Unit, ...]:
        """The units that fit each of ``keys`` the selector gives."""
        given = [(key, frozenset(getattr(hits, key))) for key in keys if getattr(hits, key)]
        return tuple(unit for unit in self.units if all(unit.values(key, country) & names for key, names in given))


def given_keys(hits: Hits) -> list[str]:
    """The keys of a selector that pick out units, in the order of the format."""
    return [key for key in KEYS if getattr(hits, key)]
