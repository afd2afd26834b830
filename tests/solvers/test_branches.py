"""Trees taken apart: cuts that never say too much, bounds below the best, plans that keep every row, ends in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from planner.formulation.build import build_model
from planner.instance.build import build_instance
from planner.job import SolveJob
from planner.options import Options
from planner.result import find_goal
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import find_layout
from planner.solvers.blocks import Parts, with_cuts
from planner.solvers.branches import Wood
from planner.solvers.cuts import Trunk, climb, forbid, split
from planner.solvers.highs import Run, run
from planner.solvers.layout import Layout, Mask
from planner.solvers.log import Log
from planner.solvers.matrix import Floats, Matrix, build_matrix
from planner.solvers.outline import raise_bound, sketch
from planner.solvers.search import SMALL, search
from planner.vocabulary import Status
from tests.tiny_tree import SEEDS, random_tree

Part = dict[str, Any]
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def quarters(seed: int) -> Part:
    """Three makers, two of them Chinese, six or seven quarters; a stop, a duty and a maker that may fail."""
    r = Random(f"quarters {seed}")

    def offer(number: int, prices: tuple[int, int], lead: str) -> Part:
        return {
            "id": f"o{number}", "supplier": f"m{number}", "covers": {"line": 100}, "price": r.randint(*prices),
            "lead_time": lead, "order_ahead": r.choice(["0 days", "6 months"]), "transit_time": "3 weeks",
            "min_order": r.choice([1, 2, 3]), "rival_claims": {"share": r.choice([0.05, 0.1]), "per": "quarter"},
            "slots": {"per": "quarter", "2026-Q1": r.randint(1, 3), "2027-Q1": r.randint(2, 5)},
            "payment": {"order": 0.3, "fat": 0.2, "shipment": 0.3, "acceptance": 0.2, "secured": 0.5},
        }  # fmt: skip

    def supplier(number: int, country: str) -> Part:
        found = {"id": f"m{number}", "country": country, "signing_fee": r.randint(1, 6), "order_fee": r.choice([0, 0.5])}
        return found | ({"vetting": {"duration": "2 months", "cost": 1}} if r.random() < 0.5 else {})

    return {
        "format": 1, "title": f"quarters {seed}", "sites": [{"id": "s", "country": "US"}], "routes": {"r": {"steps": ["line"]}},
        "calendar": {"start": "2026-01-01", "step": "quarter", "periods": r.choice([6, 7])},
        "money": {"currency": "USD", "in": "millions", "discount_rate": 0.08},
        "demand": [{"id": "d", "sites": ["s"], "continues": "2 years",
                    "target_mw": {"2026-Q3": r.choice([200, 300]), "2027-Q2": r.choice([900, 1200]), "interpolate": "linear"},
                    "shortage_cost": {"amount": r.choice([60, 90, 120]), "per": "GW-year"}}],
        "suppliers": [supplier(number, country) for number, country in enumerate(("CN", "CN", "DE"))],
        "offers": [offer(0, (8, 11), "4 months"), offer(1, (9, 12), "5 months"), offer(2, (13, 17), "6 months")],
        "shocks": [{"id": "stop", "hazard_per_year": r.choice([0.1, 0.3]), "lasts": r.choice(["6 months", "1 year"]),
                    "hits": {"countries": ["CN"]}, "shipments": "stopped"},
                   {"id": "duty", "date": "2026-11-10", "probability": 0.3, "hits": {"countries": ["CN"]}, "duty_added": 0.25},
                   {"id": "fails", "hazard_per_year": 0.1, "hits": {"suppliers": ["m0"]}, "shipments": "stopped",
                    "slots_factor": 0}][: r.choice([2, 3])],
        "futures": {"max_shocks": r.choice([1, 2]), "min_probability": 0.005},
        "policy": {"risk_weight": r.choice([0, 0.3]), "tail": 0.8},
    }  # fmt: skip


def draws(count: int) -> list[tuple[str, int]]:
    """Some tiny trees, each of another kind, in any order."""
    r = Random("branches")
    return [(subject, r.choice(SEEDS[subject])) for subject in sorted(r.sample(sorted(SEEDS), count))]


TINY = draws(25)
LARGER = [("quarters", seed) for seed in (0, 3, 4, 10, 11)]
TREES = pytest.mark.parametrize("tree", TINY + LARGER[:2], ids=lambda tree: f"{tree[0]} {tree[1]}")


def silent(**changes: Any) -> Log:
    return Log(**{"gap": 0.0, "time_limit": None, "tell": lambda _: None, "stop": lambda: False, **changes})


@dataclass(frozen=True)
class Case:
    """A tree, its relaxation, and the best plan the engine finds for the whole."""

    matrix: Matrix
    layout: Layout
    relaxed: Run
    best: Run

    def wood(self) -> Wood:
        return Wood(Parts(self.matrix), self.layout, silent())

    def near(self, value: float) -> float:
        """What rounding may add to a cost."""
        return 1e-6 * max(1.0, abs(value))


def parts_of(scenario: Scenario) -> tuple[Matrix, Layout]:
    data = build_instance(scenario)
    model = build_model(data, find_goal(scenario, Options()))
    return build_matrix(model.problem), find_layout(data, model)


@cache
def case_of(tree: tuple[str, int]) -> Case:
    document = quarters(tree[1]) if tree[0] == "quarters" else random_tree(*tree)
    matrix, layout = parts_of(Scenario.model_validate(document))
    return Case(matrix, layout, run(matrix, {}, whole=False), run(matrix, {"mip_rel_gap": 0.0}))


def random_points(case: Case, count: int, r: np.random.Generator) -> Iterator[Floats]:
    """Points of the relaxation that are best for random prices of the whole columns."""
    for _ in range(count):
        cost = np.where(case.matrix.whole, r.normal(size=len(case.matrix.cost)), 0.0)
        found = run(replace(case.matrix, cost=cost, offset=0.0), {}, whole=False)
        assert found.values is not None
        yield found.values


def excess(matrix: Matrix, values: Floats) -> float:
    """By how much the point leaves the bounds and rows, at most."""
    rows = Parts(matrix).activity(values)
    over = (matrix.lower - values, values - matrix.upper, matrix.row_lower - rows, rows - matrix.row_upper)
    return max(float(part.max(initial=0.0)) for part in over)


# --- cuts -----------------------------------------------------------------------------------------------------------


def least_inside(wood: Wood, inside: Mask, point: Floats) -> float:
    """What the branches cost at least, in whole or in parts, where everything outside is held; infinite if nothing goes."""
    m = wood.parts.matrix
    _, part = wood.parts.held(inside, point, np.zeros_like(m.whole))
    found = run(part, {}, whole=False)
    outside = m.offset + float(m.cost @ np.where(inside, 0.0, point))
    return np.inf if found.objective is None else found.objective / m.scale - outside


def random_duals(case: Case, r: np.random.Generator) -> Iterator[Floats]:
    """Prices of the rows: those of the relaxation, some of them off, and any at all."""
    assert case.relaxed.duals is not None
    yield case.relaxed.duals
    yield case.relaxed.duals * r.uniform(0.0, 2.0, len(case.relaxed.duals))
    yield r.normal(size=len(case.relaxed.duals)) * (r.random(len(case.relaxed.duals)) < 0.1)
    yield r.normal(size=len(case.relaxed.duals))


@TREES
def test_a_cut_never_says_more_than_the_branches_cost(tree: tuple[str, int]) -> None:
    case, r = case_of(tree), np.random.default_rng(1)
    if case.relaxed.values is None:
        pytest.skip("no plan at all")
    wood = case.wood()
    trunk = split(wood)
    points = [case.relaxed.values, *random_points(case, 3, r)]
    for inside, rows in zip(trunk.inside, trunk.rows, strict=True):
        least = [least_inside(wood, inside, point) for point in points]
        for duals in random_duals(case, r):
            a, b = wood.parts.cut(inside, rows, duals, cost=True)
            assert not a[inside].any()
            for point, cost in zip(points, least, strict=True):
                assert b - a @ point <= cost + 1e-6 * max(1.0, abs(cost)), "a cut above what the branches cost"


@TREES
def test_with_the_prices_at_a_point_the_cut_says_what_the_branches_cost_there(tree: tuple[str, int]) -> None:
    """Otherwise no bound would ever get better: at the relaxation, with its prices, trunk and cuts are as dear as it is."""
    case = case_of(tree)
    if case.relaxed.values is None or case.relaxed.duals is None:
        pytest.skip("no plan at all")
    wood = case.wood()
    trunk = split(wood)
    for inside, rows in zip(trunk.inside, trunk.rows, strict=True):
        a, b = wood.parts.cut(inside, rows, case.relaxed.duals, cost=True)
        cost = least_inside(wood, inside, case.relaxed.values)
        assert b - a @ case.relaxed.values == pytest.approx(cost, rel=1e-5, abs=1e-5 * max(1.0, abs(b)))


@TREES
def test_the_rows_of_the_cuts_hold_at_what_the_branches_cost(tree: tuple[str, int]) -> None:
    """As the engine gets them: scaled, and without entries that are too small for it."""
    case, r = case_of(tree), np.random.default_rng(2)
    wood = case.wood()
    trunk = split(wood)
    for duals in random_duals(case, r):
        trunk.learn(duals)
    model = with_cuts(trunk.matrix, len(trunk.inside), trunk.cuts)
    for point in random_points(case, 3, r):
        costs = [least_inside(wood, inside, point) for inside in trunk.inside]
        rows = Parts(model).activity(np.array([*point[trunk.columns], *costs]))
        assert (rows >= model.row_lower - 1e-6 * np.maximum(1.0, np.abs(model.row_lower))).all()


# --- trunks the branches cannot follow --------------------------------------------------------------------------------

STUCK = [
    ("lost in shares", 306),
    ("lost in shares", 46),
    ("lost in shares", 348),
    ("shares", 0),
    ("shares", 8),
    ("tail limit", 929),
]
"""Trees some of whose trunks leave no way on."""


def random_trunks(case: Case, trunk: Trunk, count: int, r: np.random.Generator) -> Iterator[Floats]:
    """Whole trunks that keep the trunk's own rows and are best for random prices, the branches at 0."""
    for _ in range(count):
        cost = np.where(trunk.matrix.whole, r.normal(size=len(trunk.matrix.cost)), 0.0)
        values = trunk.whole_of(run(replace(trunk.matrix, cost=cost, offset=0.0), {"mip_rel_gap": 0.0}))
        if values is not None:
            yield values


