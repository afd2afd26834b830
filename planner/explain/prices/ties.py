"""Plans about as good with other suppliers: who must be in, who cannot be, and the mixes known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from planner.explain.amounts import Amount, Other
from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import Mix, Ties
from planner.explain.forcing import with_supplier, without_supplier
from planner.explain.prices.suppliers import ask_with, ask_without
from planner.studies.solving import Solved

MOST_EITHER = 3
"""With so many suppliers that may be in or out, every combination of them is tried."""


def find_ties(asking: Asking, comparing: Comparing, within: float) -> Ties:
    """All mixes of signed suppliers found whose best plan costs at most ``within`` (a fraction) more than the one explained."""
    signed = comparing.suppliers(comparing.plan)
    offering = sorted({offer.supplier for offer in comparing.scenario.offers})
    others = [supplier for supplier in offering if supplier not in signed]
    asked = [ask_without(asking, s) for s in signed] + [ask_with(asking, s) for s in others]
    answers = dict(zip([*signed, *others], asking.ask(asked), strict=True))
    room = within * abs(asking.base.value or 0.0)
    turned = {supplier: _other_way(comparing, solved, room) for supplier, solved in answers.items()}
    either = tuple(s for s in offering if turned.get(s) == "possible")
    combined = _combine(asking, either, signed) if 1 < len(either) <= MOST_EITHER else []
    mixes = _mixes(comparing, [*answers.values(), *combined], room)
    unknown = tuple(s for s in offering if turned.get(s) == "unknown")
    # what a plan must hold in every future says nothing of plans that buy only after news
    certain = len(comparing.plan.futures) <= 1
    never = tuple(s for s in others if turned[s] == "impossible") if certain else ()
    unknown += () if certain else tuple(s for s in others if turned[s] == "impossible")
    always = tuple(s for s in signed if turned[s] == "impossible")
    settled = all(_other_way(comparing, solved, room) != "unknown" for solved in combined)
    complete = not unknown and (len(either) <= 1 or (len(either) <= MOST_EITHER and settled))
    return Ties(within, mixes, always, never, either, unknown, complete)


def _other_way(comparing: Comparing, solved: Solved, room: float) -> str:
    """Whether a plan within ``room`` exists that takes a supplier the other way than the plan explained."""
    costs = comparing.costs(solved)
    if costs.verdict == "impossible" or (costs.low is not None and costs.low > room):
        return "impossible"
    return "possible" if costs.value is not None and costs.value <= room else "unknown"


def _combine(asking: Asking, either: tuple[str, ...], signed: tuple[str, ...]) -> list[Solved]:
    """The best plan for each way to take those who may be in or out, but the ways known already."""
    asked = []
    for taken in product((True, False), repeat=len(either)):
        if sum(into != (s in signed) for s, into in zip(either, taken, strict=True)) < 2:
            continue
        data = asking.data
        for supplier, into in zip(either, taken, strict=True):
            data = with_supplier(data, supplier) if into else without_supplier(data, supplier)
        words = ", ".join(f"{'with' if into else 'without'} {s}" for s, into in zip(either, taken, strict=True))
        asked.append(Question(words, data, tighter=True))
    return asking.ask(asked)


def _mixes(comparing: Comparing, answers: Iterable[Solved], room: float) -> tuple[Mix, ...]:
    own = comparing.suppliers(comparing.plan)
    best = {own: Mix(own, Amount("nothing", 0.0, 0.0, 0.0), Other(suppliers=own))}
    for solved in answers:
        costs = comparing.costs(solved)
        if solved.plan is None or costs.value is None or costs.value > room:
            continue
        suppliers = comparing.suppliers(solved.plan)
        known = best.get(suppliers)
        if known is None or costs.value < (known.costs.value or 0.0):
            best[suppliers] = Mix(suppliers, costs, comparing.other(solved))
    return tuple(sorted(best.values(), key=lambda mix: (mix.costs.value or 0.0, mix.suppliers)))
