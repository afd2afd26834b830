"""Infeasible scenarios with the one clash each has, and what it takes to get out of it, worked out by hand.

``ways``: by kind of rule what its numbers come to where it gives way alone, None for a rule given up, () where it does not
help. Dates are written as dates. ``several``: where more than one way is as short, by how much it goes in all. ``not_least``:
kinds of which it cannot be proven that no less is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.explain.conflict.tiny_conflict import Part, hard, maker, offer, scenario, soft, year

Key = tuple[str, ...]


@dataclass(frozen=True)
class Crafted:
    """A scenario's data, the members of its clash, whether whole units alone are to blame, and its ways out."""

    name: str
    data: Part
    clash: set[Key]
    ways: dict[str, Any]
    whole: bool = False
    several: dict[str, float] = field(default_factory=dict)
    not_least: tuple[str, ...] = ()


def q2(demand: str = "d") -> Key:
    return ("demand", demand, "2026-Q2", "2026-Q2")


TWO_STEPS = (offer("a", "m", covers={"line": 100}), offer("b", "n", covers={"coat": 100}))
TWO_MAKERS = (maker("m"), maker("n", "US"))
TWO_OFFERS = (offer("a", "m"), offer("b", "n"))
VETTED = tuple(maker(name, vetting={"duration": "3 months"}) for name in "mn")
CONTRACT = {"id": "c", "offer": "o", "site": "s", "units": 2, "ordered": "2026-01-10", "ships": "2026-02-01"}

DAYS = [
    Crafted("lead time", scenario(hard(), offer("o", lead_time="6 months")), {q2(), ("lead_time", "o")},
            {"lead_time": 90, "demand": [0]}),
    Crafted("qualification", scenario(hard(), makers=(maker("m", vetting={"duration": "6 months"}),)),
            {q2(), ("vetting_time", "m")}, {"vetting_time": 90, "demand": [0]}),
    Crafted("building", scenario(hard(), site={"ready": "2026-05-10"}), {q2(), ("site_ready", "s")},
            {"site_ready": "2026-04-01", "demand": [0]}),
    Crafted("installation and acceptance", scenario(hard(), site={"install_time": "2 months", "acceptance_time": "2 months"}),
            {q2(), ("site_install_time", "s"), ("acceptance_time", "s")},
            {"site_install_time": 31, "acceptance_time": 31, "demand": [0]}),
    Crafted("transit", scenario(hard(), offer("o", transit_time="100 days")), {q2(), ("transit_time", "o")},
            {"transit_time": 90, "demand": [0]}),
    Crafted("used tools", scenario(hard(), offer("o", condition="used", deinstall_time="4 months")),
            {q2(), ("deinstall_time", "o")}, {"deinstall_time": 90, "demand": [0]}),
    Crafted("not offered yet", scenario(hard(), offer("o", valid={"from": "2026-06-01"})), {q2(), ("valid_from", "o")},
            {"valid_from": "2026-04-01", "demand": [0]}),
    Crafted("step qualification",
            scenario(hard(), makers=(maker("m", process_qualification={"line": {"duration": "6 months"}}),)),
            {q2(), ("step_qualification", "m", "line")}, {"step_qualification": 90, "demand": [0]}),
    # two makers at once keep two teams busy until April; with one team the second is ready in July
    Crafted("teams",
            scenario(hard(), *(one | {"order_ahead": "0 days"} for one in TWO_STEPS), makers=VETTED, policy={"vetting_teams": 1}),
            {q2(), ("vetting_time", "m"), ("vetting_time", "n"), ("vetting_teams",)},
            {"vetting_teams": 2, "vetting_time": 0, "demand": [0]}),
]  # fmt: skip

