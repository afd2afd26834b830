"""The error family. Infeasible is an answer, not an error.

PlannerError
├── BadInput             the scenario says something wrong; carries every finding           exit 3
├── UsageError           the command or the call was wrong                                  exit 2
├── SaveConflict         the file changed on disk since it was opened                       exit 3
├── EngineError          the engine failed, crashed or is a build known to be wrong         exit 5
├── ClusterError         the cluster is not there, not safe, or not like this machine      exit 5
└── AuditError           plan and independent check disagree                                exit 6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.scenario.findings import Finding


class PlannerError(Exception):
    """Anything the planner says no to, in one line a person can act on."""

    exit_code = 1


class BadInput(PlannerError):
    """The scenario cannot be used; ``findings`` holds every complaint, errors first."""

    exit_code = 3

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(f) for f in findings))


class UsageError(PlannerError):
    """A wrong command, option or call."""

    exit_code = 2


class SaveConflict(PlannerError):
    """Somebody else saved the file in between; nothing was written."""

    exit_code = 3


class EngineError(PlannerError):
    """The engine failed, crashed, or gives wrong answers in the start-up self-test."""

    exit_code = 5


class ClusterError(PlannerError):
    """The cluster cannot be reached, is open to strangers, or none of its workers can be used."""

    exit_code = 5


class AuditError(PlannerError):
    """The independent check does not accept the plan."""

    exit_code = 6
