"""Three makers and four lines, in numbers small enough for a sheet of paper."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.explain.asking import UNLIMITED, Asking, Limits, Tell
from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.studies.solving import Ask, Solver
from tests.studies.value_case import Here

Part = dict[str, Any]
EXACT = Options(gap=0.0)

CASE: Part = {
    "format": 1,
    "title": "three makers",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
    "money": {"currency": "USD", "in": "millions"},
    "routes": {"cell": {"steps": ["line"]}},
    "sites": [{"id": "plant", "country": "US"}],
    "demand": [
        {"id": "ramp", "sites": ["plant"], "target_mw": {"2026-Q2": 2000}, "shortage_cost": {"amount": 400, "per": "GW-year"},
         "continues": "5 years"},
    ],
    "suppliers": [
        {"id": "cheap", "country": "CN"},
        {"id": "dear", "country": "DE", "signing_fee": 6},
        {"id": "third", "country": "JP", "signing_fee": 5},
    ],
    "offers": [
        {"id": "cheap-line", "supplier": "cheap", "covers": {"line": 500}, "price": 40, "lead_time": "3 months",
         "order_ahead": "0 days", "slots": {"per": "quarter", "2026-Q2": 1}},
        {"id": "dear-line", "supplier": "dear", "covers": {"line": 500}, "price": 65, "lead_time": "3 months",
         "order_ahead": "0 days", "slots": {"per": "quarter", "2026-Q2": 4}},
        {"id": "third-line", "supplier": "third", "covers": {"line": 500}, "price": {"amount": 80}, "lead_time": "3 months",
         "order_ahead": "0 days", "slots": {"per": "quarter", "2026-Q2": 4}},
    ],
    "policy": {},
}  # fmt: skip
"""Four lines are wanted from April. They take three months, so all are ordered today; a missing line costs 50 a quarter and
1,000 after the last one. The cheap maker ships one line a quarter, the others four; money has no interest.

The best plan: one cheap line and three dear ones, 40 + 3 x 65 + 6 = 241.
"""


def changed(**parts: Any) -> Part:
    """The case with dotted changes: ``offers__0__price=50``."""
    data = deepcopy(CASE)
    for key, value in parts.items():
        place: Any = data
        *above, last = [int(part) if part.isdigit() else part for part in key.split("__")]
        for part in above:
            place = place.setdefault(part, {}) if isinstance(part, str) else place[part]
        place[last] = value
    return data


def ask_about(data: Part, options: Options = EXACT, limits: Limits = UNLIMITED, tell: Tell = lambda _: None) -> Asking:
    """The questions about the best plan of a scenario, solved in this process."""
    solver = Solver("case", options, begin=Here)
    base = solver.solve(Ask("base", data))
    return Asking(solver, data, Scenario.model_validate(data), base, limits, tell)
