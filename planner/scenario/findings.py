"""A finding: one complaint about a scenario, with its place and its cure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
LONGEST_VALUE = 80


def cut(value: object) -> str:
    """The value as short text, at most 80 characters, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint. ``line`` and ``column`` start at 1; 0 means the place is not in a file.

    ``value`` is what was found, cut to 80 characters; ``allowed`` what may stand there; ``fix`` what to do.
    """

    file: str
    line: int
    column: int
    field: str
    value: str
    problem: str
    allowed: str = ""
    fix: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        shown = f" is {self.value};" if self.value and self.value not in self.problem else ":"
        text = f"{place} {self.field}{shown} {self.problem}" if self.field else f"{place} {self.problem}"
        if self.allowed:
            text += f" (allowed: {self.allowed})"
        if self.fix:
            text += f" - {self.fix}"
        return text if self.severity == "error" else f"{self.severity}: {text}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as the JSON fields of ``planner check --json``."""
        return asdict(self)
