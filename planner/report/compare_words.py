"""A comparison in sentences: how much, why, and what moved."""

from __future__ import annotations

from planner.report.comparison import Comparison, Side, Versus
from planner.report.table import digits_for, grouped, listed
from planner.report.view import SHORT
from planner.scenario.money import CENT, UNITS

PARTS = {
    "volume": "units bought: more, fewer or elsewhere",
    "price": "contract prices",
    "duty": "rates of duty",
    "fees": "fees",
    "freight": "freight and storage",
    "penalty": "capacity-gap penalty",
    "surplus": "carrying surplus capacity",
    "timing": "timing (days of payment)",
    "exchange": "rates of exchange",
    "losses": "units that never ship, or paid before",
    "risk": "news: chances and weight of the worst futures",
}
"""The parts of a cost bridge as people read them."""
SHORT_PARTS = {"volume": "units bought", "timing": "timing", "losses": "never shipped or paid before", "risk": "news and risk"}
MOST, MOST_PAIRS = 12, 5
"""Things listed in a sentence; pairs of which everything is said."""


def show_amount(amount: float, side: Side, sign: bool = False) -> str:
    """``USD 1,234 m``; with ``sign`` also a plus."""
    plus = "+" if sign and amount > 0 else ""
    return f"{side.currency} {plus}{grouped(amount, digits_for(amount))}{SHORT[side.unit]}"


def is_cent(amount: float, side: Side) -> bool:
    """Whether it is a cent or more."""
    return abs(amount) * UNITS[side.unit] >= CENT


def explain_comparison(found: Comparison) -> list[str]:
    """Sentences on every pair, most important first; of many pairs only by how much the costs differ, and why."""
    most = None if len(found.pairs) <= MOST_PAIRS else 2
    return [sentence for pair in found.pairs for sentence in explain_pair(found, pair)[:most]]


def explain_pair(found: Comparison, pair: Versus) -> list[str]:
    """By how much the costs differ, why, which inputs changed, and what is decided otherwise."""
    return [_difference(found, pair), *explain_bridge(found, pair), _inputs(found, pair), *_moved(found, pair)]


def _difference(found: Comparison, pair: Versus) -> str:
    one, two = found.sides[pair.first], found.sides[pair.second]
    if pair.difference is None:
        missing = [
            f"{side.name} has no plan ({side.reason or side.status})"
            for side in (one, two)
            if "weighted_cost" not in side.measures
        ]
        return f"{two.name} against {one.name}: {'; '.join(missing)}."
    if (one.currency, one.unit) != (two.currency, two.unit):
        return f"{two.name} and {one.name} do not count in the same money."
    way = "more" if pair.difference > 0 else "less"
    costs = f"{two.name} costs {show_amount(abs(pair.difference), two)} {way} than {one.name}"
    if pair.room is None:
        return f"{costs}; for one of them no gap of this cost is proven."
    room = show_amount(pair.room, two)
    if pair.equal:
        apart = show_amount(abs(pair.difference), two)
        return f"{two.name} and {one.name} cost the same within their gaps: {apart} apart, the gaps of both together {room}."
    return f"{costs}; the gaps of both together are {room}."


def explain_bridge(found: Comparison, pair: Versus) -> list[str]:
    """What the difference is made of, the largest part first."""
    two = found.sides[pair.second]
    if pair.bridge is None:
        return [f"No cost bridge: {pair.no_bridge}."]
    ranked = sorted(pair.bridge.parts.items(), key=lambda part: -abs(part[1]))
    told = [
        f"{SHORT_PARTS.get(name, PARTS[name])} {show_amount(amount, two, sign=True)}"
        for name, amount in ranked
        if is_cent(amount, two)
    ]
    return [f"Made up of: {listed(told)}."] if told else ["No part of the cost differs."]


def _inputs(found: Comparison, pair: Versus) -> str:
    two = found.sides[pair.second]
    if not pair.inputs:
        return f"No input of {two.name} differs: only the solve."
    if len(pair.inputs) == 1:
        return f"Only one input differs: {pair.inputs[0]}."
    return f"{len(pair.inputs)} inputs differ; {list_first(pair.inputs)}."


def _moved(found: Comparison, pair: Versus) -> list[str]:
    one, two = found.sides[pair.first], found.sides[pair.second]
    if not one.futures or not two.futures:
        return []
    when = ", if nothing happens," if max(one.futures, two.futures) > 1 else ""
    if not pair.moved:
        return [f"The same decisions{when.rstrip(',')}."]
    return [f"What {two.name} does otherwise{when} than {one.name}: {list_first(tuple(move.says for move in pair.moved))}."]


def list_first(sentences: tuple[str, ...]) -> str:
    """The first sentences with semicolons; the others are counted."""
    more = len(sentences) - MOST
    return "; ".join(sentences[:MOST]) + (f"; and {more} more" if more > 0 else "")
