"""One solve on one screen: scenario, instance, model, search, plan, audit, result."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.metadata import version

import numpy as np

from planner import __version__
from planner.formulation.build import Model, build_model
from planner.formulation.decisions import drop_idle_calls, find_nodes
from planner.formulation.measures import WHOLE_GAP
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import POLICY, Options
from planner.plan.audit import AuditFinding, audit
from planner.plan.extract import extract_plan
from planner.plan.outcome import Outcome
from planner.plan.plan import Plan
from planner.result import Result
from planner.scenario.fingerprint import fingerprint
from planner.scenario.scenario import Scenario
from planner.solvers.layout import Layout
from planner.solvers.log import Event
from planner.solvers.matrix import build_matrix
from planner.solvers.search import search
from planner.solvers.settle import WHOLE_ENOUGH, settle
from planner.vocabulary import Status

Tell = Callable[[Event], None]
Stop = Callable[[], bool]
LEAST_TIME = 0.1
"""Seconds a second question gets at least when the first has used up the limit."""
SLACK = 1e-6
"""Room left to a measure that is held, in its own unit: the engine's tolerance must not make the second question unanswerable."""


def find_versions() -> dict[str, str]:
    """Versions of everything that can change an answer."""
    return {"planner": __version__, "python": platform.python_version(), "pulp": version("pulp"), "highspy": version("highspy")}


def solve(scenario: Scenario, name: str, options: Options, tell: Tell = lambda _: None, stop: Stop = lambda: False) -> Result:
    """Solve in this process. ``tell`` hears progress; ``stop`` ends the search early with the plan in hand.

    Raises EngineError when the engine fails; a scenario without a plan is an answer, not an error.
    """
    began = time.perf_counter()
    data = build_instance(scenario)
    minimise = find_goal(scenario, options)
    if options.minimise == POLICY and scenario.policy.first == "ramp":
        model, outcome, engine = _search_ramp(data, options, minimise, tell, stop)
    else:
        model, outcome, engine = _search(data, options, minimise, tell, stop)
    plan, verdict, checking = _check(scenario, data, model, outcome, minimise)
    versions = find_versions()
    total = time.perf_counter() - began
    return Result(
        scenario=scenario.title,
        name=name,
        fingerprint=fingerprint(scenario, options.answer_dict(), versions),
        status=outcome.status,
        objective=outcome.objective,
        bound=outcome.bound,
        gap=outcome.gap,
        reason=outcome.reason,
        seconds={"total": total, "engine": engine, "read": 0.0, "build": total - engine - checking, "audit": checking},
        measures=plan.measures if plan else {},
        plan=plan,
        audit=verdict,
        versions=versions,
        minimised=minimise,
        phases=outcome.phases,
        size=_size(model, data),
    )


def find_goal(scenario: Scenario, options: Options) -> str:
    """The measure to make least: the one asked for, or the policy's own cost."""
    goal = options.minimise
    if goal == POLICY:
        goal = "weighted_cost"
    return "expected_cost" if goal == "weighted_cost" and not scenario.policy.risk_weight else goal


def _search(data: Instance, options: Options, minimise: str, tell: Tell, stop: Stop) -> tuple[Model, Outcome, float]:
    """Minimise the measure; for any but cost, then cost with the measure held. Objective, bound and gap are the measure's."""
    if minimise in ("expected_cost", "weighted_cost"):
        return _run(data, options, minimise, (), tell, stop)
    model, first, then, engine = _then_cost(data, options, minimise, tell, stop)
    if then.values is None or then is first:
        return model, then, engine
    measure = model.measures[minimise]
    value = measure.constant + sum(a * float(then.values[column]) for column, a in measure.terms.items())
    return model, replace(then, objective=value, bound=first.bound, gap=first.gap), engine


def _search_ramp(data: Instance, options: Options, goal: str, tell: Tell, stop: Stop) -> tuple[Model, Outcome, float]:
    """Least gap to the ramp, then least cost: objective, bound and gap of the answer are those of the cost."""
    model, _, then, engine = _then_cost(data, options, WHOLE_GAP, tell, stop, goal)
    return model, then, engine


def _then_cost(
    data: Instance, options: Options, measure: str, tell: Tell, stop: Stop, cost: str = "expected_cost"
) -> tuple[Model, Outcome, Outcome, float]:
    """Least of the measure, then least cost with the measure held at its value plus the gap, in one time limit.

    Both outcomes; the same one twice when the first found no plan. The second is optimal only if both are proven.
    """
    model, first, engine = _run(data, options, measure, (), tell, stop)
    if first.values is None or first.objective is None:
        return model, first, first, engine
    held = first.objective + options.gap * abs(first.objective) + SLACK
    if options.time_limit is not None:
        options = replace(options, time_limit=max(LEAST_TIME, options.time_limit - engine))
    model, then, more = _run(data, options, cost, ((measure, held),), tell, stop)
    status, reason = then.status, then.reason
    if then.values is not None and first.status is not Status.OPTIMAL:
        status, reason = Status.FEASIBLE, first.reason
    both = first.phases + then.phases
    then = replace(then, status=status, reason=reason, seconds=first.seconds + then.seconds, phases=both)
    return model, first, then, engine + more


def _run(
    data: Instance, options: Options, minimise: str, ceilings: tuple[tuple[str, float], ...], tell: Tell, stop: Stop
) -> tuple[Model, Outcome, float]:
    model = build_model(data, minimise, options.without, ceilings, options.fix)
    if options.write_mps and not ceilings:
        model.problem.lp.writeMPS(options.write_mps)
    matrix = build_matrix(model.problem)
    layout = find_layout(data, model)
    built = time.perf_counter()
    found = search(matrix, layout, options.gap, options.time_limit, tell, stop)
    if found.values is not None:
        found = replace(found, values=drop_idle_calls(data, model.decisions, found.values))
    outcome = settle(matrix, found, options.gap)
    return model, outcome, time.perf_counter() - built


def find_layout(data: Instance, model: Model) -> Layout:
    """Where the model's columns stand in the tree of futures."""
    nodes = np.array(find_nodes(data, model.decisions, len(model.problem.columns)), np.int32)
    tree = data.tree.nodes
    return Layout(nodes, tuple(n.parent for n in tree), tuple(n.period for n in tree), tuple(n.probability for n in tree))


def _check(
    scenario: Scenario, data: Instance, model: Model, outcome: Outcome, minimise: str
) -> tuple[Plan | None, dict[str, object], float]:
    if outcome.values is None:
        return None, {"ok": True, "findings": []}, 0.0
    began = time.perf_counter()
    plan = extract_plan(data, scenario, model.decisions, outcome.values)
    verdict = audit(scenario, plan, outcome.objective, outcome.bound, minimise)
    findings: list[dict[str, object]] = [asdict(finding) for finding in verdict.findings]
    if outcome.deviation > WHOLE_ENOUGH:
        text = f"whole units were off by {outcome.deviation:.1e} before rounding"
        off = AuditFinding("whole units", "engine", outcome.deviation, WHOLE_ENOUGH, outcome.deviation - WHOLE_ENOUGH, text)
        findings.append(asdict(off))
    return plan, {"ok": not findings, "findings": findings}, time.perf_counter() - began


def _size(model: Model, data: Instance) -> dict[str, int]:
    problem = model.problem
    return {
        "columns": len(problem.columns),
        "whole": sum(problem.whole),
        "rows": len(problem.tags),
        "nodes": len(data.tree.nodes),
    }
