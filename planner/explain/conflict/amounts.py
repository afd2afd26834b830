"""How much less demand, how much more money or how many more slots: the least in all, by one elastic question each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from planner.explain.conflict.judge import Judge, keeps_rows
from planner.explain.conflict.limits import Edit, Limit, list_periods, put, without
from planner.explain.conflict.limits_demand import demand_limit, lower
from planner.explain.conflict.limits_slots import Shelf, find_shelves
from planner.formulation.elastic import Elastic, free_budgets, soften_demand, widen_slots
from planner.instance.build import build_instance
from planner.options import Start
from planner.scenario.scenario import Scenario
from planner.solvers.matrix import Floats, build_matrix

FINEST = 0.001
"""Amounts are given to this part of a MW or of the scenario's unit of money, rounded to the safe side."""
ELASTIC_SECONDS = 2.0
"""Time to make an amount smaller; what is found by then is enough, but maybe not the least."""
NOISE = 1e-3
"""What part of that the engine's own tolerance may make of a round number."""


Shelves = Mapping[str, Shelf]
Units = Mapping[tuple[str, str], float]
"""Slots of each pool and window."""


@dataclass(frozen=True, slots=True)
class Step:
    """A limit that gives way to ``after``, in its own unit; None: given up."""

    limit: Limit
    after: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """Limits of one kind that give way together, and the edit that does it.

    ``least``: what part of the change in all is proven to be needed, 1 where no less is enough. ``start``: decisions with which
    it is enough, where they are known.
    """

    steps: tuple[Step, ...]
    edits: tuple[Edit, ...]
    least: float
    start: Start | None = None


def less_demand(judge: Judge, scenario: Scenario, limits: Sequence[Limit]) -> Move | None:
    """The fewest MW less, summed over demands and periods."""
    numbers = {demand.id: i for i, demand in enumerate(scenario.demand)}
    names = {limit.names[0] for limit in limits}
    missing, least, start = _minimise(judge, scenario, soften_demand(build_instance(scenario), names, judge.without))
    if missing is None:
        return None
    steps, lowered = list[Step](), dict[str, dict[int, float]]()
    for (name, period), mw in sorted(missing.items(), key=lambda item: (item[0][0], int(item[0][1]))):
        demand = scenario.demand[numbers[name]]
        wanted = list_periods(scenario, demand.wanted)[int(period)] * demand.factor
        left = max(0.0, floor((wanted - mw) / FINEST + NOISE) * FINEST)
        lowered.setdefault(name, {})[int(period)] = left
        steps.append(Step(demand_limit(scenario, judge.data, numbers[name], (int(period),)), left))
    # what must run without lost suppliers is a share of the demand and falls with it: less may then be enough
    least = 0.0 if scenario.policy.resilience else least
    return Move(tuple(steps), tuple(lower(scenario, numbers[name], to) for name, to in lowered.items()), least, start)


def more_budget(judge: Judge, scenario: Scenario, limits: Sequence[Limit]) -> Move | None:
    """The least money more, summed over fiscal years."""
    years = {limit.names[0]: limit for limit in limits}
    missing, least, start = _minimise(judge, scenario, free_budgets(build_instance(scenario), set(years), judge.without))
    if missing is None:
        return None
    steps = tuple(Step(years[year], _up((years[year].value or 0.0) + money)) for (year,), money in missing.items())
    return Move(steps, tuple(put(step.after, *step.limit.paths[0]) for step in steps), least, start)


def more_slots(judge: Judge, scenario: Scenario, limits: Sequence[Limit]) -> Move | None:
    """The fewest delivery slots more, summed over pools and windows."""
    shelves = {shelf.pool.id: shelf for shelf in find_shelves(scenario)}
    known = {(limit.names[0], limit.names[1]): limit for limit in limits}
    plenty = build_instance(Scenario.model_validate(without(judge.data, limits)))
    free = {names: shelves[names[0]].free(names[1]) for names in known}
    missing, least, start = _minimise(judge, scenario, widen_slots(plenty, free, judge.without))
    if missing is None:
        return None
    units: Units = {}
    for (pool, window), more in missing.items():
        wanted = round(free[pool, window] + more) + ceil(shelves[pool].taken(window))
        units = {**units, (pool, window): max(shelves[pool].windows[window][1], wanted)}
    rivals = any(shelves[pool].pool.claims for pool, _ in known)
    if rivals:
        units = _trim(judge, shelves, units)
    steps = tuple(Step(known[names], number) for names, number in units.items())
    return Move(steps, _open_up(shelves, units), 0.0 if rivals else least, start)


def _trim(judge: Judge, shelves: Shelves, units: Units) -> Units:
    """As many slots in each window as are needed beside those of the others: rivals take less of few than of plenty."""
    for (pool, window), most in list(units.items()):
        low, high = round(shelves[pool].windows[window][1]), round(most)
        while high - low > 1:
            middle = (low + high) // 2
            tried = {**units, (pool, window): float(middle)}
            low, high = (low, middle) if judge.ask((), _open_up(shelves, tried)) else (middle, high)
        units = {**units, (pool, window): float(high)}
    return units


def _open_up(shelves: Shelves, units: Units) -> tuple[Edit, ...]:
    by_pool: dict[str, dict[str, float]] = {}
    for (pool, window), number in units.items():
        by_pool.setdefault(pool, {})[window] = number
    return tuple(shelves[pool].open_up(windows) for pool, windows in by_pool.items())


AMOUNTS: Mapping[str, Callable[[Judge, Scenario, Sequence[Limit]], Move | None]] = {
    "demand": less_demand,
    "budget": more_budget,
    "slots": more_slots,
}
"""The kinds of limits whose numbers are found by an elastic question."""


def _minimise(
    judge: Judge, scenario: Scenario, elastic: Elastic
) -> tuple[dict[tuple[str, ...], float] | None, float, Start | None]:
    """By how much each number has to give way, what part of it in all is proven to be needed, and what is decided then."""
    matrix = build_matrix(elastic.model.problem)
    done = judge.run(matrix, {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-6}, seconds=ELASTIC_SECONDS)
    if done.values is None or not keeps_rows(matrix, done.values, whole=True):
        return None, 0.0, None
    missing = {name: float(done.values[c]) for name, c in elastic.slack.items() if done.values[c] > FINEST / 2}
    proven = max(0.0, done.bound or 0.0) / max(sum(missing.values()), FINEST)
    start = _decided(elastic, scenario.calendar.names, done.values)
    return missing, 1.0 if done.finished else min(1.0, proven), start


def _decided(elastic: Elastic, periods: Sequence[str], values: Floats) -> Start:
    """The decisions of a point of the elastic model, by name."""
    data, x = elastic.data, elastic.model.decisions
    nodes = data.tree.nodes

    def taken(table: Mapping[tuple[str, int], int]) -> tuple[tuple[str, str], ...]:
        return tuple((nodes[n].name, supplier) for (supplier, n), column in table.items() if values[column] > 0.5)

    ordered = ((one, float(values[x.order[i]])) for i, one in enumerate(data.orders))
    return Start(
        taken(x.vet),
        taken(x.sign),
        tuple((nodes[o.node].name, o.offer, o.site, periods[o.ship_period], units) for o, units in ordered if units > FINEST),
    )


def _up(amount: float) -> float:
    return ceil(amount / FINEST - NOISE) * FINEST
