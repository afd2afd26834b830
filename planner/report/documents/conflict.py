"""The JSON of what clashes in a scenario without a plan, and of the ways out."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, SHARE

UNIT = "in unit"
MONEY = "as the scenario counts it"
DAYS = "days; the first is 0001-01-01"
Unit = Literal["MW", "money", "share", "date", "days", "units", "slots", "teams", "suppliers", ""]


class PlaceJson(TypedDict):
    """Where a number stands."""

    file: Annotated[str, Says("file, as in the findings of planner check")]
    line: Annotated[int, Says("from 1; 0 is not in a file")]
    column: Annotated[int, Says("from 1; 0 is not in a file")]
    field: Annotated[str, Says("field of the scenario")]
    value: Annotated[str, Says("what is written there")]


class MemberJson(TypedDict):
    """One rule of a clash."""

    rule: Annotated[str, Says("kind of rule, such as demand, budget, lead_time or slots")]
    names: Annotated[list[str], Says("what it is about: ids, periods, steps")]
    value: Annotated[float | None, Says("the number that binds", UNIT)]
    unit: Annotated[Unit, Says(f"of the numbers; money: {MONEY}; date: {DAYS}")]
    places: Annotated[list[PlaceJson], Says("where its numbers stand")]
    needed: Annotated[bool, Says("proven: without this rule the others of the clash can be kept")]


class ClashJson(TypedDict):
    """Rules that cannot hold together, whatever the others say."""

    members: Annotated[list[MemberJson], Says("the rules")]
    irreducible: Annotated[bool, Says("proven that every rule is needed")]
    smallest: Annotated[bool, Says("proven that no fewer rules clash")]
    whole: Annotated[bool, Says("with parts of units there would be a plan")]
    confirmed: Annotated[list[str], Says("engines that say so, or the ways one was asked")]


class ChangeJson(TypedDict):
    """One number changed."""

    rule: Annotated[str, Says("kind of rule")]
    names: Annotated[list[str], Says("what it is about")]
    place: Annotated[PlaceJson, Says("where the number stands")]
    before: Annotated[float | None, Says("as written", UNIT)]
    after: Annotated[float | None, Says("what is enough; null: the rule is given up", UNIT)]
    unit: Annotated[Unit, Says("of the numbers")]


class WayJson(TypedDict):
    """What it takes of one kind of rule alone."""

    rule: Annotated[str, Says("kind of rule; together: several kinds are needed")]
    helps: Annotated[bool | None, Says("whether a plan exists when it gives way; null: not found out")]
    changes: Annotated[list[ChangeJson], Says("what is enough")]
    least: Annotated[bool, Says("proven that no less is enough")]
    least_share: Annotated[float, Says("part of the changes in all that is proven to be needed", SHARE)]
    cost: Annotated[float | None, Says("of the best plan then", DISCOUNTED)]
    bound: Annotated[float | None, Says("what no plan then can be below", DISCOUNTED)]
    audited: Annotated[bool, Says("that plan has passed the independent check")]
    reason: Annotated[str, Says("what is missing, or empty")]


class ConflictsJson(TypedDict):
    """Why there is no plan."""

    status: Annotated[Literal["infeasible", "feasible", "unknown"], Says("whether it is proven that there is none")]
    clashes: Annotated[list[ClashJson], Says("the smallest first; more where giving up its rules is not enough")]
    ways: Annotated[list[WayJson], Says("those that help first, the cheapest first")]
    questions: Annotated[int, Says("how many were solved")]
    seconds: Annotated[float, Says("for all of it", "seconds")]
    reason: Annotated[str, Says("what is missing, or empty")]
