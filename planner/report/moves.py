"""What there is to do after news, move by move, before anybody puts it into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from planner.plan.difference import Change
from planner.report.agreements import first_day
from planner.report.plays import Play, find_days, find_range, sum_orders
from planner.report.view import View

Kind = Literal[
    "qualify", "sign", "do not qualify", "do not sign", "switch", "order", "do not order", "earlier", "later", "other site"
]  # fmt: skip
Direction = Literal["earlier", "later", "other site"]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do; names are masked. Units run from ``least`` to ``most`` over the dates the news may come on.

    ``who``: suppliers to qualify or sign, or those a switch takes ``step`` away from; ``to``: those that take it over,
    with at most ``most`` MW a year. ``what``: the offer of an order, shipping ``first`` to ``last``. What is done at
    another time or site names the offer, or the supplier where it is qualified or signed then.
    """

    kind: Kind
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    step: str = ""
    what: str = ""
    least: float = 0.0
    most: float = 0.0
    unit: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Blow:
    """Units of an offer (masked) ordered before the news that come up to ``days`` later for it; None: they never ship."""

    what: str
    least: float
    most: float
    unit: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Until:
    """By when the last move is made: between two days where the news has one date, else ``lag`` periods after the news."""

    first: date
    last: date
    lag: int | None


def find_moves(view: View, play: Play) -> list[Move]:
    """Agreements, switches, orders more and less, then the same things at other times or sites. Empty: keep to the plan."""
    return [*_agreements(view, play), *_switches(view, play), *_orders(view, play), *_timing(view, play)]


def _agreements(view: View, play: Play) -> Iterator[Move]:
    ways: tuple[tuple[Kind, str, str], ...] = (
        ("qualify", "qualify", "more"), ("sign", "sign", "more"),
        ("do not qualify", "qualify", "less"), ("do not sign", "sign", "less"),
    )  # fmt: skip
    for kind, action, way in ways:
        who = sorted({view.supplier(c.supplier) for c in play.changes if (c.action, c.way) == (action, way)})
        if who:
            yield Move(kind, tuple(who))


def _switches(view: View, play: Play) -> Iterator[Move]:
    for switch in sorted(play.switches, key=lambda switch: (-switch.mw, switch.step)):
        gone, come = (tuple(view.supplier(name) for name in side) for side in (switch.gone, switch.come))
        yield Move("switch", gone, come, step=switch.step, most=switch.mw)


def _orders(view: View, play: Play) -> Iterator[Move]:
    ways: tuple[tuple[Kind, str], ...] = (("order", "more"), ("do not order", "less"))
    for kind, way in ways:
        for offer, units, ships in sum_orders(play, way):
            least, most = find_range(units, len(play.reactions))
            unit, shown = view.scenario.offer[offer].unit, view.mask.offer(offer)
            yield Move(kind, what=shown, least=least, most=most, unit=unit, first=min(ships), last=max(ships))


def _timing(view: View, play: Play) -> Iterator[Move]:
    moved = [(_direction(c), c.action, c.offer or c.supplier, c) for c in play.changes if c.way not in ("more", "less")]
    ranked = sorted(moved, key=lambda found: found[:3])
    for (kind, action, name), group in groupby(ranked, key=lambda found: found[:3]):
        changes = [found[3] for found in group]
        when = [c.site if c.way == "site" else c.ships if c.way == "ships" else c.period for c in changes]
        if action != "order":
            yield Move(kind, what=view.supplier(name), first=min(when), last=max(when))
            continue
        by_period: dict[str, float] = defaultdict(float)
        for change in changes:
            by_period[change.period] += change.units
        unit, most = view.scenario.offer[name].unit, max(by_period.values())
        yield Move(kind, what=view.mask.offer(name), least=most, most=most, unit=unit, first=min(when), last=max(when))


def _direction(change: Change) -> Direction:
    if change.way == "site":
        return "other site"
    return "earlier" if (change.ships if change.way == "ships" else change.period) < change.instead else "later"


def find_play_blows(view: View, play: Play) -> list[Blow]:
    """What the news does to orders placed before it, by offer: what never ships first, then what comes later."""
    found: dict[tuple[str, bool], list[float]] = defaultdict(list)
    longest: dict[str, int] = defaultdict(int)
    for reaction in play.reactions:
        sums: dict[tuple[str, bool], float] = defaultdict(float)
        for blow in reaction.blows:
            sums[blow.offer, blow.days is not None] += blow.units
            longest[blow.offer] = max(longest[blow.offer], blow.days or 0)
        for key, units in sums.items():
            found[key].append(units)
    blows = []
    for (offer, late), each in sorted(found.items()):
        least, most = find_range(each, len(play.reactions))
        days = longest[offer] if late else None
        blows.append(Blow(view.mask.offer(offer), least, most, view.scenario.offer[offer].unit, days))
    return blows


def find_until(view: View, play: Play) -> Until | None:
    """By when the last step is taken; None when there is nothing to do."""
    days = {reaction.period: found for reaction in play.reactions if (found := find_days(reaction))}
    if not days:
        return None
    first, last = min(a for a, _ in days.values()), max(b for _, b in days.values())
    if len(days) == 1:
        return Until(first, last, None)
    calendar = view.scenario.calendar
    return Until(first, last, max(calendar.period_of(end) - calendar.period_of(first_day(p)) for p, (_, end) in days.items()))
