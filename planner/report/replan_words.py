"""Planning anew in sentences: what is held, keep or change, why, and what moves."""

from __future__ import annotations

from collections import Counter

from planner.report.compare_words import explain_bridge, is_cent, list_first, show_amount
from planner.report.comparison import Side
from planner.report.replanning import Replanning, WayShown
from planner.report.table import counted, listed
from planner.studies.replan.ways import Kind

WAYS: dict[Kind, str] = {
    "kept": "keep to the approved plan",
    "near": "plan anew with few changes",
    "replanned": "plan anew",
}


def explain_replanning(found: Replanning) -> list[str]:
    """Sentences, most important first."""
    return [*_choice(found), *_charges(found), *_since(found), *_moves(found), *_held(found), *_notes(found)]


def _way(found: Replanning, kind: Kind) -> WayShown | None:
    return next((way for way in found.ways if way.kind == kind and way.total is not None), None)


def _side(found: Replanning) -> Side:
    return found.comparison.sides[0]


def _choice(found: Replanning) -> list[str]:
    broken = [f"The approved plan cannot be kept: {list_first(found.broken)}."] if found.broken else []
    if found.chosen is None:
        reasons = listed([f"{WAYS[way.kind]}: {way.reason}" for way in found.ways])
        return [f"No plan from {found.as_of} on ({reasons}).", *broken]
    side, kept, free = _side(found), _way(found, "kept"), _way(found, "replanned")
    way = _way(found, found.chosen)
    assert way is not None
    assert way.cost is not None
    if found.chosen != "kept":
        said = [f"From {found.as_of}: {WAYS[found.chosen]}. It costs {show_amount(way.cost, side)}."]
        if found.chosen == "near" and free is not None:
            said.append(_against_free(way, free, side))
        if kept is not None and kept.cost is not None:
            said.append(f"Not planning anew would cost {show_amount(kept.cost - way.cost, side)} more.")
        return [*said, *broken]
    said = [f"From {found.as_of}: keep to the approved plan. It costs {show_amount(way.cost, side)}."]
    if free is not None and free.cost is not None:
        saved = way.cost - free.cost
        why = "no more than the gap of the search" if not free.charge else "no more than the gap and what the changes count for"
        told = f"{show_amount(saved, side)} to save, {why}" if is_cent(max(0.0, saved), side) else "nothing to save"
        said.append(f"Planning anew found {told}.")
    return said


def _against_free(way: WayShown, free: WayShown, side: Side) -> str:
    """What the plan with few changes gives up for them."""
    assert way.cost is not None
    assert free.cost is not None
    fewer = counted((free.moved or 0.0) - (way.moved or 0.0), "unit")
    dearer = way.cost - free.cost
    cost = f"costs {show_amount(dearer, side)} less" if is_cent(max(0.0, dearer), side) else "costs the same"
    return f"It drops or moves {fewer} fewer than the cheapest plan found, which {cost}."


def _charges(found: Replanning) -> list[str]:
    side = _side(found)
    free = next((way for way in found.ways if way.kind != "kept" and way.moved is not None), None)
    if free is None or not free.moved:
        return []
    what = f"Planning anew drops or moves {counted(free.moved, 'unit')} of the approved plan's later orders"
    if not found.change_cost:
        return [f"{what}; changes are not charged (--change-cost 0)."]
    charge, each = show_amount(free.charge or 0.0, side), show_amount(found.change_cost, side)
    return [f"{what}: that counts for {charge}, {each} each."]


def _since(found: Replanning) -> list[str]:
    said = [f"What today's scenario says otherwise: {list_first(found.inputs)}."] if found.inputs else ["No input has changed."]
    if not found.comparison.pairs:
        return said
    pair = found.comparison.pairs[0]
    one, two = (found.comparison.sides[number] for number in (pair.first, pair.second))
    if pair.difference is None:
        return said
    before, after = (show_amount(side.measures["weighted_cost"], side) for side in (one, two))
    return [*said, f"From the approved {before} to {after}.", *explain_bridge(found.comparison, pair)]


def _moves(found: Replanning) -> list[str]:
    if not found.comparison.pairs or found.chosen == "kept":
        return []
    moved = tuple(move.says for move in found.comparison.pairs[0].moved)
    return [f"Otherwise than approved: {list_first(moved)}."] if moved else ["The same decisions as approved."]


def _held(found: Replanning) -> list[str]:
    kinds = Counter(one.kind for one in found.happened)
    orders = [one for one in found.happened if one.kind == "order"]
    if not found.happened:
        return [f"Nothing was signed or ordered before {found.as_of}."]
    parts = [
        *([counted(kinds["qualify"], "supplier qualification")] if kinds["qualify"] else []),
        *([counted(kinds["sign"], "frame agreement")] if kinds["sign"] else []),
        *([counted(len(orders), "purchase order")] if orders else []),
    ]
    said = [f"Held as they stand, from before {found.as_of}: {listed(parts)}."]
    contracts = [one for one in orders if one.stands_as == "contract"]
    if contracts:
        said.append(f"As signed contracts, at the price and days agreed: {counted(len(contracts), 'purchase order')} of them.")
    written = [one for one in orders if one.stands_as == "written"]
    if written:
        said.append(
            f"Among today's signed contracts already, and counted once: {counted(len(written), 'purchase order')} of them."
        )
    return said


def _notes(found: Replanning) -> list[str]:
    return [f"Taken as given: {list_first(found.notes)}."] if found.notes else []
