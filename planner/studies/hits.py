"""What news hits: for every offer and site, demand, currency and crew the voices that change something, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.scenario.base import NO_TIME
from planner.scenario.dates import Duration
from planner.scenario.factory import Demand, Site
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Hits, Shock
from planner.studies.courses import Voice

Factors = tuple[tuple[int, float], ...]
"""(voice, factor or amount while it holds)."""
Delays = tuple[tuple[int, Duration], ...]
"""(voice, delay), in order of the ids."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What can change for a unit of an offer at a site.

    ``stops`` are voices that stop shipments, with the refund of a stop for good (None: what is secured); ``refusals``
    and ``slow`` belong to licences.
    """

    delays: Delays = ()
    slow: Delays = ()
    refusals: tuple[int, ...] = ()
    stops: tuple[tuple[int, float | None], ...] = ()
    install_delays: Delays = ()
    duty: Factors = ()
    price: Factors = ()
    slots: Factors = ()
    output: Factors = ()

    @property
    def voices(self) -> frozenset[int]:
        """Every voice that changes something."""
        named = (self.delays, self.slow, self.stops, self.install_delays, self.duty, self.price, self.slots, self.output)
        return frozenset(v for part in named for v, _ in part) | frozenset(self.refusals)


def find_touch(scenario: Scenario, voices: tuple[Voice, ...], offer: Offer, site: str) -> Touch:
    """Everything news can change for units of ``offer`` at ``site`` (empty: nowhere)."""
    maker = scenario.supplier[offer.supplier].country
    ships, made = offer.ships_from or maker, offer.origin or maker

    def hit(country: str) -> list[tuple[int, Shock]]:
        found = ((v, voice.source.shock) for v, voice in enumerate(voices))
        return [(v, shock) for v, shock in found if shock and fits(scenario, shock.hits, offer, site, country)]

    shipping, usual = hit(ships), hit(maker)
    reviewed = [
        (v, voice.source.licence)
        for v, voice in enumerate(voices)
        if voice.source.licence and fits(scenario, voice.source.licence.hits, offer, site, maker)
    ]
    return Touch(
        delays=tuple((v, shock.delay) for v, shock in shipping if shock.delay != NO_TIME),
        slow=tuple((v, licence.slow.delay) for v, licence in reviewed),
        refusals=tuple(v for v, _ in reviewed),
        stops=tuple((v, shock.refund) for v, shock in shipping if shock.shipments),
        install_delays=tuple((v, shock.install_delay) for v, shock in usual if shock.install_delay != NO_TIME),
        duty=tuple((v, shock.duty_added) for v, shock in hit(made) if shock.duty_added),
        price=tuple((v, shock.price_factor) for v, shock in usual if shock.price_factor != 1),
        slots=tuple((v, shock.slots_factor) for v, shock in usual if shock.slots_factor != 1),
        output=tuple((v, shock.output_factor) for v, shock in usual if shock.output_factor != 1),
    )


def fits(scenario: Scenario, hits: Hits, offer: Offer, site: str, country: str) -> bool:
    """Whether an offer at a site fits every key that is given; ``country`` is the one that counts for the effect."""
    members = {name for group in hits.groups for name in scenario.policy.groups.get(group, ())}
    return (
        (not hits.countries or country in hits.countries)
        and (not hits.suppliers or offer.supplier in hits.suppliers)
        and (not hits.groups or offer.supplier in members)
        and (not hits.offers or offer.id in hits.offers)
        and (not hits.steps or _shares(offer.covers, hits.steps))
        and (not hits.tags or _shares(offer.tags, hits.tags))
        and (not hits.sites or site in hits.sites)
    )


def _shares(some: Iterable[str], others: Iterable[str]) -> bool:
    return not set(some).isdisjoint(others)


def _shocks(voices: tuple[Voice, ...]) -> Iterator[tuple[int, Shock]]:
    return ((v, voice.source.shock) for v, voice in enumerate(voices) if voice.source.shock)


def currency_factors(voices: tuple[Voice, ...], currency: str | None) -> Factors:
    """What multiplies the rate of exchange of a currency."""
    found = ((v, shock) for v, shock in _shocks(voices) if currency in shock.hits.currencies)
    return tuple((v, shock.currency_factor) for v, shock in found if shock.currency_factor != 1)


def target_factors(voices: tuple[Voice, ...], demand: Demand) -> Factors:
    """What multiplies the target of a demand."""
    return tuple(
        (v, shock.target_factor)
        for v, shock in _shocks(voices)
        if shock.target_factor != 1 and (not shock.hits.sites or _shares(shock.hits.sites, demand.sites))
    )


def site_crews(voices: tuple[Voice, ...], site: Site) -> Factors:
    """What multiplies the places in installation of a site that are not booked yet."""
    found = ((v, shock) for v, shock in _shocks(voices) if site.id in shock.hits.sites)
    return tuple((v, shock.crews_factor) for v, shock in found if shock.crews_factor != 1)


def supplier_crews(scenario: Scenario, voices: tuple[Voice, ...], supplier: str) -> Factors:
    """What multiplies the places of a supplier's crews that are not booked yet."""
    offers = [offer for offer in scenario.offers if offer.supplier == supplier]
    country = scenario.supplier[supplier].country
    return tuple(
        (v, shock.crews_factor)
        for v, shock in _shocks(voices)
        if shock.crews_factor != 1
        and not shock.hits.sites
        and any(fits(scenario, shock.hits, offer, "", country) for offer in offers)
    )
