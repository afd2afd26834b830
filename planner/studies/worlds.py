"""Other versions of a scenario's own data: without news, with other chances, with one supplier, one future alone.

All of them are plain data as a scenario file holds it, so that every one is solved and checked like a scenario.
"""

from __future__ import annotations

from typing import Any

from planner.scenario.scenario import Scenario

Data = dict[str, Any]
CHANCES = ("hazard_per_year", "probability")


def in_mode(data: Data, mode: str) -> Data:
    """The same with ``futures.mode``; cost comes before the ramp, because only costs can be compared."""
    policy = {key: value for key, value in (data.get("policy") or {}).items() if key != "first"}
    return {**data, "futures": {**(data.get("futures") or {}), "mode": mode}, "policy": policy}


def with_chances(data: Data, chances: dict[str, float]) -> Data:
    """The same with another hazard or probability for some shocks, by id."""
    shocks = [_with_chance(shock, chances.get(shock["id"])) for shock in data.get("shocks") or []]
    return {**data, "shocks": shocks}


def _with_chance(shock: Data, chance: float | None) -> Data:
    if chance is None:
        return shock
    field = next(name for name in CHANCES if shock.get(name) is not None)
    return {**shock, field: chance}


def from_one_supplier(data: Data, scenario: Scenario, supplier: str) -> Data:
    """The same with one supplier to buy from.

    Rules that one supplier cannot keep are put aside: shares, numbers of suppliers, resilience, and pins of others.
    """
    aside = ("share", "suppliers")
    policy = {key: value for key, value in (data.get("policy") or {}).items() if not key.endswith(aside) and key != "resilience"}
    own = {offer.id for offer in scenario.offers if offer.supplier == supplier}
    policy["pins"] = [
        pin for pin in policy.get("pins") or [] if supplier in (pin.get("vet"), pin.get("sign")) or pin.get("order") in own
    ]
    others = [{"supplier": other.id} for other in scenario.suppliers if other.id != supplier]
    policy["forbid"] = [*(policy.get("forbid") or []), *others]
    return {**data, "policy": policy}


def with_country_limit(data: Data, country: str, share: float) -> Data:
    """The same with at most this share of all spend from one country; a stricter limit stays."""
    policy = dict(data.get("policy") or {})
    limits = policy.get("max_country_share") or {}
    old = limits.get(country)
    limit: Data = dict(old) if isinstance(old, dict) else {"total": old}
    said = limit.get("total")
    limit["total"] = share if said is None else min(share, float(said))
    policy["max_country_share"] = {**limits, country: limit}
    return {**data, "policy": policy}
