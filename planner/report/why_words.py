"""How an explanation names things and says amounts: values with what is proven of them, verdicts, what is done otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from planner.explain.amounts import Amount, Other, Steps
from planner.plan.difference import Change
from planner.report.mask import Mask
from planner.report.table import Cell, Column, counted, listed, show
from planner.report.view import money_unit, show_money
from planner.scenario.scenario import Scenario

VERDICTS = {
    "differs": "",
    "nothing": "nothing, proven",
    "within the gaps": "not distinguishable",
    "impossible": "no plan keeps every rule then",
    "open": "not found",
}
CLOSE = 0.005
"""Part of a value within which what is proven need not be said beside it."""
MOST_CHANGES = 4


@dataclass(frozen=True)
class Naming:
    """Names of a scenario's parts for people. Ids that are masked already stay as they are."""

    scenario: Scenario
    mask: Mask

    def supplier(self, supplier: str) -> str:
        """The supplier's name as people know it."""
        known = self.scenario.supplier.get(supplier)
        return (
            supplier if known is None else self.mask.supplier(supplier) if self.mask.hides(supplier) else known.name or supplier
        )

    def suppliers(self, suppliers: tuple[str, ...]) -> str:
        """Several names, in order."""
        return listed(sorted(self.supplier(one) for one in suppliers)) if suppliers else "nobody"

    def offer(self, offer: str) -> str:
        """The offer's id, masked."""
        return self.mask.offer(offer) if offer in self.scenario.offer else offer

    def money(self, amount: float) -> str:
        """``USD 12.3 m``."""
        return show_money(amount, self.scenario.money)

    @property
    def unit(self) -> str:
        """``USD m``."""
        return money_unit(self.scenario.money)

    def units(self, offer: str, units: float) -> str:
        """``3 lines``."""
        known = self.scenario.offer.get(offer)
        return counted(units, known.unit if known else "unit")

    def amount(self, amount: Amount) -> str:
        """``USD 25.0 m``, with its range where that is not the same, or why there is none."""
        if amount.value is None or amount.verdict in ("nothing", "impossible", "open"):
            ends = (("at least", amount.low), ("at most", amount.high)) if amount.verdict not in ("impossible", "nothing") else ()
            known = " and ".join(f"{word} {self.money(end)}" for word, end in ends if end)
            return VERDICTS[amount.verdict] + (f" ({known})" if known else "")
        if amount.low is None or amount.high is None:
            return self.money(amount.value)
        if amount.verdict == "within the gaps":
            return f"at most {self.money(amount.high)} ({VERDICTS[amount.verdict]} from nothing)"
        near = amount.high - amount.low <= 2 * CLOSE * abs(amount.value)
        return self.money(amount.value) + ("" if near else f" (surely {self.money(amount.low)} to {self.money(amount.high)})")

    def changes(self, other: Other) -> str:
        """What is decided otherwise, in few words: whom to sign, then orders by offer."""
        parts = [f"{verb} {listed(names)}" for verb, names in self._signings(other.changes) if names]
        orders = self._orders(other.changes)
        parts += orders[:MOST_CHANGES]
        if len(orders) > MOST_CHANGES:
            parts.append(f"{counted(len(orders) - MOST_CHANGES, 'more change')} of orders")
        return "; ".join(parts)

    def _signings(self, changes: tuple[Change, ...]) -> list[tuple[str, list[str]]]:
        def names(way: str) -> list[str]:
            return sorted({self.supplier(one.supplier) for one in changes if one.action == "sign" and one.way == way})

        return [("sign", names("more")), ("do not sign", names("less"))]

    def _orders(self, changes: tuple[Change, ...]) -> list[str]:
        found: dict[tuple[str, str], float] = {}
        for one in changes:
            if one.action == "order":
                key = one.offer, one.way if one.way in ("more", "less") else "at other times or places"
                found[key] = found.get(key, 0.0) + one.units
        ranked = sorted(found.items(), key=lambda item: (item[0][1] not in ("more", "less"), -item[1], item[0]))
        return [f"{self.units(offer, units)} of {self.offer(offer)} {way}" for (offer, way), units in ranked]


def amount_columns(title: str, unit: str) -> tuple[Column, ...]:
    """An amount of money with its proven range and verdict."""
    return (
        Column("value", title, "money", unit),
        Column("at_least", "At least", "money", unit),
        Column("at_most", "At most", "money", unit),
        Column("verdict", "Verdict"),
    )


def amount_cells(amount: Amount) -> tuple[Cell, ...]:
    """The cells of ``amount_columns``."""
    verdict = VERDICTS[amount.verdict]
    if amount.verdict == "open" and amount.reason:
        verdict = amount.reason
    return amount.value, amount.low, amount.high, verdict


def say_holds(steps: Steps) -> str:
    """``the first 2``, ``at least the first 8``, ``only 4 together``: how long the value of each holds."""
    if steps.holds is None or steps.useful is None:
        return ""
    first = "only the first" if steps.holds == 1 else f"the first {show(steps.holds, 'units')}"
    if steps.useful > 1:
        first = f"{show(steps.useful, 'units')} to {show(steps.holds, 'units')} together"
    return first if steps.ends is not None else f"at least {first.removeprefix('only ')}"