NUMBERS = [
    Crafted("slots", scenario(hard({"2026-Q2": 400, "2026-Q3": 0}), offer("o", slots={"per": "quarter", "2026-Q1": 1})),
            {q2(), ("slots", "offer o", "2026-Q1"), ("slots", "offer o", "2026-Q2")}, {"demand": [200]},
            several={"slots": 2.0}),
    Crafted("units", scenario(hard(200), offer("o", available_units=1)), {q2(), ("available_units", "o")},
            {"available_units": 2, "demand": [100, 100, 100]}),
    # the ordered units may ship in April, when rivals have taken one of the two slots of the quarter
    Crafted("rivals",
            scenario(hard({"2026-Q2": 200, "2026-Q3": 0}),
                     offer("o", slots={"per": "quarter", "2026-Q1": 2}, rival_claims={"share": 0.5, "per": "quarter"}),
                     makers=(maker("m", vetting={"duration": "3 months"}),)),
            {q2(), ("vetting_time", "m"), ("slots", "offer o", "2026-Q2"), ("rival_claims", "offer o")},
            {"vetting_time": 0, "slots": [3], "rival_claims": 0.49, "demand": [100]},
            not_least=("slots",)),
    Crafted("budget", scenario(hard(200), policy=year(15)), {q2(), ("budget", "2026")},
            {"budget": [20], "demand": [100, 100, 100]}),
    Crafted("capacity of the building", scenario(hard(200), site={"capacity_mw": 150}), {q2(), ("site_capacity", "s")},
            {"site_capacity": 200, "demand": [150, 150, 150]}),
    Crafted("country share",
            scenario(hard(400), offer("a", "m"), offer("b", "n", available_units=1), makers=TWO_MAKERS,
                     policy={"max_country_share": {"CN": 0.5}}),
            {q2(), ("max_country_share", "CN", "total"), ("available_units", "b")},
            {"max_country_share": 0.75, "available_units": 2, "demand": [200, 200, 200]}),
    Crafted("home share",
            scenario(hard(300), offer("a", "m"), offer("b", "n", available_units=1), makers=TWO_MAKERS,
                     policy={"min_country_share": {"US": 0.5}}),
            {q2(), ("min_country_share", "US", "total"), ("available_units", "b")},
            {"min_country_share": 0.333, "available_units": 2, "demand": [200, 200, 200]}),
    Crafted("efficiency", scenario(hard(), offer("o", cell_efficiency=0.22), policy={"min_cell_efficiency": 0.25}),
            {q2(), ("min_cell_efficiency",)}, {"min_cell_efficiency": 0.22, "demand": [0, 0, 0]}),
    Crafted("least suppliers", scenario(soft(), *TWO_OFFERS, makers=TWO_MAKERS, policy={"min_suppliers": 2, **year(15)}),
            {("min_suppliers",), ("budget", "2026")}, {"min_suppliers": 1, "budget": [20]}),
    # what ships before April counts, whoever is lost in April
    Crafted("resilience",
            scenario(soft(), offer("o", lead_time="3 months"),
                     policy={"resilience": [{"country": "CN", "from": "2026-04-01", "share": 0.5}]}),
            {("resilience", "1", "CN"), ("lead_time", "o")}, {"resilience": 0, "lead_time": 89}),
    Crafted("second stage", scenario(hard({"2026-Q2": 100, "2026-Q3": 300}), offer("o", available_units=2)),
            {("demand", "d", "2026-Q3", "2026-Q3"), ("available_units", "o")}, {"available_units": 3, "demand": [200, 200]}),
    Crafted("ramp-up",
            scenario(hard(), offer("o", ramp={"months": [6], "share": [0.5]}, available_units=1)),
            {q2(), ("ramp", "o"), ("available_units", "o")}, {"ramp": None, "available_units": 2, "demand": [50]}),
    Crafted("places in installation", scenario(hard(200), site={"install_time": "3 months", "install_limit": {"units": 1}}),
            {q2(), ("site_install_time", "s"), ("site_install_limit", "s")},
            {"site_install_time": 0, "site_install_limit": 2, "demand": [100]}),
    Crafted("crews", scenario(hard(200), offer("o", install_time="3 months"), makers=(maker("m", install_limit={"units": 1}),)),
            {q2(), ("install_time", "o"), ("crews", "m")}, {"install_time": 0, "crews": 2, "demand": [100]}),
]  # fmt: skip

RULES = [
    Crafted("forbidden", scenario(hard(), policy={"forbid": [{"supplier": "m"}]}), {q2(), ("forbid", "1", "m", "")},
            {"forbid": None, "demand": [0, 0, 0]}),
    Crafted("sanctioned", scenario(hard(), policy={"sanctioned": ["m"]}), {q2(), ("sanctioned", "m")},
            {"sanctioned": None, "demand": [0, 0, 0]}),
    Crafted("pinned order", scenario(soft(), policy={"pins": [{"order": "o", "units": 1}], **year(5)}),
            {("pin", "1", "order", "o", ""), ("budget", "2026")}, {"pin": None, "budget": [10]}),
    Crafted("contract",
            scenario(soft(), policy=year(12), commitments=[CONTRACT]),
            {("budget", "2026"), ("contract", "c")}, {"budget": [20], "contract": None}),
    Crafted("other site", scenario(hard(), offer("o", sites=["t"]), sites=[{"id": name, "country": "US"} for name in "st"]),
            {q2(), ("offered_sites", "o", "t")}, {"offered_sites": None, "demand": [0, 0, 0]}),
    # half of all futures stop shipments in April: what ships in March arrives in all of them
    Crafted("export stop",
            scenario(hard({"2026-Q3": 100}), offer("o", lead_time="4 months"),
                     shocks=[{"id": "stop", "date": "2026-04-01", "probability": 0.5, "shipments": "stopped"}]),
            {("demand", "d", "2026-Q3", "2026-Q3"), ("lead_time", "o"), ("shock", "stop")},
            {"lead_time": 89, "shock": None, "demand": [0, 0]}),
]  # fmt: skip

