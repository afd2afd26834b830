"""Made-up markets: ordinary scenarios as plain data, drawn from a seed. No number here is a fact about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Data = dict[str, Any]

START = 2026
STEPS = {"wet": 0.12, "pecvd": 0.46, "tco": 0.22, "print": 0.12, "plating": 0.15, "back-end": 0.08}
"""Process step -> its share of what a full line costs."""
LINE = ("wet", "pecvd", "tco", "print", "back-end")
KINDS = ("line", "line", "pecvd", "tco", "wet", "print", "back-end", "pecvd", "plating", "tco", "line", "wet", "print",
         "back-end", "pecvd", "tco", "pecvd")  # fmt: skip
"""What the first offers sell; further offers begin again."""
COUNTRIES = ("CN", "CN", "CN", "DE", "CN", "IT", "CN", "KR", "CN", "DE", "CN", "JP", "CN", "DE", "US", "JP", "CN")
DEARER = {"CN": 1.0, "KR": 1.35, "JP": 1.5, "DE": 1.4, "IT": 1.3, "US": 1.6}
PRICE_PER_MW, LINE_MW, TARGET_MW = 0.095, 600, 27_000
"""Millions for a MW a year of Chinese full line; its size; what is wanted in the end."""
ALL_DATES = ()


@dataclass(frozen=True)
class Market:
    """What a made-up market is drawn from.

    ``news``: which shocks may come, at most ``together`` in one future, in the periods ``branch`` (none given: in all).
    ``rules``: with or without what the buyer and the makers ask for beyond slots. ``tail_limit``: the most the worst tenth
    may cost, in millions (0: any); with it goes capacity that must stay if China is lost.
    """

    periods: int = 16
    sites: int = 2
    offers: int = 17
    news: tuple[str, ...] = ()
    together: int = 1
    branch: tuple[int, ...] = ALL_DATES
    licences: int = 0
    risk_weight: float = 0.0
    rules: bool = True
    tail_limit: float = 0.0
    seed: int = 1


def build_market(title: str, market: Market) -> Data:
    """The scenario; the same for the same market, always."""
    makers, offers = [], []
    for number in range(market.offers):
        draw = Random(f"{market.seed}.{number}")  # an offer stays the same however many others there are
        maker, offer = _draw_offer(draw, number, market)
        makers.append(maker)
        offers.append(offer)
    sites = [_site(number, market) for number in range(market.sites)]
    found: Data = {
        "format": 1,
        "title": title,
        "calendar": {"start": f"{START}-01-01", "step": "quarter", "periods": market.periods},
        "money": {"currency": "USD", "in": "millions", "discount_rate": 0.08},
        "routes": {
            "printed": {"steps": list(LINE), "cell_watts": 11.25, "cell_efficiency": 0.255},
            "plated": {"steps": ["wet", "pecvd", "tco", "plating", "back-end"], "cell_watts": 11.4, "cell_efficiency": 0.259},
        },
        "sites": sites,
        "demand": [_demand(sites, market)],
        "suppliers": makers,
        "offers": offers,
        "duties": [{"id": "base", "origin": "CN", "into": "US", "rate": 0.1}],
        "policy": _policy(makers, market),
    }
    if market.rules:
        found["commitments"] = _commitments()
    if market.news:
        found["shocks"] = [_shock(name) for name in market.news]
    if market.licences:
        found["licences"] = [_licence(market)]
    if market.news or market.licences:
        found["futures"] = {"max_shocks": market.together, "branch_at": [_day(period) for period in market.branch]}
    return found


def _day(period: int) -> str:
    return f"{START + period // 4}-{period % 4 * 3 + 1:02d}-01"


def _quarter(period: int) -> str:
    return f"{START + period // 4}-Q{period % 4 + 1}"


def _draw_offer(draw: Random, number: int, market: Market) -> tuple[Data, Data]:
    """One maker and what it sells."""
    kind, country = KINDS[number % len(KINDS)], COUNTRIES[number % len(COUNTRIES)]
    chinese, line = country == "CN", kind == "line"
    mw = LINE_MW if line else draw.choice([200, 300, 400, 600])
    share = sum(STEPS[step] for step in LINE) if line else STEPS[kind]
    price = PRICE_PER_MW * mw * share * DEARER[country] * draw.uniform(0.92, 1.12)
    maker: Data = {
        "id": f"maker-{number}",
        "country": country,
        "vetting": {"duration": f"{draw.choice([6, 8, 10, 14])} weeks", "cost": round(draw.uniform(0.2, 0.4), 2)},
        "signing_fee": round(draw.uniform(1.0, 2.5) if line else draw.uniform(0.2, 0.9), 2),
        "slots": {"per": "quarter", _quarter(1): draw.randint(4, 7) if line else draw.randint(2, 6)},
    }
    offer: Data = {
        "id": f"offer-{number}",
        "supplier": maker["id"],
        "covers": dict.fromkeys(LINE if line else (kind,), mw),
        "price": {"amount": round(price, 2), "escalation": 0.02},
        "incoterm": {"rule": "FCA" if chinese else draw.choice(["CIP", "DAP"])},
        "lead_time": f"{draw.randint(5, 8) if chinese else draw.randint(8, 12)} months",
        "transit_time": f"{draw.randint(4, 7)} weeks",
        "order_ahead": "9 months" if line else "6 months",
        "price_hold": "6 months",
        "ramp": {"months": [3, 6], "share": [round(draw.uniform(0.3, 0.5), 2), round(draw.uniform(0.6, 0.8), 2)]},
        "install_use": 1.0 if line else draw.choice([0.2, 0.3, 0.5]),
        "payment": _payment(draw, chinese=chinese),
        "tags": ["licensed"] if chinese else ["free"],
    }
    if chinese:
        offer["freight"] = round(0.02 * price, 2)
    if market.rules:
        _ask_more(draw, kind, maker, offer)
    return maker, offer


def _payment(draw: Random, *, chinese: bool) -> Data:
    if chinese:
        retention = {"share": 0.1, "after": "12 months"}
        return {"order": 0.3, "shipment": 0.3, "acceptance": 0.3, "retention": retention, "secured": 0.5}
    return {"order": 0.3, "shipment": 0.6, "acceptance": 0.1, "secured": draw.choice([0.0, 0.5])}


def _ask_more(draw: Random, kind: str, maker: Data, offer: Data) -> None:
    """What makers ask for: least orders, fees of orders, places in installation; rivals who take slots."""
    if kind == "line" or draw.random() < 0.3:
        maker["rival_claims"] = {"share": draw.choice([0.04, 0.06, 0.08]), "per": "quarter"}
    if kind == "line":
        maker["install_limit"] = {"units": draw.randint(10, 14)}
    if kind == "line" or draw.random() < 0.25:
        offer["min_order"] = draw.choice([2, 3]) if kind == "line" else 2
    if draw.random() < 0.4:
        maker["order_fee"] = round(draw.uniform(0.2, 0.8), 2)
    if kind in ("pecvd", "plating") and draw.random() < 0.5:
        maker["process_qualification"] = {kind: {"duration": "4 months", "cost": 1.5}}


def _site(number: int, market: Market) -> Data:
    found: Data = {
        "id": f"site-{number}", "country": "US", "ready": _day(2 + number % 4), "capacity_mw": 30_000,
        "install_time": "3 months", "acceptance_time": "2 months",
    }  # fmt: skip
    if market.rules:
        found["install_limit"] = {"units": 24 - 4 * (number % 3)}
    return found


def _demand(sites: list[Data], market: Market) -> Data:
    first, last = 5, max(6, min(market.periods - 3, 12))
    parts = {first + step: round(TARGET_MW * (step + 1) / (last - first + 1)) for step in range(last - first + 1)}
    return {
        "id": "ramp", "sites": [site["id"] for site in sites], "target_mw": {_quarter(p): mw for p, mw in parts.items()},
        "shortage_cost": {"amount": 60, "per": "GW-year"}, "continues": "5 years",
    }  # fmt: skip


def _policy(makers: list[Data], market: Market) -> Data:
    found: Data = {"first": "cost", "risk_weight": market.risk_weight, "tail": 0.9}
    if not market.rules:
        return found
    if market.tail_limit:
        found["max_cvar_cost"] = market.tail_limit
        found["resilience"] = [{"country": "CN", "from": _day(6), "window": "12 months", "share": 0.8}]
    small = [maker["id"] for number, maker in enumerate(makers) if KINDS[number % len(KINDS)] == "pecvd"]
    return found | {
        "budget": {"per": "fiscal-year", "2026": 1000, "2027": 1350, "2028": 1000},
        "max_country_share": {"CN": 0.8},
        "max_supplier_share": {makers[0]["id"]: 0.6},
        "groups": {"new": small},
        "max_group_share": {"new": 0.3},
        "max_suppliers": 9,
        "min_suppliers": 2,
        "vetting_teams": {_quarter(0): 4, _quarter(4): 5},
        "approvals": {"sign": [_day(1), _day(3), _day(5), _day(7)], "above": 300},
    }


def _commitments() -> list[Data]:
    """A rival's lines take slots; two lines of our own are on their way."""
    return [
        {"id": "rival-lines", "offer": "offer-0", "owner": "rival", "units": 4, "ordered": "2026-01-05", "ships": "2026-08-03",
         "counts": ["slots"]},
        {"id": "own-lines", "offer": "offer-1", "site": "site-0", "units": 2, "ordered": "2025-12-01", "ships": "2026-07-06"},
    ]  # fmt: skip


def _shock(name: str) -> Data:
    kinds: dict[str, Data] = {
        "stop": {"hazard_per_year": 0.2, "lasts": "9 months", "hits": {"tags": ["licensed"]}, "shipments": "stopped"},
        "failure": {"hazard_per_year": 0.06, "hits": {"suppliers": ["maker-0"]}, "shipments": "stopped", "slots_factor": 0},
        "rush": {"hazard_per_year": 0.25, "lasts": "18 months", "hits": {"countries": ["CN"]}, "slots_factor": 0.4,
                 "price_factor": 1.15},
        "duty": {"hazard_per_year": 0.2, "hits": {"countries": ["CN"]}, "duty_added": 0.25},
    }  # fmt: skip
    return {"id": name, **kinds[name]}


def _licence(market: Market) -> Data:
    days = [_day(1), _day(4), _day(7)][: market.licences]
    return {"id": "licence", "hits": {"tags": ["licensed"]}, "review": "63 days", "windows": days, "quick": 0.65,
            "slow": {"probability": 0.25, "delay": "4 months"}, "refused": 0.1}  # fmt: skip
