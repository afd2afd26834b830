"""Reasons that solves have looked at too: what more of the thing used up saves, where an explanation has asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.explain.amounts import Amount, Point, Steps
from planner.explain.explanation import Explanation
from planner.explain.shortfall.reason import Gap, Reason


def add_proofs(gaps: Iterable[Gap], explanation: Explanation) -> tuple[Gap, ...]:
    """The same gaps; a reason whose slots, site, supplier or rule the explanation has priced says what giving way saves."""
    return tuple(replace(gap, reasons=tuple(_add(reason, explanation) for reason in gap.reasons)) for gap in gaps)


def _add(reason: Reason, explanation: Explanation) -> Reason:
    found = _find(reason, explanation)
    return reason if found is None else replace(reason, solved=found)


def _find(reason: Reason, explanation: Explanation) -> Amount | None:
    if reason.cause == "slot":
        windows = [s for s in explanation.slots if s.pool == reason.subject and s.window in (reason.windows or ("all",))]
        return max((_best(s.steps) for s in windows), key=_worth, default=None)
    priced = [rule for rule in explanation.rules if not rule.members and _same(rule.rule, reason.subject)]
    return priced[0].saves if priced else None


def _same(rule: str, subject: str) -> bool:
    """Whether a field of the scenario, which may be written short, is what is used up."""
    return subject == rule or subject == f"{rule}.total" or subject.startswith(f"{rule}.steps")


def _best(steps: Steps) -> Amount:
    points: list[Point] = [point for point in steps.points if point.amount == steps.useful] or list(steps.points)
    return points[-1].saves if points else Amount("open", reason="not asked")


def _worth(amount: Amount) -> float:
    return amount.value if amount.value is not None else -1.0
