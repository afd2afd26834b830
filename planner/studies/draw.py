"""Fresh futures: every source of news follows its own chances, period by period, or the futures of a tree are drawn."""

from __future__ import annotations

from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from planner.scenario.grow import Growth
from planner.scenario.news import NO_NEWS, Outcome, branch_periods, find_outcomes
from planner.scenario.scenario import Scenario
from planner.studies.courses import OUTCOMES, Courses, Voice, build_news, find_voices, gather

BLOCK = 20_000
"""Futures drawn at once: keeps the random numbers small."""

Codes = NDArray[np.int16]


def draw_futures(scenario: Scenario, count: int, seed: int) -> Courses:
    """``count`` futures, equally likely, without the limits of the tree.

    News can come in every period but the first, whatever ``branch_at`` says; any number of shocks may strike, at the
    same time too. Each source has random numbers of its own, so that the same seed gives the same futures for every
    plan, the first futures of a longer draw are those of a shorter one, and a source that is added or removed leaves
    the draws of the others alone (but for those that come ``after`` it).
    """
    free = _without_tree(scenario)
    voices, periods = find_voices(free), branch_periods(free)
    streams = [np.random.default_rng([seed, crc32(voice.source.key.encode())]) for voice in voices]
    blocks = []
    for begin in range(0, count, BLOCK):
        size = min(BLOCK, count - begin)
        numbers = [stream.random((size, scenario.calendar.periods)) for stream in streams]
        blocks.append(_draw_block(free, voices, periods, numbers, size))
    return gather(voices, np.concatenate(blocks) if blocks else np.zeros((0, len(voices)), np.int16))


def _without_tree(scenario: Scenario) -> Scenario:
    futures = scenario.futures.model_copy(update={"branch_at": ()})
    return scenario.model_copy(update={"futures": futures})


def _draw_block(
    scenario: Scenario, voices: tuple[Voice, ...], periods: tuple[int, ...], numbers: list[NDArray[np.float64]], size: int
) -> Codes:
    codes = np.zeros((size, len(voices)), np.int16)
    before = 0
    for period in periods:
        above = codes > 0  # what a source is likelier after must have struck in an earlier period
        for v, voice in enumerate(voices):
            if voice.source.period in (None, period):
                _speak(scenario, voices, v, (period, before), numbers[v][:, period], above, codes[:, v])
        before = period
    return codes


def _speak(
    scenario: Scenario,
    voices: tuple[Voice, ...],
    v: int,
    when: tuple[int, int],
    number: NDArray[np.float64],
    above: NDArray[np.bool_],
    said: Codes,
) -> None:
    """One source in one period: writes the code of what it says into ``said``."""
    voice, (period, before) = voices[v], when
    silent = said == 0
    shock = voice.source.shock
    causes = {more.shock for more in shock.after} if shock else set()
    columns = [c for c, other in enumerate(voices) if other.source.shock and other.source.id in causes]
    mixed = sum((above[:, c].astype(np.int64) << i for i, c in enumerate(columns)), np.zeros(len(said), np.int64))
    for mix in np.unique(mixed[silent]):
        struck = frozenset(voices[c].source.id for i, c in enumerate(columns) if mix >> i & 1)
        rows = silent & (mixed == mix)
        outcomes = find_outcomes(scenario, voice.source, period, before, struck, 0.0)
        said[rows] = _pick(voice, period, outcomes, number[rows])


def _pick(voice: Voice, period: int, outcomes: tuple[Outcome, ...], number: NDArray[np.float64]) -> Codes:
    codes = [0 if name == NO_NEWS else _code(voice, name, period) for name, _ in outcomes]
    if not codes:
        return np.zeros(len(number), np.int16)
    edges = list(accumulate(chance for _, chance in outcomes))[:-1]
    return np.array(codes, np.int16)[np.searchsorted(edges, number, side="right")]


def _code(voice: Voice, outcome: str, period: int) -> int:
    says = outcome if voice.source.licence else OUTCOMES[0]
    return 1 + next(i for i, strike in enumerate(voice.strikes) if strike.outcome == says and strike.period == period)


def find_leaves(growth: Growth) -> list[int]:
    """Numbers of the nodes without children, in order: one per future."""
    parents = {moment.parent for moment in growth.moments}
    return [n for n in range(len(growth.moments)) if n not in parents]


def tree_futures(scenario: Scenario, growth: Growth) -> Courses:
    """Every future of the tree once, with its probability, in the order of its leaves."""
    leaves = [growth.moments[leaf] for leaf in find_leaves(growth)]
    news = build_news(find_voices(scenario), [leaf.strikes for leaf in leaves])
    return Courses(news, np.arange(len(leaves)), np.array([leaf.probability for leaf in leaves]))


def draw_from_tree(scenario: Scenario, growth: Growth, count: int, seed: int) -> Courses:
    """``count`` of the tree's own futures, equally likely, each drawn with its probability in the tree."""
    whole = tree_futures(scenario, growth)
    edges = np.cumsum(whole.probability)
    picked = np.searchsorted(edges / edges[-1], np.random.default_rng(seed).random(count), side="right")
    first, index = np.unique(np.minimum(picked, len(edges) - 1), return_inverse=True)
    return Courses(whole.news.of(first), index, np.full(count, 1 / count))
