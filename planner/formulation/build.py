"""Instance -> Problem: every rule family in one list, every measure once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.formulation.constraints.approvals import approvals
from planner.formulation.constraints.budget import budget
from planner.formulation.constraints.demand import demand
from planner.formulation.constraints.exposure import exposure
from planner.formulation.constraints.fixed import fixed
from planner.formulation.constraints.futures_cost import futures_cost
from planner.formulation.constraints.installation import installation
from planner.formulation.constraints.kept import find_kept, kept
from planner.formulation.constraints.order_size import order_size
from planner.formulation.constraints.pins import pins
from planner.formulation.constraints.resilience import resilience
from planner.formulation.constraints.signing import signing
from planner.formulation.constraints.site_limit import site_limit
from planner.formulation.constraints.slots import slots
from planner.formulation.constraints.steps import steps
from planner.formulation.constraints.supplier_count import supplier_count
from planner.formulation.constraints.tail_limit import tail_limit
from planner.formulation.constraints.tallies import tallies
from planner.formulation.constraints.vetting import vetting
from planner.formulation.decisions import Decisions, add_decisions
from planner.formulation.measures import build_measures
from planner.formulation.problem import INFINITY, Measure, Problem, Rows
from planner.instance.instance import Instance
from planner.options import Fixed

FAMILIES: tuple[Callable[[Instance, Decisions], Rows], ...] = (
    steps, site_limit, demand, signing, vetting, slots, order_size,
    budget, tallies, exposure, supplier_count, approvals, pins, installation, resilience,
    futures_cost, tail_limit,
)  # fmt: skip
STRUCTURE = frozenset({"steps", "demand", "signing", "tallies", "futures_cost"})
"""Families without which the question makes no sense; the others can be left out to price them."""


@dataclass(frozen=True, slots=True)
class Model:
    """The problem, what its columns decide, and what it is judged by."""

    problem: Problem
    decisions: Decisions
    measures: dict[str, Measure]


def build_model(
    data: Instance,
    minimise: str = "expected_cost",
    without: tuple[str, ...] = (),
    ceilings: tuple[tuple[str, float], ...] = (),
    fix: Fixed | None = None,
) -> Model:
    """The full problem. ``without`` leaves rule families out; ``ceilings`` limit measures to a value; ``fix`` holds decisions."""
    problem = Problem()
    x = add_decisions(problem, data, frozenset({minimise, *(name for name, _ in ceilings)}))
    for family in FAMILIES:
        if family.__name__ not in without:
            problem.add_rows(family.__name__, family(data, x))
    if fix is not None:
        problem.add_rows("fixed", fixed(data, x, fix))
        if fix.near:
            missing = {i: problem.add_column(amount) for i, amount in find_kept(data, fix)[0].items()}
            problem.add_rows("kept", kept(data, x, fix, missing))
    measures = build_measures(data, x)
    for name, most in ceilings:
        limited = measures[name]
        problem.add_rows("ceiling", iter([((name,), limited.terms, -INFINITY, most - limited.constant)]))
    problem.minimise(measures[minimise])
    return Model(problem, x, measures)
