"""Licence reviews: outcomes whose probabilities sum to 1, windows the calendar can see, something that changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planner.scenario.base import NO_TIME
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.news import Source, find_sources, make_strike
from planner.scenario.places import finding_at, place_of
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, LicenceOutcome

OUTCOMES = ("quick", "slow", "refused")
ROUNDING = Decimal("0.001")
"""A sum this near to 1 is taken for rounded numbers."""


def check_licences(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Sums (exact in decimal), windows outside the calendar or over before they are known, outcomes that change nothing."""
    sources = [source for source in find_sources(scenario) if source.licence]
    for i, licence in enumerate(scenario.licences):
        path: Path = ("licences", i)
        yield from _sum(document, path, licence)
        yield from _effects(document, path, licence)
        yield from _windows(scenario, document, path, licence, [one for one in sources if one.licence is licence])


def outcomes_of(licence: Licence) -> dict[str, LicenceOutcome]:
    """The outcomes the file gives, by name; what is left out has probability 0."""
    return {name: getattr(licence, name) for name in OUTCOMES if name in licence.model_fields_set}


def _sum(document: Document, path: Path, licence: Licence) -> Iterator[Finding]:
    given = outcomes_of(licence)
    # The shortest text of a float is the number as people wrote it: 0.7 + 0.2 + 0.1 is 1 in decimal.
    chances = {name: Decimal(repr(outcome.probability)) for name, outcome in given.items()}
    total = sum(chances.values(), Decimal(0))
    if total == 1:
        return
    places = ", ".join(
        f"{name} {chance.normalize():f} ({place_of(document, _place(path, name))})" for name, chance in chances.items()
    )
    problem = f"the probabilities sum to {total.normalize():f}: {places}"
    where = _place(path, list(given)[-1])
    if abs(total - 1) <= ROUNDING:
        shares = ", ".join(f"{name} {float(chance / total):.6g}" for name, chance in chances.items())
        yield finding_at(document, where, f"{problem}; each is divided by the sum", "a sum of 1", f"taken as {shares}", "warning")
    else:
        yield finding_at(document, where, problem, "a sum of 1", "correct them; what is left out has probability 0")


def _place(path: Path, name: str) -> Path:
    return (*path, name, "probability")


def _effects(document: Document, path: Path, licence: Licence) -> Iterator[Finding]:
    if licence.review == NO_TIME and not {"slow", "refused"} & licence.model_fields_set:
        problem = "changes nothing: every review is quick and takes no time"
        yield finding_at(document, path, problem, "review, slow, refused", "say what it changes, or remove it", value=licence.id)
    if licence.slow.probability > 0 and licence.slow.delay == NO_TIME:
        problem = "has no delay, so it is as good as quick"
        yield finding_at(document, (*path, "slow"), problem, "slow: {probability, delay}", "add a delay", "warning")


def _windows(scenario: Scenario, document: Document, path: Path, licence: Licence, sources: list[Source]) -> Iterator[Finding]:
    calendar = scenario.calendar
    span = f"{calendar.start} to {calendar.end}"
    spoken = {source.since: source for source in sources}
    first = {source.period: source.since for source in reversed(sources)}
    for w, day in enumerate(licence.windows):
        where: Path = (*path, "windows", w)
        source = spoken.get(day)
        if day < calendar.start:
            problem = f"begins before the calendar ({calendar.start}): its outcome is a fact, not news"
            yield finding_at(document, where, problem, span, f"write {calendar.start} if it is still open, else remove it")
        elif source is None or source.period is None:
            late = day >= calendar.end
            problem = (
                f"is never drawn: {f'the calendar ends on {calendar.end}' if late else 'no period of branch_at ends after it'}"
            )
            yield finding_at(document, where, problem, span, "remove it, or lengthen the calendar", "warning")
        elif first[source.period] != day:
            problem = f"becomes known in the same period as the window of {first[source.period]}"
            yield finding_at(
                document, where, problem, "one window a period", "leave one out, or let news come more often (branch_at)"
            )
        elif not make_strike(scenario, source, "slow", source.period, False).holds(
            known := max(day, calendar.starts[source.period])
        ):
            problem = f"is over before its outcome is known ({known}): it changes nothing"
            yield finding_at(document, where, problem, span, "remove it, or let news come earlier (branch_at)", "warning")
        elif known > day:
            problem = f"is known and holds from {known} on, the first day on which news can come"
            yield finding_at(document, where, problem, severity="note")
