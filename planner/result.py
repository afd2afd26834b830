"""The answer of one solve: picklable, JSON-able, the only thing that leaves the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planner.plan.plan import Plan
from planner.vocabulary import Exit, Status


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
