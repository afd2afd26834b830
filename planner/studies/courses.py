"""Courses of events as numbers: which source of news struck when, for many futures at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.scenario.news import Source, Strike, branch_periods, find_sources, make_strike
from planner.scenario.scenario import Scenario
from planner.studies.days import FOREVER, NEVER, Flags, Ints, Whole, day_number

OUTCOMES = ("", "slow", "refused")
"""What a strike says, by number less one: a shock has struck, a review is slow or refused."""
SLOW, REFUSED = 2, 3
NOT_YET = np.int32(10_000)
"""The period of what does not strike."""


@dataclass(frozen=True)
class Voice:
    """A source of news and all it can say: code c > 0 stands for ``strikes[c - 1]``, code 0 for nothing."""

    source: Source
    strikes: tuple[Strike, ...]


@dataclass(frozen=True)
class Courses:
    """Different courses of events and the futures that take them.

    ``news``: the strikes of each course. ``index``: the course of every future, [future].
    ``probability``: of every future, [future]; they sum to 1.
    """

    news: News
    index: Whole
    probability: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many futures there are."""
        return len(self.index)


@dataclass(frozen=True)
class News:
    """Strikes by voice and row (a course of events): the first and the first free day, the outcome, the period.

    Where nothing strikes the day is ``NEVER``, the outcome 0 and the period ``NOT_YET``. All arrays are [voice, row].
    """

    voices: tuple[Voice, ...]
    day: Ints
    end: Ints
    outcome: NDArray[np.int8]
    period: Ints

    @property
    def rows(self) -> int:
        """How many courses of events these are."""
        return int(self.day.shape[1])

    def holds(self, voice: int, day: Ints | int) -> Flags:
        """Whether what the voice says is in force on the day (one for all rows, or one each)."""
        held: Flags = (self.day[voice] <= day) & (day < self.end[voice])
        return held

    def of(self, rows: Whole | slice) -> News:
        """The same for some rows."""
        return News(self.voices, self.day[:, rows], self.end[:, rows], self.outcome[:, rows], self.period[:, rows])

    def known(self, period: int) -> News:
        """The same as far as it is known at the start of ``period``."""
        late = self.period > period
        outcome = np.where(late, np.int8(0), self.outcome)
        return News(self.voices, np.where(late, np.int32(NEVER), self.day), self.end, outcome, self.period)


def find_voices(scenario: Scenario) -> tuple[Voice, ...]:
    """Every source of the scenario with all it can say, in the order of the sources."""
    found = []
    for source in find_sources(scenario):
        periods = (source.period,) if source.period is not None else branch_periods(scenario)
        says = OUTCOMES[1:] if source.licence else OUTCOMES[:1]
        strikes = (make_strike(scenario, source, outcome, period, False) for period in periods for outcome in says)
        found.append(Voice(source, tuple(strikes)))
    return tuple(found)


def voice_numbers(voices: tuple[Voice, ...]) -> dict[tuple[str, object], int]:
    """The voice of a strike, by ``strike_key``."""
    return {(v.source.id, v.source.until if v.source.licence else None): n for n, v in enumerate(voices)}


def strike_key(strike: Strike) -> tuple[str, object]:
    """Tells the windows of a licence apart, which end on different days."""
    return strike.source, strike.end if strike.outcome else None


def build_news(voices: tuple[Voice, ...], futures: Sequence[tuple[Strike, ...]]) -> News:
    """The strikes of some futures, one row each."""
    codes = np.zeros((len(futures), len(voices)), np.int16)
    place = voice_numbers(voices)
    said: list[list[Strike]] = [[] for _ in voices]
    for row, strikes in enumerate(futures):
        for strike in strikes:
            v = place[strike_key(strike)]
            if strike not in said[v]:
                said[v].append(strike)
            codes[row, v] = 1 + said[v].index(strike)
    return decode(tuple(Voice(voice.source, tuple(found)) for voice, found in zip(voices, said, strict=True)), codes)


def decode(voices: tuple[Voice, ...], codes: NDArray[np.int16]) -> News:
    """The strikes of rows of codes, [row, voice]."""
    shape = (len(voices), len(codes))
    day, end = np.full(shape, NEVER, np.int32), np.full(shape, NEVER, np.int32)
    outcome, period = np.zeros(shape, np.int8), np.full(shape, NOT_YET, np.int32)
    for v, voice in enumerate(voices):
        said = [(NEVER, NEVER, 0, NOT_YET), *(_numbers(strike) for strike in voice.strikes)]
        table = np.array(said, np.int32)[codes[:, v]]
        day[v], end[v], outcome[v], period[v] = table.T
    return News(voices, day, end, outcome, period)


def _numbers(strike: Strike) -> tuple[int, int, int, int]:
    end = FOREVER if strike.end is None else day_number(strike.end)
    return day_number(strike.day), end, 1 + OUTCOMES.index(strike.outcome), strike.period


def group_rows(columns: Sequence[NDArray[np.integer[Any]]], rows: int) -> tuple[Whole, Whole]:
    """(first row of each group, group of each row): rows are in one group when all columns agree."""
    key = np.zeros(rows, np.int64)
    bound = 1
    for column in columns:
        width = int(column.max(initial=0)) + 1
        if bound * width >= 2**62:
            key = np.unique(key, return_inverse=True)[1]
            bound = rows
        key = key * width + column
        bound *= width
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return first, group.reshape(-1)


def gather(voices: tuple[Voice, ...], codes: NDArray[np.int16]) -> Courses:
    """Equally likely futures from one row of codes for each."""
    first, group = group_rows(tuple(codes.T), len(codes))
    return Courses(decode(voices, codes[first]), group, np.full(len(codes), 1 / len(codes)))
