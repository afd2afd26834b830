"""The ends of a trade-off: the least of each measure, and with it the least of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from planner.studies.frontier.asking import Asking
from planner.studies.frontier.known import Found
from planner.studies.frontier.limits import limit, room
from planner.studies.solving import Ask

FINE = 0.001
"""Shares are found to a tenth of a percent."""
MOST_ROUNDS = 12
MOST_WEIGHT = 0.99
PATIENCE = 2.0
"""Times the limit of a search that has no plan to begin from."""
COSTS = ("expected_cost", "weighted_cost")
"""Held at its least, no cheaper plan is left to look for."""


@dataclass(frozen=True, slots=True)
class Ends:
    """``least``: surely no plan has less of the second measure, None where that is not proven.

    ``open``: the limit at which the least of the first measure is still to be asked for, None where it is known.
    """

    least: float | None = None
    open: float | None = None


def find_ends(asking: Asking) -> Ends:
    """Ask for both ends. Nothing is asked about the second measure where there is no plan at all."""
    if asking.against.kind == "measure":
        return _by_measures(asking)
    asking.look([inf])
    return Ends(_least_by_halves(asking) if asking.known.found else None)


def _by_measures(asking: Asking) -> Ends:
    """The least of both, two questions at a time; then the least of the second among the plans of least first."""
    first, least = asking.question(inf), _least(asking)
    lean = _lean(asking) if asking.against.about == "cvar_cost" else None
    cheapest, other = asking.solve([_patient(first), _patient(lean or least)])
    if cheapest.plan is None and not cheapest.infeasible and other.plan is not None:
        cheapest = asking.solve([replace(first, near=other.plan, bound=cheapest.bound)])[0]
    if cheapest.bound is not None:
        asking.known.bounds.append((inf, cheapest.bound))
    cheap = asking.note(inf, first, cheapest)
    if cheap is None:
        return Ends(other.bound)
    back = _back(asking, cheap, other.bound)
    if lean is None:
        tight = asking.note(inf, least, other, aside=True)
        if tight is None or cheap.against <= room(tight.against):  # the cheapest is the least of both
            return Ends(other.bound)
        asking.note(inf, back, asking.solve([back])[0])
        return Ends(other.bound, room(tight.against))
    if other.bound is not None and cheap.against <= room(other.bound):
        return Ends(other.bound)
    least = replace(least, near=other.plan or cheap.plan, bound=other.bound)
    found = asking.solve([least, back])
    tight = asking.note(inf, least, found[0], aside=True)
    asking.note(inf, back, found[1])
    bound = max((b for b in (other.bound, found[0].bound) if b is not None), default=None)
    return Ends(bound, None if tight is None else room(tight.against))


def _patient(ask: Ask) -> Ask:
    """The question with more time: it begins from no plan."""
    options = ask.options
    if options is None or options.time_limit is None:
        return ask
    return replace(ask, options=replace(options, time_limit=PATIENCE * options.time_limit))


def _least(asking: Asking) -> Ask:
    """The least of the second measure, whatever it costs: what it costs at the least is asked next."""
    options = replace(asking.options, minimise=asking.against.about, cheapest=False)
    return Ask(f"least {asking.against.name}", asking.data, options=options)


def _lean(asking: Asking) -> Ask:
    """Nearly the least average of the worst futures: with all the weight on them that a policy may give.

    The average of all futures is never above that of the worst, so neither is what is proven here: it is a bound of the
    least average of the worst, too. And a search that some weight on all futures guides finds plans where the other does not.
    """
    policy = {**(asking.data.get("policy") or {}), "risk_weight": MOST_WEIGHT}
    options = replace(asking.options, minimise="weighted_cost")
    return Ask("almost all weight on the worst futures", {**asking.data, "policy": policy}, options=options)


def _back(asking: Asking, cheap: Found, bound: float | None) -> Ask:
    """The least of the second measure with the first held at its least; ``bound``: proven of the second alone."""
    usual = replace(asking.options, minimise=asking.against.about, cheapest=asking.of.about not in COSTS)
    data, options = limit(asking.of, asking.data, usual, room(cheap.of))
    label = f"least {asking.against.name} at the least {asking.of.name}"
    return Ask(label, data, options=options, near=cheap.plan, bound=bound)


def _least_by_halves(asking: Asking) -> float | None:
    """The least share or number of suppliers any plan can have: nothing at all if that is possible, else closer and closer.

    Whether a limit can be kept at all is asked with a wide gap where the axis is a share, because its plan is only a step;
    a number of suppliers is a point of the answer. Two limits are tried at a time.
    """
    nothing = asking.look([0.0])[0]
    best = min(found.against for found in asking.known.found)
    low, step = 0.0, 1.0 if asking.against.kind == "suppliers" else FINE
    if best <= step / 2:
        return 0.0
    if not nothing.infeasible:
        return None
    for _ in range(MOST_ROUNDS):
        if best - low <= step * (1 + 1e-9):
            break
        limits = _between(low, best, step)
        answers = _probe(asking, limits)
        refused = [most for most, impossible in zip(limits, answers, strict=True) if impossible]
        low, before = max([low, *refused]), best
        best = min(found.against for found in asking.known.found)
        if not refused and best >= before:
            return None  # a search ended without an answer
    if asking.against.kind != "suppliers" and not asking.failed:
        asking.look([room(best)])
    return best if asking.against.kind == "suppliers" else low


def _between(low: float, high: float, step: float) -> list[float]:
    """Two limits that divide the rest in three; whole numbers for whole steps."""
    found = [low + (high - low) * part / 3 for part in (1, 2)]
    if step == 1.0:
        found = [min(max(round(value), low + 1), high - 1) for value in found]
    return sorted(set(found))


def _probe(asking: Asking, limits: list[float]) -> list[bool]:
    """Whether each limit is proven to be impossible."""
    if asking.against.kind == "suppliers":
        return [solved.infeasible for solved in asking.look(limits)]
    asks = []
    for most in limits:
        ask = asking.question(most)
        asks.append(replace(ask, options=replace(ask.options or asking.options, gap=1.0)))
    answers = asking.solve(asks)
    for most, ask, solved in zip(limits, asks, answers, strict=True):
        asking.note(most, ask, solved, aside=True)
    return [solved.infeasible for solved in answers]
