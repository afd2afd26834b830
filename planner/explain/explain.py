"""Answers why a plan is as it is, part by part, most useful first, within a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.explain.asking import Asking
from planner.explain.compare import Comparing
from planner.explain.explanation import PARTS, Base, Explanation
from planner.explain.prices.offers import price_offers
from planner.explain.prices.rules import price_rules
from planner.explain.prices.sites import find_site_ladders, value_sites
from planner.explain.prices.slots import find_slot_ladders, value_slots
from planner.explain.prices.steps import climb
from planner.explain.prices.suppliers import weigh_suppliers
from planner.explain.prices.ties import find_ties
from planner.explain.prices.waiting import price_waiting
from planner.explain.prices.weeks import find_earlier, find_week_ladders, value_weeks
from planner.explain.prices.why_not import ask_why_not
from planner.studies.costs import cost_of
from planner.studies.worlds import Data
from planner.vocabulary import Exit

SHARES = {"why-not": 0.3, "rules": 0.25, "slots": 0.35, "offers": 0.65, "waiting": 0.8, "ties": 1.0}
"""Of the time that is left when a part begins; what one does not need the next ones have."""
WITHIN = 0.01


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to explain: ``parts`` of PARTS, suppliers and offers by id to say why not, how near a tie is (a fraction)."""

    parts: Collection[str] = PARTS
    why_not: Sequence[str] = ()
    within: float = WITHIN


def costs_only(data: Data) -> Data:
    """The scenario with cost before the ramp, because only costs can be compared."""
    if (data.get("policy") or {}).get("first") != "ramp":
        return data
    return {**data, "policy": {key: value for key, value in data["policy"].items() if key != "first"}}


def find_explanation(asking: Asking, wanted: Wanted, fingerprint: str) -> Explanation:
    """All parts wanted of the plan that ``asking.base`` holds."""
    comparing = Comparing(asking.scenario, asking.base)
    found = Explanation(fingerprint, asking.gap, _base(comparing), asking.base.code)
    for part, share in SHARES.items():
        if part in wanted.parts and (part != "why-not" or wanted.why_not):
            asking.open_part(part, share, patient=part == "why-not")
            try:
                found = replace(found, **_answer(part, asking, comparing, wanted))
            except KeyboardInterrupt:  # between two questions; what other parts have found is kept
                asking.stopped = True
            asking.close_part()
    done = tuple(sorted(asking.done, key=lambda one: PARTS.index(one.part)))
    return replace(found, parts=done, code=Exit.INTERRUPTED if asking.stopped else found.code)


def _base(comparing: Comparing) -> Base:
    measures = comparing.plan.measures
    return Base(cost_of(comparing.base), measures["cash_cost"], measures["shortage_cost"], comparing.suppliers(comparing.plan))


def _answer(part: str, asking: Asking, comparing: Comparing, wanted: Wanted) -> dict[str, Any]:
    """The fields of the explanation that a part fills."""
    if part == "rules":
        return {"rules": price_rules(asking, comparing)}
    if part == "slots":
        return _find_values(asking, comparing)
    if part == "offers":
        suppliers, offers = weigh_suppliers(asking, comparing), price_offers(asking, comparing)
        earlier = find_earlier(asking, comparing)
        offers = tuple(replace(price, earlier=earlier.get(price.supplier)) for price in offers)
        return {"suppliers": suppliers, "offers": offers}
    if part == "why-not":
        return {"why_not": ask_why_not(asking, comparing, wanted.why_not)}
    if part == "waiting":
        return {"waiting": price_waiting(asking, comparing)}
    return {"ties": find_ties(asking, comparing, wanted.within)}


def _find_values(asking: Asking, comparing: Comparing) -> dict[str, Any]:
    """More slots, weeks and MW, all of them a little before any of them more."""
    slots, weeks = find_slot_ladders(asking, comparing), find_week_ladders(asking, comparing)
    sites = find_site_ladders(asking, comparing)
    climb(asking, [*(ladder for _, ladder in slots), *(ladder for _, ladder in weeks), *(ladder for *_, ladder in sites)])
    return {
        "slots": value_slots(comparing, slots), "weeks": value_weeks(comparing, weeks), "sites": value_sites(comparing, sites),
    }  # fmt: skip
