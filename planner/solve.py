"""One solve on one screen: scenario, instance, model, search, plan, audit, result."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from planner.errors import EngineError
from planner.formulation.build import Model, build_model
from planner.formulation.decisions import drop_idle_calls, find_nodes
from planner.formulation.measures import WHOLE_GAP
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import POLICY, Options, Start
from planner.plan.audit import AuditFinding, audit
from planner.plan.extract import extract_plan
from planner.plan.outcome import Outcome
from planner.plan.pace import Pace
from planner.plan.start import place_start, start_from
from planner.result import NOISE, Result, find_gap, find_goal, find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.scenario import Scenario
from planner.solvers.layout import Layout
from planner.solvers.log import Event
from planner.solvers.matrix import Floats, Matrix, build_matrix
from planner.solvers.near import Near
from planner.solvers.search import search
from planner.solvers.settle import WHOLE_ENOUGH, settle
from planner.vocabulary import Status

Tell = Callable[[Event], None]
Stop = Callable[[], bool]
Show = Callable[[Result], None]
FIRST_SHARE = 0.7
"""Of the time limit, for the first of two questions."""
LEAST_TIME = 0.1
"""Seconds a second question gets at least when the first has used up the limit."""
SLACK = 1e-6
"""Room left to a measure that is held, in its own unit: the engine's tolerance must not make the second question unanswerable."""
UNDERWAY = "the search goes on"


def solve(
    scenario: Scenario, name: str, options: Options, tell: Tell = lambda _: None, stop: Stop = lambda: False,
    show: Show | None = None,
) -> Result:  # fmt: skip
    """Solve in this process. ``tell`` hears progress; ``stop`` ends the search early with the plan in hand.

    ``show`` is given audited plans on the way, each better than the one before: results that are feasible, never optimal.
    Raises EngineError when the engine fails; a scenario without a plan is an answer, not an error.
    """
    began = time.perf_counter()
    task = Task(scenario, name, build_instance(scenario), options, find_goal(scenario, options), tell, stop, show, began)
    ramp = options.minimise == POLICY and scenario.policy.first == "ramp"
    return task.conclude(_search_ramp(task) if ramp else _search(task))


@dataclass
class Task:
    """All that one solve is about: what is asked, and who listens."""

    scenario: Scenario
    name: str
    data: Instance
    options: Options
    goal: str
    tell: Tell
    stop: Stop
    show: Show | None
    began: float
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.began)

    def conclude(self, found: Found) -> Result:
        """The result of a search, with its plan audited. The objective of an outcome that has none is what its plan comes to."""
        model, outcome, engine = found.model, found.outcome, found.engine
        data, began = self.data, time.perf_counter()
        plan, findings = None, list[dict[str, object]]()
        if outcome.values is not None:
            plan = extract_plan(data, self.scenario, model.decisions, outcome.values)
            if outcome.objective is None:
                outcome = _priced(outcome, plan.measures[self.goal])
            verdict = audit(self.scenario, plan, outcome.objective, outcome.bound, self.goal)
            findings = [*(asdict(finding) for finding in verdict.findings), *_deviations(outcome)]
        versions, now = find_versions(), time.perf_counter()
        total, checking = now - self.began, now - began if plan else 0.0
        return Result(
            scenario=self.scenario.title,
            name=self.name,
            fingerprint=fingerprint(self.scenario, self.options.answer_dict(), versions),
            status=outcome.status,
            objective=outcome.objective,
            bound=outcome.bound,
            gap=outcome.gap,
            reason=outcome.reason,
            seconds={"total": total, "engine": engine, "read": 0.0, "build": total - engine - checking, "audit": checking},
            measures=plan.measures if plan else {},
            plan=plan,
            audit={"ok": not findings, "findings": findings},
            versions=versions,
            minimised=self.goal,
            phases=outcome.phases,
            size=_size(model, data),
        )


