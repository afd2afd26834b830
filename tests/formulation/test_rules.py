# ruff: noqa: E501
"""Every rule with and without: a small case where it costs something, worked out by hand."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve

BASE: dict[str, Any] = {
    "format": 1,
    "title": "hand",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
    "money": {"currency": "USD", "in": "millions"},
    "routes": {"r": {"steps": ["a"]}},
    "sites": [{"id": "s", "country": "US"}],
    # 300 MW from the second quarter on: 3 units of 100 MW; a missing MW-year costs 1
    "demand": [
        {"id": "d", "sites": ["s"], "target_mw": {"2026-Q2": 300}, "shortage_cost": {"amount": 1, "per": "MW-year"}, "continues": "0 months"}
    ],
    "suppliers": [{"id": "cheap", "country": "CN"}, {"id": "dear", "country": "DE"}],
    "offers": [
        {"id": "c", "supplier": "cheap", "covers": {"a": 100}, "price": 10, "lead_time": "3 months", "order_ahead": "0 days",
         "slots": {"per": "quarter", "2026-Q1": 9}},
        {"id": "e", "supplier": "dear", "covers": {"a": 100}, "price": 16, "lead_time": "3 months", "order_ahead": "0 days",
         "slots": {"per": "quarter", "2026-Q1": 9}},
    ],
}  # fmt: skip
FREE = 30.0
"""Three units of the cheap maker, ordered at once, in service from the second quarter on: no gap."""


def case(**changes: Any) -> dict[str, Any]:
    """The base with dotted changes: offers__0__price=12."""
    data = copy.deepcopy(BASE)
    for key, value in changes.items():
        place: Any = data
        *above, last = [int(part) if part.isdigit() else part for part in key.split("__")]
        for part in above:
            place = place.setdefault(part, {}) if isinstance(part, str) else place[part]
        place[last] = value
    return data


CASES: list[tuple[str, dict[str, Any], float]] = [
    # (what is added to the base, best cost by hand)
    ("nothing", {}, FREE),
    # only two cheap units can ship in the second quarter; the third comes from the dear maker: 20 + 16
    ("slots", {"offers__0__slots": {"per": "quarter", "2026-Q1": 2}}, 36.0),
    # two slots of the maker for both of its offers: two units at 10 and a dear one, not two at 10 and one at 11
    ("shared slots", {"suppliers__0__slots": {"per": "quarter", "2026-Q1": 2},
                      "offers": [*BASE["offers"], {**BASE["offers"][0], "id": "f", "price": 11}]}, 36.0),
    # a signing fee of 20 for the cheap maker makes three dear units (48) the best against 50
    ("signing fee", {"suppliers__0__signing_fee": 20}, 48.0),
    # six months of vetting: cheap units come two quarters late (gap 300 x 0.25 x 2 = 150), so dear ones
    ("vetting", {"suppliers__0__vetting": {"duration": "6 months"}}, 48.0),
    # both need one quarter of vetting and there is one team: cheap is vetted, orders move a quarter: 30 + gap 75
    ("vetting teams", {"suppliers__0__vetting": {"duration": "3 months"}, "suppliers__1__vetting": {"duration": "3 months", "cost": 1},
                       "policy__vetting_teams": 1}, 105.0),
    # the building takes 200 MW only: two units and a gap of 100 MW for three quarters
    ("site limit", {"sites__0__capacity_mw": 200}, 20.0 + 75.0),
    # ready in July: the first quarter of the gap cannot be helped
    ("site ready", {"sites__0__ready": "2026-07-01"}, 30.0 + 75.0),
    # at least 5 cheap units per order cost 50; three dear ones 48
    ("minimum order", {"offers__0__min_order": 5}, 48.0),
    # a fee of 17 per purchase order of the cheap maker: 47 against 48
    ("order fee", {"suppliers__0__order_fee": 17}, 47.0),
    # 25 in 2026 buy two cheap units: gap 100 x 0.75 = 75
    ("budget", {"policy__budget": {"per": "fiscal-year", "2026": 25}}, 20.0 + 75.0),
    # at most 60 % of spend from China: 20 of 36 is 55.6 %
    ("country share", {"policy__max_country_share": {"CN": 0.6}}, 36.0),
    # at most 40 % of spend: 1 cheap and 2 dear (10 of 42)
    ("supplier share", {"policy__max_supplier_share": {"cheap": 0.4}}, 42.0),
    # at least a third of step a from the group: one dear unit of three
    ("group share", {"policy__groups": {"eu": ["dear"]}, "policy__min_group_share": {"eu": {"steps": {"a": 0.3}}}}, 36.0),
    # two makers must matter: one dear unit
    ("least suppliers", {"policy__min_suppliers": 2}, 36.0),
    # a country cap that asks for two makers, but only one may be signed: three dear units
    ("most suppliers", {"policy__max_country_share": {"CN": 0.6}, "policy__max_suppliers": 1}, 48.0),
    # pinned: one dear unit
    ("pin", {"policy__pins": [{"order": "e", "units": 1}]}, 36.0),
    ("forbid", {"policy__forbid": [{"country": "CN"}]}, 48.0),
    # both fields of an entry must fit: the cheap maker is not German
    ("forbid, both fields", {"policy__forbid": [{"supplier": "cheap", "country": "DE"}]}, FREE),
    ("sanctioned", {"policy__sanctioned": ["cheap"]}, 48.0),
    ("efficiency", {"policy__min_cell_efficiency": 0.25, "offers__0__cell_efficiency": 0.24}, 48.0),
    # orders above 15 need a signing in April: one cheap unit (10) is ordered at once, two dear ones (32) a quarter late
    # with a gap of 200 MW (50); all three cheap ones in April would cost 30 and a gap of 300 MW (75)
    ("approvals", {"policy__approvals": {"sign": ["2026-04-01"], "above": 15}}, 10.0 + 32.0 + 50.0),
    # two places at a time, three months each, from the start of the second quarter: the third unit a quarter later;
    # installation itself delays everything by a quarter
    ("installation", {"sites__0__install_time": "3 months", "sites__0__install_limit": {"units": 2}}, 30.0 + 75.0 + 25.0),
    # rivals take half of what is free each quarter, in whole slots: of 3 slots of the second quarter all are still ours today
    ("rival claims today", {"offers__0__slots": {"per": "quarter", "2026-Q1": 3}, "offers__0__rival_claims": {"share": 0.5, "per": "quarter"}}, FREE),
    # a signed contract of somebody else takes two of the three slots
    ("commitment of another", {"offers__0__slots": {"per": "quarter", "2026-Q1": 3},
                               "commitments": [{"offer": "c", "owner": "other", "units": 2, "ordered": "2026-01-01", "ships": "2026-04-01"}]},
     10.0 + 32.0),
    # a contract of ours gives one unit, already paid before the start
    ("commitment of ours", {"commitments": [{"offer": "c", "units": 1, "site": "s", "ordered": "2025-12-01", "ships": "2026-03-01"}]}, 20.0),
    # 25 % duty on what comes from China: 37.5
    ("duty", {"duties": [{"origin": "CN", "into": "US", "rate": 0.25}]}, 37.5),
    # freight of 7 per cheap unit: three dear units
    ("freight", {"offers__0__freight": 7}, 48.0),
    # half the rate for six months: 3 units give 150 MW for two quarters (gap 75); a further unit costs 10 and saves 25, up to 6
    ("ramp", {"offers__0__ramp": {"months": [6], "share": [0.5]}, "offers__1__slots": {"per": "quarter", "2027-Q1": 1}}, 60.0),
    # two and a half units for 250 MW
    ("divisible", {"demand__0__target_mw": {"2026-Q2": 250}, "offers__0__divisible": True}, 25.0),
    ("whole", {"demand__0__target_mw": {"2026-Q2": 250}}, FREE),
    # whole units leave 50 MW of surplus for three quarters at 0.2 per MW-year
    ("surplus", {"demand__0__target_mw": {"2026-Q2": 250}, "demand__0__surplus_cost": {"amount": 0.2, "per": "MW-year"}}, 30.0 + 7.5),
    # one quarter of process qualification at the cheap maker: a gap of 75, so dear ones
    ("process qualification", {"suppliers__0__process_qualification": {"a": {"duration": "3 months"}}}, 48.0),
    ("already qualified", {"suppliers__0__process_qualification": {"a": {"duration": "3 months", "qualified": True}}}, FREE),
    # the offer can only be ordered from April on: a quarter late
    ("validity", {"offers__0__valid": {"from": "2026-04-01"}}, 48.0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "best"), CASES, ids=[name for name, _, _ in CASES])
def test_rule_costs_what_it_costs_by_hand(name: str, changes: dict[str, Any], best: float) -> None:
    result = solve(Scenario.model_validate(case(**changes)), name, Options(gap=0.0))
    assert result.audit["ok"], result.audit["findings"]
    assert result.objective == pytest.approx(best, abs=1e-6), result.plan and [
        (o.offer, o.units, o.order_period) for o in result.plan.orders
    ]
