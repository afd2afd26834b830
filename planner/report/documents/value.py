"""The JSON of ``planner value``."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MW_YEARS, SHARE, CostJson, DifferenceJson, EstimateJson, StepJson

CHANCE = "per year, or fraction"
Part = Literal["costs", "hazards", "baselines"]
Way = Literal["single_source", "split", "none", "followed", "two_stage", "tree"]


class FutureAloneJson(TypedDict):
    """One future known from the first day."""

    name: Annotated[str, Says("what happens in it")]
    probability: Annotated[float, Says("of this future", SHARE)]
    cost: Annotated[CostJson, Says("of the best plan for it")]


class CostsJson(TypedDict):
    """Plans that know less or more of what comes."""

    none: Annotated[CostJson, Says("plan without news, if nothing happens")]
    begun: Annotated[CostJson, Says("begun as the plan without news, then the best that is possible")]
    followed: Annotated[CostJson, Says("plan without news followed until news comes, then the best that is possible")]
    two_stage: Annotated[CostJson, Says("decisions on fixed dates, whatever comes")]
    tree: Annotated[CostJson, Says("plan that follows the news")]
    known: Annotated[CostJson, Says("every future known from the first day")]
    futures: Annotated[
        list[FutureAloneJson], Says("each future known from the first day; first the one in which nothing happens")
    ]


class ValuesJson(TypedDict):
    """Differences of these costs; null where one is not known."""

    stochastic_solution: Annotated[DifferenceJson | None, Says("planning for news from today on: begun - tree")]
    stochastic_solution_until_news: Annotated[DifferenceJson | None, Says("planning for news before it comes: followed - tree")]
    revising: Annotated[DifferenceJson | None, Says("acting on news: two_stage - tree")]
    perfect_information: Annotated[DifferenceJson | None, Says("knowing the future today: tree - known")]


class RangeJson(TypedDict):
    """Between what and what the chance of a shock may lie."""

    shock: Annotated[str, Says("id of the shock")]
    field: Annotated[Literal["hazard_per_year", "probability"], Says("which chance it has")]
    value: Annotated[float, Says("as assumed", CHANCE)]
    low: Annotated[float, Says("low end of its sources, or 0", CHANCE)]
    high: Annotated[float, Says("high end of its sources, or four times the value", CHANCE)]
    stated: Annotated[bool, Says("whether both ends come from sources")]


class TurnJson(TypedDict):
    """Where today's decisions change on one side of the assumed chance."""

    stays: Annotated[float, Says("they hold at this chance", CHANCE)]
    changes: Annotated[float | None, Says("and not at this one; null: they hold to the end of the range, or see `open`", CHANCE)]
    steps: Annotated[list[StepJson], Says("what is done today instead")]
    open: Annotated[bool, Says("a solve ended without a plan: nothing is known beyond `stays`")]


class PointJson(TypedDict):
    """One chance tried."""

    chance: Annotated[float, Says("tried", CHANCE)]
    best: Annotated[CostJson, Says("of the best plan there")]
    held: Annotated[CostJson, Says("of the best one that begins as the plan at hand")]
    changed: Annotated[bool | None, Says("beginning so surely costs more, or no plan begins so; null: not known")]
    steps: Annotated[list[StepJson], Says("what the best plan there does today instead")]


class BreakEvenJson(TypedDict):
    """How far the chance of one shock can be off before today's decisions change."""

    range: Annotated[RangeJson, Says("in which it is looked for")]
    below: Annotated[TurnJson, Says("downwards")]
    above: Annotated[TurnJson, Says("upwards")]
    points: Annotated[list[PointJson], Says("every chance tried, in order")]


class CornerJson(TypedDict):
    """Chances at the ends of their ranges."""

    name: Annotated[str, Says("such as `stop low` or `all high`")]
    chances: Annotated[dict[str, float], Says("by shock", CHANCE)]
    best: Annotated[CostJson, Says("of the best plan for them")]
    kept: Annotated[
        float | None, Says("what the plan at hand comes to with them; null: it does not know their futures", DISCOUNTED)
    ]


class PairedJson(TypedDict):
    """One way to buy less another, future by future."""

    cost: Annotated[EstimateJson, Says("how much more it costs", DISCOUNTED)]
    shortage: Annotated[EstimateJson, Says("how much more is missing", MW_YEARS)]
    cheaper: Annotated[EstimateJson, Says("futures in which it costs less", SHARE)]


class BaselineJson(TypedDict):
    """One way to buy on random futures; without a plan only `name`, `about` and `reason`."""

    name: Annotated[Way, Says("the way to buy")]
    about: Annotated[str, Says("supplier or country it turns on; may be empty")]
    reason: Annotated[str, Says("why there is no plan, or what ended its search early")]
    expected_cost: NotRequired[Annotated[EstimateJson, Says("all costs", DISCOUNTED)]]
    cvar_cost: NotRequired[Annotated[EstimateJson, Says("all costs in the worst futures", DISCOUNTED)]]
    cash_cost: NotRequired[Annotated[EstimateJson, Says("payments", DISCOUNTED)]]
    shortage_cost: NotRequired[Annotated[EstimateJson, Says("capacity-gap penalty", DISCOUNTED)]]
    surplus_cost: NotRequired[Annotated[EstimateJson, Says("carrying surplus capacity", DISCOUNTED)]]
    against_tree: NotRequired[
        Annotated[PairedJson | None, Says("it less the plan that follows the news; null: that plan itself")]
    ]


class ValueJson(TypedDict):
    """``planner value --json``. Costs are the measure the policy makes least over all futures."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    parts: Annotated[list[Part], Says("what was asked for")]
    gap: Annotated[float, Says("asked for with `--gap`", SHARE)]
    seed: Annotated[int, Says("the random futures were drawn with")]
    random_futures: Annotated[int, Says("random futures drawn for `baselines`", "count")]
    futures: Annotated[int, Says("futures of the tree; 1: no news can come, and no part is answered", "count")]
    tree: Annotated[CostJson, Says("of the plan that follows the news")]
    costs: NotRequired[Annotated[CostsJson, Says("with part costs")]]
    values: NotRequired[Annotated[ValuesJson, Says("with part costs: differences of `costs`")]]
    ranges: Annotated[list[RangeJson], Says("with part hazards: one per shock; else empty")]
    hazards: Annotated[list[BreakEvenJson], Says("with part hazards: one per shock; else empty")]
    corners: Annotated[list[CornerJson], Says("with part hazards: the worst the chances can do; else empty")]
    baselines: Annotated[list[BaselineJson], Says("with part baselines: simple ways to buy; else empty")]
    exit_code: Annotated[int, Says("how it ended; that a narrower question has no plan is an answer")]
