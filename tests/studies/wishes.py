"""Random scenarios in which everything is scarce and news of every kind comes, and plans that wish for more than there is."""

from __future__ import annotations

from random import Random
from typing import Any

from planner.plan.audit import Purchase, TreeDecisions
from planner.scenario.dates import add
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario

Part = dict[str, Any]
HITS: dict[str, list[str]] = {
    "countries": ["CN", "DE"], "suppliers": ["far", "near"], "groups": ["both"], "offers": ["far-line", "near-line"],
    "steps": ["wet", "coat"], "tags": ["pv"], "sites": ["a", "b"], "currencies": ["EUR"],
}  # fmt: skip
EFFECTS: dict[str, list[Any]] = {
    "shipments": ["stopped"], "refund": [0.5, 1.0], "delay": ["1 month", "20 days"], "slots_factor": [0, 0.5, 0.7],
    "price_factor": [1.3, 0.8], "duty_added": [0.25], "target_factor": [0.5, 1.3], "crews_factor": [0.5],
    "install_delay": ["2 weeks", "1 month"], "output_factor": [0, 0.5], "currency_factor": [1.2, 0.9],
}  # fmt: skip

CONTRACT = {"id": "old", "offer": "far-line", "site": "a", "units": 1, "ordered": "2025-10-01", "ships": "2026-03-20"}


def scarce(seed: int) -> Part:
    """The document of a scenario; the same for the same seed."""
    r = Random(f"scarce {seed}")
    makers = [("far", "CN"), ("near", "DE")]
    return {
        "format": 1,
        "title": f"scarce {seed}",
        "calendar": {"start": "2026-01-01", "step": r.choice(["quarter", "quarter", "month"]), "periods": 5},
        "money": {"currency": "USD", "rates": {"EUR": 1.25}, "discount_rate": 0.08},
        "routes": {"one": {"steps": ["wet", "coat"]}, "two": {"steps": r.choice([["wet"], ["coat"], ["wet", "coat"]])}},
        "sites": [_site(r, name) for name in ("a", "b")],
        "demand": [_demand(r)],
        "suppliers": [_supplier(r, name, country) for name, country in makers],
        "offers": [_offer(r, name, kind) for name, _ in makers for kind in ("line", "tool")],
        "resources": [{"id": "glass", "slots": {"per": "half-year", "2026": r.choice([3, 5])}}],
        "commitments": [
            {"id": "old", "offer": "far-line", "site": "a", "units": 1, "ordered": "2025-10-01", "ships": "2026-03-20"}
        ],
        "duties": [{"id": "base", "origin": "any", "into": "US", "rate": 0.1, "of": "price and freight"}],
        "policy": {"vetting_teams": 1, "groups": {"both": ["far", "near"]}},
        "shocks": [_shock(r, number) for number in range(r.choice([1, 2, 3]))],
        "licences": [_licence(r)] if r.random() < 0.4 else [],
        "futures": {"max_shocks": 1, "branch_at": r.choice([[], ["2026-04-01"]])},
    }


def _site(r: Random, name: str) -> Part:
    found: Part = {"id": name, "country": "US", "install_time": r.choice(["1 month", "2 months"])}
    if r.random() < 0.5:
        found["install_limit"] = {"units": r.choice([2, 3])}
    if r.random() < 0.3:
        found |= {"ready": "2026-05-10", "capacity_mw": 80, "acceptance_time": "10 days"}
    return found


def _demand(r: Random) -> Part:
    cost, surplus = {"amount": 2, "per": "MW-year", "currency": "EUR"}, {"amount": 0.5, "per": "MW-year"}
    return {"id": "d", "sites": ["a", "b"], "target_mw": r.choice([100, 200]), "continues": "1 years",
            "shortage_cost": cost, "surplus_cost": surplus}  # fmt: skip


