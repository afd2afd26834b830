"""Why the plan is as it is: one frozen object with a field per question, plain enough for JSON. Others draw it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from planner.explain.amounts import SAME, Amount, Other, Steps
from planner.studies.costs import Cost

PARTS = ("rules", "slots", "offers", "why-not", "waiting", "ties")
"""What can be asked about a plan, most useful first."""
Turn = Literal["enters", "stays", "never", "open"]


@dataclass(frozen=True, slots=True)
class Base:
    """The plan explained: its cost and what none can be below; cash and penalty of it; suppliers signed if nothing happens."""

    cost: Cost
    cash: float = 0.0
    penalty: float = 0.0
    suppliers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartDone:
    """How one part went. ``ended``: why not every question of it was answered, empty when all were."""

    part: str
    questions: int
    answered: int
    seconds: float
    ended: str = ""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What a rule costs: ``saves`` is what the best plan without it saves.

    ``rule`` is the field of the format, such as ``policy.max_country_share.CN.total``; ``limit`` what is written there.
    ``members``: the rules of a whole family left out together; empty for a single rule.
    """

    rule: str
    family: str
    limit: str
    saves: Amount
    other: Other = SAME
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotValue:
    """What more slots of a window are worth that the plan uses up.

    ``pool`` such as ``supplier acme``; ``supplier`` is empty where several share it. ``free``: slots before rivals; ``taken``
    by the plan, if nothing happens.
    """

    pool: str
    supplier: str
    window: str
    free: float
    taken: float
    steps: Steps
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class WeekValue:
    """What it is worth that all a supplier delivers comes weeks earlier. ``offers``: those that do."""

    supplier: str
    offers: tuple[str, ...]
    steps: Steps
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class SiteValue:
    """What it is worth that a site may run more. ``allowed`` and ``used`` at its most, MW a year."""

    site: str
    allowed: float
    used: float
    steps: Steps
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class OfferPrice:
    """The price at which an offer turns.

    ``turn``: ``enters`` - not in the plan, it is from ``high`` downwards surely not and from ``low`` downwards surely in the
    best plan; ``stays`` - in the plan, and at the best up to ``low`` surely, above ``high`` surely not; ``never`` - not even
    for free, or no plan can buy it (or, when in the plan, there is no doing without it); ``open`` - not found. ``bought``: in
    the plan. ``price`` is today's (the first
    written), ``low`` and ``high`` are such prices too, all in ``currency`` and ``money.in`` units; None for
    confidential suppliers.
    ``costs``: what buying some of it (``units`` at the least), or doing without it where it is in the plan, costs today.
    ``earlier``: weeks earlier that would bring it in at today's price; None: not asked or never.
    """

    offer: str
    supplier: str
    units: float
    currency: str
    price: float | None
    turn: Turn
    low: float | None
    high: float | None
    costs: Amount
    other: Other = SAME
    earlier: float | None = None
    bought: bool = False


@dataclass(frozen=True, slots=True)
class SupplierWorth:
    """What a supplier is worth. ``signed``: in the plan, ``costs`` is what doing without costs, and ``other`` the best then.

    Not signed: ``costs`` is what buying from it costs, and ``other`` the best plan that does.
    """

    supplier: str
    signed: bool
    costs: Amount
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why something is not in the plan: ``costs`` is what it costs to do it nevertheless, ``other`` what gives way."""

    asked: str
    kind: Literal["supplier", "offer"]
    costs: Amount
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class Delay:
    """Nothing is signed before ``day``, the first of ``period``: what that costs."""

    period: str
    day: str
    costs: Amount
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waiting costs, by the day of the first signature. ``supplier`` empty: with every supplier."""

    supplier: str
    delays: tuple[Delay, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """A set of suppliers, and what the best plan found with exactly them costs more than the plan explained."""

    suppliers: tuple[str, ...]
    costs: Amount
    other: Other = SAME


@dataclass(frozen=True, slots=True)
class Ties:
    """Plans about as good with other suppliers. ``within``: how much dearer they may be, as a fraction of the cost.

    ``mixes``: those found, cheapest first, the plan's own first of all. ``always``: suppliers that every plan within it
    surely signs; ``never``: that none does. ``either``: known both ways. ``unknown``: the rest.
    ``complete``: proven that there is no other mix.
    """

    within: float
    mixes: tuple[Mix, ...] = ()
    always: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True)
class Explanation:
    """Everything found about one plan; a part that was not asked for is empty.

    ``gap`` is what its questions were asked to be proven to, a fraction of the cost. ``code``: the exit code it stands for.
    """

    fingerprint: str
    gap: float
    base: Base
    code: int = 0
    parts: tuple[PartDone, ...] = ()
    rules: tuple[RulePrice, ...] = ()
    slots: tuple[SlotValue, ...] = ()
    weeks: tuple[WeekValue, ...] = ()
    sites: tuple[SiteValue, ...] = ()
    offers: tuple[OfferPrice, ...] = ()
    suppliers: tuple[SupplierWorth, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    ties: Ties | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)
