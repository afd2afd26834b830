"""Scenarios of one step, a few units and four quarters, put together from what differs. Money is in single dollars."""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]
IDLE: Part = {
    "max_suppliers": 9,
    "min_cell_efficiency": 0.1,
    "vetting_teams": 9,
    "approvals": {"sign": ["2026-01-01"], "above": 1e5},
    "budget": {"per": "fiscal-year", "2027": 1e5},
}
"""Rules that never bind: none of them may show up in an answer."""


def offer(name: str, maker: str = "m", **more: Any) -> Part:
    """An offer of 100 MW tools for 10 each, as many as are wanted, at once."""
    return {"id": name, "supplier": maker, "covers": {"line": 100}, "price": 10, "cell_efficiency": 0.25, **more}


def hard(target: Any = 100, **more: Any) -> Part:
    """Demand that must be met from the second quarter on."""
    target = target if isinstance(target, dict | list) else {"2026-Q2": target}
    return {"id": "d", "sites": ["s"], "target_mw": target, "hard": True, **more}


def soft(target: float = 100) -> Part:
    """Demand that may be missed."""
    return {"id": "d", "sites": ["s"], "target_mw": {"2026-Q2": target}, "shortage_cost": {"amount": 1, "per": "MW-year"}}


def scenario(
    demand: Part, *offers: Part, makers: tuple[Part, ...] = (), site: Part | None = None, policy: Part | None = None, **more: Any
) -> Part:
    """One site, by default one Chinese maker and one offer; ``more`` are other sections."""
    steps = sorted({step for one in offers for step in one["covers"]}) or ["line"]
    return {
        "format": 1,
        "title": "a clash",
        "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
        "money": {"currency": "USD"},
        "routes": {"cell": {"steps": steps}},
        "sites": [{"id": "s", "country": "US", "capacity_mw": 1e5, "install_limit": {"units": 99}, **(site or {})}],
        "demand": [demand],
        "suppliers": list(makers) or [maker("m")],
        "offers": list(offers) or [offer("o")],
        "policy": IDLE | (policy or {}),
        **more,
    }


def maker(name: str, country: str = "CN", **more: Any) -> Part:
    """A maker that needs no qualification."""
    return {"id": name, "country": country, **more}


def year(amount: float) -> Part:
    """A budget for 2026."""
    return {"budget": {"per": "fiscal-year", "2026": amount, "2027": 1e5}}
