"""How a plan reacts to news it was not made for: which node of its tree a future looks like, period by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.scenario.grow import Growth
from planner.studies.courses import NOT_YET, OUTCOMES, News, Voice, group_rows, strike_key, voice_numbers
from planner.studies.days import Flags, Whole


@dataclass(frozen=True)
class Reaction:
    """The node each course of events is at, by period: arrays [period, row].

    ``node``: number of the node of the tree. ``known``: a node of that period has the same shocks and outcomes.
    ``exact``: the node has them on the same dates, so the course is one of the tree's own so far.
    """

    node: Whole
    known: Flags
    exact: Flags


@dataclass(frozen=True)
class _Nodes:
    """The nodes of one period: their numbers, and what has struck there by node and voice (outcome, period)."""

    numbers: Whole
    outcome: NDArray[np.int8]
    period: NDArray[np.int32]


def react(growth: Growth, news: News) -> Reaction:
    """The node of every row in every period.

    Among the nodes of the period: first those with the fewest strikes that have not come (none, but where the trunk
    itself has certain news), then with the most of those that have, so the same set if there is one, else the largest
    part of it; then with the least sum of differences of dates in periods; then the first in the order of the tree.
    """
    count = growth.moments[-1].period + 1
    shape = (count, news.rows)
    node, known, exact = np.zeros(shape, np.int64), np.zeros(shape, bool), np.zeros(shape, bool)
    group = np.zeros(news.rows, np.int64)
    for period in range(count):
        new = [v for v in range(len(news.voices)) if (news.period[v] == period).any()]
        if period == 0 or new:
            told = [np.where(news.period[v] == period, news.outcome[v], 0).astype(np.int16) for v in new]
            first, group = group_rows([group, *told], news.rows)
        nodes = _nodes_of(growth, news.voices, period)
        found = _match(nodes, news.of(first).known(period))
        for table, values in zip((node, known, exact), found, strict=True):
            table[period] = values[group]
    return Reaction(node, known, exact)


def _nodes_of(growth: Growth, voices: tuple[Voice, ...], period: int) -> _Nodes:
    place = voice_numbers(voices)
    numbers = [n for n, moment in enumerate(growth.moments) if moment.period == period]
    outcome = np.zeros((len(numbers), len(voices)), np.int8)
    when = np.full((len(numbers), len(voices)), NOT_YET, np.int32)
    for row, n in enumerate(numbers):
        for strike in growth.moments[n].strikes:
            v = place[strike_key(strike)]
            outcome[row, v], when[row, v] = 1 + OUTCOMES.index(strike.outcome), strike.period
    return _Nodes(np.array(numbers), outcome, when)


def _match(nodes: _Nodes, news: News) -> tuple[Whole, Flags, Flags]:
    """(node, known, exact) for each row of ``news``, which holds only what is known in the period of the nodes."""
    node, known, exact = np.zeros(news.rows, np.int64), np.zeros(news.rows, bool), np.zeros(news.rows, bool)
    first, kind = group_rows([column.astype(np.int16) for column in news.outcome], news.rows)
    order = np.argsort(kind, kind="stable")
    edges = np.searchsorted(kind[order], np.arange(len(first) + 1))
    for k, example in enumerate(first):
        rows = order[edges[k] : edges[k + 1]]
        struck = news.outcome[:, example]
        extra = ((nodes.outcome > 0) & (nodes.outcome != struck)).sum(axis=1)
        missing = ((struck > 0) & (nodes.outcome != struck)).sum(axis=1)
        rank = extra * (len(struck) + 1) + missing
        alike = np.flatnonzero(rank == rank.min())
        shared = np.flatnonzero((nodes.outcome[alike[0]] > 0) | (struck > 0))
        apart = np.zeros((len(rows), len(alike)), np.int64)
        for v in shared:
            both = (nodes.outcome[alike, v] == struck[v]) & (struck[v] > 0)
            gap = np.abs(news.period[v, rows][:, None] - nodes.period[alike, v][None, :])
            apart += np.where(both, gap, 0)
        best = apart.argmin(axis=1)
        node[rows] = nodes.numbers[alike[best]]
        known[rows] = rank.min() == 0
        exact[rows] = (rank.min() == 0) & (apart[np.arange(len(rows)), best] == 0)
    return node, known, exact
