"""Agreements from before the calendar of a scenario that was rolled forward: signed and paid, so signed again for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.plan.plan import Plan
from planner.scenario.dates import add, parse_period
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

PAID = ("signing_fee",)


@dataclass(frozen=True, slots=True)
class Begun:
    """Suppliers signed, and suppliers whose qualification had begun but not ended (days it still takes), before a day."""

    signed: tuple[str, ...]
    vetting: tuple[tuple[str, int], ...]


def find_begun(approved: Scenario, plan: Plan, way: tuple[str, ...], day: date) -> Begun:
    """What the approved plan has begun before ``day``, on the way events have taken (nodes of its tree)."""
    signed = {d.supplier for d in plan.signings if d.node in way and parse_period(d.period)[0] < day}
    left = []
    for vetting in plan.vetting:
        first, terms = parse_period(vetting.period)[0], approved.supplier[vetting.supplier].vetting
        if vetting.node in way and first < day and vetting.supplier not in signed:
            left.append((vetting.supplier, max(0, (add(first, terms.duration) - day).days if terms else 0)))
    return Begun(tuple(sorted(signed)), tuple(sorted(left)))


def with_begun(data: Data, begun: Begun, first: str) -> Data:
    """The data in which these are signed, or go on being qualified, in the ``first`` period, and nothing is paid for it again."""
    if not begun.signed and not begun.vetting:
        return data
    left = dict(begun.vetting)
    suppliers = []
    for supplier in data["suppliers"]:
        changed = dict(supplier)
        if supplier["id"] in begun.signed:
            changed = {key: value for key, value in supplier.items() if key not in ("signing_fee", "vetting")}
            steps = supplier.get("process_qualification") or {}
            if steps:
                free = {step: {k: v for k, v in terms.items() if k != "cost"} for step, terms in steps.items()}
                changed["process_qualification"] = free
        elif supplier["id"] in left:
            days = left[supplier["id"]]
            changed["vetting"] = {"duration": f"{days} days"}
        suppliers.append(changed)
    policy = dict(data.get("policy") or {})
    pins = [{"sign": name, "period": first} for name in begun.signed] + [{"vet": name, "period": first} for name in left]
    policy["pins"] = [*(policy.get("pins") or []), *pins]
    return {**data, "suppliers": suppliers, "policy": policy}
