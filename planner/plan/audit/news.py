"""News as the audit reads it: who can say what at the start of which period, and how likely.

Only the raw fields of shocks and licences are read, and dates are the audit's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import expm1, prod

from planner.plan.audit.clock import Clock, after, years
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock

NOTHING, STRUCK = "", "struck"
Outcomes = tuple[tuple[str, float], ...]
"""(what is said, chance) with the least news first; ``NOTHING`` stands for no news or a quick review."""


@dataclass(frozen=True, slots=True)
class Strike:
    """News that came: the shock or licence ``source`` (``outcome`` slow or refused for a licence, else empty).

    It becomes known at the start of ``period`` and holds from ``day`` until ``end`` (the first day without it, None: for
    good). ``expected`` news had no milder alternative.
    """

    source: str
    outcome: str
    period: int
    day: date
    end: date | None
    expected: bool

    def holds(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.day <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Source:
    """Where news comes from: a shock, or the window of a licence that begins on ``day`` and lasts until ``until``.

    ``speaks`` is the only period it can speak in, -1 for never; None for a hazard, which can speak in every branch period.
    """

    key: str
    news: Shock | Licence
    speaks: int | None
    day: date
    until: date | None = None


def branch_periods(scenario: Scenario, clock: Clock) -> tuple[int, ...]:
    """Numbers of the periods that can bring news, never the first one."""
    days = scenario.futures.branch_at
    return (
        tuple(sorted({clock.period(day) for day in days} & set(range(1, clock.count)))) if days else tuple(range(1, clock.count))
    )


def read_sources(scenario: Scenario, clock: Clock) -> tuple[Source, ...]:
    """Every source of news, in the order of their keys; none where the scenario looks at no futures."""
    if scenario.futures.mode == "none":
        return ()
    branches = branch_periods(scenario, clock)

    def first_after(day: date) -> int:
        return next((q for q in branches if clock.starts[q + 1] > day), -1)

    found = []
    for shock in scenario.shocks:
        if shock.date is None:
            found.append(Source(shock.id, shock, None, shock.start or clock.starts[0], shock.until))
        else:
            found.append(Source(shock.id, shock, first_after(shock.date), shock.date))
    for licence in scenario.licences:
        days = licence.windows or (clock.starts[0],)
        for day, until in zip(days, (*days[1:], None), strict=True):
            found.append(Source(f"{licence.id} {day.isoformat()}", licence, first_after(day), day, until))
    return tuple(sorted(found, key=lambda source: source.key))


def outcomes_of(
    scenario: Scenario, clock: Clock, source: Source, period: int, before: int, struck: frozenset[str], held: float
) -> Outcomes:
    """What ``source`` can say at the start of ``period`` when news last came at the start of ``before``.

    ``struck`` are the shocks that struck earlier on; ``held`` is the chance that is left over from the branching before.
    Nothing is returned where it does not speak.
    """
    if source.speaks not in (None, period):
        return ()
    if isinstance(source.news, Licence):
        ways = (source.news.quick, source.news.slow, source.news.refused)
        total = sum(way.probability for way in ways)
        chances = [way.probability / total for way in ways]
        return _possible(zip((NOTHING, "slow", "refused"), chances, strict=True))
    if source.news.id in struck:
        return ()
    chance = _chance(scenario, clock, source, source.news, period, before, struck)
    if source.speaks is None:
        chance = 1 - (1 - chance) * (1 - held)
    return _possible(((NOTHING, 1 - chance), (STRUCK, chance)))


def _possible(outcomes: Iterable[tuple[str, float]]) -> Outcomes:
    return tuple((name, chance) for name, chance in outcomes if chance > 0)


def _chance(
    scenario: Scenario, clock: Clock, source: Source, shock: Shock, period: int, before: int, struck: frozenset[str]
) -> float:
    tension = clock.value(scenario.futures.tension, clock.starts[before]) if "geopolitical" in shock.tags else 1.0
    causes = [cause for cause in shock.after if cause.shock in struck]
    times = (1.0 if tension is None else tension) * prod(cause.times for cause in causes)
    if shock.hazard_per_year is None:
        return float(1 - (1 - (shock.probability or 0.0)) ** times)
    since = max(clock.starts[before], source.day)
    until = clock.starts[period] if source.until is None else min(clock.starts[period], source.until)
    rate = shock.hazard_per_year * times + sum(cause.hazard_per_year for cause in causes)
    return -expm1(-rate * max(0.0, years(since, until)))


def strike_of(clock: Clock, source: Source, said: str, period: int, expected: bool) -> Strike:
    """The strike when ``source`` says ``said`` at the start of ``period``."""
    start = clock.starts[period]
    day = start if source.speaks is None else max(start, source.day)
    if isinstance(source.news, Licence):
        return Strike(source.news.id, said, period, day, source.until, expected)
    lasts = source.news.lasts
    return Strike(source.news.id, NOTHING, period, day, None if lasts is None else after(day, lasts), expected)
