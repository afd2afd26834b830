"""What the audit objects to, and the comparisons that find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

RULE_TOLERANCE = 1e-6
MONEY_TOLERANCE = 1e-9

RULES = (
    "ids", "node", "twice", "whole units", "shipment", "service", "offered", "valid", "efficiency", "forbid", "sanctioned",
    "vetting", "teams", "signing", "slots", "min order", "approvals", "supplier count", "pins", "budget", "exposure",
    "installation", "route", "steps", "site", "demand", "cheapest", "shortage", "dates", "price", "cash", "idle",
    "measures", "objective", "bound", "nodes", "futures", "cut mass", "resilience", "tail limit",
)  # fmt: skip
"""Every rule a finding can name."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One disagreement. ``left`` should be at most, at least or equal to ``right``; ``excess`` is by how much it is not.

    ``place`` names the ids and the period. Days are compared as day numbers; where nothing is measured all three are 0.
    """

    rule: str
    place: str
    left: float
    right: float
    excess: float
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.place}: {self.message}"


def wrong(rule: str, place: str, message: str) -> AuditFinding:
    """A finding without numbers."""
    return AuditFinding(rule, place, 0.0, 0.0, 0.0, message)


def _slack(right: float) -> float:
    return RULE_TOLERANCE * max(1.0, abs(right))


def at_most(rule: str, place: str, left: float, right: float, what: str) -> Iterator[AuditFinding]:
    """A finding unless ``left`` <= ``right``; what is not a number is a finding too."""
    if not left - right <= _slack(right):
        yield AuditFinding(rule, place, left, right, left - right, f"{what} is {left:.10g}, at most {right:.10g} allowed")


def at_least(rule: str, place: str, left: float, right: float, what: str) -> Iterator[AuditFinding]:
    """A finding unless ``left`` >= ``right``."""
    if not right - left <= _slack(right):
        yield AuditFinding(rule, place, left, right, right - left, f"{what} is {left:.10g}, at least {right:.10g} needed")


def equal(rule: str, place: str, left: float, right: float, what: str, tolerance: float | None = None) -> Iterator[AuditFinding]:
    """A finding unless ``left`` (stated) equals ``right`` (recomputed) within ``tolerance``, the rules' by default."""
    if not abs(left - right) <= (_slack(right) if tolerance is None else tolerance):
        yield AuditFinding(rule, place, left, right, abs(left - right), f"{what} is {left:.12g}, should be {right:.12g}")


def money_slack(cent: float, amount: float) -> float:
    """By how much two amounts of money may differ: a cent, or one in 1e9 of large ones."""
    return max(cent, MONEY_TOLERANCE * abs(amount))
