"""Random scenarios so small that every plan can be looked at, yet with every rule and money term somewhere."""

from __future__ import annotations

from random import Random
from typing import Any

from planner.scenario.scenario import Scenario
from tests.brute import TooLargeError, best_of, build_space, every_contracting, every_order

MOST_PLANS = 100_000
FEWEST_PLANS = 12
Part = dict[str, Any]


def random_tiny(seed: int) -> Part:
    """The document of a scenario with up to a few thousand plans of orders; the same for the same seed.

    One in twenty has no plan at all and one in twenty is taken as it comes; the others have a best plan that buys
    something, most in several orders.
    """
    wanted = Random(seed).choice([None, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3])
    for attempt in range(10_000):
        found = _draw(Random(f"{seed}.{attempt}"))
        try:
            space = build_space(Scenario.model_validate(found))
            rows, ways = every_order(space), every_contracting(space)
        except TooLargeError:
            continue
        if FEWEST_PLANS <= len(rows) * len(ways) <= MOST_PLANS:
            best = best_of(space, rows, ways)[1]
            if best is None if wanted is None else not wanted or (best and len(best.orders) >= wanted):
                return {**found, "title": f"tiny {seed}"}
    raise AssertionError(f"no scenario of the right size for seed {seed}")


def _draw(r: Random) -> Part:
    focus = r.choice(["", "", "", "shares", "shares", "teams", "teams", "makers", "places", "budget"])
    step = "month" if r.random() < 0.2 else "quarter"
    count = 4 if focus == "teams" else r.choice([2, 3, 3, 4, 4])
    names = _period_names(step, count)
    steps = ["wet", "coat"] if focus == "teams" or r.random() < 0.5 else ["wet"]
    routes: Part = {"one": {"steps": steps, "cell_watts": 10.0, "cell_efficiency": 0.25}}
    if r.random() < 0.3:
        other = r.choice([["wet"], ["wet", "plate"], ["plate"], ["coat"]])
        efficiency = r.choice([0.22, 0.25])
        routes["two"] = {"steps": other, "cell_watts": 10.0, "cell_efficiency": efficiency}
    needed = sorted({k for route in routes.values() for k in route["steps"]})
    rivals = focus in ("shares", "teams", "makers")
    sites = [_site(r, f"s{i}", names, focus) for i in range(1 if r.random() < 0.7 else 2)]
    suppliers = [_supplier(r, f"m{j}", needed, names, focus) for j in range(2 if rivals else r.choice([1, 2, 2]))]
    sellers = [
        suppliers[i % 2] if rivals else r.choice(suppliers) for i in range(r.choice([2, 2, 3] if rivals else [1, 2, 2, 3]))
    ]
    offers = [_offer(r, f"o{i}", seller["id"], sites, needed, names, focus) for i, seller in enumerate(sellers)]
    found: Part = {
        "format": 1,
        "title": "tiny",
        "calendar": {"start": "2026-01-01", "step": step, "periods": count},
        "money": _money(r),
        "routes": routes,
        "sites": sites,
        "demand": _demand(r, [site["id"] for site in sites], names),
        "suppliers": suppliers,
        "offers": offers,
        "policy": _policy(r, suppliers, offers, sites, needed, names, focus),
    }
    _share_slots(r, found)
    if r.random() < 0.35:
        found["commitments"] = [_commitment(r, offers, sites)]
    if r.random() < 0.4:
        found["duties"] = _duties(r)
    return found


def _period_names(step: str, count: int) -> list[str]:
    return [f"2026-{p + 1:02d}" if step == "month" else f"2026-Q{p + 1}" for p in range(count)]


def _by_period(r: Random, low: int, high: int, names: list[str]) -> Any:
    """A number, or one that changes once."""
    first, then = r.randint(low, high), r.randint(low, high)
    if r.random() < 0.7:
        return first
    return [r.randint(low, high) for _ in names] if r.random() < 0.4 else {names[0]: first, names[-1]: then}


def _amount(r: Random, low: int, high: int, names: list[str]) -> Any:
    amount = _by_period(r, low, high, names)
    return {"amount": amount, "currency": "EUR"} if r.random() < 0.25 else amount


def _money(r: Random) -> Part:
    found: Part = {"currency": "USD", "in": r.choice(["units", "thousands", "millions"]), "rates": {"EUR": 1.25}}
    found["discount_rate"] = r.choice([0.0, 0.08, 0.2])
    if r.random() < 0.3:
        found["fiscal_year_starts"] = r.choice([4, 7])
    if r.random() < 0.15:
        found |= {"allow_rate_path": True, "rates": {"EUR": {"2026-Q1": 1.25, "2026-Q3": 1.5, "2027-Q1": 1.0}}}
    return found


