"""Where every future of the tree picture lies: rows from top to bottom so that no line crosses another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from planner.plan.plan import FutureCost
from planner.plan.reactions import mean_costs
from planner.report.play_words import news_part
from planner.report.view import View
from planner.scenario.news import Strike

MOST_ROWS = 60
Kind = tuple[str, str]
"""(shock or licence, outcome)."""


@dataclass(frozen=True, slots=True)
class Twig:
    """One row: a future, or ``count`` futures together. Rows are numbered from the top, the trunk is row 0.

    ``parent`` is the row it leaves (-1 for the trunk) in period ``start``, ``beside`` how many twigs that leave the
    same row in the same period lie below it; ``widths`` the probability in every period from ``start`` on.
    ``costs`` by measure; ``label`` is masked. ``told`` is all news of it, which may come until the period ``last``.
    """

    parent: int
    start: int
    beside: int
    kind: Kind | None
    label: str
    widths: tuple[float, ...]
    probability: float
    costs: dict[str, float]
    count: int = 1
    told: tuple[Strike, ...] = ()
    last: int = -1


def find_twigs(view: View) -> tuple[list[Twig], int]:
    """One row per future, and how many less likely rows found no place.

    Above ``MOST_ROWS`` futures one row per first news and date; if still too many, one per first news.
    """
    if len(view.everything.futures) <= MOST_ROWS:
        costs = {future.node: future for future in view.everything.futures}
        return list(_grow(view, costs, view.paths.trunk[0], -1, 0, 0)), 0
    found = _bundles(view, by_date=True)
    if len(found) > MOST_ROWS:
        found = _bundles(view, by_date=False)
    least = sorted((twig.probability for twig in found[1:]), reverse=True)[MOST_ROWS - 2] if len(found) > MOST_ROWS else 0.0
    kept = [found[0], *[twig for twig in found[1:] if twig.probability >= least][: MOST_ROWS - 1]]
    return kept, len(found) - len(kept)


def _grow(view: View, costs: dict[str, FutureCost], node: str, parent: int, beside: int, row: int) -> Iterator[Twig]:
    """The future that goes on from ``node`` without more news, then what branches off it, the latest first."""
    paths = view.paths
    leaf = paths.onward(node)
    start = paths.at(node).period
    straight = paths.to(leaf)[start:]
    news = paths.news(node)
    widths = tuple(paths.at(name).probability for name in straight)
    kind = (news[0].source, news[0].outcome) if news else None
    told = paths.told(node)
    yield Twig(parent, start, beside, kind, _label(view, told), widths, widths[-1], mean_costs([costs[leaf]]), told=told)
    below = row + 1
    for name in reversed(straight[:-1]):
        others = [paths.moments[i].name for i in paths.children[paths.index[name]][1:]]
        for place, child in enumerate(others):
            twigs = list(_grow(view, costs, child, row, len(others) - 1 - place, below))
            yield from twigs
            below += len(twigs)


def _bundles(view: View, *, by_date: bool) -> list[Twig]:
    """The trunk, and all futures with the same first news as one row."""
    paths, costs = view.paths, {future.node: future for future in view.everything.futures}
    groups: dict[tuple[tuple[Kind, ...], int], list[str]] = defaultdict(list)
    for moment in paths.moments[1:]:
        news = paths.news(moment.name)
        if news and len(news) == len(paths.told(moment.name)):
            kinds = tuple((strike.source, strike.outcome) for strike in news)
            groups[kinds, moment.period if by_date else -1].append(moment.name)
    trunk = tuple(paths.at(name).probability for name in paths.trunk)
    found = [Twig(-1, 0, 0, None, _label(view, ()), trunk, trunk[-1], mean_costs([costs[paths.trunk[-1]]]))]
    starts = {key: min(paths.at(name).period for name in names) for key, names in groups.items()}
    ranked = sorted(groups, key=lambda key: (-starts[key], key[0]))
    for place, key in enumerate(ranked):
        names, kinds = groups[key], key[0]
        leaves = [costs[leaf] for name in names for leaf in paths.leaves(name)]
        widths = _arrived([(paths.at(name).period, paths.at(name).probability) for name in names])
        beside = sum(starts[other] == starts[key] for other in ranked[place + 1 :])
        told, last = paths.news(names[0]), max(paths.at(name).period for name in names)
        label, costs_of = _label(view, told, last), mean_costs(leaves)
        found.append(Twig(0, starts[key], beside, kinds[0], label, widths, widths[-1], costs_of, len(leaves), told, last))
    return found


def _arrived(arrivals: list[tuple[int, float]]) -> tuple[float, ...]:
    """The probability that has come by each period, from the first with some to the last with more."""
    first, last = min(period for period, _ in arrivals), max(period for period, _ in arrivals)
    return tuple(sum(chance for at, chance in arrivals if at <= period) for period in range(first, last + 1))


def _label(view: View, news: tuple[Strike, ...], last: int = -1) -> str:
    """``licence stop 2026-Q3, tariff 2027-Q1``; with ``last`` the last period in which the same news may come.

    What the same source says next is named without it: ``export licence slow 2026-Q2, refused 2026-Q4``.
    """
    names, parts, before = view.scenario.calendar.names, [], ""
    for period, strikes in groupby(news, key=lambda strike: strike.period):
        said = []
        for strike in strikes:
            shown = "" if strike.outcome and strike.source == before else news_part(view, strike.source).shown
            said.append(f"{shown} {strike.outcome}".strip())
            before = strike.source
        parts.append(f"{' and '.join(said)} {names[period]}{f' to {names[last]}' if last > period else ''}")
    return view.mask.text(", ".join(parts)) or "nothing happens"
