"""The frozen list: shipped scenarios and made-up markets from 12 to more than 2,000 nodes. A name always means the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.market import Market, build_market

if TYPE_CHECKING:
    from planner.scenario.document import Document
    from planner.scenario.scenario import Scenario

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SHIPPED = ("us-2026-30gw", "us-2026-100gw", "licence-stop", "two-shocks", "licence-review", "dear-and-late", "three-shocks")
ONE, TWO, THREE = ("stop",), ("stop", "failure"), ("stop", "failure", "duty")
FEARS = 0.3
"""Weight of the worst futures where they are weighed."""
DATES_52, DATES_208 = (2, 4, 6), (4, 5, 8, 11)

MADE: dict[str, Market] = {
    "made-16": Market(),
    "made-52": Market(news=ONE, branch=DATES_52, risk_weight=FEARS),
    "made-136": Market(news=ONE, risk_weight=FEARS),
    "made-208": Market(news=TWO, together=2, branch=DATES_208, risk_weight=FEARS),
    "made-376": Market(news=THREE, risk_weight=FEARS),
    "made-1015": Market(periods=14, news=TWO, together=2, risk_weight=FEARS),
    "made-2109": Market(periods=18, news=TWO, together=2, risk_weight=FEARS),
    "made-136-mean": Market(news=ONE),
    "made-376-mean": Market(news=THREE),
    "made-136-plain": Market(news=ONE, risk_weight=FEARS, rules=False),
    "made-licences": Market(licences=2, together=2, risk_weight=FEARS),
    "made-52-limits": Market(news=ONE, branch=DATES_52, tail_limit=2960),
    "made-rush-52": Market(news=("rush",), branch=DATES_52),
    "made-52-offers-6": Market(offers=6, news=ONE, branch=DATES_52, risk_weight=FEARS),
    "made-52-offers-34": Market(offers=34, news=ONE, branch=DATES_52, risk_weight=FEARS),
    "made-52-offers-68": Market(offers=68, news=ONE, branch=DATES_52, risk_weight=FEARS),
    "made-52-sites-1": Market(sites=1, news=ONE, branch=DATES_52, risk_weight=FEARS),
    "made-52-sites-4": Market(sites=4, news=ONE, branch=DATES_52, risk_weight=FEARS),
}
SERIES: dict[str, tuple[str, ...]] = {
    "nodes": ("made-52", "made-136", "made-208", "made-376", "made-1015", "made-2109"),
    "offers": ("made-52-offers-6", "made-52", "made-52-offers-34", "made-52-offers-68"),
    "sites": ("made-52-sites-1", "made-52", "made-52-sites-4"),
}
"""Instances along which only one size grows: for the exponents of our time."""
ALONE = frozenset(name for name in MADE if "-offers-" in name or "-sites-" in name)
"""Instances of a series that are run by us and HiGHS only."""
QUICK = ("licence-stop", "made-52", "made-136-mean")
TINY = ("two-futures", "minimal")
"""Shipped cases that take no time: for tests of the benchmark itself."""
LISTS: dict[str, tuple[str, ...]] = {"quick": QUICK, "shipped": SHIPPED, "full": (*SHIPPED, *MADE)}


@dataclass(frozen=True)
class Instance:
    """One frozen question: the data of a scenario, and what is seen of it when it is read."""

    name: str
    document: Document
    scenario: Scenario

    @property
    def digest(self) -> str:
        """Hash of the data: two runs with the same one were asked the same."""
        told = json.dumps(self.document.data, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def read_instance(name: str) -> Instance:
    """Read by the planner's own reader, so it is legal. Raises KeyError for a name that is not on the list."""
    from planner.scenario.document import Document
    from planner.scenario.read import build_scenario, read_scenario

    if name in MADE:
        document = Document(f"{name}.yaml", "", build_market(name, MADE[name]))
        return Instance(name, document, build_scenario(document)[0])
    if name not in (*SHIPPED, *TINY) and not (SCENARIOS / f"{name}.yaml").is_file():
        raise KeyError(name)
    read = read_scenario(SCENARIOS / f"{name}.yaml")
    return Instance(name, read.document, read.scenario)


def find_names(asked: str) -> tuple[str, ...]:
    """Names of a list (quick, shipped, full) or names with commas; each once, in order."""
    found = [name for part in asked.split(",") for name in LISTS.get(part, (part,))]
    return tuple(dict.fromkeys(found))
