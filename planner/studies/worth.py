"""What it is worth to plan for news: the cost of plans that know less or more, and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.errors import UsageError
from planner.scenario.grow import Growth, future_name
from planner.scenario.scenario import Scenario
from planner.studies.alone import along
from planner.studies.costs import Cost, Difference, cost_of, measure, subtract
from planner.studies.draw import find_leaves
from planner.studies.plans import Plans
from planner.studies.solving import Ask, Solver
from planner.studies.worlds import Data

UNREACHED = Cost(reason="there is no plan without news to begin with")


@dataclass(frozen=True, slots=True)
class FutureAlone:
    """One future known from the first day: what the best plan for it costs."""

    name: str
    probability: float
    cost: Cost


@dataclass(frozen=True)
class Worth:
    """Costs of the plans, and of every future known from the first day.

    ``none`` is what the plan without news costs if nothing happens; ``begun``, ``followed``, ``two_stage`` and ``tree``
    are the measure the policy makes least over all futures; ``known`` is the same of the costs of ``futures``.
    """

    none: Cost
    begun: Cost
    followed: Cost
    two_stage: Cost
    tree: Cost
    known: Cost
    futures: tuple[FutureAlone, ...]

    @property
    def differences(self) -> dict[str, Difference | None]:
        """Values by name: of planning for news (at first, and until it comes), of revising, of knowing the future."""
        return {
            "stochastic_solution": subtract(self.begun, self.tree),
            "stochastic_solution_until_news": subtract(self.followed, self.tree),
            "revising": subtract(self.two_stage, self.tree),
            "perfect_information": subtract(self.tree, self.known),
        }


def find_worth(solver: Solver, data: Data, scenario: Scenario, growth: Growth, plans: Plans) -> Worth:
    """The costs of the plans, and those of every future of the tree as a world of its own."""
    futures = look_ahead(solver, data, scenario, growth)
    return Worth(
        none=cost_of(plans.none),
        begun=cost_of(plans.begun) if plans.begun else UNREACHED,
        followed=cost_of(plans.followed) if plans.followed else UNREACHED,
        two_stage=cost_of(plans.two_stage),
        tree=cost_of(plans.tree),
        known=weigh(scenario, futures),
        futures=futures,
    )


def look_ahead(solver: Solver, data: Data, scenario: Scenario, growth: Growth) -> tuple[FutureAlone, ...]:
    """Every future of the tree, known from the first day; the one in which nothing happens comes first."""
    leaves = [growth.moments[leaf] for leaf in find_leaves(growth)]
    names = [future_name(scenario, leaf.strikes) for leaf in leaves]
    worlds: list[Data | str] = []
    for leaf in leaves:
        try:
            worlds.append(along(data, scenario, leaf.strikes, trunk=leaf is leaves[0]))
        except UsageError as error:
            worlds.append(str(error))
    asks = [Ask(f"known: {name}", world) for name, world in zip(names, worlds, strict=True) if isinstance(world, dict)]
    answers = iter(solver.solve_all(asks))
    costs = [cost_of(next(answers)) if isinstance(world, dict) else Cost(reason=world) for world in worlds]
    return tuple(FutureAlone(name, leaf.probability, cost) for name, leaf, cost in zip(names, leaves, costs, strict=True))


def weigh(scenario: Scenario, futures: Sequence[FutureAlone]) -> Cost:
    """The policy's measure of the futures' costs, as of one distribution; nothing where one is missing."""
    missing = next((future for future in futures if future.cost.value is None or future.cost.bound is None), None)
    if missing is not None:
        return Cost(reason=f"{missing.name}: {missing.cost.reason}")
    chances = [future.probability for future in futures]
    value, bound = (measure(scenario, chances, [getattr(future.cost, part) for future in futures]) for part in ("value", "bound"))
    return Cost(value, bound)