def _priced(outcome: Outcome, objective: float) -> Outcome:
    """The outcome with this objective; a bound above it, by more than digits, is about other plans."""
    above = outcome.bound is None or outcome.bound > objective + NOISE * max(1.0, abs(objective))
    bound = None if above or outcome.bound is None else min(outcome.bound, objective)
    return replace(outcome, objective=objective, bound=bound, gap=find_gap(objective, bound))


def _deviations(outcome: Outcome) -> list[dict[str, object]]:
    off = outcome.deviation
    if off <= WHOLE_ENOUGH:
        return []
    text = f"whole units were off by {off:.1e} before rounding"
    return [asdict(AuditFinding("whole units", "engine", off, WHOLE_ENOUGH, off - WHOLE_ENOUGH, text))]


@dataclass(frozen=True)
class Question:
    """One search: least ``minimise``, with measures held. ``bound``: known of the task's goal where this search proves none."""

    minimise: str
    ceilings: tuple[tuple[str, float], ...] = ()
    bound: float | None = None


@dataclass(frozen=True)
class Found:
    """What a search found, and the model it is about. ``engine``: seconds of search."""

    model: Model
    outcome: Outcome
    engine: float


def _search(task: Task) -> Found:
    """Minimise the goal; for any but cost, then cost with the goal held. Objective, bound and gap are the goal's."""
    goal = task.goal
    alone = goal in ("expected_cost", "weighted_cost") or not task.options.cheapest
    first = _run(task, task.options if alone else _shorten(task.options), Question(goal))
    if alone or first.outcome.values is None:
        return first
    then = _cheapest(task, first, Question(goal), "expected_cost")
    # columns of the worst futures stand above what the plan comes to, now that nothing pulls them down
    return replace(then, outcome=replace(then.outcome, objective=None, bound=first.outcome.bound))


def _search_ramp(task: Task) -> Found:
    """Least gap to the ramp, then least cost: objective, bound and gap of the answer are those of the cost."""
    first = _run(task, _shorten(task.options), Question(WHOLE_GAP))
    if first.outcome.values is None:
        return replace(first, outcome=replace(first.outcome, bound=None))
    return _cheapest(task, first, Question(WHOLE_GAP), task.goal)


def _shorten(options: Options) -> Options:
    """The options of a first question, which leaves some of the time to the second."""
    return options if options.time_limit is None else replace(options, time_limit=FIRST_SHARE * options.time_limit)


def _cheapest(task: Task, first: Found, asked: Question, cost: str) -> Found:
    """Least cost with what was asked first held at its value plus the gap, in what is left of the time.

    Optimal only if both are proven. Where no such plan is found it is the first one, with no objective and the bound of cost.
    """
    options, outcome = task.options, first.outcome
    assert outcome.objective is not None
    held = outcome.objective + options.gap * abs(outcome.objective) + SLACK
    if options.time_limit is not None:
        options = replace(options, time_limit=max(LEAST_TIME, options.time_limit - first.engine))
    assert outcome.values is not None
    options = replace(options, start=start_from(extract_plan(task.data, task.scenario, first.model.decisions, outcome.values)))
    known = outcome.bound if asked.minimise == task.goal else None
    then, why = None, "cancelled"
    if not task.stop():  # building the second model takes a while, and whoever cancels does not wait
        try:
            then = _run(task, options, Question(cost, ((asked.minimise, held),), known))
            why = "the engine says that there is none" if then.outcome.status is Status.INFEASIBLE else then.outcome.reason
        except EngineError as error:
            why = str(error)
    if then is None or then.outcome.values is None:
        reason = f"the cheapest of the plans that are best in this was not found: {why}"
        bound, phases, more = (then.outcome.bound, then.outcome.phases, then.engine) if then else (None, (), 0.0)
        outcome = replace(outcome, status=Status.FEASIBLE, reason=reason, objective=None, bound=bound, gap=None)
        return Found(first.model, replace(outcome, phases=outcome.phases + phases), first.engine + more)
    status, reason = then.outcome.status, then.outcome.reason
    if outcome.status is not Status.OPTIMAL:
        status, reason = Status.FEASIBLE, outcome.reason
    seconds, phases = outcome.seconds + then.outcome.seconds, outcome.phases + then.outcome.phases
    both = replace(then.outcome, status=status, reason=reason, seconds=seconds, phases=phases)
    return Found(then.model, both, first.engine + then.engine)


