"""Two answers compared: by how much their costs differ, why, what is decided otherwise, and which inputs changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.plan.difference import Change, find_changes
from planner.plan.paths import find_paths, restrict_plan
from planner.plan.plan import Plan
from planner.scenario.differ import describe_difference
from planner.scenario.scenario import Scenario
from planner.studies.compare.bridge import Bridge, find_bridge
from planner.studies.compare.subject import Subject
from planner.studies.costs import ROUNDING, Difference
from planner.studies.worlds import Data

EXPLAIN = ("title", "description", "sources")
"""What only explains: it changes no answer."""


@dataclass(frozen=True)
class Pair:
    """What the second of two answers has against the first; ``first`` and ``second`` are their numbers, from 0.

    ``difference`` is second less first; None where one of them is not known. ``room`` is None where one of the two has no
    proven gap. Without a bridge ``no_bridge`` says why. ``changes``: decisions while nothing happens, second against first.
    ``inputs``: one sentence for each input that changed; titles, descriptions and sources are left out.
    """

    first: int
    second: int
    difference: float | None
    room: float | None
    bridge: Bridge | None
    no_bridge: str
    changes: tuple[Change, ...]
    inputs: tuple[str, ...]

    @property
    def equal(self) -> bool | None:
        """Whether the difference is smaller than the gaps of the two together; None where that is not known."""
        return None if self.difference is None or self.room is None else abs(self.difference) <= self.room


def compare(subjects: tuple[Subject, ...], first: int, second: int, came: str = "") -> Pair:
    """The pair of two of the answers. ``came``: news of the first one's tree that is no news any more in the second's."""
    one, two = subjects[first], subjects[second]
    found = subtract_costs(two, one)
    reason = find_hurdle(one, two)
    bridge, changes = None, tuple[Change, ...]()
    if one.scenario and two.scenario and one.plan and two.plan:
        changes = find_changes(quiet(two.scenario, two.plan), quiet(one.scenario, one.plan))
        if not reason:
            bridge = find_bridge((one.scenario, one.plan), (two.scenario, two.plan), came)
    difference = None
    if one.cost.value is not None and two.cost.value is not None:
        difference = two.cost.value - one.cost.value
    return Pair(first, second, difference, found.room if found else None, bridge, reason, changes, find_inputs(one, two))


def subtract_costs(more: Subject, less: Subject) -> Difference | None:
    """The first one's cost less the second's with the room both gaps leave; None where one is not proven."""
    one, two = more.cost, less.cost
    if one.value is None or two.value is None or one.bound is None or two.bound is None:
        return None
    room = one.gap + two.gap + ROUNDING * max(abs(one.value), abs(two.value))
    return Difference(one.value - two.value, one.bound - two.value, one.value - two.bound, room)


def find_hurdle(one: Subject, two: Subject) -> str:
    """Why there is no cost bridge between the two; empty where there is one."""
    for side in (one, two):
        if side.hidden:
            return side.hidden
        if side.plan is None or side.scenario is None:
            return f"{side.name} has no plan"
    assert one.scenario
    assert two.scenario
    for what, name in (("currency", "currencies"), ("unit", "units of money")):
        if getattr(one.scenario.money, what) != getattr(two.scenario.money, what):
            return f"they count in different {name}"
    return ""


def quiet(scenario: Scenario, plan: Plan) -> Plan:
    """The plan while nothing happens."""
    if len(plan.futures) <= 1:
        return plan
    paths = find_paths(scenario)
    return restrict_plan(plan, paths, paths.trunk[-1])


def find_inputs(one: Subject, two: Subject) -> tuple[str, ...]:
    """Sentences on what the second scenario says otherwise; what only explains is left out."""
    return tuple(describe_difference(_bare(one.data, one.title), _bare(two.data, one.title)))


def _bare(data: Data, title: str) -> Data:
    return {**_without_words(data), "title": title}


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(item) for key, item in value.items() if key not in EXPLAIN}
    return [_without_words(item) for item in value] if isinstance(value, list) else value
