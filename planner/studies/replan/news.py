"""News and the day of planning anew: what can no longer come, and which course of events has come about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from planner.plan.paths import Paths
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock
from planner.studies.worlds import Data

Told = frozenset[tuple[str, str, str]]
"""News: (shock or licence, outcome, name of the period in which it became known)."""


def close_news(data: Data, scenario: Scenario, as_of: date) -> tuple[Data, tuple[str, ...]]:
    """The data without the chance of news before the day that has not come, and what that is, in words.

    News that has come stands in the scenario as certain (probability 1). Every other chance before the day is over: a hazard
    begins on the day, a dated shock does not come, a licence window that has begun is quick.
    """
    if as_of <= scenario.calendar.start:
        return data, ()
    found = dict(data)
    said: list[str] = []
    shocks, licences = {shock.id: shock for shock in scenario.shocks}, {part.id: part for part in scenario.licences}
    if shocks:
        found["shocks"] = [_close_shock(raw, shocks[raw["id"]], as_of, said) for raw in data["shocks"]]
    if licences:
        found["licences"] = [_close_licence(raw, licences[raw["id"]], as_of, said) for raw in data["licences"]]
    return found, tuple(said)


def _close_shock(raw: Data, shock: Shock, as_of: date, said: list[str]) -> Data:
    if shock.date is not None:
        if shock.date >= as_of or shock.probability in (0, 1):
            return raw
        said.append(f"{shock.shown} did not come on {shock.date}")
        return {**raw, "probability": 0}
    if not shock.hazard_per_year or (shock.start or date.min) >= as_of:
        return raw
    said.append(f"{shock.shown} has not come before {as_of}")
    if shock.until is not None and shock.until <= as_of:
        return {**raw, "hazard_per_year": 0}
    return {**raw, "from": as_of.isoformat()}


def _close_licence(raw: Data, licence: Licence, as_of: date, said: list[str]) -> Data:
    later = [day for day in licence.windows if day >= as_of]
    certain = 1 in (licence.quick.probability, licence.slow.probability, licence.refused.probability)
    if certain or (licence.windows and len(later) == len(licence.windows)):
        return raw
    said.append(f"reviews of {licence.shown} begun before {as_of} are quick")
    if later:
        return {**raw, "windows": [day.isoformat() for day in later]}
    return {**raw, "quick": 1, "slow": 0, "refused": 0}


@dataclass(frozen=True)
class Course:
    """The node of the approved plan's tree at which events stand on the day; ``unknown``: news its tree does not have there."""

    node: str
    told: Told
    unknown: tuple[str, ...] = ()


def find_course(approved: Paths, names: tuple[str, ...], today: Paths, today_names: tuple[str, ...], period: str) -> Course:
    """Where events stand in the approved tree in the period, by the news that is certain in today's scenario.

    ``names``: of the periods of either calendar. Dates of news may differ by a period or more: the nearest is taken.
    """
    came = _certain(today, today_names, period)
    sources = {(source, outcome) for source, outcome, _ in came}
    known = {moment.name: told_at(approved, names, moment.name) for moment in approved.moments if names[moment.period] == period}
    fitting = {name: told for name, told in known.items() if {(s, o) for s, o, _ in told} <= sources}
    node = max(fitting, key=lambda name: (len(fitting[name]), len(fitting[name] & came)))
    sure = {(s, o) for s, o, _ in _certain(approved, names, period)}
    told = {(s, o) for s, o, _ in fitting[node]} | sure
    return Course(node, fitting[node], tuple(sorted(f"{s} {o}".strip() for s, o in sources - told)))


def told_at(paths: Paths, names: tuple[str, ...], node: str) -> Told:
    """The news up to a node that was not certain to come."""
    return frozenset((strike.source, strike.outcome, names[strike.period]) for strike in paths.told(node))


def _certain(paths: Paths, names: tuple[str, ...], period: str) -> Told:
    strikes = paths.at(next(node for node in paths.trunk if names[paths.at(node).period] == period)).strikes
    return frozenset((s.source, s.outcome, names[s.period]) for s in strikes if s.expected)


def parts_of(told: Told) -> Iterator[Told]:
    """The news and every part of it, the largest first."""
    ordered = sorted(told)
    for size in range(len(ordered), -1, -1):
        yield from (frozenset(part) for part in combinations(ordered, size))
