"""Plays: reactions to news that come to the same actions, whenever the news comes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from planner.plan.difference import Change
from planner.plan.reactions import Reaction, Switch, find_switches
from planner.report.agreements import first_day
from planner.report.view import View
from planner.scenario.news import Strike

Told = tuple[tuple[str, str], ...]
"""News without its date: (shock or licence, outcome), in the order it came."""
OTHERWISE = ("more", "less")


@dataclass(frozen=True, slots=True)
class Play:
    """``news`` (after ``before``) and what is done then. ``reactions``: one for each date it may come, in order.

    ``spans`` are the dates in words; ``switches`` hold for any of them.
    """

    before: Told
    news: Told
    spans: str
    reactions: tuple[Reaction, ...]
    switches: tuple[Switch, ...]

    @property
    def first(self) -> bool:
        """Whether this is one piece of news while nothing else has happened."""
        return not self.before and len(self.news) == 1

    @property
    def probability(self) -> float:
        """The chance from today that events come here."""
        return sum(reaction.probability for reaction in self.reactions)

    @property
    def extra(self) -> dict[str, float]:
        """By measure, on average over the dates: the mean after the news less the future in which nothing happens."""
        total = self.probability
        keys = self.reactions[0].extra
        return {key: sum(r.probability * r.extra[key] for r in self.reactions) / total for key in keys}

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all dates one after the other."""
        return tuple(change for reaction in self.reactions for change in reaction.changes)

    @property
    def timing_only(self) -> bool:
        """Whether only the timing differs: the same things at other times or sites."""
        return bool(self.changes) and all(change.way not in OTHERWISE for change in self.changes)


def find_plays(view: View) -> tuple[Play, ...]:
    """Every play: single pieces of news first, the likeliest source first, then news upon news; each by date."""
    groups: dict[tuple[Told, Told, frozenset[tuple[str, str, str]]], list[Reaction]] = defaultdict(list)
    dates: dict[tuple[Told, Told], list[str]] = defaultdict(list)
    weight: dict[tuple[Told, Told], float] = defaultdict(float)
    for reaction in view.reactions:
        kind = (_told(reaction.before), _told(reaction.news))
        groups[*kind, _sign(reaction)].append(reaction)
        weight[kind] += reaction.probability
        if reaction.period not in dates[kind]:
            dates[kind].append(reaction.period)
    plays = [
        Play(before, news, _spans([r.period for r in same], sorted(dates[before, news])), tuple(same), _switches(view, same))
        for (before, news, _), same in groups.items()
    ]
    return tuple(sorted(plays, key=lambda p: (not p.first, -weight[p.before, p.news], p.before, p.news, p.reactions[0].period)))


def _told(strikes: tuple[Strike, ...]) -> Told:
    return tuple((strike.source, strike.outcome) for strike in strikes)


def _sign(reaction: Reaction) -> frozenset[tuple[str, str, str]]:
    """What makes two reactions the same: the kinds of action and the suppliers; only timing is one kind."""
    found = {(c.action, c.way, c.supplier) for c in reaction.changes if c.way in OTHERWISE}
    if not found and reaction.changes:
        return frozenset({("", "time", "")})
    return frozenset(found)


def _spans(periods: list[str], known: list[str]) -> str:
    """``2026-Q3 to 2027-Q1, 2027-Q4``: runs of the periods among those ``known``."""
    places = sorted({known.index(period) for period in periods})
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ", ".join(known[a] if a == b else f"{known[a]} to {known[b]}" for a, b in runs)


def _switches(view: View, reactions: list[Reaction]) -> tuple[Switch, ...]:
    """The switches of all dates, those of one step together: all makers, and the most MW of any date."""
    found: dict[str, list[Switch]] = defaultdict(list)
    for reaction in reactions:
        for switch in find_switches(view.scenario, reaction.changes):
            found[switch.step].append(switch)
    return tuple(
        Switch(
            step,
            tuple(sorted({name for switch in same for name in switch.gone})),
            tuple(sorted({name for switch in same for name in switch.come})),
            max(switch.mw for switch in same),
        )
        for step, same in sorted(found.items())
    )


def find_days(reaction: Reaction) -> tuple[date, date] | None:
    """First and last day on which something must be done; None when there is nothing to do."""
    days = [first_day(change.period) for change in reaction.changes if change.way != "less"]
    return (min(days), max(days)) if days else None


def sum_orders(play: Play, way: str) -> list[tuple[str, list[float], list[str]]]:
    """(offer, units on each date they are ordered, periods they ship in) ordered ``way`` more or less, the most units first."""
    sums: dict[str, list[float]] = defaultdict(list)
    ships: dict[str, list[str]] = defaultdict(list)
    for reaction in play.reactions:
        by_offer: dict[str, float] = defaultdict(float)
        for change in reaction.changes:
            if change.action == "order" and change.way == way:
                by_offer[change.offer] += change.units
                ships[change.offer].append(change.ships)
        for offer, units in by_offer.items():
            sums[offer].append(units)
    return [(offer, sums[offer], ships[offer]) for offer in sorted(sums, key=lambda offer: (-max(sums[offer]), offer))]


def find_range(units: list[float], dates: int) -> tuple[float, float]:
    """Least and most over so many dates: from 0 where it does not hold on every one of them."""
    return (0.0 if len(units) < dates else min(units)), max(units)
