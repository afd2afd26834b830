"""Parts that several JSON documents share: complaints, failures, estimates from random futures, proven costs."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from planner.report.documents.fields import Says

MONEY = "base currency, `money.in` units"
DISCOUNTED = f"{MONEY}, discounted"
MW_YEARS = "MW-years"
MW = "MW a year"
SHARE = "fraction"


class FindingJson(TypedDict):
    """One complaint about a scenario or a workbook."""

    file: Annotated[str, Says("name of the file")]
    line: Annotated[int, Says("where it stands, from 1; 0: in no file")]
    column: Annotated[int, Says("where it stands, from 1; 0: in no file")]
    field: Annotated[str, Says("field of the format, such as `offers.acme.price`; in a workbook sheet and cell")]
    value: Annotated[str, Says("what was found, cut to 80 characters")]
    problem: Annotated[str, Says("what is wrong or doubtful")]
    allowed: Annotated[str, Says("what may stand there; may be empty")]
    fix: Annotated[str, Says("what to do; may be empty")]
    severity: Annotated[Literal["error", "warning", "note"], Says("errors stop a solve; warnings are probably slips")]


class FailureJson(TypedDict):
    """Stands for a file that could not be answered for."""

    file: Annotated[str, Says("the file as given")]
    exit_code: Annotated[int, Says("how it ended")]
    error: Annotated[str, Says("why, in one line; all findings, one per line, for bad input")]
    findings: Annotated[list[FindingJson], Says("what is wrong with the scenario; empty for other failures")]
    ok: NotRequired[Annotated[bool, Says("always false; `planner check` only")]]


class EstimateJson(TypedDict):
    """A mean over random futures; its unit is that of the field."""

    mean: Annotated[float, Says("over the random futures")]
    low: Annotated[float, Says("the true mean is above this and below `high` with 95 % confidence")]
    high: Annotated[float, Says("upper end of the same interval")]


class CostJson(TypedDict):
    """What a plan costs and what none can be below."""

    value: Annotated[float | None, Says("cost of the plan found; null where there is none", DISCOUNTED)]
    bound: Annotated[float | None, Says("no plan can be below this", DISCOUNTED)]
    reason: Annotated[str, Says("why there is no plan, or what ended its search early")]


class DifferenceJson(TypedDict):
    """How much more one cost is than another."""

    value: Annotated[float, Says("the difference of the plans found", DISCOUNTED)]
    low: Annotated[float, Says("surely at least this", DISCOUNTED)]
    high: Annotated[float, Says("surely at most this", DISCOUNTED)]
    room: Annotated[float, Says("both gaps and rounding: what the difference may be off by", DISCOUNTED)]
    distinct: Annotated[bool, Says("whether `value` is larger than `room`")]


class StepJson(TypedDict):
    """One decision of today that another plan takes otherwise."""

    kind: Annotated[Literal["sign", "qualify", "order"], Says("the decision")]
    name: Annotated[str, Says("supplier or offer")]
    before: Annotated[float, Says("in the plan at hand; 1 and 0 for yes and no", "units")]
    after: Annotated[float, Says("in the other plan", "units")]
