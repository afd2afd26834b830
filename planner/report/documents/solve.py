"""The JSON of ``planner solve``, without the last four fields also written as plan.json."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.plan import MeasuresJson, PlanJson
from planner.report.documents.playbook import AppointmentJson, PlayJson
from planner.report.documents.shared import DISCOUNTED, MW, SHARE

OBJECTIVE = "that of `minimised`"
STATUS = (
    "optimal: proven to the gap; feasible: a checked plan, gap not reached; infeasible: proven that there is none; "
    "stopped: ended without one"
)
REASON = (
    "what ended the search, or how it is proven; empty: the gap was reached. Such as: time limit; cancelled; killed 12 s after "
    "its time limit; the solver process ended (and how)"
)
PHASES = "the search, phase by phase: name, seconds since its start, objective of the best plan, bound; both may be null"
WARNINGS = (
    "as also said on standard error: warnings of `planner check`, not its notes, and that the file changed on disk meanwhile; "
    "in run.json, not in plan.json"
)


class ShortJson(TypedDict):
    """What hard demand misses at least."""

    demand: Annotated[str, Says("id of the demand")]
    period: Annotated[str, Says("name of the period")]
    mw: Annotated[float, Says("missing", MW)]
    target: Annotated[float, Says("wanted", MW)]


class ReasonJson(TypedDict):
    """One rule without which there is a plan."""

    rule: Annotated[str, Says("name of the rule")]
    says: Annotated[str, Says("the rule in words")]
    cost: NotRequired[Annotated[float, Says("expected cost of the plan without it", DISCOUNTED)]]
    short: NotRequired[Annotated[list[ShortJson], Says("of rule demand: what is missing if all other rules hold")]]
    places: Annotated[list[str], Says("file:line:column of what the rule reads in the scenario")]


class SecondsJson(TypedDict):
    """Where the time went."""

    total: Annotated[float, Says("all of it", "seconds")]
    engine: Annotated[float, Says("search", "seconds")]
    read: Annotated[float, Says("reading the scenario", "seconds")]
    build: Annotated[float, Says("building the mathematics", "seconds")]
    audit: Annotated[float, Says("independent check", "seconds")]


class DisagreementJson(TypedDict):
    """One disagreement of plan and independent check. Days are compared as day numbers."""

    rule: Annotated[str, Says("the rule, day or payment checked")]
    place: Annotated[str, Says("ids and period")]
    left: Annotated[float, Says("what is compared", "that of the rule")]
    right: Annotated[float, Says("with what", "that of the rule")]
    excess: Annotated[float, Says("by how much it is off", "that of the rule")]
    message: Annotated[str, Says("in words")]


class AuditJson(TypedDict):
    """The independent check."""

    ok: Annotated[bool, Says("whether it accepts the plan")]
    findings: Annotated[list[DisagreementJson], Says("what it does not accept")]


class ModelSizeJson(TypedDict):
    """Size of the mathematics."""

    columns: Annotated[int, Says("variables", "count")]
    whole: Annotated[int, Says("variables that must be whole", "count")]
    rows: Annotated[int, Says("constraints", "count")]
    nodes: Annotated[int, Says("nodes of the tree of futures", "count")]


class VersionsJson(TypedDict):
    """Versions of everything that can change an answer."""

    planner: Annotated[str, Says("this program")]
    python: Annotated[str, Says("Python")]
    pulp: Annotated[str, Says("modelling library")]
    highspy: Annotated[str, Says("engine")]


class SolveJson(TypedDict):
    """``planner solve --json``."""

    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    fingerprint: Annotated[str, Says("hash of all the answer depends on: what the scenario says, options, versions")]
    status: Annotated[Literal["optimal", "feasible", "infeasible", "stopped"], Says(STATUS)]
    objective: Annotated[float | None, Says("what was made least, of this plan; null without one", OBJECTIVE)]
    bound: Annotated[float | None, Says("no plan can be below this; null where nothing is proven", OBJECTIVE)]
    gap: Annotated[float | None, Says("(objective - bound) / objective, against the full problem", SHARE)]
    minimised: Annotated[str, Says("the measure made least")]
    reason: Annotated[str, Says(REASON)]
    reasons: Annotated[list[ReasonJson], Says("when infeasible: rules without which there is a plan, as far as soon found")]
    seconds: Annotated[SecondsJson, Says("where the time went")]
    measures: Annotated[MeasuresJson, Says("what the plan comes to; empty without one")]
    plan: Annotated[PlanJson | None, Says("null without one")]
    audit: Annotated[AuditJson, Says("the independent check")]
    phases: Annotated[list[list[str | float | None]], Says(PHASES)]
    size: Annotated[ModelSizeJson, Says("of the mathematics")]
    versions: Annotated[VersionsJson, Says("of everything that can change the answer")]
    playbook: Annotated[list[PlayJson], Says("what to do on news; empty where none can come")]
    calendar: Annotated[list[AppointmentJson], Says("contract calendar; empty without a plan")]
    file: Annotated[str, Says("the file as given; not in plan.json")]
    results: Annotated[str, Says("results folder; empty if it could not be written; not in plan.json")]
    warnings: Annotated[list[str], Says(WARNINGS)]
    exit_code: Annotated[int, Says("of this file; not in plan.json")]
