"""What waiting costs: the best plan that signs nothing before a day, for one day after the other."""

from __future__ import annotations

from dataclasses import replace

from planner.explain.amounts import Amount
from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import Delay, Waiting
from planner.explain.forcing import not_before

MOST_PERIODS, MOST_PERIODS_EACH = 6, 3
"""How many periods later, with all suppliers and with one."""


def price_waiting(asking: Asking, comparing: Comparing) -> tuple[Waiting, ...]:
    """With every supplier, then with each that the plan signs if nothing happens, from the period after its signature on."""
    calendar = comparing.scenario.calendar
    everybody = tuple(supplier.id for supplier in comparing.scenario.suppliers)
    first = {signing.supplier: calendar.names.index(signing.period) for signing in comparing.usual.signings}
    wanted = {"": range(1, min(calendar.periods, MOST_PERIODS + 1))}
    for supplier, period in sorted(first.items(), key=lambda item: (item[1], item[0])):
        wanted[supplier] = range(period + 1, min(calendar.periods, period + 1 + MOST_PERIODS_EACH))
    places = [(supplier, period) for supplier, periods in wanted.items() for period in periods]
    asked = [
        Question(
            f"{supplier or 'nobody'} {'not ' if supplier else ''}before {calendar.names[period]}",
            not_before(asking.data, comparing.scenario, period, (supplier,) if supplier else everybody),
        )
        for supplier, period in places
    ]
    answers = dict(zip(places, asking.ask(asked), strict=True))
    found = []
    for supplier, periods in wanted.items():
        delays, least = list[Delay](), 0.0
        for period in periods:
            solved = answers[supplier, period]
            costs = _no_less(comparing.costs(solved), least)
            least = max(least, costs.low or 0.0)
            day = calendar.starts[period].isoformat()
            delays.append(Delay(calendar.names[period], day, costs, comparing.other(solved)))
        if delays:
            found.append(Waiting(supplier, tuple(delays)))
    return tuple(found)


def _no_less(costs: Amount, least: float) -> Amount:
    """Whoever waits longer pays no less: what is surely paid for a shorter wait is paid for a longer one too."""
    low = costs.low
    return costs if low is None or low >= least or costs.value is None else replace(costs, low=min(least, costs.value))
