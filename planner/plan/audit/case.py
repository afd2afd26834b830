"""A case: the decisions of one future with everything that follows from them, made once for all rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.plan.audit.capacity import Installed
from planner.plan.audit.cash import Line
from planner.plan.audit.lots import Decisions, Lot
from planner.plan.audit.pools import Pool
from planner.plan.audit.setting import Setting


@dataclass(frozen=True, slots=True)
class Case:
    """The decisions of one future. ``setting`` holds its news, ``nodes`` its nodes (numbers in the tree) by period.

    ``orders`` are in the order of the decisions, without void ones; ``reached`` is for each the earliest end of
    acceptance in any future of its node, ``booked`` the same order as known when it was placed, with that news;
    ``planned`` are the contracts as if nothing happened. Nodes before period ``fresh`` are those of an earlier future.
    """

    setting: Setting
    decisions: Decisions
    orders: tuple[Lot, ...]
    committed: tuple[Lot, ...]
    lines: tuple[Line, ...]
    installed: Installed
    pools: tuple[Pool, ...]
    reached: tuple[date, ...]
    booked: tuple[tuple[Lot, Setting], ...]
    planned: tuple[Lot, ...]
    nodes: tuple[int, ...]
    name: str = ""
    probability: float = 1.0
    fresh: int = 0

    @property
    def lots(self) -> tuple[Lot, ...]:
        """New orders and contracts already signed."""
        return self.orders + self.committed

    @property
    def new(self) -> range:
        """Periods whose nodes no earlier future has."""
        return range(self.fresh, self.setting.clock.count)

    def period(self, number: int) -> str:
        """Name of a period in a finding."""
        return self.setting.clock.names[number]

    def place_of(self, lot: Lot) -> str:
        """How a finding names an order or a contract."""
        if lot.commitment:
            return f"commitment {lot.commitment}"
        clock = self.setting.clock
        return (
            f"order of {lot.offer.id} for {lot.site_id}, ordered {clock.names[lot.period]}, ships {clock.names[lot.ship_period]}"
        )
