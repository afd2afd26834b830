"""What a changed question comes to against the plan explained: a number, what is proven of it, what is done otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.plan.difference import Change

Verdict = Literal["differs", "nothing", "within the gaps", "impossible", "open"]
"""differs: surely not 0. nothing: surely 0. within the gaps: not distinguishable, with what is not proven of the two costs it
may be 0. impossible: proven that no plan keeps every rule then. open: not answered, ``reason`` says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money saved or spent by a change (the field that holds it says which), discounted, base currency, ``money.in`` units.

    ``value`` is the difference of the two plans found, None where there is none; surely it lies from ``low`` to ``high``
    (None: no end is known).
    """

    verdict: Verdict
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """The plan of a changed question less the plan explained. Both costs discounted, base currency; negative: less.

    ``suppliers`` are those signed, if nothing happens. ``changes`` is what is decided otherwise, if nothing happens; orders
    and the rest in order of period.
    """

    cash: float = 0.0
    penalty: float = 0.0
    suppliers: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


SAME = Other()
"""No difference, or no other plan known."""


@dataclass(frozen=True, slots=True)
class Point:
    """So much more of something (its unit stands beside it), and what that saves."""

    amount: float
    saves: Amount


@dataclass(frozen=True, slots=True)
class Steps:
    """What more of something saves. ``points`` in order of amount, the smallest first.

    ``useful`` is the least amount tried that surely saves something, None: none does. ``each`` is what one ``unit`` saves
    there. ``holds``: each further unit saves as much up to this amount. ``ends``: at this one it surely does not any more;
    None: no end was seen.
    """

    unit: Literal["slots", "weeks", "MW"]
    points: tuple[Point, ...] = ()
    useful: float | None = None
    each: float | None = None
    holds: float | None = None
    ends: float | None = None
