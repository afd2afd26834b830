"""Planning anew, as every door shows it: what is held, the ways to go on, the one to follow; confidential names masked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planner.report.comparison import Comparison, join_masks, show_comparison, show_inputs
from planner.report.mask import Mask
from planner.scenario.scenario import Scenario
from planner.studies.replan.replan import Replan
from planner.studies.replan.signed import Placed
from planner.studies.replan.ways import Kind


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way to go on. ``side``: its number in ``comparison.sides``; None without a plan, then ``reason`` says why.

    ``cost``, ``charge`` and ``total`` in base currency; ``gap`` a fraction, against every plan from today on; ``moved`` units.
    """

    kind: Kind
    side: int | None
    cost: float | None
    gap: float | None
    moved: float | None
    charge: float | None
    total: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing from before the day. ``kind``: qualify, sign or order.

    ``stands_as``: decision (held as planned), contract (already signed, because today's terms are others or it lies before
    the calendar), or written (today's scenario has it among its contracts).
    """

    kind: str
    supplier: str
    period: str
    stands_as: str
    offer: str = ""
    site: str = ""
    units: float = 0.0
    ships: str = ""


@dataclass(frozen=True)
class Replanning:
    """What was found.

    ``comparison``: the approved plan first, then the ways with a plan; its pairs begin with the approved and the chosen one.
    ``chosen`` is the kind of the way to follow; None where no way has a plan. ``broken``: why the approved plan cannot be
    kept; empty if it can. ``inputs``: what today's scenario says otherwise. ``notes``: what was assumed.
    """

    as_of: date
    change_cost: float
    chosen: Kind | None
    ways: tuple[WayShown, ...]
    happened: tuple[Happened, ...]
    broken: tuple[str, ...]
    inputs: tuple[str, ...]
    notes: tuple[str, ...]
    comparison: Comparison

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; days are texts."""
        return {**asdict(self), "as_of": self.as_of.isoformat(), "comparison": self.comparison.as_dict()}


def build_replanning(found: Replan, unmask: bool = False) -> Replanning:
    """What was found, as it may be shown."""
    scenarios = [subject.scenario for subject in found.subjects if subject.scenario]
    mask = join_masks([*scenarios, found.today.scenario], unmask)
    return Replanning(
        as_of=found.as_of, change_cost=found.change_cost, chosen=found.chosen, ways=tuple(_ways(found, mask)),
        happened=tuple(_happened(found, mask, found.today.scenario)),
        broken=tuple(mask.text(sentence) for sentence in found.broken), inputs=show_inputs(found.inputs, mask),
        notes=tuple(mask.text(note) for note in found.today.notes),
        comparison=show_comparison(found.subjects, found.pairs, unmask),
    )  # fmt: skip


def _ways(found: Replan, mask: Mask) -> list[WayShown]:
    shown = []
    for way in found.ways:
        side = found.kinds.index(way.kind) + 1 if way.kind in found.kinds else None
        gap = found.subjects[side].gap if side is not None else None
        solved = way.solved
        shown.append(WayShown(way.kind, side, solved.value, gap, way.moved, way.charge, way.total, mask.text(solved.reason)))
    return shown


def _happened(found: Replan, mask: Mask, today: Scenario) -> list[Happened]:
    settled = found.settled
    starts = [("qualify", *pair) for pair in settled.vetting] + [("sign", *pair) for pair in settled.signing]
    shown = [Happened(kind, _named(today, mask, supplier), period, "decision") for kind, supplier, period in starts]
    for stands_as, orders in (("decision", settled.held), ("contract", settled.signed), ("written", settled.written)):
        shown += [_order(one, stands_as, today, mask) for one in orders]
    return sorted(shown, key=lambda one: (one.period, one.kind, one.supplier, one.offer, one.ships))


def _order(one: Placed, stands_as: str, today: Scenario, mask: Mask) -> Happened:
    order = one.order
    supplier, offer = _named(today, mask, order.supplier), mask.offer(order.offer)
    return Happened("order", supplier, order.order_period, stands_as, offer, order.site, order.units, order.ship_period)


def _named(today: Scenario, mask: Mask, supplier: str) -> str:
    known = today.supplier.get(supplier)
    return mask.supplier(supplier) if mask.hides(supplier) or known is None else known.name or supplier
