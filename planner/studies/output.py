"""What installed tools give in many courses of events, and the most a site can run with them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from planner.plan.audit.capacity import largest_sum
from planner.scenario.dates import Duration
from planner.scenario.offers import Offer
from planner.studies.courses import News
from planner.studies.days import Days, Flags, Floats, Ints
from planner.studies.hits import Touch

MOST_BASES = 50_000
"""More candidates for bottlenecks than this are not listed; every case is then solved by itself."""
TINY, NOISE = 1e-9, 1e-12
UNLIMITED = 1e15
"""MW per year no site can miss."""


def running_share(days: Days, touch: Touch, news: News, offer: Offer, service: Ints) -> Floats:
    """Share of its full rate a unit gives in each period, [row, period], if it may run from ``service`` on."""
    starts = days.starts[:-1]
    share = np.where(starts >= service[:, None], 1.0, 0.0)
    if offer.ramp:
        for months, reached in reversed(list(zip(offer.ramp.months, offer.ramp.share, strict=True))):
            until = days.after(service, Duration(months=months))
            share = np.where((starts >= service[:, None]) & (starts < until[:, None]), reached, share)
    for v, factor in touch.output:
        holds = (news.day[v][:, None] <= starts) & (starts < news.end[v][:, None])
        share = np.where(holds, share * factor, share)
    return share


@dataclass(frozen=True)
class Bottlenecks:
    """The most that routes which share steps can run: the least of ``weights @ limits`` over all bottlenecks.

    ``groups`` are the routes that share a limit (a step, or the whole site). A bottleneck is a corner of the dual of
    "largest sum of the routes within the limits of every group"; the corners do not depend on the limits.
    ``weights`` [bottleneck, group] is None where there are too many to list.
    """

    groups: tuple[tuple[int, ...], ...]
    routes: int
    weights: Floats | None

    def most(self, limits: Floats) -> Floats:
        """MW per year that the routes can run together; ``limits`` [..., group]."""
        if self.weights is not None:
            found = limits @ self.weights[0]
            for weight in self.weights[1:]:
                found = np.minimum(found, limits @ weight)
            return np.asarray(found)
        flat, place = np.unique(limits.reshape(-1, len(self.groups)), axis=0, return_inverse=True)
        sums = [sum(largest_sum(dict(zip(self.groups, row.tolist(), strict=True)), self.routes)) for row in flat]
        return np.array(sums)[place].reshape(limits.shape[:-1])


def find_bottlenecks(groups: tuple[tuple[int, ...], ...], routes: int) -> Bottlenecks:
    """Every corner of {weights >= 0: each route's groups weigh at least 1 together}; every route must be in a group."""
    width = len(groups) + routes
    if comb(width, routes) > MOST_BASES:
        return Bottlenecks(groups, routes, None)
    table = np.zeros((routes, width))
    for g, group in enumerate(groups):
        table[list(group), g] = 1.0
    table[:, len(groups) :] = -np.eye(routes)
    bases = np.array(list(combinations(range(width), routes)))
    matrices = table[:, bases].transpose(1, 0, 2)
    regular = np.abs(np.linalg.det(matrices)) > TINY
    bases, matrices = bases[regular], matrices[regular]
    values = np.linalg.solve(matrices, np.ones((len(bases), routes, 1)))[:, :, 0]
    allowed = (values >= -TINY).all(axis=1)
    corners = np.zeros((int(allowed.sum()), width))
    np.put_along_axis(corners, bases[allowed], np.maximum(0.0, values[allowed]), axis=1)
    corners = corners[:, : len(groups)]
    _, first = np.unique(corners.round(9), axis=0, return_index=True)
    return Bottlenecks(groups, routes, _least(corners[first]))


def _least(weights: Floats) -> Floats:
    """Without those that are nowhere below another one: they are never the bottleneck."""
    above: Flags = (weights[:, None, :] >= weights[None, :, :] - NOISE).all(axis=2) & ~np.eye(len(weights), dtype=bool)
    kept: Floats = weights[~above.any(axis=1)]
    return kept
