"""The smallest set of limits that clash: kinds of rules first, then single limits, with parts of units where that is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planner.explain.conflict.judge import Judge, OutOfTimeError
from planner.explain.conflict.limits import Limit
from planner.explain.conflict.limits_demand import by_period
from planner.explain.conflict.smallest import find_minimal, hit_all
from planner.scenario.scenario import Scenario

Key = tuple[str, ...]
SHARES = tuple(f"{end}_{kind}_share" for end in ("max", "min") for kind in ("country", "supplier", "group"))
THEMES: tuple[frozenset[str], ...] = (
    frozenset({"site_ready", "site_install_time", "acceptance_time", "vetting_time", "step_qualification", "lead_time",
               "deinstall_time", "transit_time", "install_time", "ramp", "valid_from", "valid_until", "vetting_teams",
               "shock", "licence"}),
    frozenset({"budget", "tail_limit", "contract"}),
    frozenset({*SHARES, "max_suppliers", "min_suppliers", "min_cell_efficiency", "approvals", "resilience", "pin", "forbid",
               "sanctioned"}),
    frozenset({"slots", "available_units", "rival_claims", "site_capacity", "site_install_limit", "crews", "min_order",
               "offered_sites", "contract"}),
)  # fmt: skip
"""Days, money, rules the buyer has set, numbers of units."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Limits that cannot hold together.

    ``needed``: keys of those proven to be, as the others can be kept without it. ``smallest``: proven that no fewer clash.
    ``whole``: with parts of units there would be a plan.
    """

    limits: tuple[Limit, ...]
    needed: frozenset[Key]
    smallest: bool
    whole: bool

    @property
    def irreducible(self) -> bool:
        """Whether every limit is proven to be needed."""
        return len(self.needed) == len(self.limits)


def find_clash(judge: Judge, among: Sequence[Limit]) -> Clash | None:
    """A clash, which cannot be made smaller unless time runs out: then the smallest that is known, if any is.

    A question about parts of units is quicker than one about whole ones. Where the limits clash already with parts, the set is
    made small with them, and then every limit left is asked about with whole units, which proves that it is needed.
    """
    needed = set[Key]()
    try:
        found = _narrow(judge, among, whole=not judge.clash(among, whole=False))
        for limit in list(found):
            others = [other for other in found if other is not limit]
            answer = judge.prove(others)
            if answer is False:
                found = others
            elif answer:
                needed.add(limit.key)
        return Clash(tuple(found), frozenset(needed), False, not judge.clash(found, whole=False))
    except OutOfTimeError:
        known = judge.least_known(among)
        return None if known is None else Clash(tuple(known), frozenset(needed & {x.key for x in known}), False, False)


def _narrow(judge: Judge, among: Sequence[Limit], whole: bool) -> list[Limit]:
    """First which themes clash, then which kinds of rules, which takes few questions, then which limits of those kinds."""
    among = _find_theme(judge, among, whole)
    kinds = list(dict.fromkeys(limit.rule for limit in among))

    def of(chosen: Sequence[str]) -> list[Limit]:
        return [limit for limit in among if limit.rule in chosen]

    needed = find_minimal(kinds, lambda chosen: judge.clash(of(chosen), whole))
    return find_minimal(of(needed), lambda chosen: judge.clash(chosen, whole))


def _find_theme(judge: Judge, among: Sequence[Limit], whole: bool) -> Sequence[Limit]:
    """The limits of the first theme, or two, that clash with what is asked: what is too late is not a matter of money."""
    for size in (1, 2):
        for chosen in combinations(THEMES, size):
            part = [limit for limit in among if limit.rule == "demand" or any(limit.rule in theme for theme in chosen)]
            if judge.clash(part, whole):
                return part
    return among


def make_smallest(judge: Judge, among: Sequence[Limit], clash: Clash) -> Clash:
    """The clash, or one with fewer members, proven smallest where time allows.

    Every clash has a member in every set of limits without which a plan exists. As such sets are collected, the fewest limits
    that hit all of them are a lower bound on the size of a clash, and a smallest clash as soon as they clash.
    """
    exits: list[frozenset[Limit]] = []
    try:
        while (chosen := hit_all(exits, len(clash.limits))) is not None:
            kept = [limit for limit in among if limit in chosen]
            if judge.clash(kept):
                return Clash(tuple(kept), _needed(judge, kept), True, not judge.clash(kept, whole=False))
            found = _find_exit(judge, among, kept)
            if found is None:
                return clash
            exits.append(found)
    except (OutOfTimeError, OverflowError):
        return clash
    return replace(clash, smallest=True)


def _needed(judge: Judge, kept: Sequence[Limit]) -> frozenset[Key]:
    return frozenset(one.key for one in kept if judge.prove([other for other in kept if other is not one]))


def _find_exit(judge: Judge, among: Sequence[Limit], kept: Sequence[Limit]) -> frozenset[Limit] | None:
    """As few limits as are needed, none of them kept, without which a plan exists; None if that cannot be found out."""
    others = [limit for limit in among if limit not in kept]
    # what is given up last is what the buyer set: exits through given facts say more about what must be in a clash
    others.reverse()

    def enough(gone: Sequence[Limit]) -> bool:
        return judge.plan_exists([limit for limit in among if limit not in gone]) is True

    return frozenset(find_minimal(others, enough)) if enough(others) else None


def narrow_runs(judge: Judge, scenario: Scenario, clash: Clash) -> Clash:
    """The same clash with demand named for those periods of its run alone that matter; in the same order."""
    outside = [limit for limit in judge.limits if limit not in clash.limits]
    periods = {limit.key: by_period(scenario, judge.data, limit) for limit in clash.limits if limit.rule == "demand"}
    every = [one for some in periods.values() for one in some]

    def still(kept: Sequence[Limit]) -> bool:
        keys = {one.key for one in kept}
        return judge.ask([*outside, *(one for one in every if one.key not in keys)]) is False

    if len(every) <= len(periods) or not still(every):
        return clash
    kept = find_minimal(every, still)
    shown = [_joined([one for one in periods[x.key] if one in kept]) if x.key in periods else x for x in clash.limits]
    return replace(clash, limits=tuple(shown), needed=frozenset(limit.key for limit in shown))


def _joined(periods: Sequence[Limit]) -> Limit:
    """One limit over the periods from the first to the last."""
    return replace(periods[0], names=(*periods[0].names[:2], periods[-1].names[2]))
