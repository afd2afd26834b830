"""The planner: from the scenario in memory to the checked plan; the only method that pays for working out the model."""

from __future__ import annotations

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.watch import Watch
from planner.options import Options
from planner.solve import solve
from planner.solvers.log import Event


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Build, search and audit; raises ValueError if the audit disagrees, for then the plan is worth nothing."""
    best: float | None = None

    def tell(event: Event) -> None:
        nonlocal best
        watch.ready()
        cost = event.get("incumbent")
        if isinstance(cost, float) and (best is None or cost < best):
            best = cost
            watch.plan(cost)

    scenario, name = case.instance.scenario, case.instance.name
    done = solve(scenario, name, Options(gap=gap, time_limit=watch.left), tell)
    if not done.audit["ok"]:
        raise ValueError(f"{name}: the audit disagrees: {done.audit['findings']}")
    return Answer(done.objective, done.bound, f"{done.status}{f', {done.reason}' if done.reason else ''}")
