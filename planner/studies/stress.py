"""The stress test: a plan on fresh random futures, and what they say of its cost, its ramp and its dependence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np

from planner.plan.plan import Plan
from planner.scenario.grow import Growth, grow
from planner.scenario.scenario import Scenario
from planner.studies.case import build_case
from planner.studies.courses import Courses
from planner.studies.days import Flags, Floats
from planner.studies.draw import draw_futures
from planner.studies.estimate import Estimate, estimate_mean, estimate_share, estimate_tail
from planner.studies.ledger import REASONS
from planner.studies.replay import Replay, Tell, replay

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class RampChance:
    """One demand in one period: mean target and mean gap, MW per year; in which share of the futures it is met.

    ``met``: in that period; ``met_on``: then and in every later period.
    """

    demand: str
    period: str
    target: float
    gap: float
    met: Estimate
    met_on: Estimate


@dataclass(frozen=True, slots=True)
class Dependence:
    """A country's share of all spend, contracts that count for exposure included: mean and quantiles over the futures."""

    country: str
    share: Estimate
    quantiles: dict[str, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """What could not be carried out for one reason: decisions and units over all futures, and the futures it came up in."""

    reason: str
    decisions: float
    units: float
    futures: int


@dataclass(frozen=True)
class Stress:
    """A plan on ``futures`` random futures drawn with ``seed``, of which ``courses`` are different.

    Costs are discounted, in base currency; ``cvar_cost`` averages the worst 1 - ``tail``; ``shortage`` is MW-years inside
    the horizon; ``spend`` the contract price of new orders; ``lost_share`` the part of all spend that never ships.
    ``unseen``: futures with a set of news the tree has not; ``exact``: futures that are the tree's own to the end.
    ``planned``: the plan's own measures, with the tree's ``cut_mass``. Arrays by future: ``costs``, ``shortages``;
    ``futures_id`` tells whether two tests were made on the same futures.
    """

    futures: int
    seed: int
    courses: int
    tail: float
    expected_cost: Estimate
    cash_cost: Estimate
    shortage_cost: Estimate
    surplus_cost: Estimate
    cvar_cost: Estimate
    worst_cost: float
    spend: Estimate
    shortage: Estimate
    no_shortage: Estimate
    lost_share: Estimate
    cost_quantiles: dict[str, float]
    shortage_quantiles: dict[str, float]
    ramp: tuple[RampChance, ...]
    exposure: tuple[Dependence, ...]
    cuts: tuple[Cut, ...]
    cut_futures: int
    unseen: int
    exact: int
    planned: dict[str, float]
    futures_id: str
    costs: Floats = field(repr=False, compare=False)
    shortages: Floats = field(repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data, without the arrays by future."""
        plain = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if not isinstance(value, np.ndarray):
                plain[part.name] = _plain(value)
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [asdict(item) for item in value]
    return asdict(value) if isinstance(value, Estimate) else value


def stress_plan(
    scenario: Scenario, plan: Plan, count: int, seed: int, growth: Growth | None = None, tell: Tell = lambda _: None
) -> Stress:
    """Replay the plan on ``count`` futures drawn with ``seed``: the same ones for every plan of the scenario.

    ``growth``: the scenario's tree, if it is at hand. Raises UsageError when the plan is of another scenario.
    """
    courses = draw_futures(scenario, count, seed)
    case = build_case(scenario, plan, courses.news.voices, growth or grow(scenario))
    return measure(scenario, plan, courses, replay(case, courses.news, tell), seed)


def measure(scenario: Scenario, plan: Plan, courses: Courses, found: Replay, seed: int) -> Stress:
    """What a replay on equally likely futures says."""
    index = courses.index
    cost, shortage = found.cost[index], found.shortage[index]
    everything = sum(found.by_country.values(), np.zeros_like(found.cash))
    cut: Flags = (
        np.any([dropped.decisions > 0 for dropped in found.dropped.values()], axis=0) if found.dropped else found.known & False
    )
    whole: Flags = np.all([met.reached.all(axis=1) for met in found.met.values()], axis=0)
    return Stress(
        futures=courses.count,
        seed=seed,
        courses=courses.news.rows,
        tail=scenario.policy.tail,
        expected_cost=estimate_mean(cost),
        cash_cost=estimate_mean(found.cash[index]),
        shortage_cost=estimate_mean(found.shortage_cost[index]),
        surplus_cost=estimate_mean(found.surplus_cost[index]),
        cvar_cost=estimate_tail(cost, scenario.policy.tail),
        worst_cost=float(cost.max()),
        spend=estimate_mean(found.bought[index]),
        shortage=estimate_mean(shortage),
        no_shortage=estimate_share(whole[index]),
        lost_share=estimate_mean(_share(found.lost, everything)[index]),
        cost_quantiles=_quantiles(cost),
        shortage_quantiles=_quantiles(shortage),
        ramp=tuple(_ramp(scenario, courses, found)),
        exposure=tuple(_exposure(courses, found, everything)),
        cuts=tuple(_cuts(courses, found)),
        cut_futures=int(cut[index].sum()),
        unseen=int((~found.known[index]).sum()),
        exact=int(found.exact[index].sum()),
        planned={**plan.measures, "cut_mass": plan.cut_mass},
        futures_id=identify(courses),
        costs=cost,
        shortages=shortage,
    )


def identify(courses: Courses) -> str:
    """A name of the futures: equal for equal news in equal order."""
    told = hashlib.sha256(repr([voice.source.key for voice in courses.news.voices]).encode())
    for table in (courses.news.day, courses.news.end, courses.news.outcome):
        told.update(np.ascontiguousarray(table[:, courses.index]).tobytes())
    return told.hexdigest()[:16]


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _quantiles(values: Floats) -> dict[str, float]:
    found = np.quantile(values, QUANTILES, method="inverted_cdf")
    return {f"{level:g}": float(value) for level, value in zip(QUANTILES, found, strict=True)}


def _ramp(scenario: Scenario, courses: Courses, found: Replay) -> Iterator[RampChance]:
    for demand in scenario.demand:
        met = found.met[demand.id]
        reached = met.reached
        on = np.logical_and.accumulate(reached[:, ::-1], axis=1)[:, ::-1]
        for period, name in enumerate(scenario.calendar.names):
            here = courses.index
            yield RampChance(
                demand.id,
                name,
                float(met.target[here, period].mean()),
                float(met.short[here, period].mean()),
                estimate_share(reached[here, period]),
                estimate_share(on[here, period]),
            )


def _exposure(courses: Courses, found: Replay, everything: Floats) -> Iterator[Dependence]:
    for country, spend in sorted(found.by_country.items()):
        share = _share(spend, everything)[courses.index]
        yield Dependence(country, estimate_mean(share), _quantiles(share))


def _cuts(courses: Courses, found: Replay) -> Iterator[Cut]:
    for reason in REASONS:
        if reason in found.dropped:
            dropped = found.dropped[reason]
            here = dropped.decisions[courses.index]
            yield Cut(reason, float(here.sum()), float(dropped.units[courses.index].sum()), int((here > 0).sum()))
