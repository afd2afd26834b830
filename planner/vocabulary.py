"""Words every floor shares: ids, units, how a decision is named, how a solve ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ROOT = "root"
"""Name of the node that is today; every other node is named by its period (and its news)."""


class Status(StrEnum):
    """How a solve ended, in the words of the interface.

    ``optimal``: proven to the asked gap against the full problem. ``feasible``: a plan, gap not reached.
    ``infeasible``: proven that no plan exists. ``stopped``: ended without a plan.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


class Exit:
    """Exit codes of the command line; for several files the worst wins in the order of ``SEVERITY``."""

    SOLVED = 0
    BUG = 1
    USAGE = 2
    BAD_INPUT = 3
    INFEASIBLE = 4
    LIMIT = 5
    VERIFICATION = 6
    INTERRUPTED = 130
    SEVERITY = (130, 6, 1, 2, 5, 3, 4, 0)


@dataclass(frozen=True, slots=True)
class RowTag:
    """Where a row of the model comes from: its rule family and the index it stands for.

    ``family`` is the function name of the rule, ``index`` the ids in the order the rule documents.
    """

    family: str
    index: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.family}[{', '.join(self.index)}]"
