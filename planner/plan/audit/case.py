"""A case: decisions with everything that follows from them, made once for all rules."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan.audit.capacity import Installed, installed_capacity
from planner.plan.audit.cash import Line, cash_lines
from planner.plan.audit.lots import Decisions, Lot, lot_of_commitment, lot_of_order
from planner.plan.audit.setting import Setting


@dataclass(frozen=True, slots=True)
class Case:
    """Decisions in their setting. ``orders`` are in the order of the decisions; ``lots`` are orders and commitments."""

    setting: Setting
    decisions: Decisions
    orders: tuple[Lot, ...]
    committed: tuple[Lot, ...]
    lines: tuple[Line, ...]
    installed: Installed

    @property
    def lots(self) -> tuple[Lot, ...]:
        """New orders and contracts already signed."""
        return self.orders + self.committed

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


def build_case(setting: Setting, decisions: Decisions) -> Case:
    """Dates, prices, payments and capacity of the decisions; every id in them must be known."""
    orders = tuple(lot_of_order(setting, order) for order in decisions.orders)
    committed = tuple(lot_of_commitment(setting, contract) for contract in setting.scenario.commitments)
    lots = orders + committed
    return Case(setting, decisions, orders, committed, cash_lines(setting, decisions, lots), installed_capacity(setting, lots))
