"""The competitors, each with the libraries' own way of building and solving. ``answer(case, gap, watch)`` in every module."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.case import Case
from benchmarks.watch import Watch


@dataclass(frozen=True)
class Answer:
    """How a method ended: cost of its plan and its proven bound (None: it has none), and its own word for the end."""

    objective: float | None
    bound: float | None
    ended: str


Method = Callable[[Case, float, Watch], Answer]
MODULES = {
    "ours": "ours",
    "highs": "highs",
    "mpi-sppy": "sppy",
    "linopy": "with_linopy",
    "pulp-highs": "pulp_highs",
    "pulp-cbc": "pulp_cbc",
    "scip": "scip",
}
"""Name of a method -> the module that has it."""


def find_method(name: str) -> Method:
    """The method; ImportError if its library is not there."""
    found: Method = importlib.import_module(f"benchmarks.methods.{MODULES[name]}").answer
    return found
