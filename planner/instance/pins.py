"""Pinned decisions, and the nodes where large frame agreements may be signed."""

from __future__ import annotations

from planner.instance.instance import Fees, Key, OrderColumn, PinRow
from planner.instance.tree import Tree
from planner.scenario.dates import parse_period
from planner.scenario.policy import Pin
from planner.scenario.scenario import Scenario


def _period(scenario: Scenario, text: str | None) -> int | None:
    return None if text is None else scenario.calendar.period_of(parse_period(text)[0])


def build_pins(
    scenario: Scenario, tree: Tree, vets: dict[Key, Fees], signs: dict[Key, Fees], orders: tuple[OrderColumn, ...]
) -> tuple[PinRow, ...]:
    """One row per pin and future: the decisions it names must sum to its amount (1 for vet and sign)."""
    rows = (
        _row(scenario, tree, pin, f"pin {number + 1}", set(told), vets, signs, orders)
        for number, pin in enumerate(scenario.policy.pins)
        for told in dict.fromkeys(tree.told[leaf] for leaf in tree.leaves)
    )
    return tuple(dict.fromkeys(rows))


def _row(
    scenario: Scenario, tree: Tree, pin: Pin, name: str, path: set[int],
    vets: dict[Key, Fees], signs: dict[Key, Fees], orders: tuple[OrderColumn, ...],
) -> PinRow:  # fmt: skip
    period, ships = _period(scenario, pin.period), _period(scenario, pin.ships)

    def fits(node: int) -> bool:
        return node in path and (period is None or tree.nodes[node].period == period)

    if pin.order is None:
        columns = vets if pin.vet else signs
        return PinRow(
            name, "vet" if pin.vet else "sign", tuple(k for k in columns if k[0] == (pin.vet or pin.sign) and fits(k[1])), 1
        )
    chosen = tuple(
        i
        for i, c in enumerate(orders)
        if c.offer == pin.order and fits(c.node) and (pin.site in (None, c.site)) and (ships in (None, c.ship_period))
    )
    return PinRow(name, "order", chosen, pin.units or 0.0)


def find_approvals(scenario: Scenario, tree: Tree) -> tuple[float, frozenset[int]] | None:
    """(amount above which a signing is large, nodes where large ones may be signed), or None."""
    rule = scenario.policy.approvals
    if rule is None:
        return None
    periods = {scenario.calendar.period_of(day) for day in rule.sign}
    return rule.above, frozenset(node.index for node in tree.deciding if node.period in periods)
