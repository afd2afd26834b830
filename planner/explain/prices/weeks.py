"""What it is worth that a supplier delivers weeks earlier."""

from __future__ import annotations

from calendar import monthrange
from functools import partial

from planner.explain.asking import Asking
from planner.explain.compare import Comparing
from planner.explain.editing import put
from planner.explain.explanation import WeekValue
from planner.explain.prices.steps import Ladder, climb
from planner.scenario.dates import Duration
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

RUNGS = (1.0, 2.0, 4.0, 8.0, 13.0)
RUNGS_OF_OTHERS = (4.0, 8.0, 13.0)
DAYS = 7


def find_week_ladders(asking: Asking, comparing: Comparing) -> list[tuple[str, Ladder]]:
    """The suppliers whose offers the plan orders if nothing happens, and what it is worth that each delivers earlier.

    Nobody has to take what comes early, so that it never costs anything: the plan explained can be kept.
    """
    suppliers = sorted({order.supplier for order in comparing.usual.orders})
    return [(supplier, _ladder(asking, comparing, supplier, RUNGS)) for supplier in suppliers]


def _ladder(asking: Asking, comparing: Comparing, supplier: str, rungs: tuple[float, ...]) -> Ladder:
    change = partial(with_earlier, asking.data, comparing.scenario, supplier)
    return Ladder(f"{supplier} earlier", "weeks", rungs, change, comparing.saves)


def value_weeks(comparing: Comparing, found: list[tuple[str, Ladder]]) -> tuple[WeekValue, ...]:
    """What was found, those who help most first."""
    values = [_value(comparing, supplier, ladder) for supplier, ladder in found]
    return tuple(sorted(values, key=lambda value: (-(value.steps.each or 0.0), value.supplier)))


def find_earlier(asking: Asking, comparing: Comparing) -> dict[str, float]:
    """For each supplier the plan does not sign, weeks earlier that surely make it better: the fewest tried that do."""
    signed = comparing.suppliers(comparing.plan)
    others = sorted({offer.supplier for offer in comparing.scenario.offers if _days(offer)} - set(signed))
    ladders = {supplier: _ladder(asking, comparing, supplier, RUNGS_OF_OTHERS) for supplier in others}
    climb(asking, list(ladders.values()))
    return {supplier: ladder.useful for supplier, ladder in ladders.items() if ladder.useful is not None}


def _value(comparing: Comparing, supplier: str, ladder: Ladder) -> WeekValue:
    offers = tuple(offer.id for offer in comparing.scenario.offers if offer.supplier == supplier and _days(offer))
    first, steps = ladder.first(), ladder.steps()
    if first is None or steps.useful is None:
        return WeekValue(supplier, offers, steps)
    return WeekValue(supplier, offers, steps, comparing.other(first))


def with_earlier(data: Data, scenario: Scenario, supplier: str, weeks: float) -> Data:
    """The same with all the supplier's offers there so many weeks sooner: by transit where it is counted in days, else lead.

    A lead time in months becomes days, as many as those months have at the least: never less than the weeks are gained.
    """
    for i, item in enumerate(data["offers"]):
        offer = scenario.offer[item["id"]]
        if offer.supplier != supplier:
            continue
        left = round(DAYS * weeks)
        for key, length in (("transit_time", offer.transit_time), ("lead_time", offer.lead_time)):
            if left > 0 and (days := _fewest_days(length)):
                cut = min(left, days)
                data = put(data, ("offers", i, key), f"{days - cut} days")
                left -= cut
    return data


def _days(offer: Offer) -> int:
    return _fewest_days(offer.transit_time) + _fewest_days(offer.lead_time)


def _fewest_days(length: Duration) -> int:
    """Days the length has at the least, counted from the first of any month."""
    if not length.months:
        return length.days
    years, months = divmod(length.months, 12)
    days = [monthrange(2025, month)[1] for month in range(1, 13)] * 2
    return 365 * years + min(sum(days[first : first + months]) for first in range(12)) + length.days
