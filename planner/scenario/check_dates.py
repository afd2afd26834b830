"""Dates and periods against the calendar: what lies outside it, what comes too late, what has no number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import MONTHS, parse_period, window_start
from planner.scenario.document import Document, Path
from planner.scenario.figures import walk
from planner.scenario.findings import Finding, Severity
from planner.scenario.places import finding_at, place_of
from planner.scenario.pools import find_pools, keys_of_slots
from planner.scenario.reach import find_reaches
from planner.scenario.scenario import Scenario


def check_dates(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """All complaints about time."""
    yield from _series(scenario, document)
    yield from _starts_later(scenario, document)
    yield from _slot_keys(scenario, document)
    yield from _offers_in_time(scenario, document)
    yield from _commitments(scenario, document)
    yield from _duties(scenario, document)
    yield from _policy_days(scenario, document)
    yield from _sites_ready(scenario, document)


def _wanted_paths(scenario: Scenario) -> set[Path]:
    return {("demand", d, *rest) for d in range(len(scenario.demand)) for rest in (("target_mw",), ("data_centre", "load_mw"))}


def _series(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Lists as long as the calendar, keys that matter to it."""
    wanted = _wanted_paths(scenario)
    for path, value in walk(scenario):
        if not isinstance(value, ByPeriod):
            continue
        if path[-2:] == ("slots", "units"):
            yield from _keys_outside(scenario, document, keys_of_slots(document, path[:-1]), value, False)
        else:
            yield from _list_length(scenario, document, path, value, path in wanted)
            yield from _keys_outside(scenario, document, path, value, path in wanted)


def _list_length(scenario: Scenario, document: Document, path: Path, value: ByPeriod, target: bool) -> Iterator[Finding]:
    names, given = scenario.calendar.names, len(value.listed)
    if not given or given == len(names):
        return
    allowed = f"{len(names)} numbers, one per period of the calendar"
    if given > len(names):
        problem = (
            f"lists {given} numbers, but the calendar has {len(names)} periods; number {len(names) + 1} is not in the calendar"
        )
        yield finding_at(document, (*path, len(names)), problem, allowed, "remove the last ones or lengthen the calendar")
    elif target:
        problem = f"no demand given for period {names[given]}"
        yield finding_at(document, path, problem, allowed, "write 0 if none", value=f"{given} numbers")
    else:
        yield finding_at(
            document,
            path,
            f"no number given for period {names[given]}",
            allowed,
            "add the missing ones",
            value=f"{given} numbers",
        )


def _keys_outside(scenario: Scenario, document: Document, path: Path, value: ByPeriod, target: bool) -> Iterator[Finding]:
    calendar = scenario.calendar
    span = f"{calendar.names[0]} to {calendar.names[-1]}"
    points = [point for point in value.points if point[2]]
    # An index has a history; what it was before the calendar is no slip.
    earliest = date.min if path == ("futures", "tension") else calendar.start
    for index, (day, _, key) in enumerate(points):
        following = points[index + 1][0] if index + 1 < len(points) else date.max
        leads_there = value.interpolate == "linear" and index > 0 and points[index - 1][0] < calendar.end
        if earliest < following and (day < calendar.end or leads_there):
            continue
        if target:
            problem = f"{key} is not in the calendar and has no effect"
            yield finding_at(document, (*path, key), problem, span, "correct the period or lengthen the calendar")
        else:
            yield finding_at(document, (*path, key), f"{key} is outside the calendar: no effect", span, "", "note")


def _starts_later(scenario: Scenario, document: Document) -> Iterator[Finding]:
    start = scenario.calendar.start
    for d, demand in enumerate(scenario.demand):
        points = demand.wanted.points
        if points and points[0][0] > start:
            path: Path = ("demand", d, "target_mw" if demand.target_mw else "data_centre")
            problem = f"starts with {points[0][2]}; the target before it is 0"
            yield finding_at(document, path, problem, "", "", "note")