@pytest.mark.parametrize("tree", STUCK, ids=lambda tree: f"{tree[0]} {tree[1]}")
def test_what_is_forbidden_leaves_every_trunk_the_branches_can_follow(tree: tuple[str, int]) -> None:
    case, r = case_of(tree), np.random.default_rng(3)
    wood = case.wood()
    trunk = split(wood)
    forbidden = 0
    for values in random_trunks(case, trunk, 8, r):
        if wood.hold(wood.whole & wood.layout.columns(wood.trunk), values).values is None:
            forbid(trunk, values)
            forbidden += 1
    assert forbidden
    assert all(block < 0 for block, _, _ in trunk.cuts)
    assert case.best.values is not None
    for point in (case.best.values, *random_points(case, 10, r)):
        for _, a, b in trunk.cuts:
            assert b - a @ point[trunk.columns] <= 1e-6 * max(1.0, abs(b)), "a trunk that can be followed is cut off"


@pytest.mark.parametrize("tree", [("lost in shares", 306), ("shares", 8)], ids=lambda tree: f"{tree[0]} {tree[1]}")
def test_what_is_forbidden_does_not_come_again(tree: tuple[str, int]) -> None:
    case = case_of(tree)
    wood = case.wood()
    trunk = split(wood)
    for values in random_trunks(case, trunk, 8, np.random.default_rng(3)):
        if wood.hold(wood.whole & wood.layout.columns(wood.trunk), values).values is None:
            forbid(trunk, values)
            assert any(b - a @ values[trunk.columns] > 1e-6 for _, a, b in trunk.cuts)


