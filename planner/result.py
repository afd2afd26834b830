"""The answer of one solve: picklable, JSON-able, the only thing that leaves the worker."""

from __future__ import annotations

import math
import platform
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from planner import __version__
from planner.options import POLICY, Options
from planner.plan.plan import Plan, read_plan
from planner.scenario.scenario import Scenario
from planner.vocabulary import Exit, Status

NOISE = 1e-6
"""A bound may lie above its own plan by this fraction, for want of digits."""


def find_gap(objective: float | None, bound: float | None) -> float | None:
    """(objective - bound) / |objective|, never negative; None without both."""
    if objective is None or bound is None:
        return None
    return max(0.0, objective - bound) / max(abs(objective), 1e-9)


def find_versions() -> dict[str, str]:
    """Versions of everything that can change an answer."""
    return {"planner": __version__, "python": platform.python_version(), "pulp": version("pulp"), "highspy": version("highspy")}


def find_goal(scenario: Scenario, options: Options) -> str:
    """The measure to make least: the one asked for, or the policy's own cost."""
    goal = options.minimise
    if goal == POLICY:
        goal = "weighted_cost"
    return "expected_cost" if goal == "weighted_cost" and not scenario.policy.risk_weight else goal


@dataclass(frozen=True, slots=True)
class Result:
    """Everything ``planner solve --json`` says. ``gap`` is a fraction, against the full problem; times in seconds.

    ``reasons`` (infeasible only): per rule whether a plan exists without it, and at what cost.
    ``size``: columns, whole, rows, nonzeros, nodes of the model.
    """

    scenario: str
    name: str
    fingerprint: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    reason: str
    seconds: dict[str, float]
    measures: dict[str, float]
    plan: Plan | None
    audit: dict[str, Any]
    versions: dict[str, str]
    minimised: str = "expected_cost"
    reasons: tuple[dict[str, Any], ...] = ()
    phases: tuple[tuple[str, float, float | None, float | None], ...] = ()
    size: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The code the command line ends with for this answer."""
        if self.status is Status.INFEASIBLE:
            return Exit.INFEASIBLE
        if self.plan is not None and not self.audit["ok"]:
            return Exit.VERIFICATION
        return Exit.SOLVED if self.status is Status.OPTIMAL else Exit.LIMIT

    def ended(self, reason: str, bound: float | None, seconds: float) -> Result:
        """The same plan as the answer of a search that was ended early, after so many ``seconds``, with what was proven by then.

        A bound above the plan is about other plans than this one and says nothing.
        """
        most = -math.inf if self.objective is None else self.objective + NOISE * max(1.0, abs(self.objective))
        best = max((b for b in (self.bound, bound) if b is not None and b <= most), default=None)
        return replace(
            self, status=Status.FEASIBLE, reason=reason, bound=best, gap=find_gap(self.objective, best),
            seconds={**self.seconds, "total": seconds},
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data, without numbers JSON cannot say."""
        return {
            "scenario": self.scenario,
            "name": self.name,
            "fingerprint": self.fingerprint,
            "status": str(self.status),
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "minimised": self.minimised,
            "reason": self.reason,
            "reasons": list(self.reasons),
            "seconds": self.seconds,
            "measures": self.measures,
            "plan": self.plan.as_dict() if self.plan else None,
            "audit": self.audit,
            "phases": [list(phase) for phase in self.phases],
            "size": self.size,
            "versions": self.versions,
        }


def read_result(data: dict[str, Any]) -> Result:
    """The result that ``as_dict`` wrote."""
    parts = {
        "status": Status(data["status"]),
        "plan": read_plan(data["plan"]) if data["plan"] else None,
        "reasons": tuple(data["reasons"]),
        "phases": tuple((p[0], p[1], p[2], p[3]) for p in data["phases"]),
    }
    return Result(**{**data, **parts})
