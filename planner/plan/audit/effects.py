"""What a shock or a licence hits, and what the shocks in force on a day do to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import prod

from planner.plan.audit.news import Strike
from planner.plan.audit.setting import Setting
from planner.scenario.dates import Duration
from planner.scenario.factory import Site
from planner.scenario.offers import Offer
from planner.scenario.shocks import Hits, Licence
from planner.scenario.suppliers import Supplier


def fits(setting: Setting, hits: Hits, offer: Offer, site: Site | None, country: str) -> bool:
    """Whether an offer for a site is hit, ``country`` being what countries are compared with; currencies say nothing."""
    groups = setting.scenario.policy.groups
    return (
        (not hits.countries or country in hits.countries)
        and (not hits.suppliers or offer.supplier in hits.suppliers)
        and (not hits.groups or any(offer.supplier in groups.get(name, ()) for name in hits.groups))
        and (not hits.offers or offer.id in hits.offers)
        and (not hits.steps or any(step in hits.steps for step in offer.covers))
        and (not hits.tags or any(tag in hits.tags for tag in offer.tags))
        and (not hits.sites or (site is not None and site.id in hits.sites))
    )


def home(setting: Setting, offer: Offer) -> str:
    """Country of the supplier."""
    return setting.suppliers[offer.supplier].country


def ships_from(setting: Setting, offer: Offer) -> str:
    """Country a unit leaves from."""
    return offer.ships_from or home(setting, offer)


def origin(setting: Setting, offer: Offer) -> str:
    """Country the customs take it to come from."""
    return offer.origin or home(setting, offer)


def factor(setting: Setting, name: str, offer: Offer, site: Site | None, day: date) -> float:
    """Product of the factor ``name`` (slots_factor, price_factor or output_factor) on ``day``."""
    found = setting.shocks_on(day)
    return prod(getattr(s, name) for s in found if fits(setting, s.hits, offer, site, home(setting, offer))) if found else 1.0


def duty_added(setting: Setting, offer: Offer, site: Site | None, day: date) -> float:
    """Share of the price that shocks add to duty on ``day``."""
    country = origin(setting, offer)
    return sum(s.duty_added for s in setting.shocks_on(day) if fits(setting, s.hits, offer, site, country))


def delays(setting: Setting, offer: Offer, site: Site | None, due: date) -> tuple[Duration, ...]:
    """By how much units due on ``due`` are ready later: shocks in the order of their ids, then slow licences."""
    if not setting.strikes:
        return ()
    country = ships_from(setting, offer)
    shocks = [s.delay for s in setting.shocks_on(due) if fits(setting, s.hits, offer, site, country)]
    return (*shocks, *(licence.slow.delay for licence, _ in reviews_on(setting, offer, site, due, "slow")))


def install_delays(setting: Setting, offer: Offer, site: Site, begins: date) -> tuple[Duration, ...]:
    """By how much an installation begun on ``begins`` takes longer, shocks in the order of their ids."""
    found = setting.shocks_on(begins)
    return tuple(s.install_delay for s in found if fits(setting, s.hits, offer, site, home(setting, offer)))


def licences_of(setting: Setting, offer: Offer, site: Site | None) -> Iterator[Licence]:
    """Licences whose reviews the offer needs, in the order of their ids."""
    for name in sorted(setting.licences):
        if fits(setting, setting.licences[name].hits, offer, site, home(setting, offer)):
            yield setting.licences[name]


def reviews_on(setting: Setting, offer: Offer, site: Site | None, day: date, said: str) -> list[tuple[Licence, Strike]]:
    """Reviews that ended with ``said`` (slow or refused) and are in force on ``day``."""
    return [
        (licence, strike)
        for licence in licences_of(setting, offer, site)
        for strike in setting.strikes
        if strike.source == licence.id and strike.outcome == said and strike.holds(day)
    ]


def stops(setting: Setting, offer: Offer, site: Site | None) -> list[Strike]:
    """News that stops shipments of the offer, in the order it came."""
    country = ships_from(setting, offer)
    return [
        strike
        for strike in setting.strikes
        if not strike.outcome
        and setting.shocks[strike.source].shipments is not None
        and fits(setting, setting.shocks[strike.source].hits, offer, site, country)
    ]


def crews_factor(setting: Setting, place: Site | Supplier, day: date) -> float:
    """Product of the factors on the places in installation of a site, or of a supplier's crews, on ``day``."""
    return prod(shock.crews_factor for shock in setting.shocks_on(day) if _slows(setting, shock.hits, place))


def _slows(setting: Setting, hits: Hits, place: Site | Supplier) -> bool:
    if isinstance(place, Site):
        return place.id in hits.sites
    own = [offer for offer in setting.offers.values() if offer.supplier == place.id]
    return not hits.sites and any(fits(setting, hits, offer, None, place.country) for offer in own)


def touches(setting: Setting, strike: Strike, offer: Offer, site: Site | None) -> bool:
    """Whether the news can change anything about units of the offer for the site: dates, payments, price or output."""
    if strike.outcome:
        return fits(setting, setting.licences[strike.source].hits, offer, site, home(setting, offer))
    shock = setting.shocks[strike.source]
    countries = {home(setting, offer), ships_from(setting, offer), origin(setting, offer)}
    return bool(shock.hits.currencies) or any(fits(setting, shock.hits, offer, site, country) for country in countries)
