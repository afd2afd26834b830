"""Where news can come from and when: shocks and licence reviews as sources that may speak at the start of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log1p

from planner.scenario.dates import add, years_between
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock

GEOPOLITICAL = "geopolitical"


@dataclass(frozen=True, slots=True)
class Strike:
    """One piece of news. ``source`` is the shock or licence; ``outcome`` slow or refused, empty for a shock.

    It is known from period ``period`` on and holds from ``day`` until ``end`` (None: for good). ``expected``: it was
    certain to come then, so it is part of the trunk.
    """

    source: str
    outcome: str
    period: int
    day: date
    end: date | None
    expected: bool = False

    def holds(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.day <= day and (self.end is None or day < self.end)


Outcome = tuple[str, float]
"""(what a source says, probability); ``""`` stands for no news, or a quick review."""
NO_NEWS = ""
STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Source:
    """A shock, or one window of a licence, that may speak. ``key`` is unique; ``period`` where it must speak, or None."""

    key: str
    shock: Shock | None
    licence: Licence | None
    period: int | None
    since: date
    until: date | None

    @property
    def id(self) -> str:
        """The id of the shock or licence."""
        part = self.shock or self.licence
        assert part is not None
        return part.id


def branch_periods(scenario: Scenario) -> tuple[int, ...]:
    """Numbers of the periods in which news may come; never the first: today is known."""
    calendar, days = scenario.calendar, scenario.futures.branch_at
    if not days:
        return tuple(range(1, calendar.periods))
    return tuple(sorted({p for day in days if 1 <= (p := calendar.period_of(day)) < calendar.periods}))


def find_sources(scenario: Scenario) -> tuple[Source, ...]:
    """Every source of news in order of the ids; those that can never speak are left out."""
    calendar, periods = scenario.calendar, branch_periods(scenario)

    def first_from(day: date) -> int | None:
        """The first period for news whose end lies after ``day``; none for days after the horizon."""
        return None if day >= calendar.end else next((p for p in periods if calendar.starts[p + 1] > day), None)

    found: list[Source] = []
    for shock in scenario.shocks:
        if shock.date is None:
            found.append(Source(shock.id, shock, None, None, shock.start or calendar.start, shock.until))
        elif (period := first_from(shock.date)) is not None:
            found.append(Source(shock.id, shock, None, period, shock.date, None))
    for licence in scenario.licences:
        days = licence.windows or (calendar.start,)
        for day, following in zip(days, (*days[1:], None), strict=True):
            if (period := first_from(day)) is not None:
                found.append(Source(f"{licence.id} {day}", None, licence, period, day, following))
    return tuple(sorted(found, key=lambda source: source.key))


def find_outcomes(
    scenario: Scenario, source: Source, period: int, before: int, struck: frozenset[str], carried: float
) -> tuple[Outcome, ...]:
    """What the source can say at the start of ``period``, with probabilities above 0; empty when it is silent then.

    ``before`` is the period in which news could come last, ``struck`` the ids that have struck until then;
    ``carried`` is the conditional probability that it should have struck earlier but was not looked at.
    """
    if source.licence:
        if source.period != period:
            return ()
        ways = (
            (NO_NEWS, source.licence.quick.probability),
            ("slow", source.licence.slow.probability),
            ("refused", source.licence.refused.probability),
        )
        total = sum(chance for _, chance in ways)
        return tuple((name, chance / total) for name, chance in ways if chance > 0)
    assert source.shock is not None
    if source.id in struck or source.period not in (None, period):
        return ()
    strikes = 1 - (1 - find_chance(scenario, source, period, before, struck)) * (1 - carried)
    return tuple((name, chance) for name, chance in ((NO_NEWS, 1 - strikes), (STRUCK, strikes)) if chance > 0)


def find_chance(scenario: Scenario, source: Source, period: int, before: int, struck: frozenset[str]) -> float:
    """Probability that a shock strikes between the starts of periods ``before`` and ``period``; a dated one: at all."""
    shock, calendar = source.shock, scenario.calendar
    assert shock is not None
    since = calendar.starts[before]
    times = _tension(scenario, since, before) if GEOPOLITICAL in shock.tags else 1.0
    added = 0.0
    for more in shock.after:
        if more.shock in struck:
            times, added = times * more.times, added + more.hazard_per_year
    if shock.hazard_per_year is None:
        chance = shock.probability or 0.0
        # a probability is a hazard over an instant: the dial multiplies that hazard
        if times in (0.0, 1.0) or chance in (0.0, 1.0):
            return chance if times else 0.0
        return 1 - exp(times * log1p(-chance))
    begin = max(since, source.since)
    end = calendar.starts[period] if source.until is None else min(calendar.starts[period], source.until)
    years = max(0.0, years_between(begin, end)) if begin < end else 0.0
    return 1 - exp(-(shock.hazard_per_year * times + added) * years)


def _tension(scenario: Scenario, day: date, period: int) -> float:
    found = scenario.futures.tension.at(day, period)
    return 1.0 if found is None else found


def make_strike(scenario: Scenario, source: Source, outcome: str, period: int, expected: bool) -> Strike:
    """The strike of a source in ``period``: from its own day if that lies in the period, else from the period's start."""
    start = scenario.calendar.starts[period]
    if source.licence:
        return Strike(source.id, outcome, period, max(start, source.since), source.until, expected)
    assert source.shock is not None
    day = start if source.period is None else max(start, source.since)
    end = None if source.shock.lasts is None else add(day, source.shock.lasts)
    return Strike(source.id, "", period, day, end, expected)
