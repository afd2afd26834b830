"""What it is worth that a site may run more."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from planner.explain.asking import Asking
from planner.explain.compare import Comparing
from planner.explain.editing import put
from planner.explain.explanation import SiteValue
from planner.explain.prices.steps import Ladder
from planner.scenario.factory import Site
from planner.scenario.figures import unit_rate
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

STEPS = (1, 2, 4)
"""How many of the smallest units of equipment may come on top."""


Found = tuple[Site, float, Ladder]
"""A site with a limit, MW a year it runs at its most if nothing happens, and what more is worth."""


def find_site_ladders(asking: Asking, comparing: Comparing) -> list[Found]:
    """The sites with a limit that the plan runs."""
    used: dict[tuple[str, str], float] = defaultdict(float)
    for output in comparing.usual.output:
        used[output.site, output.period] += output.mw
    found = []
    for i, site in enumerate(comparing.scenario.sites):
        most = max((mw for (name, _), mw in used.items() if name == site.id), default=0.0)
        if site.capacity_mw is not None and most > 0:
            step = smallest_unit(comparing.scenario, site.id)
            change = partial(_with_more, asking.data, i, site.capacity_mw)
            rungs = tuple(sorted({1.0, *(step * times for times in STEPS)}))
            found.append((site, most, Ladder(f"{site.id} runs more", "MW", rungs, change, comparing.saves)))
    return found


def value_sites(comparing: Comparing, found: list[Found]) -> tuple[SiteValue, ...]:
    """What was found, by site."""
    return tuple(_value(comparing, *one) for one in found)


def _value(comparing: Comparing, site: Site, used: float, ladder: Ladder) -> SiteValue:
    first, steps, allowed = ladder.first(), ladder.steps(), site.capacity_mw or 0.0
    if first is None or steps.useful is None:
        return SiteValue(site.id, allowed, used, steps)
    return SiteValue(site.id, allowed, used, steps, comparing.other(first))


def smallest_unit(scenario: Scenario, site: str) -> float:
    """MW a year of the smallest unit offered for the site: the least step in which capacity grows."""
    rates = [
        unit_rate(scenario, step, throughput)
        for offer in scenario.offers
        if not offer.sites or site in offer.sites
        for step, throughput in offer.covers.items()
    ]
    return min(rates, default=1.0)


def _with_more(data: Data, number: int, allowed: float, more: float) -> Data:
    changed: Data = put(data, ("sites", number, "capacity_mw"), allowed + more)
    return changed
