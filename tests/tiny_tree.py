"""Random trees of futures so small that every plan can be looked at, drawn so that one kind of news matters."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

Part = dict[str, Any]
EFFECTS = (
    "stop", "stop for good", "slots", "price", "duty", "delay", "target", "crews", "visas", "output", "currency",
)  # fmt: skip


def random_tree(subject: str, seed: int) -> Part:
    """The document of a scenario about the subject; the same for the same seed."""
    return {**_draw(Random(f"{subject} {seed}"), subject), "title": f"{subject} {seed}"}


def without(subject: str, document: Part) -> Part | None:
    """The document without what it is about; None where that is no single part of it."""
    leave = LEFT_OUT[subject]
    if leave is None:
        return None
    found = deepcopy(document)
    leave(found)
    return found


def _each(part: str, *keys: str) -> Callable[[Part], None]:
    def leave(document: Part) -> None:
        for item in document.get(part, []):
            for key in keys:
                item.pop(key, None)

    return leave


def _from(part: str, *keys: str) -> Callable[[Part], None]:
    def leave(document: Part) -> None:
        for key in keys:
            document[part].pop(key, None)

    return leave


def _gone(*parts: str) -> Callable[[Part], None]:
    def leave(document: Part) -> None:
        for part in parts:
            document.pop(part, None)

    return leave


def _quick(document: Part) -> None:
    for licence in document["licences"]:
        licence["slow"]["delay"] = "0 days"


def _never_refused(document: Part) -> None:
    for licence in document["licences"]:
        licence |= {"slow": {**licence["slow"], "probability": licence["slow"]["probability"] + licence.pop("refused")}}


def _never_back(document: Part) -> None:
    for offer in document["offers"]:
        offer["payment"].pop("secured", None)


LEFT_OUT: dict[str, Callable[[Part], None] | None] = {
    "stop": _each("shocks", "shipments"),
    "stop for good": _each("shocks", "shipments"),
    "refund": _each("shocks", "refund"),
    "secured": _never_back,
    "ships from": _each("offers", "ships_from"),
    "undelivered": None,
    "slots": _each("shocks", "slots_factor"),
    "price": _each("shocks", "price_factor"),
    "duty": _each("shocks", "duty_added"),
    "origin": _each("offers", "origin"),
    "delay": _each("shocks", "delay"),
    "target": _each("shocks", "target_factor"),
    "crews": _each("shocks", "crews_factor"),
    "booking": None,
    "visas": _each("shocks", "install_delay"),
    "output": _each("shocks", "output_factor"),
    "currency": _each("shocks", "currency_factor"),
    "slow licence": _quick,
    "refused licence": _never_refused,
    "review": _each("licences", "review"),
    "windows": _each("licences", "windows"),
    "after": _each("shocks", "after"),
    "hazard until": _each("shocks", "until"),
    "tension": _from("futures", "tension"),
    "branch at": _from("futures", "branch_at"),
    "most shocks": _from("futures", "max_shocks"),
    "least chance": _from("futures", "min_probability"),
    "held back": None,
    "resilience": _from("policy", "resilience"),
    "tail limit": _from("policy", "max_cvar_cost"),
    "risk weight": _from("policy", "risk_weight"),
    "tail": _from("policy", "tail"),
    "order size": _each("offers", "min_order"),
    "order fee": _each("suppliers", "order_fee"),
    "shares": _from("policy", "max_supplier_share", "max_country_share", "min_supplier_share", "min_country_share"),
    "lost in shares": None,
    "budget": _from("policy", "budget"),
    "pins": _from("policy", "pins"),
    "vetting": _each("suppliers", "vetting"),
    "contract": _gone("commitments"),
    "two-stage": _from("futures", "mode"),
    "void": None,
}
"""Each subject with how to leave it out."""

SEEDS: dict[str, tuple[int, ...]] = {
    "stop": (2, 7, 11, 15),
    "stop for good": (11, 19, 31, 43),
    "refund": (33, 39, 45, 65),
    "secured": (3, 15, 20, 29),
    "ships from": (12, 25, 33, 60),
    "undelivered": (18, 106, 119, 138),
    "slots": (68, 73, 83, 167),
    "price": (1, 15, 33, 44),
    "duty": (3, 20, 49, 50),
    "origin": (5, 14, 20, 21),
    "delay": (2, 29, 33, 38),
    "target": (0, 4, 6, 7),
    "crews": (27, 38, 47, 49),
    "booking": (1179, 2337, 3006, 5105),
    "visas": (8, 35, 43, 84),
    "output": (1, 2, 3, 8),
    "currency": (1, 3, 7, 8),
    "slow licence": (1, 8, 20, 90),
    "refused licence": (0, 3, 5, 11),
    "review": (5, 7, 22, 34),
    "windows": (52, 101, 121, 125),
    "after": (17, 189, 239, 319),
    "hazard until": (2, 17, 40, 49),
    "tension": (1, 3, 6, 10),
    "branch at": (14, 18, 83, 92),
    "most shocks": (51, 81, 107, 124),
    "least chance": (50, 80, 84, 118),
    "held back": (3, 27, 53, 96),
    "resilience": (7, 39, 62, 67),
    "tail limit": (1, 929, 966),
    "risk weight": (2, 17, 19, 34),
    "tail": (0, 6, 20, 25),
    "order size": (1, 4, 9, 11),
    "order fee": (4, 5, 8, 9),
    "shares": (0, 2, 8, 13),
    "lost in shares": (46, 245, 306, 348),
    "budget": (11, 13, 16, 27),
    "pins": (2, 5, 11, 15),
    "vetting": (2, 4, 7, 8),
    "contract": (1, 2, 3, 6),
    "two-stage": (2, 17, 33, 323),
    "void": (4, 51, 77, 101),
}
"""Draws in which the best plan costs something else without the subject; where nothing can be left out, with that rule off.

