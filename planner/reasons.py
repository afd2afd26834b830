"""Why there is no plan, by asking the question again without one rule at a time. Short; every line is a solve.

This comes with every infeasible answer: a price per kind of rule, within seconds. Which rules clash, where their numbers stand
and by how much each has to give way takes many more questions and is asked for: ``planner.explain.conflict``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from planner.formulation.build import FAMILIES, STRUCTURE
from planner.options import Options
from planner.scenario.money import Rated
from planner.scenario.scenario import Scenario
from planner.solve import solve

SECONDS_EACH = 5.0
SECONDS_IN_ALL = 15.0
"""Reasons come after the answer: what is not found by then is left out."""
ROUGH_GAP = 0.01


def first_line(family: str) -> str:
    """The rule in a buyer's words: the first line of what the family's docstring says."""
    known = {f.__name__: f.__doc__ or "" for f in FAMILIES}
    return known[family].strip().splitlines()[0]


def find_reasons(scenario: Scenario, options: Options, stop: Callable[[], bool]) -> list[dict[str, Any]]:
    """For each rule without which a plan exists: the rule, its words, the cost found. Then the gaps hard demand has.

    Entries have ``rule``, ``says``, ``cost`` (expected cost without it) or ``short`` (MW missing by demand and period).
    """
    reasons: list[dict[str, Any]] = []
    began = time.perf_counter()

    def enough() -> bool:
        return stop() or time.perf_counter() - began > SECONDS_IN_ALL

    if any(d.hard for d in scenario.demand):
        asked = Options(gap=ROUGH_GAP, time_limit=SECONDS_EACH, minimise="shortage", without=options.without, fix=options.fix)
        found = solve(_soften(scenario), "", asked, stop=enough)
        if found.plan is not None:
            short = [{"demand": s.demand, "period": s.period, "mw": s.mw, "target": s.target} for s in found.plan.shortage]
            reasons.append({"rule": "demand", "says": first_line("demand"), "short": short})
    for family in FAMILIES:
        if enough() or family.__name__ in STRUCTURE:
            continue
        asked = Options(gap=ROUGH_GAP, time_limit=SECONDS_EACH, without=(*options.without, family.__name__), fix=options.fix)
        found = solve(scenario, "", asked, stop=enough)
        if found.plan is not None:
            reasons.append(
                {"rule": family.__name__, "says": first_line(family.__name__), "cost": found.measures["expected_cost"]}
            )
    return reasons


def _soften(scenario: Scenario) -> Scenario:
    price = Rated.model_validate({"amount": 1.0, "per": "MW-year"})
    soft = [d.model_copy(update={"hard": False, "shortage_cost": price}) if d.hard else d for d in scenario.demand]
    return scenario.model_copy(update={"demand": tuple(soft)})
