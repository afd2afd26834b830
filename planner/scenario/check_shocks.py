"""When shocks come: dates and hazards against the calendar, what comes after what, how likely and how well founded."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.dates import NO_DURATION
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.news import Source, branch_periods, find_chance, find_sources, make_strike
from planner.scenario.places import finding_at
from planner.scenario.scenario import Scenario
from planner.scenario.shock_effects import FIRST_DAYS, given_effects
from planner.scenario.shocks import Shock

NEARLY_CERTAIN = 0.99


def check_shocks(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Shocks outside the calendar, hazards that are certain or never, shocks that come after themselves."""
    sources = {source.id: source for source in find_sources(scenario) if source.shock}
    for i, shock in enumerate(scenario.shocks):
        path: Path = ("shocks", i)
        if shock.lasts == NO_DURATION:
            yield finding_at(
                document, (*path, "lasts"), "holds for no time at all", "at least 1 day", "leave it out if it is for good"
            )
        elif shock.date is None:
            yield from _hazard(scenario, document, path, sources[shock.id])
        else:
            yield from _dated(scenario, document, path, shock, sources.get(shock.id))
        yield from _after(document, path, shock)
    yield from _circles(scenario, document)


def _dated(scenario: Scenario, document: Document, path: Path, shock: Shock, source: Source | None) -> Iterator[Finding]:
    calendar, where = scenario.calendar, (*path, "date")
    span = f"{calendar.start} to {calendar.end}"
    assert shock.date is not None
    if shock.date < calendar.start:
        problem = f"is before the calendar starts ({calendar.start}): it is a fact, not news"
        yield finding_at(document, where, problem, span, "put what it changed into the numbers and remove the shock")
    elif source is None or source.period is None:
        late = shock.date >= calendar.end
        problem = f"never happens: {f'the calendar ends on {calendar.end}' if late else 'no period of branch_at ends after it'}"
        yield finding_at(document, where, problem, span, "correct the date, or lengthen the calendar", "warning")
    else:
        strike = make_strike(scenario, source, "", source.period, False)
        if strike.day > shock.date:
            problem = f"is known and holds from {strike.day} on, the first day on which news can come after it"
            yield finding_at(document, where, problem, severity="note")
        idle = [name for name in given_effects(shock) if name in FIRST_DAYS]
        if idle and strike.end and strike.end < calendar.end and not any(map(strike.holds, calendar.starts)):
            problem = f"ends before the next period begins: {' and '.join(idle)} count on first days of periods only"
            yield finding_at(document, (*path, "lasts"), problem, "longer", "let it last into the next period", "warning")


def _hazard(scenario: Scenario, document: Document, path: Path, source: Source) -> Iterator[Finding]:
    calendar, shock, periods = scenario.calendar, source.shock, branch_periods(scenario)
    assert shock is not None
    last = calendar.starts[periods[-1]] if periods else calendar.start
    if source.since >= last or (source.until is not None and source.until <= calendar.start):
        key = "from" if source.since >= last else "until"
        problem = f"never strikes: news comes after {calendar.start}, and up to {last}"
        fix = "correct the span, or lengthen the calendar"
        yield finding_at(document, (*path, key), problem, f"{calendar.start} to {last}", fix, "warning")
        return
    never, before = 1.0, 0
    for period in periods:
        never *= 1 - find_chance(scenario, source, period, before, frozenset())
        before = period
    if 1 - never > NEARLY_CERTAIN:
        problem = f"is nearly certain: {1 - never:.1%} within the calendar"
        fix = "check that it is per year; what is certain belongs in the numbers"
        yield finding_at(document, (*path, "hazard_per_year"), problem, "", fix, "warning")


def _after(document: Document, path: Path, shock: Shock) -> Iterator[Finding]:
    seen: set[str] = set()
    for k, more in enumerate(shock.after):
        where = (*path, "after", k, "shock")
        if more.shock == shock.id:
            yield finding_at(document, where, "comes after itself: a shock strikes once", "other shocks", "remove it")
        elif more.shock in seen:
            yield finding_at(document, where, "is named twice", "each shock once", "put both into one entry")
        elif more.times == 1 and more.hazard_per_year == 0:
            yield finding_at(
                document, where, "changes nothing: neither times nor hazard_per_year is given", "", "add one", "warning"
            )
        seen.add(more.shock)


def _circles(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Shocks that make each other likelier: allowed, as each strikes once; said because it may not be meant."""
    causes = {shock.id: {more.shock for more in shock.after} - {shock.id} for shock in scenario.shocks}
    told: set[str] = set()
    for i, shock in enumerate(scenario.shocks):
        ring = {name for name in _earlier(causes, shock.id) if shock.id in _earlier(causes, name)}
        if ring and shock.id not in told:
            told |= ring
            problem = f"a circle of {', '.join(sorted(ring))}: whichever strikes first changes the chance of the others"
            yield finding_at(document, ("shocks", i, "after"), problem, severity="note")


def _earlier(causes: dict[str, set[str]], name: str) -> set[str]:
    """Every shock that has a say in the chance of this one, directly or through others."""
    found: set[str] = set()
    left = list(causes.get(name, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += causes.get(one, ())
    return found
