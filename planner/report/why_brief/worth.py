"""What waiting costs and why, which losing offers would be chosen at what price, what one more slot is worth, near-ties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.explain.explanation import Explanation, OfferPrice, SlotValue
from planner.explain.sentence import Sentence, Value
from planner.report.view import View
from planner.report.why_brief.pieces import is_told, part, told
from planner.report.why_brief.waiting import find_lost_slots

MOST_OFFERS, MOST_SLOTS, MOST_TIES, MOST_WORTH = 3, 2, 2, 2


def say_waiting(view: View, explanation: Explanation) -> Iterator[Sentence]:
    """The shortest wait of everybody that surely costs something; how many slots of the plan are gone by then."""
    for w, waiting in enumerate(explanation.waiting):
        if waiting.supplier:
            continue
        for d, delay in enumerate(waiting.delays):
            period = Value("period", delay.period, f"explanation.waiting[{w}].delays[{d}].period")
            if delay.costs.verdict == "impossible":
                yield Sentence("brief_waiting_never", {"period": period})
                return
            if is_told(delay.costs):
                values = {"period": period, "cost": told(delay.costs, f"explanation.waiting[{w}].delays[{d}].costs")}
                lost = find_lost_slots(view, date.fromisoformat(delay.day))
                key = "brief_waiting" if lost <= 0 else "brief_waiting_slot" if lost == 1 else "brief_waiting_slots"
                yield Sentence(key, {**values, **({"slots": Value("units", lost, "slots, rival_claims")} if lost > 0 else {})})
                return


def say_offers(explanation: Explanation) -> Iterator[Sentence]:
    """Offers that would surely be chosen if they were cheaper, the nearest first."""
    near = [(_cut(offer), i, offer) for i, offer in enumerate(explanation.offers) if offer.turn == "enters" and _cut(offer) > 0]
    for cut, i, offer in sorted(near, key=lambda found: found[:2])[:MOST_OFFERS]:
        values = {
            "offer": Value("offer", offer.offer, f"explanation.offers[{i}].offer"),
            "share": Value("share", cut, f"explanation.offers[{i}]: 1 - low / price"),
        }
        if offer.earlier:
            weeks = Value("count", offer.earlier, f"explanation.offers[{i}].earlier")
            yield Sentence("brief_offer_earlier", {**values, "weeks": weeks})
        else:
            yield Sentence("brief_offer", values)


def _cut(offer: OfferPrice) -> float:
    """By how much of its price an offer must become cheaper to be surely in the best plan; 0 where that is not known."""
    if offer.low is None or offer.low <= 0 or not offer.price or offer.price <= 0 or offer.low >= offer.price:
        return 0.0
    return 1 - offer.low / offer.price


def say_slots(explanation: Explanation) -> Iterator[Sentence]:
    """The slots that are worth most."""
    found = [(i, slot) for i, slot in enumerate(explanation.slots) if _point(slot) is not None]
    found.sort(key=lambda pair: -_saved(pair[1]))
    for i, slot in found[:MOST_SLOTS]:
        point = _point(slot)
        assert point is not None  # those without are left out
        source = f"explanation.slots[{i}].steps.points[{point}]"
        best = slot.steps.points[point]
        window = slot.window != "all"
        values = {
            "count": Value("units", best.amount, f"{source}.amount"),
            "pool": Value("pool", slot.pool, f"explanation.slots[{i}].pool"),
            "saves": told(best.saves, f"{source}.saves"),
        }
        if window:
            values["window"] = Value("period", slot.window, f"explanation.slots[{i}].window")
        yield Sentence(f"brief_slot{'' if best.amount == 1 else 's'}{'' if window else '_ever'}", values)


def _point(slot: SlotValue) -> int | None:
    """The least number of slots that surely saves something, as a place among the points."""
    return next((i for i, p in enumerate(slot.steps.points) if p.amount == slot.steps.useful and is_told(p.saves)), None)


def _saved(slot: SlotValue) -> float:
    point = _point(slot)
    return (slot.steps.points[point].saves.value or 0.0) if point is not None else 0.0


def say_suppliers(explanation: Explanation) -> Iterator[Sentence]:
    """The signed suppliers the plan can least do without."""
    signed = [(i, s) for i, s in enumerate(explanation.suppliers) if s.signed]
    for i, supplier in signed:
        if supplier.costs.verdict == "impossible":
            source = f"explanation.suppliers[{i}].supplier"
            yield Sentence("brief_supplier_needed", {"supplier": Value("supplier", supplier.supplier, source)})
    dear = [(i, s) for i, s in signed if is_told(s.costs)]
    for i, supplier in sorted(dear, key=lambda pair: -(pair[1].costs.value or 0.0))[:MOST_WORTH]:
        source = f"explanation.suppliers[{i}]"
        values = {
            "supplier": Value("supplier", supplier.supplier, f"{source}.supplier"),
            "cost": told(supplier.costs, f"{source}.costs"),
        }
        yield Sentence("brief_supplier", values)


def say_ties(explanation: Explanation) -> Iterator[Sentence]:
    """Other choices of suppliers that are about as good, and whom all of them sign."""
    ties = explanation.ties
    if ties is None:
        return
    within = Value("percent", ties.within, "explanation.ties.within")
    for i, mix in list(enumerate(ties.mixes))[1 : MOST_TIES + 1]:
        who = {"suppliers": Value("supplier", mix.suppliers, f"explanation.ties.mixes[{i}].suppliers")}
        if is_told(mix.costs):
            yield Sentence("brief_tie", {**who, "cost": told(mix.costs, f"explanation.ties.mixes[{i}].costs")})
        elif mix.costs.verdict in ("nothing", "within the gaps"):
            yield Sentence("brief_tie_same", who)
    if ties.always:
        yield Sentence("brief_always", {"suppliers": Value("supplier", ties.always, "explanation.ties.always"), "within": within})
    if ties.complete and len(ties.mixes) == 1:
        yield Sentence("brief_tie_none", {"within": within})


def say_unanswered(explanation: Explanation) -> Iterator[Sentence]:
    """Parts that were not answered in full."""
    for i, done in enumerate(explanation.parts):
        if done.ended:
            values = {
                "part": part(f"part_{done.part.replace('-', '_')}", {}),
                "answered": Value("count", done.answered, f"explanation.parts[{i}].answered"),
                "questions": Value("count", done.questions, f"explanation.parts[{i}].questions"),
            }
            yield Sentence("brief_unanswered", values)