# --- bounds and plans ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tree", TINY + LARGER, ids=lambda tree: f"{tree[0]} {tree[1]}")
def test_the_bound_lies_below_the_best_and_the_plan_keeps_every_row(tree: tuple[str, int]) -> None:
    """Trunk, cuts and branches alone, without a look at the full problem afterwards."""
    case = case_of(tree)
    wood = case.wood()
    wood.log.news(None, case.relaxed.objective)
    plan = climb(wood, case.relaxed)
    best = case.best.objective
    assert best is not None
    assert wood.log.bound is not None
    assert wood.log.bound <= best + case.near(best)
    assert case.relaxed.objective is not None
    assert wood.log.bound >= case.relaxed.objective - case.near(best), "a bound once known is kept"
    if plan is None:
        assert wood.log.incumbent is None
        return
    cost = wood.cost(plan)
    assert best <= cost + case.near(best)
    assert wood.log.incumbent == pytest.approx(cost)
    assert excess(case.matrix, plan) <= 1e-6
    assert (plan[case.matrix.whole] % 1 == 0).all()


def test_a_tree_too_large_for_its_relaxation_gets_a_plan_from_its_outline() -> None:
    """Here of trees whose best plan is known; most get one, each keeps every row. Trees with one turn need no outline."""
    trees = [tree for tree in TINY + LARGER if case_of(tree).layout.turns.max() > 1]
    plans = [sketch(case_of(tree).wood(), 0) for tree in trees]
    assert sum(plan is not None for plan in plans) >= 0.8 * len(trees) > 3
    for tree, plan in zip(trees, plans, strict=True):
        case = case_of(tree)
        if plan is not None:
            assert case.best.objective is not None
            assert case.wood().cost(plan) >= case.best.objective - case.near(case.best.objective)
            assert excess(case.matrix, plan) <= 1e-6
            assert (plan[case.matrix.whole] % 1 == 0).all()
            assert sketch(case.wood()) is None, "a small tree is searched as a whole at once"
    flat = next(case for tree in TINY if (case := case_of(tree)).layout.turns.max() == 1)
    assert sketch(flat.wood(), 0) is None


