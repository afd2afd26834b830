"""Explained plans for the brief: three makers of whom rules, slots and prices are worked out by real solves in this process."""

from __future__ import annotations

from typing import Any

from planner.explain.explain import Wanted, find_explanation
from planner.explain.explanation import Explanation
from planner.options import Options
from planner.report.answer import Answer
from planner.report.mask import build_mask
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from tests.explain.plan_case import EXACT, ask_about, changed

STOP = [{"id": "stop", "name": "export stop", "date": "2026-04-01", "probability": 0.25, "hits": {"countries": ["CN"]},
         "shipments": "stopped"}]  # fmt: skip


def explain(data: dict[str, Any], options: Options = EXACT) -> tuple[Answer, Explanation]:
    """The answer to a scenario and everything about it."""
    asking = ask_about(data, options)
    result = asking.base.result
    assert result is not None
    found = find_explanation(asking, Wanted(), result.fingerprint)
    scenario = Scenario.model_validate(data)
    document = Document("three-makers.yaml", "", data)
    return Answer(document, scenario, result, build_mask(scenario), options.as_dict()), found


def ruled() -> dict[str, Any]:
    """A limit on the dear maker, a budget that does not bind, rivals who take what waits."""
    data = changed(
        policy__max_supplier_share={"dear": 0.6},
        policy__budget={"per": "fiscal-year", "2026": 500},
        offers__1__rival_claims={"share": 0.5, "per": "quarter"},
    )
    data["money"]["discount_rate"] = 0.0
    return data


def with_news() -> dict[str, Any]:
    """The maker in CN may be stopped in April: its lines are switched then."""
    data = changed(shocks=STOP)
    for offer in data["offers"]:
        offer["payment"] = {"shipment": 1.0}
    data["demand"][0]["target_mw"] = {"2026-Q3": 2000}
    return data


def short() -> dict[str, Any]:
    """Two lines of the dear maker a quarter and none of the third: part of the ramp stays open."""
    return changed(offers__1__slots={"per": "quarter", "2026-Q2": 1}, offers__2__slots={"per": "quarter", "2026-Q2": 0})
