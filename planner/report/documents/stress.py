"""The JSON of ``planner stress``, also written as stress.json."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MONEY, MW, MW_YEARS, SHARE, EstimateJson

Reason = Literal["teams", "vetting", "signing", "too late", "slots", "places", "minimum"]


class RampJson(TypedDict):
    """One demand in one period."""

    demand: Annotated[str, Says("id of the demand")]
    period: Annotated[str, Says("name of the period")]
    target: Annotated[float, Says("wanted, mean over the futures", MW)]
    gap: Annotated[float, Says("missing, mean over the futures", MW)]
    met: Annotated[EstimateJson, Says("futures that meet the target in this period", SHARE)]
    met_on: Annotated[EstimateJson, Says("futures that meet it then and in every later period", SHARE)]


class DependenceJson(TypedDict):
    """What hangs on one country."""

    country: Annotated[str, Says("country of the suppliers")]
    share: Annotated[EstimateJson, Says("of all spend, contracts that count for exposure included", SHARE)]
    quantiles: Annotated[dict[str, float], Says("of that share over the futures, by level as in `cost_quantiles`", SHARE)]


class CutJson(TypedDict):
    """What could not be carried out for one reason."""

    reason: Annotated[
        Reason, Says("why a decision was dropped or an order cut short; too late: it would never have served in time")
    ]
    decisions: Annotated[float, Says("decisions dropped or cut, over all futures", "count")]
    units: Annotated[float, Says("units lost by it, over all futures", "units")]
    futures: Annotated[int, Says("futures in which it came up", "count")]


class StressJson(TypedDict):
    """``planner stress --json`` where there is a plan."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    fingerprint: Annotated[str, Says("of the plan, as in its plan.json")]
    futures: Annotated[int, Says("random futures drawn", "count")]
    seed: Annotated[int, Says("they were drawn with")]
    courses: Annotated[int, Says("how many of them are different", "count")]
    tail: Annotated[float, Says("the worst 1 - tail of the futures are averaged", SHARE)]
    expected_cost: Annotated[EstimateJson, Says("all costs", DISCOUNTED)]
    cash_cost: Annotated[EstimateJson, Says("payments", DISCOUNTED)]
    shortage_cost: Annotated[EstimateJson, Says("capacity-gap penalty", DISCOUNTED)]
    surplus_cost: Annotated[EstimateJson, Says("carrying surplus capacity", DISCOUNTED)]
    cvar_cost: Annotated[EstimateJson, Says("all costs in the worst 1 - tail of the futures", DISCOUNTED)]
    worst_cost: Annotated[float, Says("all costs of the dearest future", DISCOUNTED)]
    spend: Annotated[EstimateJson, Says("contract price of new orders, not discounted", MONEY)]
    shortage: Annotated[EstimateJson, Says("capacity gap inside the calendar", MW_YEARS)]
    no_shortage: Annotated[EstimateJson, Says("futures that meet every target in every period", SHARE)]
    lost_share: Annotated[EstimateJson, Says("part of all spend that never ships", SHARE)]
    cost_quantiles: Annotated[dict[str, float], Says("all costs by level: that part of the futures costs no more; levels "
                                                     "0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99", DISCOUNTED)]  # fmt: skip
    shortage_quantiles: Annotated[dict[str, float], Says("`shortage` by the same levels", MW_YEARS)]
    ramp: Annotated[list[RampJson], Says("every demand in every period")]
    exposure: Annotated[list[DependenceJson], Says("by country")]
    cuts: Annotated[list[CutJson], Says("what of the plan could not be done, by reason; empty: all of it could")]
    cut_futures: Annotated[int, Says("futures in which anything could not be done", "count")]
    unseen: Annotated[int, Says("futures in which news comes together that the tree has not", "count")]
    exact: Annotated[int, Says("futures that are the tree's own to the end", "count")]
    planned: Annotated[dict[str, float], Says("`plan.measures` and `plan.cut_mass` of the plan, as in its plan.json")]
    futures_id: Annotated[str, Says("equal for tests on the same futures")]
    results: Annotated[str, Says("results folder; empty without `--out`; not in stress.json")]
    exit_code: Annotated[int, Says("how it ended; not in stress.json")]


class UnstressedJson(TypedDict):
    """``planner stress --json`` where the solve found no plan."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    fingerprint: Annotated[str, Says("of the answer without a plan")]
    exit_code: Annotated[int, Says("how the solve ended")]
    error: Annotated[str, Says("why there is no plan")]
