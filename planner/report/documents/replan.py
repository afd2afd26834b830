"""The JSON of ``planner replan``."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.compare import PairJson, SideJson
from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MONEY, SHARE

KIND = (
    "kept: the approved plan goes on as it is; near: planned anew with charges for changes in mind; replanned: planned anew "
    "freely"
)
STANDS_AS = (
    "decision: as planned; contract: already signed, at the terms agreed, because today's are others or it lies before the "
    "calendar; written: today's scenario has it among its signed contracts"
)


class WayJson(TypedDict):
    """One way to go on from the day."""

    kind: Annotated[Literal["kept", "near", "replanned"], Says(KIND)]
    side: Annotated[int | None, Says("its number in `comparison.sides`, from 0; null without a plan")]
    cost: Annotated[float | None, Says("weighted_cost of its plan; null without one", DISCOUNTED)]
    gap: Annotated[float | None, Says("how far above every plan from the day on it may be; null where unknown", SHARE)]
    moved: Annotated[float | None, Says("of the approved plan's later orders dropped or moved, mean over the futures", "units")]
    charge: Annotated[float | None, Says("`moved` x `change_cost`", MONEY)]
    total: Annotated[float | None, Says("`cost` and `charge`", MONEY)]
    reason: Annotated[str, Says("why there is no plan, or what ended its search early")]


class HappenedJson(TypedDict):
    """One thing decided before the day."""

    kind: Annotated[Literal["qualify", "sign", "order"], Says("the decision")]
    supplier: Annotated[str, Says("as shown")]
    period: Annotated[str, Says("of the decision")]
    stands_as: Annotated[Literal["decision", "contract", "written"], Says(STANDS_AS)]
    offer: Annotated[str, Says("id of the offer; empty unless an order")]
    site: Annotated[str, Says("id of the site; empty unless an order")]
    units: Annotated[float, Says("of an order; 0 otherwise", "units")]
    ships: Annotated[str, Says("period of shipment; empty unless an order")]


class ComparedJson(TypedDict):
    """The approved plan and the ways with a plan."""

    sides: Annotated[list[SideJson], Says("the approved plan first")]
    pairs: Annotated[
        list[PairJson],
        Says("approved to followed; where that is not the kept plan also approved to kept and kept to followed"),
    ]


class ReplanJson(TypedDict):
    """``planner replan --json``, without the last two fields also written as replan.json."""

    file: Annotated[str, Says("the scenario file as given")]
    approved: Annotated[str, Says("the approved result as given")]
    as_of: Annotated[str, Says("what was decided before it is held", "day")]
    change_cost: Annotated[float, Says("charged for each unit of a later order dropped or moved", f"{MONEY}, a unit")]
    chosen: Annotated[Literal["kept", "near", "replanned"] | None, Says("the way to follow; null where none has a plan")]
    ways: Annotated[list[WayJson], Says("those that were looked at")]
    happened: Annotated[list[HappenedJson], Says("what was decided before the day")]
    broken: Annotated[list[str], Says("why the approved plan cannot be kept, in words; empty: it can")]
    inputs: Annotated[list[str], Says("one sentence for each input that differs from the approved plan's scenario")]
    notes: Annotated[list[str], Says("what was assumed, in words")]
    comparison: Annotated[ComparedJson, Says("costs, bridges and moves, as in the JSON of `planner compare`")]
    results: Annotated[str, Says("results folder of the plan to follow; empty without one; not in replan.json")]
    exit_code: Annotated[int, Says("of the solves; not in replan.json")]
