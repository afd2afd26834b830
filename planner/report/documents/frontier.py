"""The JSON of ``planner frontier``."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.plan import MeasuresJson
from planner.report.documents.shared import SHARE, DifferenceJson

OWN = "that of its axis"


class AxisJson(TypedDict):
    """One side of a trade-off; less is better."""

    name: Annotated[str, Says("as it is asked for: `expected_cost`, `country-share:CN`, `suppliers`")]
    kind: Annotated[Literal["measure", "country-share", "supplier-share", "suppliers"], Says("what it is")]
    about: Annotated[str, Says("the measure, country or supplier; empty for the number of suppliers")]
    unit: Annotated[
        Literal["money", "MW-years", "share", "suppliers"], Says("of its numbers; money is base currency in `money.in` units")
    ]


class PointJson(TypedDict):
    """One plan of the frontier; each has passed the independent check."""

    number: Annotated[int, Says("from 1, at the least of the second measure")]
    of: Annotated[float, Says("the first measure of the plan", OWN)]
    against: Annotated[float, Says("the second; a share or number of suppliers is that of the future where it is largest", OWN)]
    bound: Annotated[float | None, Says("no plan with as little of the second has less of the first", OWN)]
    gap: Annotated[float | None, Says("(of - bound) / of", SHARE)]
    ceiling: Annotated[float | None, Says("the most of the second that was allowed; null: no limit", OWN)]
    end: Annotated[Literal["", "least of", "least against"], Says("which end it is, if any")]
    signed: Annotated[list[str], Says("suppliers with a frame agreement that is used in some future")]
    measures: Annotated[MeasuresJson, Says("of the plan")]
    step: Annotated[DifferenceJson | None, Says("what it has more of the first than the next point; null at the last")]
    reason: Annotated[str, Says("what ended its search early")]
    seconds: Annotated[float, Says("the solve took", "s")]
    knee: Annotated[bool, Says("whether it lies farthest below the straight line between the ends")]
    results: Annotated[str, Says("its results folder; empty without `--out`")]


class FrontierJson(TypedDict):
    """``planner frontier --json``. Without a plan `points` is empty and `reason` says why."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    gap: Annotated[float, Says("asked for", SHARE)]
    of: Annotated[AxisJson, Says("what is made least")]
    against: Annotated[AxisJson, Says("what it is traded for")]
    points: Annotated[list[PointJson], Says("from the least of the second measure to the least of the first")]
    asked: Annotated[int, Says("solves", "count")]
    spared: Annotated[int, Says("points that needed no solve: their neighbours prove them", "count")]
    dominated: Annotated[int, Says("plans that were no better than another", "count")]
    least: Annotated[float | None, Says("surely no plan has less of the second measure; null: not proven", OWN)]
    notes: Annotated[list[str], Says("what was left out, and why")]
    reason: Annotated[str, Says("why there is no plan")]
    results: Annotated[str, Says("the folder written; empty without `--out`")]
    exit_code: Annotated[int, Says("how it ended; that a limit cannot be kept is an answer")]
