"""The scenario in which a supplier or an offer must be used, must not, or not before a day."""

from __future__ import annotations

from math import ceil

from planner.explain.editing import add_items, put
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

TOUCH = 1e-5
"""Share of all spend that counts as buying something: far less than one unit of anything."""


def without_supplier(data: Data, supplier: str) -> Data:
    """Nothing new is bought from the supplier."""
    return add_items(data, ("policy", "forbid"), [{"supplier": supplier}])


def without_offer(data: Data, offer: str) -> Data:
    """The offer is not bought."""
    return add_items(data, ("policy", "forbid"), [{"offer": offer}])


def with_supplier(data: Data, supplier: str) -> Data:
    """The supplier is signed and something is bought from it, in every future.

    That some of the spend must be its own leaves open what and how much; a larger share that is asked for stays.
    """
    data = add_items(data, ("policy", "pins"), [{"sign": supplier}])
    path = ("policy", "min_supplier_share", supplier)
    known = ((data["policy"].get("min_supplier_share") or {}).get(supplier)) or {}
    said = known if isinstance(known, dict) else {"total": known}
    changed: Data = put(data, path, {**said, "total": max(TOUCH, said.get("total") or 0.0)})
    return changed


def least_order(offer: Offer) -> int:
    """The least number of whole units that can be bought of an offer."""
    return max(1, ceil(offer.min_order))


def is_alone(scenario: Scenario, offer: Offer) -> bool:
    """Whether the supplier has no other offer."""
    return sum(other.supplier == offer.supplier for other in scenario.offers) == 1


def with_offer(data: Data, scenario: Scenario, offer: Offer) -> Data:
    """The offer is bought, in every future: at least some of it where its supplier has no other, else exactly its least order."""
    if is_alone(scenario, offer):
        return with_supplier(data, offer.supplier)
    return add_items(data, ("policy", "pins"), [{"order": offer.id, "units": least_order(offer)}])


def not_before(data: Data, scenario: Scenario, period: int, suppliers: tuple[str, ...]) -> Data:
    """Nothing is signed with these suppliers, nor bought from them, before the period of this number."""
    names = scenario.calendar.names[:period]
    return add_items(data, ("policy", "forbid"), [{"supplier": s, "period": name} for name in names for s in suppliers])
