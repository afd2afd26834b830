"""Laws between solves on trees of futures, on cases small enough for gap 0."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from planner.options import Fixed, Options
from planner.result import Result
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.alone import along
from planner.studies.costs import measure
from planner.studies.draw import find_leaves
from planner.studies.first import hold
from planner.studies.plans import find_trunk
from planner.studies.worlds import in_mode
from tests.thorough import cases
from tests.tiny_tree import SEEDS, random_tree

Part = dict[str, Any]
FREE = ("pins", "resilience", "max_cvar_cost", "min_suppliers", "approvals")
"""Rules under which some law need not hold; the tests that leave them out say why."""


def draw_cases(few: int, every: int, seed: int) -> list[tuple[str, int]]:
    """Some of the trees in which the news is known to matter, of every kind: ``few`` in the suite."""
    count = len(cases(few, every))
    known = [(subject, number) for subject, numbers in SEEDS.items() for number in numbers]
    return sorted(case for case in Random(seed).sample(known, 2 * count) if is_named_well(random_tree(*case)))[:count]


def is_named_well(data: Part) -> bool:
    """Not two windows of a licence drawn in one period: their nodes would share a name."""
    names = [moment.name for moment in grow(Scenario.model_validate(data)).moments]
    return len(set(names)) == len(names)


def answer(data: Part, fix: Fixed | None = None, mode: str = "tree") -> Result:
    """The best plan by the policy's measure of cost, checked."""
    found = solve(Scenario.model_validate(in_mode(data, mode)), "law", Options(gap=0.0, minimise="weighted_cost", fix=fix))
    assert found.audit["ok"], found.audit["findings"]
    return found


def cost(data: Part, fix: Fixed | None = None, mode: str = "tree") -> float:
    """Cost of the best plan; infinite where there is none."""
    found = answer(data, fix, mode).objective
    return float("inf") if found is None else found


def near(value: float | None) -> Any:
    return pytest.approx(value, rel=1e-6, abs=1e-6)


def room(value: float) -> float:
    """``value`` and what rounding may add."""
    return value + 1e-6 * max(1.0, abs(value))


def open_policy(data: Part, *more: str) -> Part:
    """The same without the rules named in FREE, and those more."""
    found = deepcopy(data)
    found["policy"] = {key: value for key, value in found["policy"].items() if key not in (*FREE, *more)}
    return found


def with_shock(data: Part, **shock: Any) -> Part:
    found = deepcopy(data)
    found["shocks"] = [*found.get("shocks", []), {"id": "zz", **shock}]
    return found


def silent(data: Part) -> Part:
    """The same where nothing can happen: every chance is 0, every licence is granted at once."""
    found = deepcopy(data)
    for shock in found["shocks"]:
        shock |= {key: 0.0 for key in ("hazard_per_year", "probability") if key in shock}
        shock["after"] = []
    for licence in found.get("licences", []):
        licence |= {"quick": 1.0, "slow": 0.0, "refused": 0.0}
    return found


@pytest.mark.parametrize("case", draw_cases(6, 25, 1), ids=str)
def test_where_nothing_can_happen_the_tree_is_the_certain_model(case: tuple[str, int]) -> None:
    data = silent(random_tree(*case))
    assert cost(data) == near(cost(data, mode="none"))


@pytest.mark.parametrize("case", draw_cases(4, 13, 2), ids=str)
@pytest.mark.parametrize("chance", [{"hazard_per_year": 0.0}, {"date": "2026-04-01", "probability": 0.0}], ids=["hazard", "date"])
def test_news_that_cannot_come_changes_nothing(case: tuple[str, int], chance: Part) -> None:
    data = random_tree(*case)
    assert cost(with_shock(data, **chance, shipments="stopped", price_factor=3, target_factor=0.5)) == near(cost(data))


@pytest.mark.parametrize("case", draw_cases(4, 13, 3), ids=str)
@pytest.mark.parametrize(
    "news",
    [
        {"date": "2026-05-01", "probability": 0.5},
        {"hazard_per_year": 1.0, "hits": {"suppliers": ["nobody"]}, "price_factor": 3, "shipments": "stopped"},
    ],
    ids=["no effect", "hits nobody"],
)
def test_news_that_matters_to_nobody_changes_nothing(case: tuple[str, int], news: Part) -> None:
    """A future split in two, or a tree multiplied by an independent one, costs what it did.

    The number of shocks must not bind, because the news counts. Resilience holds on the trunk alone, which is now less
    likely; and under a limit on the worst futures it can pay to choose between two plans by lot.
    """
    data = open_policy(random_tree(*case))
    data["futures"] = {**data["futures"], "max_shocks": 9, "min_probability": 0.0}
    mode = data["futures"].get("mode", "tree")
    assert cost(with_shock(data, **news), mode=mode) == near(cost(data, mode=mode))


