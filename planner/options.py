"""How to solve: what is asked, how exactly, for how long. The same for every door."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from planner.errors import UsageError

POLICY = "policy"
"""What is made least unless said otherwise: what the scenario's policy says, cost with its weight of the worst futures."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Decisions that hold: at the nodes named these are taken and no others of their kind.

    vet, sign: (node, supplier). order: (node, offer, site, number of the ship period, units). ``near``: orders in the same
    form of which at most ``missing`` units, mean over the futures, are not placed.
    """

    nodes: tuple[str, ...]
    vet: tuple[tuple[str, str], ...] = ()
    sign: tuple[tuple[str, str], ...] = ()
    order: tuple[tuple[str, str, str, int, float], ...] = ()
    near: tuple[tuple[str, str, str, int, float], ...] = ()
    missing: float = 0.0


@dataclass(frozen=True, slots=True)
class Start:
    """A plan's decisions by name, so that they can be found again in another model. Never part of what is asked.

    vet, sign: (node, supplier). order: (node, offer, site, ship period, units). ``bound``: no plan of this question can cost
    less; whoever says so answers for it.
    """

    vet: tuple[tuple[str, str], ...] = ()
    sign: tuple[tuple[str, str], ...] = ()
    order: tuple[tuple[str, str, str, str, float], ...] = ()
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """``gap`` a fraction to prove; ``time_limit`` seconds of search; ``without`` rule families left out.

    ``write_mps`` is a file for the full model; ``memory_mb`` caps the worker's address space; ``fix``: decisions that hold;
    ``ceilings``: (measure, what it may come to at most). ``reasons``: whether to look for some where there is no
    plan, which takes seconds and changes no answer. ``cheapest``: whether to look for the cheapest of the plans that are best
    in a measure other than cost; without it the plan is any of them.
    ``start``: where the search begins, no part of what is asked.
    """

    gap: float = 0.005
    time_limit: float | None = None
    minimise: str = POLICY
    without: tuple[str, ...] = ()
    write_mps: str | None = None
    memory_mb: int = 8192
    fix: Fixed | None = None
    ceilings: tuple[tuple[str, float], ...] = ()
    reasons: bool = True
    cheapest: bool = True
    start: Start | None = None

    def __post_init__(self) -> None:
        for name, kind in (("fix", Fixed), ("start", Start)):
            value = getattr(self, name)
            if isinstance(value, dict):  # what as_dict wrote, from another process
                object.__setattr__(self, name, kind(**{key: _tuples(rows) for key, rows in value.items()}))
        object.__setattr__(self, "ceilings", tuple((name, most) for name, most in self.ceilings))
        if not 0 <= self.gap <= 1:
            raise UsageError(f"gap is {self.gap}; allowed: 0 to 1 (0.005 is half a percent)")
        if self.time_limit is not None and not 0 < self.time_limit <= 1e7:
            raise UsageError(f"time limit is {self.time_limit}; allowed: above 0 seconds")

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; a start only where there is one."""
        data = asdict(self)
        if self.start is None:
            del data["start"]
        return data

    def answer_dict(self) -> dict[str, Any]:
        """The options that can change the answer: they are part of the fingerprint."""
        rare = (*(key for key in ("fix", "ceilings") if getattr(self, key)), *(() if self.cheapest else ("cheapest",)))
        keys = ("gap", "time_limit", "minimise", "without", *rare)
        return {key: value for key, value in self.as_dict().items() if key in keys}


def _tuples(value: Any) -> Any:
    """JSON has lists where there were tuples."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