Anybody who changes the draws finds new ones by trying: ``random_tree`` by seed, ``best_tree_plan`` with and without.
"""


def _draw(r: Random, subject: str) -> Part:
    step = "month" if r.random() < 0.15 else "quarter"
    count = r.choice([2, 3, 3, 3])
    names = [f"2026-{p + 1:02d}" if step == "month" else f"2026-Q{p + 1}" for p in range(count)]
    steps = ["wet", "coat"] if r.random() < 0.2 else ["wet"]
    sites = [_site(r, f"s{i}", names, subject) for i in range(2 if r.random() < 0.15 else 1)]
    pair = subject in ("shares", "lost in shares", "resilience", "currency", "stop for good") or r.random() < 0.4
    suppliers = [_supplier(r, f"m{j}", names, subject) for j in range(2 if pair else 1)]
    offers = [_offer(r, f"o{i}", s["id"], steps, subject) for i, s in enumerate(suppliers)]
    if not pair and r.random() < 0.3:
        offers.append(_offer(r, "o1", suppliers[0]["id"], steps, subject))
    found: Part = {
        "format": 1,
        "title": "tiny tree",
        "calendar": {"start": "2026-01-01", "step": step, "periods": count},
        "money": {"currency": "USD", "rates": {"EUR": 1.25}, "discount_rate": r.choice([0.0, 0.08, 0.2])},
        "routes": {"one": {"steps": steps}},
        "sites": sites,
        "demand": _demand(r, [site["id"] for site in sites], names, subject),
        "suppliers": suppliers,
        "offers": offers,
        "shocks": _shocks(r, found_names(suppliers, offers, sites), subject),
        "futures": _futures(r, subject),
        "policy": _policy(r, suppliers, offers, steps, names, subject),
    }
    if subject in ("slow licence", "refused licence", "review", "windows", "secured") or r.random() < 0.08:
        found["licences"] = [_licence(r, suppliers, subject)]
        if subject in ("slow licence", "refused licence", "review", "windows"):
            found["shocks"] = found["shocks"][:1] if r.random() < 0.2 else []
    if subject == "contract" or r.random() < 0.15:
        found["commitments"] = [_commitment(r, offers, sites)]
    if subject in ("duty", "origin") or r.random() < 0.1:
        found["duties"] = [{"id": "base", "origin": r.choice(["CN", "any"]), "into": "US", "rate": 0.25}]
        if r.random() < 0.3:
            found["duties"][0]["of"] = "price and freight"
    return found


def found_names(suppliers: list[Part], offers: list[Part], sites: list[Part]) -> Part:
    """What a shock may name."""
    return {
        "countries": [s["country"] for s in suppliers],
        "suppliers": [s["id"] for s in suppliers],
        "offers": [o["id"] for o in offers],
        "sites": [s["id"] for s in sites],
        "steps": ["wet"],
        "tags": ["pv"],
        "groups": ["pair"],
    }


def _site(r: Random, name: str, names: list[str], subject: str) -> Part:
    found: Part = {"id": name, "country": "US"}
    if r.random() < 0.3:
        found["ready"] = r.choice(["2026-02-15", "2026-04-01"])
    if r.random() < 0.2:
        found["capacity_mw"] = r.choice([80, 150])
    if subject in ("crews", "visas", "booking") or r.random() < 0.2:
        found["install_time"] = r.choice(["10 days", "1 month", "2 months"])
        if subject in ("crews", "booking") or r.random() < 0.4:
            found["install_limit"] = {"units": r.choice([1, 1, 2, 3, {names[0]: 1, names[1]: 2}])}
    if r.random() < 0.2:
        found["acceptance_time"] = r.choice(["10 days", "1 month"])
    return found


def _supplier(r: Random, name: str, names: list[str], subject: str) -> Part:
    found: Part = {"id": name, "country": r.choice(["CN", "CN", "DE"])}
    if subject == "vetting" or r.random() < 0.08:
        found["vetting"] = {
            "duration": r.choice(["4 weeks", "3 months"]),
            "cost": r.choice([1, {"amount": 3, "currency": "EUR"}]),
        }
    if r.random() < 0.5:
        fee = r.choice([2, 5, {names[0]: 2, names[1]: 6}])
        found["signing_fee"] = {"amount": fee, "currency": "EUR"} if r.random() < 0.3 else fee
    if subject == "order fee" or r.random() < 0.15:
        found["order_fee"] = r.choice([2, 4, {"amount": 3, "currency": "EUR"}])
    if subject == "crews" and r.random() < 0.4:
        found["install_limit"] = {"units": r.choice([1, 2])}
    return found


def _offer(r: Random, name: str, seller: str, steps: list[str], subject: str) -> Part:
    units: Any = r.choice([1, 1, 2, 2, 3])
    found: Part = {
        "id": name,
        "supplier": seller,
        "covers": dict.fromkeys(steps, r.choice([50, 100, 100, 150])),
        "price": {"amount": r.choice([10, 20, 30, 40]), "currency": "EUR"}
        if subject == "currency" or r.random() < 0.15
        else {"amount": r.choice([10, 20, 30, 40]), "escalation": r.choice([0, 0, 0.2])},
        "order_ahead": r.choice(["0 days", "0 days", "0 days", "3 months"]),
        "lead_time": r.choice(["0 days", "2 weeks", "1 month", "1 month", "3 months"]),
        "slots": {"per": r.choice(["quarter", "quarter", "month", "year"]), "2026": units},
        "payment": r.choice([
            {"order": 0.5, "fat": 0.5, "secured": 0.4},
            {"order": 0.25, "fat": 0.25, "shipment": 0.25, "arrival": 0.25, "secured": 0.8},
            {"order": 0.3, "shipment": 0.3, "acceptance": 0.3, "retention": {"share": 0.1, "after": "6 months"}},
        ]),
    }  # fmt: skip
    for key, odds, choices in (
        ("transit_time", 0.4, ["5 days", "2 weeks", "6 weeks"]),
        ("price_hold", 0.2, ["0 days"]),
        ("freight", 0.2, [3, {"amount": 4, "currency": "EUR"}]),
        ("storage", 0.2, [{"amount": 2, "per": "month"}]),
        ("ramp", 0.2, [{"months": [3], "share": [0.5]}]),
        ("min_order", 0.8 if subject == "order size" else 0.1, [2]),
        ("install_use", 0.2, [2, 0.5]),
        ("origin", 1.0 if subject == "origin" else 0.1, ["CN", "US", "DE"]),
        ("ships_from", 1.0 if subject == "ships from" else 0.1, ["CN", "DE"]),
        ("incoterm", 0.15, [{"rule": "DDP"}, {"rule": "CIF"}]),
        ("rival_claims", 0.25, [{"share": 0.3, "per": "quarter"}, {"share": 0.5, "per": "quarter"}]),
        ("tags", 0.5, [["pv"]]),
    ):
        if r.random() < odds:
            found[key] = r.choice(choices)
    return found


def _demand(r: Random, sites: list[str], names: list[str], subject: str) -> list[Part]:
    groups = [[s] for s in sites] if len(sites) > 1 and r.random() < 0.5 else [sites]
    found = []
    for number, group in enumerate(groups):
        high = r.choice([50, 100, 150, 200])
        demand: Part = {"id": f"d{number}", "sites": group, "continues": f"{r.choice([0, 1, 2])} years"}
        demand["target_mw"] = r.choice([high, {names[1]: high}, {names[-1]: high}])
        cost = r.choice([0.5, 1.0, 2.0, 4.0])
        demand["shortage_cost"] = {"amount": cost, "per": "MW-year"}
        if r.random() < 0.2:
            demand["shortage_cost"]["currency"] = "EUR"
        if r.random() < 0.05:
            del demand["shortage_cost"]
            demand |= {"hard": True, "target_mw": {names[-1]: 50}}
        if r.random() < (0.5 if subject == "target" else 0.15):
            demand["surplus_cost"] = {"amount": r.choice([0.1, 0.5]), "per": "MW-year"}
        found.append(demand)
    return found


KINDS = {
    "refund": "stop for good", "secured": "stop for good", "ships from": "stop", "undelivered": "stop", "origin": "duty",
    "booking": "delay", "lost in shares": "stop for good", "void": "slots",
}  # fmt: skip
"""What the first shock does where the subject is not itself an effect."""


def _shocks(r: Random, names: Part, subject: str) -> list[Part]:
    first = KINDS.get(subject, subject)
    found = [_shock(r, "war", first if first in EFFECTS else r.choice(EFFECTS), names, subject)]
    pair = subject in ("after", "most shocks", "held back", "booking")
    if pair or r.random() < 0.2:
        found.append(
            _shock(r, "ban", "crews" if subject == "booking" and r.random() < 0.4 else r.choice(EFFECTS), names, subject)
        )
    if subject == "after":
        found[1]["after"] = [{"shock": "war", "times": r.choice([0, 2, 5])}]
        if "hazard_per_year" in found[1] and r.random() < 0.6:
            found[1]["after"][0]["hazard_per_year"] = 1.0
    return found


def _shock(r: Random, name: str, effect: str, names: Part, subject: str) -> Part:
    found: Part = {"id": name}
    hazards = subject in ("hazard until", "held back", "least chance", "tension")
    if not hazards and r.random() < 0.4:
        found |= {"date": r.choice(["2026-02-10", "2026-04-20", "2026-05-15", "2026-07-01"])}
        found["probability"] = r.choice([0.1, 0.3, 0.6, 1.0])
    else:
        found["hazard_per_year"] = r.choice([0.2, 0.6, 1.5, 3.0])
        if subject == "hazard until" or r.random() < 0.2:
            found["until"] = r.choice(["2026-03-10", "2026-05-10", "2026-08-01"])
    if subject == "tension" or r.random() < 0.4:
        found["tags"] = ["geopolitical"]
    if effect != "stop for good" and r.random() < 0.6:
        found["lasts"] = r.choice(["20 days", "2 months", "4 months", "9 months"])
    found |= {
        "stop": lambda: {"shipments": "stopped", "lasts": r.choice(["1 month", "3 months", "5 months"])},
        "stop for good": lambda: {"shipments": "stopped", **({"refund": r.choice([0.0, 0.5, 1.0])} if r.random() < 0.5 else {})},
        "slots": lambda: {"slots_factor": r.choice([0.0, 0.5, 0.5, 0.7])},
        "price": lambda: {"price_factor": r.choice([0.5, 1.5, 2.0, 3.0])},
        "duty": lambda: {"duty_added": r.choice([0.2, 0.5, 1.0])},
        "delay": lambda: {"delay": r.choice(["2 weeks", "1 month", "3 months"])},
        "target": lambda: {"target_factor": r.choice([0.0, 0.5, 1.5, 2.0])},
        "crews": lambda: {"crews_factor": r.choice([0.3, 0.5])},
        "visas": lambda: {"install_delay": r.choice(["2 weeks", "1 month", "3 months"])},
        "output": lambda: {"output_factor": r.choice([0.0, 0.5, 0.8])},
        "currency": lambda: {"currency_factor": r.choice([0.5, 1.5, 2.0])},
    }[effect]()
    if effect == "currency":
        found["hits"] = {"currencies": ["EUR"]}
    elif effect in ("target", "crews"):
        found["hits"] = {"sites": [r.choice(names["sites"])]} if r.random() < 0.6 else {}
    elif subject in ("ships from", "origin"):
        found["hits"] = {"countries": [r.choice(["CN", "DE"])]}
    elif subject == "lost in shares":
        found["hits"] = {"suppliers": [r.choice(names["suppliers"])]}
    elif r.random() < 0.5:
        key = r.choice(list(names))
        found["hits"] = {key: [r.choice(names[key])]}
        if r.random() < 0.2:
            other = r.choice(list(names))
            found["hits"][other] = [r.choice(names[other])]
    if r.random() < 0.15:
        found["price_factor"] = 1.5
    return found


def _licence(r: Random, suppliers: list[Part], subject: str) -> Part:
    quick, slow = r.choice([(0.5, 0.3), (0.7, 0.0), (0.3, 0.5), (0.0, 0.6)])
    found: Part = {
        "id": "permit",
        "hits": {"countries": [suppliers[0]["country"]]},
        "review": r.choice(["0 days", "1 month", "10 weeks"]),
        "quick": quick,
        "slow": {"probability": slow, "delay": r.choice(["1 month", "3 months"])},
        "refused": r.choice([0.1, 0.2]),
    }
    if subject == "windows" or r.random() < 0.5:
        found["windows"] = r.choice([["2026-04-01"], ["2026-02-01", "2026-05-20"], ["2026-05-01"], ["2026-03-10", "2026-07-01"]])
    return found


def _futures(r: Random, subject: str) -> Part:
    found: Part = {"max_shocks": r.choice([1, 1, 2])}
    if subject in ("two-stage", "void") or r.random() < 0.1:
        found["mode"] = "two_stage"
    if subject in ("least chance", "held back") or r.random() < 0.15:
        found["min_probability"] = r.choice([0.02, 0.05, 0.1, 0.2])
    if subject == "branch at" or r.random() < 0.2:
        found["branch_at"] = r.choice([["2026-05-01"], ["2026-08-01"], ["2026-04-01", "2026-07-01"], ["2026-02-10"]])
    if subject == "tension" or r.random() < 0.15:
        found["tension"] = r.choice([2, 0.5, {"2026-01": 1, "2026-03": 3}])
    return found


def _policy(r: Random, suppliers: list[Part], offers: list[Part], steps: list[str], names: list[str], subject: str) -> Part:
    makers = [s["id"] for s in suppliers]
    found: Part = {"groups": {"pair": makers[-1:]}}
    if subject in ("tail", "risk weight") or r.random() < 0.35:
        found |= {"risk_weight": r.choice([0.3, 0.5, 0.9]), "tail": r.choice([0.0, 0.5, 0.8, 0.9])}
    share = r.choice([0.3, 0.5, 0.7])
    for key, odds, value in (
        ("max_cvar_cost", 1.0 if subject == "tail limit" else 0, r.choice([30, 40, 50, 60, 80, 120, 200])),
        ("budget", 1.0 if subject == "budget" else 0.05, {"per": "fiscal-year", "2026": r.choice([20, 35, 50, 80])}),
        ("first", 0.04, "ramp"),
        ("pins", 1.0 if subject == "pins" else 0.02,
         [{"order": offers[0]["id"], "units": r.choice([0, 1]), "period": r.choice(names)}]),
        ("forbid", 0.05, [{"supplier": makers[0], "period": names[0]}]),
        ("max_suppliers", 0.05, 1),
        ("approvals", 0.05, {"sign": ["2026-04-05"], "above": r.choice([0, 30])}),
        ("vetting_teams", 0.5 if subject == "vetting" else 0, 1),
    ):  # fmt: skip
        if r.random() < odds:
            found[key] = value
    if subject == "resilience" or r.random() < 0.05:
        who = r.choice([{"country": suppliers[0]["country"]}, {"supplier": makers[0]}, {"group": "pair"}])
        found["resilience"] = [{**who, "from": r.choice(["2026-02-01", "2026-04-01"]), "share": r.choice([0.3, 0.5, 1.0])}]
    if subject in ("shares", "lost in shares") or r.random() < 0.1:
        limit: Any = r.choice([share, {"steps": {steps[0]: share}}, {"total": share, "from": "2026-03-01"}])
        kind = r.choice(["country", "supplier", "group"] if subject != "shares" else ["country", "supplier"])
        name = {"country": suppliers[0]["country"], "supplier": makers[0], "group": "pair"}[kind]
        found[f"{'max' if r.random() < 0.7 else 'min'}_{kind}_share"] = {name: limit}
    return found


def _commitment(r: Random, offers: list[Part], sites: list[Part]) -> Part:
    found: Part = {
        "id": "old",
        "offer": r.choice(offers)["id"],
        "site": r.choice(sites)["id"],
        "units": 1,
        "ordered": r.choice(["2025-11-15", "2026-01-10"]),
        "ships": r.choice(["2026-01-20", "2026-04-15", "2026-05-20", "2026-07-10"]),
    }
    if r.random() < 0.2:
        found["counts"] = r.sample(["slots", "cash", "exposure", "capacity"], r.randint(1, 3))
    if r.random() < 0.3:
        found["price"] = {"amount": 20, "currency": "EUR"}
    return found