@pytest.mark.parametrize("case", draw_cases(6, 25, 4), ids=str)
def test_a_tree_with_one_branch_gives_the_certain_plan(case: tuple[str, int]) -> None:
    """Targets that are half as high again from July on: said by the demand, or by news that is certain to come."""
    data = deepcopy(random_tree(*case))
    data |= {"shocks": [], "licences": []}
    data["futures"].pop("branch_at", None)
    said = deepcopy(data)
    for demand, other in zip(data["demand"], said["demand"], strict=True):
        wanted = demand["target_mw"]
        high = wanted if isinstance(wanted, int) else max(wanted.values())
        demand["target_mw"], other["target_mw"] = high, {"2026-01-01": high, "2026-07-01": 1.5 * high}
    news = with_shock(data, date="2026-07-01", probability=1.0, target_factor=1.5)
    one, two = answer(news), answer(said, mode="none")
    assert one.status == two.status
    if one.plan and two.plan:
        assert one.objective == near(two.objective)
        assert [node.node for node in one.plan.nodes] == [node.node for node in two.plan.nodes]


@pytest.mark.parametrize("case", draw_cases(6, 25, 5), ids=str)
def test_more_weight_of_the_worst_futures_never_costs_less_on_average_nor_more_in_them(case: tuple[str, int]) -> None:
    data = open_policy(random_tree(*case))
    data["policy"]["tail"] = 0.6
    found = []
    for weight in (0.0, 0.4, 0.95):
        data["policy"]["risk_weight"] = weight
        found.append(answer(data).measures)
    for light, heavy in pairwise(found):
        if light and heavy:
            assert light["expected_cost"] <= room(heavy["expected_cost"])
            assert heavy["cvar_cost"] <= room(light["cvar_cost"])


@pytest.mark.parametrize("subject", ["after", "held back", "least chance", "most shocks", "windows", "tension", "branch at"])
def test_chances_add_up_to_one_after_pruning(subject: str) -> None:
    for seed in range(40):
        scenario = Scenario.model_validate(in_mode(random_tree(subject, seed), "tree"))
        growth = grow(scenario)
        for period in range(scenario.calendar.periods):
            assert sum(m.probability for m in growth.moments if m.period == period) == pytest.approx(1, abs=1e-12)
        assert all(moment.probability > 0 for moment in growth.moments)
        assert -1e-12 <= growth.cut_mass <= 1 + 1e-12


@pytest.mark.parametrize("case", draw_cases(6, 25, 6), ids=str)
def test_the_more_is_known_the_less_it_costs(case: tuple[str, int]) -> None:
    """Wait and see <= tree <= two stages, and the tree <= the tree that begins, or goes on, as if nothing happened.

    A minimum order or a least share can be met by units that never arrive, and who knows that does not order them: they
    are left out.
    """
    data = open_policy(random_tree(*case), *(key for key in random_tree(*case)["policy"] if key.startswith("min_")))
    for offer in data["offers"]:
        offer.pop("min_order", None)
    scenario = Scenario.model_validate(in_mode(data, "tree"))
    growth, tree, none = grow(scenario), cost(data), answer(data, mode="none")
    assert tree <= room(cost(data, mode="two_stage"))
    if none.plan is not None:
        for nodes in (["root"], find_trunk(growth)):
            assert tree <= room(cost(data, hold(scenario, none.plan, nodes)))
    leaves = [growth.moments[leaf] for leaf in find_leaves(growth)]
    worlds = [along(data, scenario, leaf.strikes, trunk=leaf is leaves[0]) for leaf in leaves]
    known = [cost(world) for world in worlds]
    if tree < float("inf"):
        assert measure(scenario, [leaf.probability for leaf in leaves], known) <= room(tree)


HARM: tuple[Part, ...] = ({"price_factor": 1.5}, {"duty_added": 0.5}, {"slots_factor": 0.5}, {"output_factor": 0.6})


@pytest.mark.parametrize("case", draw_cases(6, 25, 7), ids=str)
def test_likelier_harm_never_costs_less(case: tuple[str, int]) -> None:
    """News of a day, for good, that only harms: whoever is told it less often can act as if it had come.

    Shares of spend depend on prices, so that news can make them easier to keep; only the budget is left of the policy.
    """
    data = open_policy(random_tree(*case))
    data["policy"] = {key: value for key, value in data["policy"].items() if key in ("budget", "groups")}
    data |= {"shocks": [], "licences": [], "commitments": []}
    harm = HARM[case[1] % len(HARM)]
    costs = [cost(with_shock(data, date="2026-04-01", probability=p, **harm)) for p in (0.0, 0.2, 0.7, 1.0)]
    for less, more in pairwise(costs):
        assert less <= room(more)