WHOLE = [
    Crafted("budget for part of a tool", scenario(hard(150), policy=year(15)), {q2(), ("budget", "2026")},
            {"budget": [20], "demand": [100, 100, 100]}, whole=True),
    Crafted("slots for part of a tool",
            scenario(hard(130), offer("o", resources=[{"resource": "r", "units": 1.5}]),
                     resources=[{"id": "r", "slots": {"per": "year", "2026": 2}}]),
            {q2(), ("slots", "resource r", "2026")}, {"slots": [3], "demand": [100, 100, 100]}, whole=True),
    Crafted("least order", scenario(hard(), offer("o", min_order=3), policy=year(25)),
            {q2(), ("min_order", "o"), ("budget", "2026")}, {"min_order": 2, "budget": [30], "demand": [0, 0, 0]}, whole=True),
    Crafted("half agreements", scenario(hard(), *(one | {"available_units": 2} for one in TWO_STEPS), makers=TWO_MAKERS,
                                        policy={"max_suppliers": 1}),
            {q2(), ("max_suppliers",)}, {"max_suppliers": 2, "demand": [0, 0, 0]}, whole=True),
    Crafted("half qualifications", scenario(hard(), *(one | {"available_units": 2} for one in TWO_STEPS), makers=VETTED,
                                            policy={"vetting_teams": 1}),
            {q2(), ("vetting_time", "m"), ("vetting_time", "n"), ("vetting_teams",)},
            {"vetting_teams": 2, "vetting_time": 0, "demand": [0]}, whole=True),
    Crafted("half of three", scenario(hard(300), *TWO_OFFERS, makers=TWO_MAKERS,
                                      policy={"max_supplier_share": {"m": 0.5, "n": 0.5}, **year(35)}),
            {q2(), ("max_supplier_share", "m", "total"), ("max_supplier_share", "n", "total"), ("budget", "2026")},
            {"max_supplier_share": 0.667, "budget": [40], "demand": [200, 200, 200]}, whole=True),
    Crafted("part of a place", scenario(hard(150), offer("o", install_use=0.6),
                                        site={"install_time": "3 months", "install_limit": {"units": 1}}),
            {q2(), ("site_install_time", "s"), ("site_install_limit", "s")},
            {"site_install_time": 0, "site_install_limit": 2, "demand": [100]}, whole=True),
    Crafted("approval", scenario(hard(150), policy={"approvals": {"sign": ["2026-07-01"], "above": 15}}),
            {q2(), ("approvals",)}, {"approvals": 20}, whole=True, several={"demand": -150.0}),
    Crafted("small tools barred", scenario(hard(150), offer("a"), offer("b", covers={"line": 50}, price=5),
                                           policy={"pins": [{"order": "b", "units": 0}], **year(15)}),
            {q2(), ("pin", "1", "order", "b", ""), ("budget", "2026")},
            {"pin": None, "budget": [20], "demand": [100, 100, 100]}, whole=True),
    Crafted("share of a step", scenario(hard(150), offer("a", "m"), offer("b", "n", available_units=1), makers=TWO_MAKERS,
                                        policy={"max_country_share": {"CN": {"steps": {"line": 0.4}}}}),
            {q2(), ("max_country_share", "CN", "line"), ("available_units", "b")},
            {"max_country_share": 0.5, "available_units": 2, "demand": [100, 100, 100]}, whole=True),
    Crafted("worst futures", scenario(hard(150), policy={"max_cvar_cost": 15}), {q2(), ("tail_limit",)},
            {"tail_limit": 20, "demand": [100, 100, 100]}, whole=True),
]  # fmt: skip

CRAFTED = [*DAYS, *NUMBERS, *RULES, *WHOLE]