def _site(r: Random, name: str, names: list[str], focus: str) -> Part:
    found: Part = {"id": name, "country": r.choice(["US", "US", "DE"])}
    if r.random() < 0.4:
        found["ready"] = r.choice(["2026-02-15", "2026-04-01", "2026-05-10"])
    if r.random() < 0.3:
        found["capacity_mw"] = r.choice([80, 150, 260])
    if focus == "places" or (r.random() < 0.4 and focus != "teams"):
        found["install_time"] = r.choice(["10 days", "1 month", "2 months"])
        if r.random() < 0.7:
            found["install_limit"] = {"units": r.choice([1, 2, {names[0]: 1, names[1]: 2}, {names[0]: 2, names[1]: 1}])}
    if r.random() < 0.3 and focus != "teams":
        found["acceptance_time"] = r.choice(["10 days", "1 month"])
    return found


def _supplier(r: Random, name: str, steps: list[str], names: list[str], focus: str) -> Part:
    found: Part = {"id": name, "country": r.choice(["CN", "JP", "DE"])}
    if focus == "teams" or r.random() < 0.35:
        found["vetting"] = {"duration": r.choice(["4 weeks", "3 months"]), "cost": _amount(r, 1, 6, names)}
    if r.random() < 0.6:
        found["signing_fee"] = _amount(r, 2, 20, names)
    if r.random() < 0.3:
        found["order_fee"] = _amount(r, 1, 8, names)
    if r.random() < 0.2:
        qualification: Part = {"duration": r.choice(["1 month", "3 months"]), "qualified": r.random() < 0.3}
        if r.random() < 0.7:
            qualification["cost"] = _amount(r, 1, 6, names)
        found["process_qualification"] = {r.choice(steps): qualification}
    if r.random() < (0.4 if focus == "places" else 0.1):
        found["install_limit"] = {"units": r.choice([1, 2, {names[0]: 2, names[-1]: 1}])}
    return found


def _offer(r: Random, name: str, seller: str, sites: list[Part], steps: list[str], names: list[str], focus: str) -> Part:
    covered = steps if r.random() < 0.6 else [r.choice(steps)]
    if focus == "teams":  # makers that need each other
        covered = [steps[int(name[1:]) % len(steps)]]
    found: Part = {
        "id": name,
        "supplier": seller,
        "covers": {k: _throughput(r) for k in covered},
        "price": _price(r, sites, names),
        "order_ahead": r.choice(["0 days", "0 days", "3 months"]),
        "payment": _payment(r),
    }
    for key, odds, choices in (
        ("lead_time", 0.4, ["2 weeks", "1 month", "1 month", "3 months", "45 days"]),
        ("transit_time", 0.4, ["5 days", "2 weeks", "6 weeks", "1 month"]),
        ("install_time", 0.15, ["3 weeks", "2 months"]),
        ("deinstall_time", 0.1, ["1 month"]),
        ("price_hold", 0.3, ["0 days", "1 month"]),
        ("freight", 0.3, [3, {"amount": 4, "currency": "EUR"}]),
        ("storage", 0.3, [{"amount": 2, "per": "month"}]),
        ("ramp", 0.4, [{"months": [3], "share": [0.5]}, {"months": [1, 4], "share": [0.2, 0.6]}]),
        ("min_order", 0.25, [2]),
        ("install_use", 0.6 if focus == "places" else 0.1, [2, 0.5]),
        ("origin", 0.1, ["US", "DE"]),
        ("cell_efficiency", 0.3, [0.22, 0.25]),
        ("incoterm", 0.2, [{"rule": "DDP"}, {"rule": "CIF"}, {"rule": "EXW"}]),
        ("valid", 0.1, [{"from": "2026-02-01"}, {"until": "2026-05-01"}]),
        ("sites", 0.3, [[sites[0]["id"]], [sites[-1]["id"]]]),
        ("tags", 0.5, [["pv"], ["used"]]),
    ):
        if r.random() < (odds / 4 if focus == "teams" else odds):
            found[key] = r.choice(choices)
    return found


def _throughput(r: Random) -> Any:
    if r.random() < 0.1:  # 1200 wafers of 10 W an hour at 95 % all year: 99.864 MW
        return {"wafers_per_hour": 1200, "uptime": 0.95}
    return r.choice([50, 100, 100, 150])


