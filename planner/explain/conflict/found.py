"""What is found where no plan exists: clashes, their members, and ways out. Frozen, and plain JSON data by ``as_dict``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Known = Literal["infeasible", "feasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: ``line`` and ``column`` start at 1, 0 means not in a file; ``field`` and what is written there."""

    file: str
    line: int
    column: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Member:
    """One rule of a clash.

    ``rule``: what kind, a key of ``planner.report.conflict.RULES``; ``names``: what it is about (ids, a period, a step), as that
    kind documents. ``value``: the number that binds, None where the rule has none, in ``unit`` (``money``: as the scenario
    counts it; ``date``: days, the first is 0001-01-01). ``needed``: proven that a plan exists when this rule alone is given up
    and the others of the clash are kept.
    """

    rule: str
    names: tuple[str, ...]
    value: float | None
    unit: str
    places: tuple[Place, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together, whatever the others say.

    ``irreducible``: every member is proven to be needed. ``smallest``: proven that no clash has fewer members.
    ``whole``: only because units and decisions are whole; with parts of units a plan would exist.
    ``confirmed``: the engines, or ways to use one, that say so of this very set.
    """

    members: tuple[Member, ...]
    irreducible: bool
    smallest: bool
    whole: bool
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One number of the scenario changed: ``before`` and ``after`` in ``unit`` (``date``: days, the first is 0001-01-01).

    ``rule`` and ``names``: what it is about, as for a member. ``after`` None: the rule is given up.
    """

    rule: str
    names: tuple[str, ...]
    place: Place
    before: float | None
    after: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """What it takes of one kind of rule alone, all others kept; ``rule`` is ``together`` where several kinds are needed.

    ``helps``: whether a plan exists when this rule gives way; None: not found out. ``changes`` are enough: ``least`` says that
    no less is, proven, and ``least_share`` what part of them in all is proven to be needed. ``cost`` and ``bound``: of the best
    plan then, in money of the scenario; ``audited``: that plan has passed the independent check. ``reason``: what is missing.
    """

    rule: str
    helps: bool | None
    changes: tuple[Change, ...] = ()
    least: bool = False
    least_share: float = 0.0
    cost: float | None = None
    bound: float | None = None
    audited: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The answer. ``status``: whether it is proven that no plan exists; ``feasible``: there is one, and nothing to explain.

    ``clashes``: the first is as small as was found; more only where giving up the rules of those before is not enough.
    ``ways``: cheapest first, then those that do not help. ``questions``: how many were solved. ``reason``: why something is
    missing, empty when all was found out.
    """

    status: Known
    clashes: tuple[Conflict, ...] = ()
    ways: tuple[WayOut, ...] = ()
    questions: int = 0
    seconds: float = 0.0
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)
