"""One small answer to report on, made by hand: two makers, one of them confidential, one site, eight quarters."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from planner.plan.plan import Cash, Order, Output, Plan, Shortage, Signing, Vetting
from planner.report.answer import Answer
from planner.report.mask import build_mask
from planner.report.view import View
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.vocabulary import Status

SECRET_NAME, SECRET_ID, SECRET_OFFER, SECRET_PRICE = "Zenith Coating AG", "zenith", "zenith-coater", 37.625

SCENARIO: dict[str, Any] = {
    "format": 1,
    "title": "Two makers for Texas",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 8},
    "money": {"currency": "USD", "in": "millions", "discount_rate": 0.08, "fiscal_year_starts": 4, "rates": {"CNY": 0.145}},
    "routes": {"hjt": {"steps": ["pecvd", "tco"]}},
    "sites": [{"id": "texas", "country": "US", "ready": "2026-07-01", "install_time": "3 months", "acceptance_time": "1 month"}],
    "demand": [
        {
            "id": "ramp",
            "sites": ["texas"],
            "target_mw": {"2026-Q1": 0, "2027-Q1": 2000, "2027-Q4": 6000},
            "shortage_cost": {"amount": 90, "per": "GW-year"},
        }
    ],
    "suppliers": [
        {"id": "dawn", "name": "Dawn Machines", "country": "CN", "vetting": {"duration": "8 weeks", "cost": 0.4}},
        {"id": SECRET_ID, "name": SECRET_NAME, "country": "DE", "confidential": True, "signing_fee": 1.5},
    ],
    "offers": [
        {
            "id": "dawn-pecvd",
            "supplier": "dawn",
            "unit": "tool",
            "covers": {"pecvd": 600},
            "price": {"amount": 100, "currency": "CNY"},
            "lead_time": "5 months",
            "transit_time": "6 weeks",
            "slots": {"per": "quarter", "2026-Q1": 12},
        },
        {
            "id": SECRET_OFFER,
            "supplier": SECRET_ID,
            "unit": "tool",
            "covers": {"tco": 1000},
            "price": {"amount": SECRET_PRICE},
            "lead_time": "6 months",
            "slots": {"per": "quarter", "2026-Q1": 9},
            "note": f"price told by {SECRET_NAME} in confidence",
        },
    ],
    "policy": {"max_country_share": {"CN": 0.85}, "budget": {"per": "fiscal-year", "2026": 900}},
}


def build_scenario(**changes: Any) -> tuple[Scenario, dict[str, Any]]:
    """The scenario and its data; ``changes`` replace whole sections."""
    data = {**deepcopy(SCENARIO), **changes}
    return Scenario.model_validate(data), data


def build_plan(open_mw: float = 0.0) -> Plan:
    """Ten tools of each maker; ``open_mw`` MW a year stay open in the last quarter."""
    dawn = Order("2026-Q2", "dawn-pecvd", "dawn", "texas", 10, "2026-Q2", "2026-Q3", date(2026, 4, 1), date(2026, 9, 1),
                 date(2026, 10, 13), date(2027, 2, 13), 14.5)  # fmt: skip
    secret = Order("root", SECRET_OFFER, SECRET_ID, "texas", 6, "2026-Q1", "2026-Q3", date(2026, 1, 1), date(2026, 7, 1),
                   date(2026, 7, 1), date(2026, 11, 1), SECRET_PRICE)  # fmt: skip
    periods = [("2027-Q1", 2000.0), ("2027-Q2", 2000.0), ("2027-Q3", 2000.0), ("2027-Q4", 6000.0 - open_mw)]
    cash = (
        Cash("root", date(2026, 1, 1), "vetting", "dawn", "", "", 0.4, "USD", 0.4),
        Cash("root", date(2026, 1, 1), "signing", SECRET_ID, "", "", 1.5, "USD", 1.5),
        Cash("root", date(2026, 1, 1), "order", SECRET_ID, SECRET_OFFER, "texas", 225.75, "USD", 225.75),
        Cash("2026-Q2", date(2026, 4, 1), "order", "dawn", "dawn-pecvd", "texas", 145.0, "CNY", 1000.0),
    )
    return Plan(
        vetting=(Vetting("root", "dawn", "2026-Q1"),),
        signings=(Signing("root", SECRET_ID, "2026-Q1"), Signing("2026-Q2", "dawn", "2026-Q2")),
        orders=(dawn, secret),
        output=tuple(Output(p, p, "hjt", "texas", mw) for p, mw in periods),
        shortage=(Shortage("2027-Q4", "ramp", "2027-Q4", open_mw, 6000.0),) if open_mw else (),
        cash=cash,
        measures={
            "expected_cost": 400.0 + open_mw,
            "cash_cost": 370.0,
            "shortage_cost": 30.0 + open_mw,
            "spend": 370.75,
            "shortage": open_mw / 4,
        },
    )


def build_answer(unmask: bool = False, open_mw: float = 0.0, scenario: Scenario | None = None, **result: Any) -> Answer:
    """The whole answer; keyword arguments replace fields of the result."""
    plan = result.pop("plan", build_plan(open_mw))
    usual, data = build_scenario()
    scenario = scenario or usual
    fields: dict[str, Any] = {
        "scenario": scenario.title,
        "name": "two-makers",
        "fingerprint": "0123456789abcdef" * 4,
        "status": Status.OPTIMAL,
        "objective": 400.0,
        "bound": 399.0,
        "gap": 0.0025,
        "reason": "",
        "seconds": {"total": 1.5, "engine": 1.0, "read": 0.1, "build": 0.2, "audit": 0.1},
        "measures": plan.measures if plan else {},
        "plan": plan,
        "audit": {"ok": True, "findings": []},
        "versions": {"planner": "0.1.0", "pulp": "3.3.2", "highspy": "1.16.0"},
        "size": {"columns": 10, "whole": 5, "rows": 12, "nodes": 8},
    }
    document = Document("two-makers.yaml", "ab" * 32, data, files=(("two-makers.yaml", "ab" * 32),))
    done = Result(**{**fields, **result})
    return Answer(
        document, scenario, done, build_mask(scenario, unmask), {"gap": 0.005, "time_limit": None, "minimise": "expected_cost"}
    )


def build_view(unmask: bool = False, open_mw: float = 0.0) -> View:
    """The plan to report on."""
    view = build_answer(unmask, open_mw).view
    assert view is not None
    return view