def _price(r: Random, sites: list[Part], names: list[str]) -> Any:
    found: Part = {"amount": _by_period(r, 10, 60, names)}
    if r.random() < 0.3:
        found["currency"] = "EUR"
    if r.random() < 0.4:
        found["escalation"] = r.choice([0.1, -0.1, 0.4])
        if r.random() < 0.4:
            found["as_of"] = "2025-07-01"
    if r.random() < 0.2:
        found["by_site"] = {r.choice(sites)["id"]: r.randint(10, 60)}
    return found


def _payment(r: Random) -> Part:
    return r.choice([
        {"order": 1.0},
        {"order": 0.25, "fat": 0.25, "shipment": 0.25, "arrival": 0.25},
        {"order": 0.25, "shipment": 0.25, "acceptance": 0.25, "retention": {"share": 0.25, "after": "6 months"}},
        {"acceptance": 1.0},
    ])  # fmt: skip


def _slots(r: Random) -> Part:
    per = r.choice(["quarter", "quarter", "month", "half-year", "year"])
    units: Part = {"2026": r.randint(0, 3) if r.random() < 0.85 else 4}
    if r.random() < 0.4:
        units = {"2026-Q1": r.randint(0, 2), r.choice(["2026-Q2", "2026-Q3"]): r.randint(0, 3)}
    if per == "month":
        units = {key: min(1, number) for key, number in units.items()}
    return {"per": per, **units}


def _claims(r: Random) -> Part:
    return {"share": r.choice([0.3, 0.5, 0.8, 1.0]), "per": r.choice(["month", "quarter", "year"])}


def _share_slots(r: Random, found: Part) -> None:
    """Gives every offer slots: of its own, of its maker, of a named resource, or a number of units in all."""
    for offer in found["offers"]:
        maker = next(s for s in found["suppliers"] if s["id"] == offer["supplier"])
        kinds = ["offer"] * (r.random() < 0.5) + ["maker"] * (r.random() < 0.3) + ["named"] * (r.random() < 0.15)
        kinds += ["units"] * (r.random() < 0.15)
        for kind in kinds or ["offer"]:
            owner = offer
            if kind == "units":
                offer["available_units"] = r.randint(1, 3)
            elif kind == "named":
                resource = {"id": "glass", "slots": _slots(r)}
                found.setdefault("resources", [resource])
                offer["resources"] = [{"resource": "glass", "units": r.choice([1, 2, 0.5])}]
                owner = found["resources"][0]
            else:
                owner = maker if kind == "maker" else offer
                owner.setdefault("slots", _slots(r))
                if kind == "maker" and r.random() < 0.3:
                    offer["slot_use"] = r.choice([2, 1.5])
            if r.random() < 0.35:
                owner.setdefault("rival_claims", _claims(r))


def _demand(r: Random, sites: list[str], names: list[str]) -> list[Part]:
    groups = [[s] for s in sites] if len(sites) > 1 and r.random() < 0.4 else [sites]
    found = []
    for number, group in enumerate(groups):
        demand: Part = {"id": f"d{number}", "sites": group, "continues": f"{r.choice([0, 1, 2, 3])} years"}
        low, high = r.choice([0, 50]), r.choice([100, 150, 250, 300])
        demand["target_mw"] = r.choice([{names[1]: high}, {names[0]: low, names[-1]: high, "interpolate": "linear"}, high])
        if r.random() < 0.1:
            del demand["target_mw"]
            load = {"load_mw": {names[1]: 40}, "load_factor": 0.75, "capacity_factor": 0.25, "dc_ac_ratio": 1.25}
            demand["data_centre"] = load
        if r.random() < 0.15:
            demand["hard"] = True
            if "target_mw" in demand:
                demand["target_mw"] = {names[-1]: r.choice([50, 100, 180])}
        else:
            cost = r.choice([0.3, 1.0, 2.0, 4.0])
            demand["shortage_cost"] = {"amount": cost, "per": "MW-year"}
            if r.random() < 0.3:
                demand["shortage_cost"] = {"amount": cost * 800, "per": "GW-year", "currency": "EUR"}
            if r.random() < 0.15:
                demand["shortage_cost"]["amount"] = {names[0]: cost, names[-1]: 2 * cost}
        if r.random() < 0.25:
            demand["surplus_cost"] = {"amount": r.choice([0.1, 0.5]), "per": "MW-year"}
        found.append(demand)
    return found


