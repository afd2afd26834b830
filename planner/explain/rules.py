"""Every single rule a scenario sets, and how to leave it out: what would be deleted from the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.explain.editing import drop
from planner.scenario.document import Path, field_name
from planner.scenario.places import MISSING, value_at
from planner.studies.worlds import Data

SHARES = tuple(f"{end}_{kind}_share" for kind in ("country", "supplier", "group") for end in ("max", "min"))
LISTED = {"resilience": "resilience", "pins": "pins", "forbid": "forbid", "sanctioned": "forbid"}
SINGLE = {
    "max_suppliers": "supplier_count", "min_suppliers": "supplier_count", "min_cell_efficiency": "efficiency",
    "max_cvar_cost": "tail_limit", "vetting_teams": "vetting", "approvals": "approvals",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``rule`` its field, ``family`` what kind, ``limit`` what is written, ``paths`` what to delete without it.

    ``loosens``: no plan is lost or dearer without it, so that the best plan cannot cost more.
    """

    rule: str
    family: str
    limit: str
    paths: tuple[Path, ...]
    loosens: bool = True


def find_rules(data: Data) -> tuple[Rule, ...]:
    """All rules of the policy, then those of sites, suppliers and offers, in the order of the file."""
    return (*_policy(data), *_places(data), *_qualifications(data), *_orders(data))


def without(data: Data, rules: Iterable[Rule]) -> Data:
    """The same scenario without some of its rules."""
    paths = {path for rule in rules for path in rule.paths}
    for path in sorted(paths, key=lambda path: [(isinstance(part, str), part) for part in path], reverse=True):
        data = drop(data, path)  # from the back: the numbers of items before stay
    return data


def _policy(data: Data) -> Iterator[Rule]:
    policy = data.get("policy") or {}
    for year in (policy.get("budget") or {}).get("years") or policy.get("budget") or {}:
        if year != "per":
            inner = ("years",) if "years" in policy["budget"] else ()
            yield _rule(data, "budget", ("policy", "budget", *inner, year))
    for kind in SHARES:
        for name, limit in (policy.get(kind) or {}).items():
            yield from _share(data, ("policy", kind, name), limit)
    for kind, family in SINGLE.items():
        if policy.get(kind) is not None:
            yield _rule(data, family, ("policy", kind))
    for kind, family in LISTED.items():
        for i, _ in enumerate(policy.get(kind) or ()):
            yield _rule(data, family, ("policy", kind, i))


def _share(data: Data, path: Path, limit: Any) -> Iterator[Rule]:
    if not isinstance(limit, dict):
        yield _rule(data, "exposure", path)
        return
    if limit.get("total") is not None:
        yield _rule(data, "exposure", (*path, "total"))
    for step in limit.get("steps") or ():
        yield _rule(data, "exposure", (*path, "steps", step))


def _places(data: Data) -> Iterator[Rule]:
    for i, site in enumerate(data["sites"]):
        if site.get("capacity_mw") is not None:
            yield _rule(data, "site_limit", ("sites", i, "capacity_mw"))
    for part in ("sites", "suppliers"):
        for i, place in enumerate(data[part]):
            if place.get("install_limit") is not None:
                yield _rule(data, "installation", (part, i, "install_limit"))


def _qualifications(data: Data) -> Iterator[Rule]:
    """One rule per supplier: the time its qualification and that of its steps take. Costs stay."""
    for i, supplier in enumerate(data["suppliers"]):
        found: list[Path] = []
        if (supplier.get("vetting") or {}).get("duration"):
            found.append(("suppliers", i, "vetting", "duration"))
        for step, said in (supplier.get("process_qualification") or {}).items():
            if said.get("duration") and not said.get("qualified"):
                found.append(("suppliers", i, "process_qualification", step, "duration"))
        if found:
            limit = ", ".join(str(value_at(data, path)) for path in found)
            # when a step is qualified sooner, acceptance, and what is paid then, also comes earlier
            loosens = all(path[2] == "vetting" for path in found)
            yield Rule(f"{field_name(data, ('suppliers', i))}.vetting", "vetting", limit, tuple(found), loosens)


def _orders(data: Data) -> Iterator[Rule]:
    for i, offer in enumerate(data["offers"]):
        if offer.get("min_order"):
            yield _rule(data, "order_size", ("offers", i, "min_order"))


def _rule(data: Data, family: str, path: Path) -> Rule:
    return Rule(field_name(data, path), family, _written(value_at(data, path)), (path,))


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_written(item)}" for key, item in value.items() if key != "sources")
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value)
    return "" if value is MISSING else f"{value:g}" if isinstance(value, float) else str(value)