def _supplier(r: Random, name: str, country: str) -> Part:
    found: Part = {"id": name, "country": country, "signing_fee": 2, "order_fee": {"amount": 1, "currency": "EUR"}}
    if r.random() < 0.7:
        found["vetting"] = {"duration": r.choice(["0 days", "1 month", "4 months"]), "cost": 1}
    if r.random() < 0.4:
        found["install_limit"] = {"units": r.choice([2, 3])}
    if r.random() < 0.3:
        found["process_qualification"] = {"wet": {"duration": "1 month", "cost": 3}}
    return found


def _offer(r: Random, maker: str, kind: str) -> Part:
    covers = {"wet": 50, "coat": 60} if kind == "line" else {r.choice(["wet", "coat"]): 40}
    found: Part = {
        "id": f"{maker}-{kind}",
        "supplier": maker,
        "covers": covers,
        "price": r.choice([20, {"amount": 16, "currency": "EUR", "escalation": 0.2}]),
        "lead_time": r.choice(["0 days", "2 weeks", "1 month"]),
        "payment": {"order": 0.25, "fat": 0.25, "shipment": 0.2, "arrival": 0.1, "acceptance": 0.2, "secured": 0.4},
        "min_order": r.choice([0, 0, 2]),
        "resources": [{"resource": "glass"}] if r.random() < 0.4 else [],
        "tags": ["pv"] if r.random() < 0.5 else [],
    }
    for key, odds, value in (
        ("slots", 0.7, {"per": r.choice(["month", "quarter"]), "2026": r.choice([1, 2])}),
        ("rival_claims", 0.3, {"share": 0.3, "per": "quarter"}),
        ("divisible", 0.2, True),
        ("install_use", 0.3, 0.5),
        ("transit_time", 0.4, "2 weeks"),
        ("freight", 0.4, {"amount": 3, "currency": "EUR"}),
        ("storage", 0.4, {"amount": 2, "per": "month"}),
        ("ramp", 0.4, {"months": [2], "share": [0.5]}),
        ("ships_from", 0.3, "DE"),
        ("origin", 0.3, "CN"),
        ("incoterm", 0.2, {"rule": "DDP"}),
    ):
        if r.random() < odds:
            found[key] = value
    return found


def _shock(r: Random, number: int) -> Part:
    found: Part = {"id": f"k{number}", "hits": {key: [r.choice(names)] for key, names in HITS.items() if r.random() < 0.2}}
    if r.random() < 0.6:
        found["hazard_per_year"] = r.choice([0.5, 1, 3])
    else:
        found |= {"date": r.choice(["2026-02-10", "2026-04-01", "2026-05-20"]), "probability": r.choice([0.3, 0.5])}
    found["lasts"] = r.choice(["for good", "1 month", "6 months", "45 days"])
    found |= {key: r.choice(values) for key, values in EFFECTS.items() if r.random() < 0.3}
    return found


def _licence(r: Random) -> Part:
    return {
        "id": "review", "hits": {"countries": ["CN"]}, "review": r.choice(["0 days", "1 month"]), "windows": ["2026-03-01"],
        "quick": 0.5, "slow": {"probability": 0.3, "delay": r.choice(["20 days", "2 months"])}, "refused": 0.2,
    }  # fmt: skip


def wishes(scenario: Scenario, seed: int) -> TreeDecisions:
    """Decisions at every node without a thought for any rule but when an order can ship."""
    r, calendar = Random(f"wishes {seed}"), scenario.calendar
    vettings, signings, orders = [], [], []
    for moment in grow(scenario).moments:
        vettings += [(maker.id, moment.name) for maker in scenario.suppliers if maker.vetting and r.random() < 0.5]
        signings += [(maker.id, moment.name) for maker in scenario.suppliers if r.random() < 0.6]
        for offer in scenario.offers:
            waits = (offer.lead_time, *(lic.review for lic in scenario.licences if offer.supplier == "far"))
            ships = calendar.period_of(max(add(calendar.starts[moment.period], wait) for wait in waits))
            if ships < calendar.periods and r.random() < 0.7:
                units = r.randint(1, 4) / (2 if offer.divisible else 1)
                orders.append((moment.name, Purchase(offer.id, r.choice("ab"), moment.period, ships, units)))
    return TreeDecisions(tuple(vettings), tuple(signings), tuple(orders))
