"""How a plan begins while nothing happens: told by quarter, carried to another calendar, compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.variations import Variation
from planner.options import Fixed
from planner.plan.plan import Plan
from planner.scenario.dates import add_months, period_name, window_start
from planner.scenario.grow import Growth
from planner.scenario.scenario import Scenario
from planner.studies.first import LEAST, hold
from planner.studies.plans import find_trunk

QUARTERS = 4

Decided = dict[str, dict[str, float]]
"""Quarter -> what is decided there while nothing happens -> units (1 for qualifying and signing)."""


@dataclass(frozen=True)
class Answer:
    """A variation with its tree and plan (None: none was found)."""

    variation: Variation
    scenario: Scenario
    growth: Growth
    plan: Plan | None


def carry(old: Answer, new: Answer, months: int) -> Fixed:
    """The old plan's decisions of the first months while nothing happens, on the new one's trunk.

    The new calendar may be finer: a decision keeps its day and an order its day of shipment; between them nothing is decided.
    """
    assert old.plan is not None
    calendar, trunk = new.scenario.calendar, find_trunk(new.growth)
    end = add_months(calendar.start, months)
    nodes = [name for period, name in enumerate(trunk) if period == 0 or calendar.starts[period] < end]
    moved = {name: trunk[calendar.period_of(old.scenario.calendar.starts[p])] for p, name in enumerate(find_trunk(old.growth))}
    plan = Plan(
        vetting=tuple(_move(v, moved) for v in old.plan.vetting if v.node in moved),
        signings=tuple(_move(s, moved) for s in old.plan.signings if s.node in moved),
        orders=tuple(_move(o, moved, calendar.names[calendar.period_of(o.ships)]) for o in old.plan.orders if o.node in moved),
    )
    return hold(new.scenario, plan, nodes)


def _move(part: Any, moved: dict[str, str], ships: str = "") -> Any:
    return type(part)(**{**asdict(part), "node": moved[part.node], **({"ship_period": ships} if ships else {})})


def find_decided(scenario: Scenario, growth: Growth, plan: Plan) -> Decided:
    """What is decided in each of the first four quarters while nothing happens; units of an offer over sites and shipments."""
    calendar = scenario.calendar
    day = {name: calendar.starts[period] for period, name in enumerate(find_trunk(growth))}
    end = add_months(calendar.start, 3 * QUARTERS)
    parts: list[tuple[str, str, float]] = [
        *((v.node, f"qualify {v.supplier}", 1.0) for v in plan.vetting),
        *((s.node, f"sign {s.supplier}", 1.0) for s in plan.signings),
        *((o.node, f"order {o.offer}", o.units) for o in plan.orders),
    ]
    found: Decided = {}
    for node, what, units in sorted(parts):
        if node in day and day[node] < end:
            there = found.setdefault(period_name(window_start(day[node], "quarter"), "quarter"), {})
            there[what] = round(there.get(what, 0.0) + units, 6)
    return {quarter: dict(sorted(there.items())) for quarter, there in sorted(found.items())}


def find_changes(old: Decided, new: Decided) -> list[str]:
    """``2026-Q2 order maxwell-line 4 -> 6``: what is decided otherwise in a quarter."""
    found = []
    for quarter in sorted(old.keys() | new.keys()):
        before, after = old.get(quarter, {}), new.get(quarter, {})
        for what in sorted(before.keys() | after.keys()):
            was, now = before.get(what, 0.0), after.get(what, 0.0)
            if abs(was - now) > LEAST:
                found.append(f"{quarter} {what} {was:g} -> {now:g}")
    return found
