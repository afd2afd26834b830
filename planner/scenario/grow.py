"""The tree of news: every course of events worth looking at, with its probability. No money, no equipment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

from planner.scenario.calendar import Calendar
from planner.scenario.news import (
    NO_NEWS,
    Outcome,
    Source,
    Strike,
    branch_periods,
    find_outcomes,
    find_sources,
    make_strike,
)
from planner.scenario.scenario import Scenario
from planner.vocabulary import ROOT


class TooManyNodes(Exception):
    """The tree would have more nodes than allowed; ``least`` is how many it has at least."""

    def __init__(self, least: int) -> None:
        """``least``: the nodes found before giving up."""
        super().__init__(f"at least {least} nodes")
        self.least = least


@dataclass(frozen=True, slots=True)
class Moment:
    """A node of the tree: ``strikes`` is all news so far, in the order it came; ``chosen`` how much of it was by chance."""

    name: str
    parent: int
    period: int
    probability: float
    strikes: tuple[Strike, ...] = ()
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """All nodes, parents first, siblings with the least news first.

    ``cut_mass``: probability of the courses of events that are not looked at and stand in their neighbours.
    """

    moments: tuple[Moment, ...]
    cut_mass: float = 0.0


Pick = tuple[int, ...]
"""For each source that may speak, the number of its outcome; 0 is the least news it can have."""


def grow(scenario: Scenario) -> Growth:
    """The tree of the scenario; a chain when nothing can happen. Raises TooManyNodes."""
    calendar, sources = scenario.calendar, find_sources(scenario)
    if scenario.futures.mode == "none" or not sources:
        sources = ()
    periods = frozenset(branch_periods(scenario)) if sources else frozenset()
    moments = [Moment(ROOT, -1, 0, 1.0)]
    notes = [_Note()]
    level, before = [0], 0
    for period in range(1, calendar.periods):
        following: list[int] = []
        for parent in level:
            at, note = moments[parent], notes[parent]
            speaks = period in periods
            for branch in _branch(scenario, sources, at, note, period, before) if speaks else (_Branch(at.probability, note),):
                strikes = (*at.strikes, *branch.strikes)
                name = node_name(calendar, period, strikes)
                following.append(len(moments))
                moments.append(Moment(name, parent, period, branch.probability, strikes, at.chosen + branch.chosen))
                notes.append(branch.note)
            if len(moments) > scenario.futures.max_nodes:
                raise TooManyNodes(len(moments))
        level = following
        before = period if period in periods else before
    return Growth(tuple(moments), sum(notes[leaf].displaced for leaf in level))


@dataclass(frozen=True, slots=True)
class _Note:
    """What the growing remembers of a node: mass held back by source, and how much of its probability is not its own."""

    held: dict[str, float] = field(default_factory=dict)
    displaced: float = 0.0


@dataclass(frozen=True, slots=True)
class _Branch:
    """One way on from a node: probability of the path, new strikes, how many of them by chance."""

    probability: float
    note: _Note
    strikes: tuple[Strike, ...] = ()
    chosen: int = 0


def _branch(
    scenario: Scenario, sources: tuple[Source, ...], at: Moment, note: _Note, period: int, before: int
) -> Iterator[_Branch]:
    """The children of a node, least news first.

    A combination with more strikes than allowed, or less likely than wanted, gives its mass to the kept one that
    agrees with it most. A single strike that is too unlikely is held back and adds to its chance next time, so that
    cutting does not make the worst futures look rarer than they are.
    """
    struck = frozenset(s.source for s in at.strikes)
    speaking: list[tuple[Source, tuple[Outcome, ...]]] = []
    for source in sources:
        held = note.held.get(source.key, 0.0) / at.probability
        if outcomes := find_outcomes(scenario, source, period, before, struck, held):
            speaking.append((source, outcomes))
    room = scenario.futures.max_shocks - at.chosen
    mass: dict[Pick, float] = {}
    received: dict[Pick, float] = defaultdict(float)
    lost: list[tuple[Pick, float]] = []
    for pick in product(*(range(len(outcomes)) for _, outcomes in speaking)):
        chance = at.probability * prod(outcomes[i][1] for (_, outcomes), i in zip(speaking, pick, strict=True))
        if not any(pick) or (_count(pick) <= room and chance >= scenario.futures.min_probability):
            mass[pick] = chance
        else:
            lost.append((pick, chance))
    kept = sorted(mass, key=lambda pick: (-_count(pick), pick))
    held_back: dict[str, float] = {}
    for pick, chance in lost:
        if _count(pick) == 1 and room > 0:
            source = next(source for (source, _), i in zip(speaking, pick, strict=True) if i)
            if source.shock and source.period is None:
                held_back[source.key] = chance
        nearest = next(other for other in kept if all(b in (0, a) for a, b in zip(pick, other, strict=True)))
        received[nearest] += chance
    share = note.displaced / at.probability
    for pick in sorted(mass, key=lambda pick: (_count(pick), pick)):
        if (chance := mass[pick] + received[pick]) > 0:
            after = _Note({} if any(pick) else held_back, mass[pick] * share + received[pick])
            yield _Branch(chance, after, tuple(_strikes(scenario, speaking, pick, period)), _count(pick))


def _count(pick: Pick) -> int:
    return sum(i > 0 for i in pick)


def _strikes(scenario: Scenario, speaking: list[tuple[Source, tuple[Outcome, ...]]], pick: Pick, period: int) -> Iterator[Strike]:
    for (source, outcomes), i in zip(speaking, pick, strict=True):
        name = outcomes[i][0]
        if name != NO_NEWS:
            yield make_strike(scenario, source, name, period, expected=i == 0)


def node_name(calendar: Calendar, period: int, strikes: tuple[Strike, ...]) -> str:
    """``root``, ``2026-Q3``, or ``2027-Q1/export-stop@2026-Q4``: the period and the news so far that was not certain."""
    news = "+".join(
        f"{s.source}{':' + s.outcome if s.outcome else ''}@{calendar.names[s.period]}" for s in strikes if not s.expected
    )
    return (ROOT if period == 0 else calendar.names[period]) + (f"/{news}" if news else "")


def strike_name(scenario: Scenario, strike: Strike) -> str:
    """How people call a piece of news: ``export stop``, ``export licence slow``."""
    names = {shock.id: shock.shown for shock in scenario.shocks}
    names |= {licence.id: licence.shown for licence in scenario.licences}
    shown = names[strike.source]
    return f"{shown} {strike.outcome}" if strike.outcome else shown


def future_name(scenario: Scenario, strikes: tuple[Strike, ...]) -> str:
    """How people call a course of events: ``export stop in 2026-Q4, then tariff in 2027-Q2``."""
    names = scenario.calendar.names
    said = [f"{strike_name(scenario, s)} in {names[s.period]}" for s in strikes if not s.expected]
    return ", then ".join(said) if said else "nothing happens"