def test_the_bound_without_the_relaxation_comes_near_it() -> None:
    """It never passes the relaxation, and soon is hardly below. Few trees have none: the first cuts leave costs without end."""
    cases = [case for tree in TINY + LARGER if (case := case_of(tree)).relaxed.values is not None]
    bounds = []
    for case in cases:
        wood = Wood(Parts(case.matrix), case.layout, silent(gap=1e-4))
        assert case.relaxed.values is not None
        raise_bound(wood, np.where(case.matrix.whole, np.round(case.relaxed.values), case.relaxed.values))
        bounds.append(wood.log.bound)
        if wood.log.bound is not None:
            assert case.relaxed.objective is not None
            assert wood.log.bound <= case.relaxed.objective + case.near(case.relaxed.objective)
            assert wood.log.bound >= case.relaxed.objective - 0.05 * abs(case.relaxed.objective)
    assert sum(bound is not None for bound in bounds) >= 0.8 * len(cases)


def dearer(document: Part, times: float) -> Part:
    """The same with all money counted in smaller units."""
    found = deepcopy(document)
    for offer in found["offers"]:
        offer["price"] *= times
    for supplier in found["suppliers"]:
        supplier |= {"signing_fee": supplier["signing_fee"] * times, "order_fee": supplier["order_fee"] * times}
        if "vetting" in supplier:
            supplier["vetting"] = {**supplier["vetting"], "cost": times}
    for demand in found["demand"]:
        demand["shortage_cost"] = {**demand["shortage_cost"], "amount": demand["shortage_cost"]["amount"] * times}
    found["money"]["in"] = "units"
    return found


@pytest.mark.parametrize("times", [1e4, 1e6, 1e7])
def test_the_bound_holds_where_money_is_counted_in_small_units(times: float) -> None:
    """Sums of a billion, over which a cut must not stumble: they stand in columns without bounds."""
    document = dearer(quarters(4), times)
    document["policy"] |= {"max_country_share": {"CN": 0.8}}
    matrix, layout = parts_of(Scenario.model_validate(document))
    relaxed, best = run(matrix, {}, whole=False), run(matrix, {"mip_rel_gap": 0.0}).objective
    wood = Case(matrix, layout, relaxed, relaxed).wood()
    wood.log.news(None, relaxed.objective)
    climb(wood, relaxed)
    assert best is not None
    assert wood.log.bound is not None
    assert wood.log.bound <= best * (1 + 1e-6)


def test_most_trees_get_a_plan_by_trunk_and_branches() -> None:
    plans = [climb(case_of(tree).wood(), case_of(tree).relaxed) for tree in TINY]
    assert sum(plan is not None for plan in plans) >= 0.8 * len(plans)


@pytest.mark.parametrize("tree", LARGER, ids=lambda tree: f"{tree[0]} {tree[1]}")
def test_the_search_of_a_tree_ends_at_the_best_of_the_whole(tree: tuple[str, int]) -> None:
    case = case_of(tree)
    assert case.layout.branches
    assert case.matrix.whole.sum() > SMALL, "small ones are searched at once"
    found = search(case.matrix, case.layout, 0.0, None, lambda _: None, lambda: False)
    assert "trunk" in [name for name, *_ in found.phases]
    assert found.status is Status.OPTIMAL
    assert found.objective == pytest.approx(case.best.objective, rel=1e-6)
    assert found.bound is not None
    assert found.objective is not None
    assert found.values is not None
    assert found.bound <= found.objective + case.near(found.objective)
    assert excess(case.matrix, found.values) <= 1e-6


