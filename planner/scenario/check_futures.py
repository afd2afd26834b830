"""How news is looked at: days of branching, the tension dial, news that is left out, chances without a range."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.check_licences import outcomes_of
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.news import GEOPOLITICAL
from planner.scenario.parts import ALL_FIELDS, find_parts
from planner.scenario.places import finding_at, nearest
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock


def has_news(scenario: Scenario) -> bool:
    """Whether anything can happen in the futures that are looked at."""
    return bool(scenario.shocks or scenario.licences) and scenario.futures.mode != "none"


def check_futures(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Days of branching that do not count, a dial without hand, news left out, chances without low and high."""
    yield from _mode(scenario, document)
    yield from _branch_at(scenario, document)
    yield from _tension(scenario, document)
    yield from _ranges(scenario, document)


def _mode(scenario: Scenario, document: Document) -> Iterator[Finding]:
    counts = {"shock": len(scenario.shocks), "licence review": len(scenario.licences)}
    if scenario.futures.mode == "none" and any(counts.values()):
        told = " and ".join(f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n)
        stays = "; reviews still take their time" if scenario.licences else ""
        yield finding_at(document, ("futures", "mode"), f"no news comes: {told} left out{stays}", severity="note")


def _branch_at(scenario: Scenario, document: Document) -> Iterator[Finding]:
    calendar, days = scenario.calendar, scenario.futures.branch_at
    if calendar.periods == 1:
        return
    span = f"{calendar.starts[1]} to {calendar.end}"
    useful = False
    for i, day in enumerate(days):
        where: Path = ("futures", "branch_at", i)
        if calendar.starts[1] <= day < calendar.end:
            useful = True
        elif calendar.start <= day < calendar.end:
            problem = f"is in the first period, {calendar.names[0]}: today is known, no news comes then"
            yield finding_at(document, where, problem, span, "name a later day", "warning")
        else:
            yield finding_at(document, where, "is not in the calendar: no news comes then", span, "correct the day", "warning")
    if days and not useful and has_news(scenario):
        problem = "no day of it is in a later period of the calendar: nothing can ever happen"
        yield finding_at(document, ("futures", "branch_at"), problem, span, "correct the days, or write mode: none")


def _tension(scenario: Scenario, document: Document) -> Iterator[Finding]:
    dial, path = scenario.futures.tension, ("futures", "tension")
    if "tension" not in scenario.futures.model_fields_set or not scenario.shocks:
        return
    tags = {tag for shock in scenario.shocks for tag in shock.tags}
    if GEOPOLITICAL not in tags:
        near = nearest(GEOPOLITICAL, tags)
        fix = f"write {GEOPOLITICAL} for {near}" if near else f"tag the shocks it means {GEOPOLITICAL}"
        yield finding_at(document, path, f"no shock is tagged {GEOPOLITICAL}: no effect", "", fix, "warning")
    elif dial.points and dial.points[0][0] > scenario.calendar.start and dial.points[0][2]:
        yield finding_at(document, path, f"starts with {dial.points[0][2]}; before it the dial is 1", severity="note")


def _ranges(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Chances whose sources give no low and high end. Parts without any source stand in the register as such."""
    for part in find_parts(scenario):
        if not part.item.sources or not isinstance(part.item, Shock | Licence):
            continue
        ranged = {name for one in part.item.sources if one.low is not None and one.high is not None for name in one.field}
        for name in _chances(part.item):
            if not {name, f"{name}.probability", ALL_FIELDS} & ranged:
                problem = "is a planning number, and no source gives its range (low and high)"
                yield finding_at(document, (*part.path, name), problem, "", "set your own", "note")


def _chances(item: Shock | Licence) -> list[str]:
    """Fields that hold a chance neither certain nor impossible."""
    if isinstance(item, Licence):
        return [name for name, outcome in outcomes_of(item).items() if 0 < outcome.probability < 1]
    if item.hazard_per_year is None:
        return ["probability"] if 0 < (item.probability or 0) < 1 else []
    return ["hazard_per_year"] if item.hazard_per_year > 0 else []