def _commitment(r: Random, offers: list[Part], sites: list[Part]) -> Part:
    found: Part = {
        "id": "old",
        "offer": r.choice(offers)["id"],
        "site": r.choice(sites)["id"],
        "units": r.choice([1, 1, 2]),
        "ordered": r.choice(["2025-11-15", "2026-01-10"]),
        "ships": r.choice(["2026-01-20", "2026-03-01", "2026-04-15"]),
    }
    if r.random() < 0.3:
        found["owner"] = "rival"
    elif r.random() < 0.4:
        found["counts"] = r.sample(["slots", "cash", "exposure", "capacity"], r.randint(1, 3))
    if r.random() < 0.3:
        found["price"] = {"amount": 40, "escalation": 0.1, "as_of": "2025-01-01"}
    return found


def _duties(r: Random) -> list[Part]:
    found: list[Part] = [{"id": "base", "origin": r.choice(["CN", "any"]), "into": "US", "rate": r.choice([0.25, 1.0])}]
    if r.random() < 0.4:
        found[0]["of"] = "price and freight"
    if r.random() < 0.4:
        found[0]["tags"] = ["pv"]
    if r.random() < 0.5:
        extra = {"id": "more", "origin": "CN", "into": "US", "rate": 0.5, "starts": "2026-04-10", "ends": "2026-08-01"}
        found.append({**extra, "replaces": ["base"]} if r.random() < 0.5 else extra)
    return found


def _policy(
    r: Random, suppliers: list[Part], offers: list[Part], sites: list[Part], steps: list[str], names: list[str], focus: str
) -> Part:
    makers = [s["id"] for s in suppliers]
    early, late, first, last = names[0], names[1], offers[0]["id"], offers[-1]["id"]
    forbids = [{"supplier": makers[0], "period": early}, {"country": "CN", "period": late}, {"offer": first, "period": early}]
    budget, makers_odds = r.choice([25, 45, 70, 100, 160]), 0.7 if focus == "makers" else 0.05
    found: Part = {}
    for key, odds, value in (
        ("first", 0.12, "ramp"),
        ("budget", 0.8 if focus == "budget" else 0.2, {"per": "fiscal-year", r.choice(["2025", "2026", "2026"]): budget}),
        ("max_suppliers", makers_odds, r.choice([1, 1, 2])),
        ("min_suppliers", makers_odds, r.randint(1, len(makers))),
        ("min_share", makers_odds, r.choice([0.3, 0.45])),
        ("min_cell_efficiency", 0.25, r.choice([0.24, 0.24, 0.22])),
        ("vetting_teams", 0.9 if focus == "teams" else 0.1, r.choice([1, 1, {"teams": {early: 0, late: 1}}])),
        ("approvals", 0.2, {"sign": [r.choice(["2026-01-20", "2026-04-05", "2026-02-03"])], "above": r.choice([0, 60, 100])}),
        ("pins", 0.15, [_pin(r, makers, offers, sites, names)]),
        ("forbid", 0.15, [r.choice([*forbids, {"offer": last}])]),
        ("sanctioned", 0.05, [makers[-1].upper()]),
    ):
        if r.random() < odds:
            found[key] = value
    if "budget" in found and r.random() < 0.4:
        found["budget"] |= {"2027": r.choice([10, 40])}
    if focus == "shares" or r.random() < 0.1:
        _share_limit(r, found, suppliers, steps)
    return found


def _share_limit(r: Random, found: Part, suppliers: list[Part], steps: list[str]) -> None:
    share = r.choice([0.3, 0.5, 0.7])
    limit: Any = share
    if r.random() < 0.5:
        limit = {"steps": {r.choice(steps): share}} if r.random() < 0.6 else {"total": share}
        if r.random() < 0.5:
            limit["from"] = "2026-02-01"
    kind = r.choice(["country", "supplier", "group"])
    sense = "max" if r.random() < 0.7 else "min"
    name = {"country": suppliers[0]["country"], "supplier": suppliers[0]["id"], "group": "pair"}[kind]
    if kind == "group":
        found["groups"] = {"pair": [s["id"] for s in suppliers[: r.randint(1, len(suppliers))]]}
    found[f"{sense}_{kind}_share"] = {name: limit}


def _pin(r: Random, makers: list[str], offers: list[Part], sites: list[Part], names: list[str]) -> Part:
    if r.random() < 0.3:
        found = {"sign": r.choice(makers)}
        return {**found, "period": r.choice(names)} if r.random() < 0.7 else found
    pin: Part = {"order": r.choice(offers)["id"], "units": r.choice([0, 1, 1, 2])}
    if r.random() < 0.5:
        pin["period"] = r.choice(names)
    if r.random() < 0.3:
        pin["ships"] = r.choice(names)
    if r.random() < 0.3:
        pin["site"] = r.choice(sites)["id"]
    return pin