def test_what_the_listener_hears_never_gets_worse() -> None:
    case, heard = case_of(LARGER[0]), list[dict[str, Any]]()
    search(case.matrix, case.layout, 0.0, None, heard.append, lambda: False)
    news = [event for event in heard if event["event"] == "progress"]
    costs = [event["incumbent"] for event in news if event["incumbent"] is not None]
    bounds = [event["bound"] for event in news if event["bound"] is not None]
    best = case.best.objective
    assert best is not None
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert costs[-1] == pytest.approx(best)
    assert all(bound <= best + case.near(best) for bound in bounds)


# --- ends -------------------------------------------------------------------------------------------------------------


@dataclass
class Clock:
    """Stops a search ``wait`` seconds after it has entered a phase, or as soon as it has a plan; remembers when.

    Seconds of work: other work may hold the machine.
    """

    phase: str = ""
    wait: float = 0.0
    plan: bool = False
    due: float = float("inf")
    incumbent: float | None = None

    def tell(self, event: dict[str, Any]) -> None:
        reached = event.get("incumbent") is not None if self.plan else event["phase"] == self.phase
        if reached and self.due == float("inf"):
            self.due, self.incumbent = time.process_time() + self.wait, event.get("incumbent")

    def stop(self) -> bool:
        return time.process_time() >= self.due

    @property
    def late(self) -> float:
        return time.process_time() - self.due


@cache
def large(name: str) -> tuple[Matrix, Layout]:
    return parts_of(read_scenario(SCENARIOS / name).scenario)


@pytest.mark.parametrize("phase", ["relaxation", "trunk"])
def test_a_large_tree_is_left_within_a_second_of_a_cancel(phase: str) -> None:
    matrix, layout = large("three-shocks.yaml")
    clock = Clock(phase, 0.5)
    found = search(matrix, layout, 0.0, None, clock.tell, clock.stop)
    assert clock.late < 2.0  # a second on a machine of its own; other tests run beside this one
    assert (found.status, found.reason) == (Status.STOPPED, "cancelled")
    assert found.values is None
    assert (found.bound is not None) == (phase == "trunk"), "only the relaxation once solved is a bound"


@pytest.mark.parametrize("limit", [0.02, 3.0])
def test_a_large_tree_keeps_its_time_limit(limit: float) -> None:
    matrix, layout = large("three-shocks.yaml")
    began = time.process_time()
    found = search(matrix, layout, 0.0, limit, lambda _: None, lambda: False)
    assert time.process_time() - began < limit + 1.0
    assert (found.status, found.reason) == (Status.STOPPED, "time limit")
    assert found.values is None


def test_a_cancelled_tree_keeps_the_plan_in_hand() -> None:
    matrix, layout = large("exclusion-lapse.yaml")
    clock = Clock(plan=True)
    found = search(matrix, layout, 0.0, None, clock.tell, clock.stop)
    assert clock.late < 2.0  # a second on a machine of its own; other tests run beside this one
    assert (found.status, found.reason) == (Status.FEASIBLE, "cancelled")
    assert found.values is not None
    assert found.objective == pytest.approx(clock.incumbent)
    assert found.bound is not None
    assert found.objective is not None
    assert found.gap == pytest.approx((found.objective - found.bound) / found.objective)
    assert excess(matrix, found.values) <= 1e-6
    assert (found.values[matrix.whole] % 1 == 0).all()


def test_a_cancelled_job_hands_over_the_plan_of_its_tree() -> None:
    """From another process, with plan, audit and futures, in spite of the short time it gets."""
    running = SolveJob(read_scenario(SCENARIOS / "exclusion-lapse.yaml").document, Options(gap=0.0))
    for event in running.events():
        if event.get("incumbent") is not None:
            running.cancel()
    result = running.result()
    assert (result.status, result.reason) == (Status.FEASIBLE, "cancelled")
    assert result.audit["ok"], result.audit["findings"]
    assert result.plan is not None
    assert len(result.plan.futures) > 1
