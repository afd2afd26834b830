"""The JSON of capacity gaps and their reasons."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MW

CAUSE = Literal["slot", "lead time", "licence", "vetting", "installation", "site", "budget", "rule", "price", "search"]


class ReasonJson(TypedDict):
    """What denies one unit more of some offers; found by arithmetic."""

    cause: Annotated[CAUSE, Says("in the order in which reasons stand; search: nothing was found that denies it")]
    subject: Annotated[str, Says("what is used up: a field of the scenario, or a pool, offer, supplier, place or news")]
    windows: Annotated[list[str], Says("of a pool of delivery slots")]
    text: Annotated[str, Says("in words")]
    japanese: Annotated[str, Says("the same in Japanese")]
    offers: Annotated[list[str], Says("that are denied, by id")]
    more_mw: Annotated[float, Says("one unit more would give by then at the most; 0: it comes too late", MW)]
    alone: Annotated[bool, Says("whether nothing else denies a unit of at least one of them")]
    saves: Annotated[float | None, Says("by giving way here, if a solve says so; null: not asked or not told", DISCOUNTED)]


class GapJson(TypedDict):
    """A capacity gap if nothing happens, and what holds it open."""

    demand: Annotated[str, Says("the demand's id")]
    period: Annotated[str, Says("the period")]
    mw: Annotated[float, Says("missing", MW)]
    target: Annotated[float, Says("wanted", MW)]
    steps: Annotated[list[str], Says("process steps at their limit")]
    reasons: Annotated[list[ReasonJson], Says("why, first reason first")]
