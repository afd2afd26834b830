"""What the finding-out says: one reason, and the capacity gap it explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.explain.amounts import Amount
from planner.explain.sentence import Sentence

Cause = Literal["slot", "lead time", "licence", "vetting", "installation", "site", "budget", "rule", "price", "search"]
CAUSES: tuple[Cause, ...] = (
    "slot", "lead time", "licence", "vetting", "installation", "site", "budget", "rule", "price", "search",
)  # fmt: skip
"""In the order in which reasons are told. ``search``: nothing was found that denies it; a plan not proven best may be why."""


@dataclass(frozen=True, slots=True)
class Denial:
    """One thing that denies a unit: its cause, what is used up, and the sentence."""

    cause: Cause
    subject: str
    says: Sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """What denies one more unit of ``offers``, each of which would give up to ``more_mw`` MW a year more by then.

    ``subject``: what is used up, as a field of the format where it is a rule (``policy.budget.2026``), else the pool, offer,
    supplier, place or news. ``windows``: those of the pool. ``alone``: nothing else denies a unit of at least one of them.
    ``solved``: what giving way here saves, where a solve has said so; None where it is arithmetic alone.
    """

    cause: Cause
    subject: str
    says: Sentence
    offers: tuple[str, ...]
    more_mw: float
    alone: bool
    windows: tuple[str, ...] = ()
    solved: Amount | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Capacity a demand lacks in a period of one course of events, MW a year, and why, first reason first.

    ``node`` is the plan's name for the period in that course. ``steps`` are the process steps that hold it up; ``day`` is
    the first of the period, by which a tool must run.
    """

    demand: str
    period: str
    node: str
    day: date
    mw: float
    target: float
    steps: tuple[str, ...]
    reasons: tuple[Reason, ...]
