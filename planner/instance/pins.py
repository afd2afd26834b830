"""Pinned decisions, and the nodes where large frame agreements may be signed."""

from __future__ import annotations

from collections.abc import Iterator

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
    futures = [frozenset(told) for told in dict.fromkeys(tree.told[leaf] for leaf in tree.leaves)]
    rows = dict[PinRow, None]()
    for number, pin in enumerate(scenario.policy.pins):
        kind, amount = ("vet" if pin.vet else "sign", 1) if pin.order is None else ("order", pin.units or 0.0)
        named = list(_named(scenario, tree, pin, vets, signs, orders))
        for told in futures:
            rows[PinRow(f"pin {number + 1}", kind, tuple(key for node, key in named if node in told), amount)] = None
    return tuple(rows)


def _named(
    scenario: Scenario, tree: Tree, pin: Pin, vets: dict[Key, Fees], signs: dict[Key, Fees], orders: tuple[OrderColumn, ...]
) -> Iterator[tuple[int, Key | int]]:
    """(node, decision) of every decision the pin fits."""
    period, ships = _period(scenario, pin.period), _period(scenario, pin.ships)

    def fits(node: int) -> bool:
        return period is None or tree.nodes[node].period == period

    if pin.order is None:
        yield from ((k[1], k) for k in (vets if pin.vet else signs) if k[0] == (pin.vet or pin.sign) and fits(k[1]))
    for i, c in enumerate(orders) if pin.order else ():
        if c.offer == pin.order and fits(c.node) and (pin.site in (None, c.site)) and (ships in (None, c.ship_period)):
            yield c.node, i


def find_approvals(scenario: Scenario, tree: Tree) -> tuple[float, frozenset[int]] | None:
    """(amount above which a signing is large, nodes where large ones may be signed), or None."""
    rule = scenario.policy.approvals
    if rule is None:
        return None
    periods = {scenario.calendar.period_of(day) for day in rule.sign}
    return rule.above, frozenset(node.index for node in tree.deciding if node.period in periods)
