"""Two makers, two futures, in numbers small enough for a sheet of paper, and solves of them in this process."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.options import Options
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.solving import Solver

Part = dict[str, Any]

CASE: Part = {
    "format": 1,
    "title": "two makers",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
    "money": {"currency": "USD", "in": "millions"},
    "routes": {"cell": {"steps": ["line"]}},
    "sites": [{"id": "plant", "country": "US"}],
    "demand": [
        {"id": "ramp", "sites": ["plant"], "target_mw": {"2026-Q3": 500, "2026-Q4": 1000},
         "shortage_cost": {"amount": 400, "per": "GW-year"}},
    ],
    "suppliers": [{"id": "cheap", "country": "CN"}, {"id": "dear", "country": "DE"}],
    "offers": [
        {"id": "cheap-line", "supplier": "cheap", "covers": {"line": 500}, "price": 40, "lead_time": "6 months",
         "order_ahead": "0 days", "slots": {"per": "quarter", "2026-Q1": 1}},
        {"id": "dear-line", "supplier": "dear", "covers": {"line": 500}, "price": 65, "lead_time": "6 months",
         "order_ahead": "0 days"},
    ],
    "shocks": [
        {"id": "stop", "date": "2026-04-01", "probability": 0.25, "hits": {"suppliers": ["cheap"]}, "shipments": "stopped",
         "sources": [{"field": "probability", "is": "assumption", "low": 0.1, "high": 0.4}]},
    ],
}  # fmt: skip
"""One line is wanted from July, two from October; each takes six months, so the first is ordered today, before the news, and
the second in April; the cheap maker can ship one a quarter.

A line that is missing for a quarter costs 50. With a stop of the cheap maker of probability p on 1 April:

* dear today, then cheap, or dear again after a stop: 65 + (1 - p) 40 + p 65 = 105 + 25 p. The best while p > 5/23.
* cheap today, then cheap; after a stop the line of today is lost (its price was due at the order, nothing is secured) and
  two dear ones come for October, one quarter late: (1 - p) 80 + p (40 + 130 + 50) = 80 + 140 p.
* two dear lines on fixed dates: 130.
"""


def changed(**parts: Any) -> Part:
    """The case with dotted changes: ``shocks__0__probability=0.5``."""
    data = deepcopy(CASE)
    for key, value in parts.items():
        place: Any = data
        *above, last = [int(part) if part.isdigit() else part for part in key.split("__")]
        for part in above:
            place = place.setdefault(part, {}) if isinstance(part, str) else place[part]
        place[last] = value
    return data


class Here:
    """A solve in this process, on demand."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.options = document, options

    def wait(self) -> Result:
        return solve(Scenario.model_validate(self.document.data), self.document.file, self.options)

    def cancel(self) -> None:
        """Nothing runs but what waits."""


def solver() -> Solver:
    """Solves exactly, in this process."""
    return Solver("case", Options(gap=0.0, minimise="weighted_cost"), begin=Here)
