"""Two-stage plans: at which nodes of the tree an order that follows the calendar alone exists."""

from __future__ import annotations

import numpy as np

from planner.studies.case import Case, Kind
from planner.studies.courses import News, build_news
from planner.studies.days import Flags
from planner.studies.draw import find_leaves
from planner.studies.fate import find_fate, multiply
from planner.studies.slots import keep_share


def find_existing(case: Case) -> dict[int, Flags]:
    """By identity of the kind of order, for each node whether it is carried out there; empty for other plans.

    It is void where nothing is left on sale, or where no future below has the unit in service by the last period.
    """
    if not case.staged:
        return {}
    leaves, below = _leaves(case)
    news = build_news(case.voices, [case.growth.moments[leaf].strikes for leaf in leaves])
    return {id(kind): _exists(case, kind, news, below) for kinds in case.kinds for kind in kinds}


def _leaves(case: Case) -> tuple[list[int], list[list[int]]]:
    """The leaves, and for each node the numbers of the futures that pass it."""
    moments = case.growth.moments
    leaves = find_leaves(case.growth)
    below: list[list[int]] = [[] for _ in moments]
    for number, leaf in enumerate(leaves):
        node = leaf
        while node >= 0:
            below[node].append(number)
            node = moments[node].parent
    return leaves, below


def _exists(case: Case, kind: Kind, news: News, below: list[list[int]]) -> Flags:
    fate = find_fate(case.days, kind.touch, news, kind.offer, kind.deal.site, kind.due)
    served = ~fate.lost & (fate.effective <= case.days.starts[-2])
    factor = multiply(news.known(kind.period), kind.touch.slots, kind.deal.ordered)
    sold = np.ones(news.rows, bool)
    for claim in kind.claims:
        sold &= keep_share(case.days, claim.pool, claim.free, kind.period, factor) > 0
    good = served & sold
    nodes = zip(case.growth.moments, below, strict=True)
    return np.array([node.period == kind.period and bool(good[futures].any()) for node, futures in nodes])
