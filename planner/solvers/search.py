"""The search: relaxation, a good plan by parts, then the full problem. Gaps always hold against the full one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.plan.outcome import Outcome
from planner.result import find_gap
from planner.solvers.blocks import Parts
from planner.solvers.branches import Wood
from planner.solvers.cuts import climb
from planner.solvers.dive import cost_of, dive, look_around
from planner.solvers.highs import Run
from planner.solvers.layout import Layout
from planner.solvers.log import Event, Found, Log
from planner.solvers.matrix import Floats, Matrix, Setting
from planner.solvers.near import Near, begin, mend
from planner.solvers.outline import sketch
from planner.solvers.polish import polish
from planner.vocabulary import Status

PROOF: dict[str, Setting] = {
    "presolve": "off", "mip_heuristic_effort": 0.0, "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False, "mip_heuristic_run_rins": False, "mip_heuristic_run_shifting": False,
    "mip_heuristic_run_zi_round": False,
}  # fmt: skip
"""What the engine leaves out when it only has to prove."""
ROOT_ONLY, SOME_NODES = 1, 100
"""Nodes of a try to prove: a first look, and one where the gap is at most ``WORTH`` times the one to prove."""
WORTH = 1.5
WORTH_POLISHING = 4.0
"""A neighbour's plan further off than so many times the gap is bettered by beginning anew."""
SMALL = 300
"""Below so many whole columns the full problem is searched at once."""
NOTHING_MORE = Run("", None, None, None, None, 0.0)
"""Stands for the last run where none was needed."""


def search(
    matrix: Matrix, layout: Layout, gap: float, time_limit: float | None, tell: Callable[[Event], None],
    stop: Callable[[], bool], found: Found = lambda _: None, near: Near | None = None,
) -> Outcome:  # fmt: skip
    """Find a plan and prove it within ``gap`` (a fraction) of the best, or say why not.

    ``layout`` says where the columns stand in the tree of futures: where it branches, trunk and branches are searched
    apart; where it does not, orders are made whole one stretch of time after the other. Either way what is proven is the
    full problem.
    ``found`` is called with every better plan on the way. ``near``: what a neighbouring question's search left behind; the
    answer is as good without it.
    """
    log = Log(gap, time_limit, tell, stop, found)
    wood = Wood(Parts(matrix), layout, log)
    best = begin(wood, near)
    if best is None:
        best = sketch(wood)
    if best is not None and log.over:
        return _outcome(matrix, log, gap, NOTHING_MORE, best)
    relaxed = log.run("relaxation", matrix, {}, whole=False)
    if relaxed.reason in ("infeasible", "infeasible or unbounded"):
        return _confirm(matrix, log)
    if not matrix.whole.any():
        return _outcome(matrix, log, gap, relaxed, relaxed.values)
    if not relaxed.finished:  # a point with parts of units is not a plan
        return _outcome(matrix, log, gap, relaxed, best)
    log.news(None, relaxed.objective)
    if best is not None and not log.over and log.within(WORTH_POLISHING * gap):
        best = polish(wood, relaxed, best)
    if best is not None and log.over:
        return _outcome(matrix, log, gap, relaxed, best)
    if matrix.whole.sum() > SMALL:
        begun = None if near is None or best is not None else near.values
        best = climb(wood, relaxed, best, begun) if layout.branches else _chain(wood, relaxed, best, begun)
        if best is not None and log.over:
            return _outcome(matrix, log, gap, relaxed, best)
    # On a small problem the engine, given a start, can call it the best with an objective that is not its own.
    start = best if matrix.whole.sum() > SMALL else None
    full = log.run("full problem", matrix, {"mip_rel_gap": gap}, start=start)
    if full.reason == "infeasible" and best is None:
        return _confirm(matrix, log)
    if full.values is not None and (best is None or cost_of(matrix, full.values) <= cost_of(matrix, best)):
        best = full.values
    return _outcome(matrix, log, gap, full, best)


