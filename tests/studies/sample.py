"""A story small enough to reckon by hand: two lines of 500 MW for a gigawatt, two makers, six quarters, no interest.

Undisturbed, two far lines ordered today are paid in full (80), ship and run from April 2026; the target begins in July.
Every missing MW-year costs 0.06, and there is nothing after the horizon.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.plan.plan import Order, Plan, Signing, Vetting
from planner.scenario.dates import Duration
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.studies.case import Case, build_case
from planner.studies.courses import Courses
from planner.studies.draw import tree_futures

Part = dict[str, Any]
SOON = {"date": "2026-02-15", "probability": 0.5}
"""A dated shock known from the second quarter on: it strikes on 1 April 2026, the day the far lines are due."""


def story(*, shocks: tuple[Part, ...] = (), far: Part | None = None, near: Part | None = None, **more: Any) -> Scenario:
    """The scenario with shocks, changed offers and further parts of the document."""
    offer = {"covers": {"line": 500}, "lead_time": "3 months", "payment": {"order": 0.25, "fat": 0.25, "shipment": 0.5}}
    document: Part = {
        "format": 1,
        "title": "two makers",
        "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 6},
        "money": {"currency": "USD", "in": "millions", "rates": {"EUR": 1.25}},
        "routes": {"cell": {"steps": ["line"]}},
        "sites": [{"id": "plant", "country": "US"}],
        "demand": [
            {
                "id": "ramp",
                "sites": ["plant"],
                "target_mw": {"2026-Q3": 1000},
                "shortage_cost": {"amount": 60, "per": "GW-year"},
                "continues": "0 years",
            }
        ],
        "suppliers": [{"id": "far", "country": "CN"}, {"id": "near", "country": "DE"}],
        "offers": [
            {"id": "far-line", "supplier": "far", "price": 40, **offer, **(far or {})},
            {"id": "near-line", "supplier": "near", "price": 60, **offer, **(near or {})},
        ],
        "shocks": [{"id": f"news-{n}" if n else "news", **shock} for n, shock in enumerate(shocks)],
        **more,
    }
    return Scenario.model_validate(document)


def sign(supplier: str, node: str = "root", period: str = "2026-Q1") -> Signing:
    return Signing(node, supplier, period)


def vet(supplier: str, node: str = "root", period: str = "2026-Q1") -> Vetting:
    return Vetting(node, supplier, period)


def order(offer: str, units: float, ships: str, node: str = "root", period: str = "2026-Q1", site: str = "plant") -> Order:
    """An order; its days and price are what the replay finds out by itself."""
    day = date(2026, 1, 1)
    return Order(node, offer, offer.split("-")[0], site, units, period, ships, day, day, day, day, 0.0)


def plan(*decisions: Vetting | Signing | Order) -> Plan:
    """A plan of these decisions."""
    return Plan(
        tuple(d for d in decisions if isinstance(d, Vetting)),
        tuple(d for d in decisions if isinstance(d, Signing)),
        tuple(d for d in decisions if isinstance(d, Order)),
    )


TWO_FAR = plan(sign("far"), order("far-line", 2, "2026-Q2"))


def lasting(scenario: Scenario) -> Scenario:
    """The same, but what is missing at the end goes on being missed for four years: buying is worth it."""
    demand = scenario.demand[0].model_copy(update={"continues": Duration(months=48)})
    return scenario.model_copy(update={"demand": (demand,)})


def own(scenario: Scenario, what: Plan) -> tuple[Case, Courses]:
    """The plan and the futures of the scenario's own tree, in the order of its leaves."""
    growth = grow(scenario)
    courses = tree_futures(scenario, growth)
    return build_case(scenario, what, courses.news.voices, growth), courses
