"""The JSON of ``planner sweep``, over values and as a tornado."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, SHARE, CostJson, DifferenceJson, StepJson


class VaryJson(TypedDict):
    """What is varied."""

    select: Annotated[str, Says("selector, as changes of a variant use it")]
    action: Annotated[Literal["set", "multiply", "add"], Says("what is done with each value")]
    values: Annotated[list[float], Says("in order")]
    base: Annotated[str, Says("what the file says; empty where the selector picks out different values")]


class CellJson(TypedDict):
    """The best plan at one value of each number."""

    values: Annotated[list[float], Says("one for each number varied")]
    cost: Annotated[CostJson, Says("of the best plan")]
    signed: Annotated[list[str], Says("suppliers with a frame agreement that is used in some future")]
    measures: Annotated[dict[str, float], Says("of the plan, as in `planner solve --json`; empty without one")]
    reason: Annotated[str, Says("why there is no plan, or what ended its search early")]
    seconds: Annotated[float, Says("the solve took", "s")]


class ChangeJson(TypedDict):
    """Two neighbouring cells whose plans begin differently."""

    before: Annotated[int, Says("place in `cells`, from 0")]
    after: Annotated[int, Says("place in `cells`, from 0")]
    steps: Annotated[list[StepJson], Says("what the second does today instead")]
    more: Annotated[
        DifferenceJson | None, Says("what beginning as at the first costs more at the second; null: impossible, or not known")
    ]
    sure: Annotated[bool | None, Says("whether it surely costs more, or is impossible; null: not known")]


class SweepJson(TypedDict):
    """``planner sweep --json``. Costs are the measure the policy makes least over all futures."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    gap: Annotated[float, Says("asked for", SHARE)]
    vary: Annotated[list[VaryJson], Says("one or two numbers")]
    cells: Annotated[list[CellJson], Says("every combination, the last number fastest")]
    turns: Annotated[list[ChangeJson], Says("where today's decisions change")]
    results: Annotated[str, Says("the folder written; empty without `--out`")]
    exit_code: Annotated[int, Says("how it ended; that there is no plan at a value is an answer")]


class SideJson(TypedDict):
    """An assumption at one end."""

    value: Annotated[str, Says("with its unit")]
    cost: Annotated[CostJson, Says("of the best plan there")]
    more: Annotated[DifferenceJson | None, Says("that less the cost at the value assumed; null: not solved, or no plan")]
    changed: Annotated[bool | None, Says("whether today's decisions are others; null: not solved")]
    sure: Annotated[bool | None, Says("whether beginning as assumed surely costs more, or is impossible")]
    steps: Annotated[list[StepJson], Says("what is done today instead")]
    estimate: Annotated[float | None, Says("what the plan at hand costs more there; null: it cannot be kept", DISCOUNTED)]
    reason: Annotated[str, Says("why there is no plan, or why it was not solved")]
    infeasible: Annotated[bool, Says("proven that there is no plan")]


class BarJson(TypedDict):
    """One assumption."""

    name: Annotated[str, Says("first place, and how many more there are")]
    places: Annotated[list[str], Says("fields it stands in; varied together")]
    value: Annotated[str, Says("as assumed")]
    low_text: Annotated[str, Says("low end")]
    high_text: Annotated[str, Says("high end")]
    stated: Annotated[bool, Says("whether both ends come from the register")]
    note: Annotated[str, Says("of its source")]
    low: Annotated[SideJson | None, Says("at the low end; null: that is the value assumed")]
    high: Annotated[SideJson | None, Says("at the high end; null: that is the value assumed")]
    effect: Annotated[float, Says("the largest change of cost at an end; estimated where it was not solved", DISCOUNTED)]
    distinct: Annotated[bool, Says("whether cost surely changes at an end, or no plan is left there")]
    changes: Annotated[bool | None, Says("whether today's decisions surely change at an end; null: not known")]


class SkippedJson(TypedDict):
    """An assumption that is no number."""

    place: Annotated[str, Says("its field")]
    why: Annotated[str, Says("why it is not varied")]


class TornadoJson(TypedDict):
    """``planner sweep --tornado --json``. Costs are the measure the policy makes least over all futures."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    gap: Annotated[float, Says("asked for", SHARE)]
    spread: Annotated[float, Says("part of a value taken where no range is stated", SHARE)]
    base: Annotated[CostJson, Says("at the values assumed")]
    solves: Annotated[int, Says("questions solved", "count")]
    bars: Annotated[list[BarJson], Says("solved ones, the largest effect first")]
    left_out: Annotated[list[BarJson], Says("only estimated")]
    skipped: Annotated[list[SkippedJson], Says("entries of the register that cannot be varied")]
    results: Annotated[str, Says("the folder written; empty without `--out`")]
    exit_code: Annotated[int, Says("how it ended; that there is no plan at an end is an answer")]