def _slot_keys(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """A key inside a window changes nothing for that window: its slots are those of its first day."""
    for pool in find_pools(scenario):
        per = pool.slots.per
        for day, _, key in pool.slots.units.points:
            if key and day != window_start(day, per):
                problem = f"{key} begins inside a {per}; it counts from the next {per} on"
                path = (*keys_of_slots(document, pool.path), key)
                yield finding_at(document, path, problem, f"the first day of a {per}", "move the key", "warning")


def _offers_in_time(scenario: Scenario, document: Document) -> Iterator[Finding]:
    last = scenario.calendar.starts[-2]
    reaches = find_reaches(scenario)
    for o, offer in enumerate(scenario.offers):
        reach = reaches[offer.id]
        where = place_of(document, ("calendar", "start"))
        if offer.valid.until and offer.valid.until < scenario.calendar.start:
            problem = f"expires before the calendar starts on {scenario.calendar.start} ({where}): it can never be ordered"
            yield finding_at(
                document, ("offers", o, "valid", "until"), problem, "", "get a new offer or remove this one", "warning"
            )
        elif offer.valid.start and offer.valid.start >= scenario.calendar.end:
            problem = f"begins after the calendar ends on {scenario.calendar.end}: it can never be ordered"
            yield finding_at(
                document, ("offers", o, "valid", "from"), problem, "", "lengthen the calendar or remove the offer", "warning"
            )
        elif reach.day is None:
            problem = f"can never be in service within the calendar: {reach.why}"
            yield finding_at(document, ("offers", o, "id"), problem, "", "check its dates and slots", "warning")
        elif reach.day > last:
            problem = f"can never be in service within the calendar: accepted on {reach.day}, the last period begins {last}"
            yield finding_at(
                document,
                ("offers", o, "id"),
                problem,
                f"accepted by {last}",
                "lengthen the calendar or shorten its times",
                "warning",
            )


def _commitments(scenario: Scenario, document: Document) -> Iterator[Finding]:
    calendar = scenario.calendar
    for c, commitment in enumerate(scenario.commitments):
        path: Path = ("commitments", c)
        if commitment.ordered >= calendar.starts[1]:
            problem = f"is ordered after the first period, which ends {calendar.starts[1]}: a commitment is signed already"
            yield finding_at(
                document, (*path, "ordered"), problem, f"before {calendar.starts[1]}", "use a pin for a later order", "warning"
            )
        if commitment.ships >= calendar.end:
            problem = f"ships after the calendar's end ({calendar.end}): only its money counts"
            yield finding_at(document, (*path, "ships"), problem, severity="note")
        elif commitment.ships < calendar.start and "slots" in commitment.counted:
            problem = f"shipped before the calendar starts ({calendar.start}): it takes no slot of a later window"
            yield finding_at(document, (*path, "ships"), problem, severity="note")


def _duties(scenario: Scenario, document: Document) -> Iterator[Finding]:
    calendar = scenario.calendar
    for t, duty in enumerate(scenario.duties):
        if duty.starts and duty.starts >= calendar.end:
            problem = f"starts after the calendar's end ({calendar.end}): what enters before it pays nothing"
            yield finding_at(document, ("duties", t, "starts"), problem, severity="note")
        elif duty.ends and duty.ends <= calendar.start:
            problem = f"ends before the calendar starts ({calendar.start}): no effect"
            yield finding_at(document, ("duties", t, "ends"), problem, severity="note")


def _policy_days(scenario: Scenario, document: Document) -> Iterator[Finding]:
    calendar, policy = scenario.calendar, scenario.policy
    span = f"{calendar.names[0]} to {calendar.names[-1]}"
    for i, day in enumerate(policy.approvals.sign if policy.approvals else ()):
        if not calendar.start <= day < calendar.end:
            problem = "is not in the calendar: nothing can be signed that day"
            yield finding_at(document, ("policy", "approvals", "sign", i), problem, span, "correct the day", "warning")
    named: list[tuple[Path, str | None]] = [(("policy", "forbid", i, "period"), f.period) for i, f in enumerate(policy.forbid)]
    for i, pin in enumerate(policy.pins):
        named += [(("policy", "pins", i, "period"), pin.period), (("policy", "pins", i, "ships"), pin.ships)]
    for path, text in named:
        if text is not None:
            yield from _period(scenario, document, path, text)


def _period(scenario: Scenario, document: Document, path: Path, text: str) -> Iterator[Finding]:
    """One decision belongs to one period: named as the calendar names it, or by a day in it."""
    calendar = scenario.calendar
    span = f"{calendar.names[0]} to {calendar.names[-1]}"
    try:
        day, kind = parse_period(text)
    except ValueError:
        yield finding_at(document, path, "is not a period", span, "write it like " + calendar.names[0])
        return
    if not calendar.start <= day < calendar.end:
        yield finding_at(document, path, "is not in the calendar", span, "correct the period or lengthen the calendar")
    elif kind != "day" and MONTHS[kind] > calendar.months:
        name = calendar.names[calendar.period_of(day)]
        problem = f"is longer than one {calendar.step}; it stands for {name} alone, the period of its first day"
        # A rule that forbids less than it seems to is a slip; a pin is as good as before.
        severity: Severity = "warning" if "forbid" in path else "note"
        yield finding_at(document, path, problem, span, f"write {name}, and the others if they are meant", severity)


def _sites_ready(scenario: Scenario, document: Document) -> Iterator[Finding]:
    last = scenario.calendar.starts[-2]
    for i, site in enumerate(scenario.sites):
        if site.ready and site.ready > last:
            problem = f"is after the last period begins ({last}): the site never produces"
            yield finding_at(document, ("sites", i, "ready"), problem, f"by {last}", "lengthen the calendar", "warning")
