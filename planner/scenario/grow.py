"""The tree of news: every course of events worth looking at, with its probability. No money, no equipment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    chances, masks, owners = _combine(speaking)
    mass: dict[int, float] = {}
    received: dict[int, float] = defaultdict(float)
    lost: list[tuple[int, float]] = []
    for number, mask in enumerate(masks):
        chance = at.probability * chances[number]
        if not mask or (mask.bit_count() <= room and chance >= scenario.futures.min_probability):
            mass[number] = chance
        else:
            lost.append((mask, chance))
    kept = [(number, masks[number]) for number in sorted(mass, key=lambda number: (-masks[number].bit_count(), number))]
    held_back: dict[str, float] = {}
    for mask, chance in lost:
        if room > 0 and mask in owners:
            source = owners[mask]
            if source.shock and source.period is None:
                held_back[source.key] = chance
        nearest = next(number for number, part in kept if part & mask == part)
        received[nearest] += chance
    share = note.displaced / at.probability
    for number in sorted(mass, key=lambda number: (masks[number].bit_count(), number)):
        if (chance := mass[number] + received[number]) > 0:
            mask = masks[number]
            after = _Note({} if mask else held_back, mass[number] * share + received[number])
            yield _Branch(chance, after, tuple(_strikes(scenario, speaking, number, period)), mask.bit_count())


def _combine(speaking: list[tuple[Source, tuple[Outcome, ...]]]) -> tuple[list[float], list[int], dict[int, Source]]:
    """Every combination of outcomes, the last source changing fastest: the product of their probabilities, and a mask.

    A mask has a bit for every outcome that is not the least news: one combination is part of another if its bits are.
    Last, the source of each bit.
    """
    chances, masks, owners, bit = [1.0], [0], dict[int, Source](), 1
    for source, outcomes in speaking:
        bits = [0, *(bit << i for i in range(len(outcomes) - 1))]
        bit <<= len(outcomes) - 1
        owners |= dict.fromkeys(bits[1:], source)
        chances = [product * chance for product in chances for _, chance in outcomes]
        masks = [mask | own for mask in masks for own in bits]
    return chances, masks, owners


def _strikes(
    scenario: Scenario, speaking: list[tuple[Source, tuple[Outcome, ...]]], number: int, period: int
) -> Iterator[Strike]:
    """What the sources say in the combination with this number."""
    said: list[Strike] = []
    for source, outcomes in reversed(speaking):
        number, i = divmod(number, len(outcomes))
        name = outcomes[i][0]
        if name != NO_NEWS:
            said.append(make_strike(scenario, source, name, period, expected=i == 0))
    return reversed(said)


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
