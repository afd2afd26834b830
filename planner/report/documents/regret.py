"""The JSON of ``planner regret``."""

from __future__ import annotations

from typing import Annotated, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, SHARE, CostJson, DifferenceJson


class WorldJson(TypedDict):
    """A scenario or a future in which plans are begun."""

    name: Annotated[str, Says("of the file or the future")]
    probability: Annotated[float | None, Says("of the future; null for a scenario", SHARE)]
    best: Annotated[CostJson, Says("the least that any plan costs in it")]


class BegunJson(TypedDict):
    """One plan begun in one world, everything after today decided anew."""

    cost: Annotated[CostJson, Says("of the best that begins so")]
    regret: Annotated[DifferenceJson | None, Says("that less the world's best; null: not known, or without limit")]
    kept: Annotated[bool | None, Says("whether it can be begun so there; null: no solve has found out")]
    reason: Annotated[str, Says("why not, or what ended its search early")]


class WorstJson(TypedDict):
    """The largest regret of a plan."""

    value: Annotated[float | None, Says("null: without limit, or not known where `open`", DISCOUNTED)]
    world: Annotated[int | None, Says("place in `worlds` of the world it comes from, from 0")]
    room: Annotated[float, Says("what it may be off by", DISCOUNTED)]
    distinct: Annotated[bool, Says("whether it is larger than `room`")]
    open: Annotated[bool, Says("whether the regret in some world is not known")]


class BeginningJson(TypedDict):
    """One plan."""

    name: Annotated[str, Says("of the file, the future or the results folder it comes from")]
    home: Annotated[int | None, Says("place in `worlds` of the world it was made for, from 0")]
    worst: Annotated[WorstJson, Says("over all worlds")]
    cells: Annotated[list[BegunJson], Says("one for each world, in their order")]


class RegretJson(TypedDict):
    """``planner regret --json``. Costs are the measure the policy makes least over all futures."""

    files: Annotated[list[str], Says("the files as given")]
    names: Annotated[list[str], Says("their names without ending")]
    gap: Annotated[float, Says("asked for", SHARE)]
    worlds: Annotated[list[WorldJson], Says("scenarios, or futures of one scenario known from the first day")]
    plans: Annotated[list[BeginningJson], Says("ways to begin")]
    choice: Annotated[
        int | None, Says("place in `plans` of the one whose largest regret is least, from 0; null: none has a limit")
    ]
    tied: Annotated[list[int], Says("places of plans that are not distinguishable from it")]
    notes: Annotated[list[str], Says("what was left out, and why")]
    results: Annotated[str, Says("the folder written; empty without `--out`")]
    exit_code: Annotated[int, Says("how it ended; that a plan cannot be begun in a world is an answer")]
