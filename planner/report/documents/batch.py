"""The JSON of ``planner batch``."""

from __future__ import annotations

from typing import Annotated, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import SHARE

STATUS = (
    "optimal, feasible, infeasible or stopped: as planner solve says; refused: bad input; changed: the result was edited by "
    "hand; failed: nothing could be written, or a bug; open: not solved, because the batch was interrupted"
)


class BatchRowJson(TypedDict):
    """How one scenario ended."""

    file: Annotated[str, Says("the scenario file")]
    name: Annotated[str, Says("its name without the ending")]
    status: Annotated[str, Says(STATUS)]
    exit_code: Annotated[int, Says("that of planner solve for this scenario")]
    fingerprint: Annotated[str, Says("hash of all the answer depends on; empty where the scenario cannot be read")]
    objective: Annotated[float | None, Says("what was made least, of the plan; null without one", "that of `minimised`")]
    gap: Annotated[float | None, Says("(objective - bound) / objective", SHARE)]
    seconds: Annotated[float | None, Says("of the solve, whenever it was made", "seconds")]
    bound: Annotated[float | None, Says("no plan can be below this", "that of `minimised`")]
    minimised: Annotated[str, Says("the measure made least")]
    reason: Annotated[str, Says("why there is no answer, or why the gap was not reached; findings of bad input")]
    results: Annotated[str, Says("results folder within the folder of the batch; empty without one")]
    plan_sha256: Annotated[str, Says("hash of plan.json without its times: equal for equal answers")]
    written: Annotated[str, Says("when the result was written", "time in UTC")]
    kept: Annotated[bool, Says("whether it was solved before and was not solved again")]
    masked: Annotated[bool, Says("whether its files leave out confidential suppliers")]


class BatchJson(TypedDict):
    """``planner batch --json``."""

    out: Annotated[str, Says("folder of the batch")]
    rows: Annotated[list[BatchRowJson], Says("one per scenario, in the order of the files")]
    counts: Annotated[dict[str, int], Says("scenarios by status", "count")]
    solved: Annotated[int, Says("scenarios solved by this run", "count")]
    kept: Annotated[int, Says("scenarios that were solved before", "count")]
    seconds: Annotated[float, Says("the whole run", "seconds")]
    files: Annotated[list[str], Says("summary files written")]
    note: Annotated[str, Says("about a summary file that could not be written; may be empty")]
    exit_code: Annotated[int, Says("the worst of all, in the order 6, 1, 5, 3, 4, 0; 130 if interrupted")]