def _run(task: Task, options: Options, question: Question) -> Found:
    data = task.data
    model = build_model(data, question.minimise, options.without, (*options.ceilings, *question.ceilings), options.fix)
    if options.write_mps and not question.ceilings:
        model.problem.lp.writeMPS(options.write_mps)
    matrix = build_matrix(model.problem)
    layout = find_layout(data, model)
    way = OnTheWay(task, question, model, matrix, time.perf_counter())
    near = None if options.start is None else _near(task, options.start, question, model)
    found = search(matrix, layout, options.gap, options.time_limit, way.hear, task.stop, way.offer, near)
    if found.values is not None:
        found = replace(found, values=drop_idle_calls(data, model.decisions, found.values))
    outcome = settle(matrix, found, options.gap)
    return Found(model, outcome, time.perf_counter() - way.began)


def _near(task: Task, start: Start, question: Question, model: Model) -> Near:
    values = place_start(task.data, task.scenario.calendar.names, model.decisions, start, len(model.problem.columns))
    first = question.minimise == task.goal and not question.ceilings
    known = bool(start.order or start.sign or start.vet)
    return Near(values if known else None, start.bound if first else None)


@dataclass
class OnTheWay:
    """What a search says while it lasts: its news passed on, its plans made results as time allows."""

    task: Task
    question: Question
    model: Model
    matrix: Matrix
    began: float
    bound: float | None = None

    def hear(self, event: Event) -> None:
        """Pass news on, saying what it measures."""
        bound = event.get("bound")
        if isinstance(bound, float):
            self.bound = bound
        self.task.tell({**event, "measure": self.question.minimise})
        self.task.pace.ask()

    def offer(self, values: Floats) -> None:
        """Take a better plan of the search: the values of all columns."""
        if self.task.show is not None:
            self.task.pace.offer(lambda: self._show(values))

    def _show(self, values: Floats) -> bool:
        """Show the plan if the audit accepts it, as it is or with the rest of it at its cheapest for its whole decisions."""
        assert self.task.show is not None
        values = drop_idle_calls(self.task.data, self.model.decisions, values)
        whole = np.where(self.matrix.whole, np.round(values), values)
        bound = self.bound if self.question.minimise == self.task.goal else self.question.bound
        early = Outcome(Status.FEASIBLE, None, bound, None, reason=UNDERWAY, values=whole)
        engine = time.perf_counter() - self.began
        result = self.task.conclude(Found(self.model, early, engine))
        if not result.audit["ok"]:
            settled = replace(settle(self.matrix, early, 0.0), status=Status.FEASIBLE, objective=None, bound=bound)
            result = self.task.conclude(Found(self.model, settled, engine))
        if result.audit["ok"]:
            self.task.show(result)
        return bool(result.audit["ok"])


def find_layout(data: Instance, model: Model) -> Layout:
    """Where the model's columns stand in the tree of futures."""
    nodes = np.array(find_nodes(data, model.decisions, len(model.problem.columns)), np.int32)
    tree = data.tree.nodes
    return Layout(nodes, tuple(n.parent for n in tree), tuple(n.period for n in tree), tuple(n.probability for n in tree))


def _size(model: Model, data: Instance) -> dict[str, int]:
    problem = model.problem
    return {
        "columns": len(problem.columns),
        "whole": sum(problem.whole),
        "rows": len(problem.tags),
        "nodes": len(data.tree.nodes),
    }