def _chain(wood: Wood, relaxed: Run, known: Floats | None, broken: Floats | None) -> Floats | None:
    """A plan where nothing branches: what is quick first, and after each step a short try to prove it good enough.

    ``known``: a plan from elsewhere; ``broken``: one that is none here, to be mended.
    """
    log, matrix = wood.log, wood.parts.matrix
    if broken is not None:
        known = _mend(wood, relaxed, broken)
    if known is not None and not log.over and log.within(WORTH * log.gap):
        known = prove(log, matrix, known, SOME_NODES)
    if known is not None and log.over:
        return known
    first = dive(log, matrix, wood.layout)
    if first is None:
        return known
    best, divisible = first
    if known is not None and cost_of(matrix, known) < cost_of(matrix, best):
        best = known
    if not log.over and log.within(3 * log.gap):
        best = prove(log, matrix, best, ROOT_ONLY)
    if not log.over:
        best = look_around(log, matrix, divisible, best)
    if not log.over and log.within(WORTH * log.gap):
        best = prove(log, matrix, best, SOME_NODES)
    cost = log.incumbent
    if not log.over:
        best = polish(wood, relaxed, best)
    if not log.over and log.incumbent != cost and log.within(WORTH * log.gap):
        best = prove(log, matrix, best, SOME_NODES)
    return best


def _mend(wood: Wood, relaxed: Run, broken: Floats) -> Floats | None:
    log = wood.log
    log.enter("mending the neighbour's plan")
    known = mend(wood, relaxed, broken)
    log.close()
    worth = known is not None and not log.over and log.within(WORTH_POLISHING * log.gap)
    return polish(wood, relaxed, known) if worth and known is not None else known


def prove(log: Log, matrix: Matrix, plan: Floats, nodes: int) -> Floats:
    """Raise the bound of the full problem with a plan in hand; the plan, or a better one that turned up.

    With a good plan known, what the engine does to find one, and its presolve, take ten times as long as the proof.
    """
    done = log.run("proof", matrix, {"mip_rel_gap": log.gap, "mip_max_nodes": nodes, **PROOF}, start=plan)
    return plan if done.values is None or cost_of(matrix, done.values) > cost_of(matrix, plan) else done.values


def _confirm(matrix: Matrix, log: Log) -> Outcome:
    """No plan exists only if the engine says so twice, the second time without presolve."""
    again = log.run("second look", matrix, {"presolve": "off"})
    if again.reason == "infeasible":
        return Outcome(Status.INFEASIBLE, seconds=log.seconds, reason="proven twice", phases=tuple(log.phases))
    if again.values is not None:
        return _outcome(matrix, log, 0.0, again, again.values, "the engine first said that no plan exists")
    return Outcome(Status.STOPPED, seconds=log.seconds, reason=again.reason, phases=tuple(log.phases))


def _outcome(matrix: Matrix, log: Log, gap: float, last: Run, values: Floats | None, doubt: str = "") -> Outcome:
    if values is None:
        reason = doubt or last.reason or "no plan found"
        return Outcome(Status.STOPPED, bound=log.bound, seconds=log.seconds, reason=reason, phases=tuple(log.phases))
    off = np.abs(values - np.round(values))[matrix.whole].max(initial=0.0)
    bound = last.objective if not matrix.whole.any() and last.finished else log.bound
    objective = cost_of(matrix, values)
    proven = find_gap(objective, bound)
    good = proven is not None and proven <= gap + 1e-9 and not doubt
    reason = doubt or ("" if good else last.reason or _early(log))
    return Outcome(
        Status.OPTIMAL if good else Status.FEASIBLE,
        objective,
        bound,
        proven,
        log.seconds,
        reason,
        values,
        float(off),
        tuple(log.phases),
    )


def _early(log: Log) -> str:
    if log.stop():
        return "cancelled"
    return "time limit" if log.time_limit is not None and log.seconds >= log.time_limit else "gap not reached"
