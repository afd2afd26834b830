"""What waiting costs: the best plan that signs nothing before a day, for one day after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.explain.amounts import Amount, Other, Verdict
from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import Delay, Waiting
from planner.explain.forcing import not_before
from planner.explain.prices.suppliers import ask_without
from planner.studies.solving import Solved

MOST_PERIODS, MOST_PERIODS_EACH = 4, 2
"""How many periods later than the plan signs first: with all suppliers, and with one."""
NOTHING = Amount("nothing", 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Wait:
    """With whom nothing is signed (empty: everybody), by the plan's own period of the first signature, in any future."""

    supplier: str
    first: int


def price_waiting(asking: Asking, comparing: Comparing) -> tuple[Waiting, ...]:
    """With every supplier, then with each that the plan signs if nothing happens. Up to its first signature waiting is free."""
    waits = _find_waits(comparing)
    asked = [question for wait in waits for question in _questions(asking, comparing, wait)]
    answers = iter(asking.ask(asked))
    found = []
    for wait in waits:
        solved = [next(answers) for _ in _questions(asking, comparing, wait)]
        found.append(_waiting(comparing, wait, solved))
    return tuple(one for one in found if one.delays)


def _find_waits(comparing: Comparing) -> list[Wait]:
    names, first = comparing.scenario.calendar.names, dict[str, int]()
    for signing in comparing.plan.signings:
        period = names.index(signing.period)
        first[signing.supplier] = min(period, first.get(signing.supplier, period))
    usual = [(first[supplier], supplier) for supplier in comparing.suppliers(comparing.plan)]
    everybody = [Wait("", min(first.values()))] if first else []
    return [*everybody, *(Wait(supplier, period) for period, supplier in sorted(usual))]


def _later(comparing: Comparing, wait: Wait) -> range:
    most = MOST_PERIODS_EACH if wait.supplier else MOST_PERIODS
    return range(wait.first + 1, min(comparing.scenario.calendar.periods, wait.first + 1 + most))


def _questions(asking: Asking, comparing: Comparing, wait: Wait) -> list[Question]:
    """One for each later period; for a single supplier also how it is without it, which no wait costs more than."""
    scenario = comparing.scenario
    who = (wait.supplier,) if wait.supplier else tuple(supplier.id for supplier in scenario.suppliers)
    asked = []
    for period in _later(comparing, wait):
        words = f"{wait.supplier} not before" if wait.supplier else "nobody before"
        data = not_before(asking.data, scenario, period, who)
        asked.append(Question(f"{words} {scenario.calendar.names[period]}", data, tighter=True))
    return [*asked, ask_without(asking, wait.supplier)] if wait.supplier and asked else asked


def _waiting(comparing: Comparing, wait: Wait, solved: Sequence[Solved]) -> Waiting:
    """Whoever waits longer pays no less: the best plan of a longer wait is allowed in a shorter one."""
    calendar, periods = comparing.scenario.calendar, _later(comparing, wait)
    found = [(comparing.costs(one), comparing.other(one)) for one in solved]
    for i in reversed(range(len(found) - 1)):
        found[i] = _no_more(found[i], found[i + 1])
    delays, least = [Delay(calendar.names[p], calendar.starts[p].isoformat(), NOTHING) for p in range(1, wait.first + 1)], 0.0
    for period, (costs, other) in zip(periods, found, strict=False):
        least = max(least, costs.low or 0.0)
        raised = replace(costs, low=least) if costs.value is None or least <= costs.value else costs
        delays.append(Delay(calendar.names[period], calendar.starts[period].isoformat(), raised, other))
    return Waiting(wait.supplier, tuple(delays))


def _no_more(shorter: tuple[Amount, Other], longer: tuple[Amount, Other]) -> tuple[Amount, Other]:
    """The shorter wait, with the plan of the longer one where that is better."""
    (costs, _), (most, other) = shorter, longer
    if most.value is None or most.high is None or (costs.value is not None and costs.value <= most.value):
        return shorter
    low = min(costs.low or 0.0, most.value)
    verdict: Verdict = "differs" if low > 0 else "within the gaps"
    return Amount(verdict, most.value, low, most.high, costs.reason), other
