"""The ends of a trade-off: the least of each measure, and with it the least of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from planner.studies.frontier.asking import Asking
from planner.studies.frontier.known import Found
from planner.studies.frontier.least import find_least
from planner.studies.frontier.limits import limit, room
from planner.studies.frontier.weights import MOST_WEIGHT, ask_weight, note_weight
from planner.studies.solving import Ask

PATIENCE = (2.0, 8.0)
"""Times the limit of searches that have no plan to begin from; the second where the first found none."""
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
    return Ends(find_least(asking) if asking.known.found else None)


def _by_measures(asking: Asking) -> Ends:
    """The least of both, two questions at a time; then the least of the second among the plans of least first.

    For the average of the worst futures a question with nearly all weight on them comes first, see ``ask_weight``.
    """
    first, least = asking.question(inf), _least(asking)
    lean = ask_weight(asking, MOST_WEIGHT) if asking.against.about == "cvar_cost" else None
    for times in PATIENCE if asking.loose else (1.0,):
        cheapest, other = asking.solve([_patient(asking, one, times) for one in (first, lean or least)])
        if cheapest.plan or other.plan or cheapest.infeasible or asking.solver.options.time_limit is None:
            break
    if cheapest.plan is None and not cheapest.infeasible and other.plan is not None:
        cheapest = asking.solve([replace(first, near=other.plan, bound=cheapest.bound)])[0]
    if cheapest.bound is not None:
        asking.known.bounds.append((inf, cheapest.bound))
        asking.known.lines.append((0.0, cheapest.bound))
    cheap = asking.note(inf, first, cheapest)
    if cheap is None:
        return Ends(other.bound)
    if asking.hasty and lean is not None:  # a search that is held by a limit finds little in its time
        note_weight(asking, MOST_WEIGHT, lean, other)
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


def _patient(asking: Asking, ask: Ask, times: float) -> Ask:
    """The question with so many times the solver's limit, where there is one: it begins from no plan."""
    most = asking.solver.options.time_limit
    if ask.options is None or most is None:
        return ask
    return replace(ask, options=replace(ask.options, time_limit=times * most))


def _least(asking: Asking) -> Ask:
    """The least of the second measure, whatever it costs: what it costs at the least is asked next."""
    options = replace(asking.options, minimise=asking.against.about, cheapest=False)
    return Ask(f"least {asking.against.name}", asking.data, options=options)


def _back(asking: Asking, cheap: Found, bound: float | None) -> Ask:
    """The least of the second measure with the first held at its least; ``bound``: proven of the second alone."""
    usual = replace(asking.options, minimise=asking.against.about, cheapest=asking.of.about not in COSTS)
    data, options = limit(asking.of, asking.data, usual, room(cheap.of))
    label = f"least {asking.against.name} at the least {asking.of.name}"
    return Ask(label, data, options=options, near=cheap.plan, bound=bound)
