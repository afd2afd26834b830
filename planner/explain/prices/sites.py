"""What it is worth that a site may run more."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from planner.explain.asking import Asking
from planner.explain.compare import Comparing
from planner.explain.editing import put
from planner.explain.explanation import SiteValue
from planner.explain.prices.steps import Ladder, climb
from planner.scenario.figures import unit_rate
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

STEPS = (1, 2, 4)
"""How many of the smallest units of equipment may come on top."""


def value_sites(asking: Asking, comparing: Comparing) -> tuple[SiteValue, ...]:
    """The sites with a limit that the plan runs, if nothing happens."""
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
            ladder = Ladder(f"{site.id} runs more", "MW", rungs, change, comparing.saves)
            found.append((site.id, site.capacity_mw, most, ladder))
    climb(asking, [ladder for *_, ladder in found])
    return tuple(_value(comparing, *one) for one in found)


def _value(comparing: Comparing, site: str, allowed: float, used: float, ladder: Ladder) -> SiteValue:
    first, steps = ladder.first(), ladder.steps()
    if first is None or steps.useful is None:
        return SiteValue(site, allowed, used, steps)
    return SiteValue(site, allowed, used, steps, comparing.other(first))


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
