"""The JSON of ``planner compare``."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MONEY, MW, SHARE

STATUS = "as in the JSON of `planner solve`"
PARTS = (
    "by name: volume (units bought more, fewer or elsewhere), price, duty, fees, freight (and storage), penalty, surplus, "
    "timing, exchange, losses (units that never ship), risk; docs/compare.md says how each is worked out"
)
WAY = "more or less of it; or the same decided at another time, shipped in another period, for another site"


class MakerShareJson(TypedDict):
    """What is bought from one supplier or country while nothing happens; signed contracts of our own count."""

    name: Annotated[str, Says("supplier or country; confidential suppliers masked")]
    units: Annotated[float, Says("of all its equipment", "units")]
    spend: Annotated[float | None, Says("contract price on the day of order, not discounted; null where masked", MONEY)]
    spend_share: Annotated[float | None, Says("of all spend; null where masked", SHARE)]


class TargetJson(TypedDict):
    """When a demand is met."""

    demand: Annotated[str, Says("id of the demand; empty where there is only one")]
    since: Annotated[str, Says("period from which all that is wanted in the end is reached; empty: never")]
    wanted_mw: Annotated[float, Says("in the last period", MW)]
    reached_mw: Annotated[float, Says("in the last period", MW)]
    open_gw_years: Annotated[float, Says("capacity gap inside the calendar", "GW-years")]


class SideJson(TypedDict):
    """One answer."""

    name: Annotated[str, Says("what it is called here")]
    title: Annotated[str, Says("title of the scenario")]
    source: Annotated[str, Says("results folder or scenario file")]
    fingerprint: Annotated[str, Says("as in plan.json")]
    status: Annotated[Literal["optimal", "feasible", "infeasible", "stopped"], Says(STATUS)]
    reason: Annotated[str, Says("why there is no plan, or none shown, or what ended the search early")]
    minimised: Annotated[str, Says("the measure made least")]
    gap: Annotated[float | None, Says("proven of it; null where nothing is", SHARE)]
    verified: Annotated[bool, Says("whether the independent check accepts the plan")]
    currency: Annotated[str, Says("base currency")]
    unit: Annotated[str, Says("`money.in`")]
    discounted_to: Annotated[str | None, Says("first day of the calendar; null where it is hidden", "day")]
    worst_share: Annotated[float, Says("part of the futures that cvar_cost averages", SHARE)]
    futures: Annotated[int, Says("courses of events; 0 without a plan", "count")]
    measures: Annotated[
        dict[str, float],
        Says("cash_cost, shortage_cost, surplus_cost, expected_cost, cvar_cost, weighted_cost, shortage; empty without a plan",
             f"{DISCOUNTED}; shortage in MW-years"),
    ]  # fmt: skip
    suppliers: Annotated[list[MakerShareJson], Says("the largest spend first")]
    countries: Annotated[list[MakerShareJson], Says("the largest spend first")]
    first_signing: Annotated[str | None, Says("of a frame agreement; null: none", "day")]
    first_order: Annotated[str | None, Says("null: none", "day")]
    targets: Annotated[list[TargetJson], Says("one for each demand")]


class BridgeRowJson(TypedDict):
    """What one thing adds to the difference: equipment for a site, or fees of a supplier."""

    supplier: Annotated[str, Says("as shown; confidential: all masked ones together, without units")]
    offer: Annotated[str, Says("id of the offer; empty for fees")]
    site: Annotated[str, Says("id of the site; empty for fees")]
    units_before: Annotated[float, Says("in the first answer, weighed over the futures both have", "units")]
    units_after: Annotated[float, Says("in the second", "units")]
    before: Annotated[float, Says("paid for it in the first answer", DISCOUNTED)]
    after: Annotated[float, Says("in the second", DISCOUNTED)]
    parts: Annotated[dict[str, float], Says("they add up to the difference of the two; names as in `bridge.parts`", DISCOUNTED)]


class BridgeJson(TypedDict):
    """A difference in cost in parts that add up to it."""

    before: Annotated[float, Says("weighted_cost of the first answer", DISCOUNTED)]
    after: Annotated[float, Says("weighted_cost of the second", DISCOUNTED)]
    parts: Annotated[dict[str, float], Says(PARTS, DISCOUNTED)]
    rows: Annotated[list[BridgeRowJson], Says("the parts of payments by equipment and site, then by supplier for fees")]
    remainder: Annotated[float, Says("what no part explains: 0 but for rounding", DISCOUNTED)]
    shared: Annotated[list[float], Says("chance of the futures both have, in the first and in the second", SHARE)]


class DecisionChangeJson(TypedDict):
    """One decision taken otherwise."""

    action: Annotated[Literal["qualify", "sign", "order"], Says("the decision")]
    way: Annotated[Literal["more", "less", "time", "ships", "site"], Says(WAY)]
    supplier: Annotated[str, Says("id of the supplier")]
    period: Annotated[str, Says("of the decision")]
    offer: Annotated[str, Says("id of the offer; empty unless an order")]
    units: Annotated[float, Says("of an order; 0 otherwise", "units")]
    ships: Annotated[str, Says("period of shipment; empty unless an order")]
    site: Annotated[str, Says("id of the site; empty unless an order")]
    instead: Annotated[str, Says("what the first plan has in place of what differs; empty for more and less")]


class MovedJson(TypedDict):
    """The same with its sentence."""

    says: Annotated[str, Says("in words")]
    change: Annotated[DecisionChangeJson, Says("in its parts")]
    inputs: Annotated[list[str], Says("those changed inputs that name its equipment, supplier or site")]


class PairJson(TypedDict):
    """The second of two answers against the first."""

    first: Annotated[int, Says("number in `sides`, from 0")]
    second: Annotated[int, Says("number in `sides`, from 0")]
    difference: Annotated[float | None, Says("of weighted_cost, second less first; null where one has no plan", DISCOUNTED)]
    room: Annotated[float | None, Says("both gaps and rounding; null where one is not proven", DISCOUNTED)]
    equal: Annotated[bool | None, Says("whether the difference is not larger than `room`")]
    bridge: Annotated[BridgeJson | None, Says("null: `no_bridge` says why")]
    no_bridge: Annotated[str, Says("why there is no bridge; empty with one")]
    moved: Annotated[list[MovedJson], Says("decisions taken otherwise while nothing happens")]
    inputs: Annotated[list[str], Says("one sentence for each input that differs; of confidential suppliers only that it does")]


class CompareJson(TypedDict):
    """``planner compare --json``, also written as compare.json."""

    sides: Annotated[list[SideJson], Says("the answers, as named")]
    pairs: Annotated[list[PairJson], Says("the first against each other, or the one asked for")]
    exit_code: Annotated[int, Says("the worst of the solves this needed; 0 where all were solved before")]
