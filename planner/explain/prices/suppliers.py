"""What every supplier is worth: the best plan without each that is signed, the best plan with each that is not."""

from __future__ import annotations

from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import SupplierWorth
from planner.explain.forcing import with_supplier, without_supplier


def weigh_suppliers(asking: Asking, comparing: Comparing) -> tuple[SupplierWorth, ...]:
    """The suppliers the plan signs if nothing happens, the most valuable first; then the others, the nearest to it first."""
    signed = comparing.suppliers(comparing.plan)
    offering = {offer.supplier for offer in comparing.scenario.offers}
    others = [s.id for s in comparing.scenario.suppliers if s.id not in signed and s.id in offering]
    asked = [ask_without(asking, supplier) for supplier in signed] + [ask_with(asking, supplier) for supplier in others]
    found = [
        SupplierWorth(supplier, supplier in signed, comparing.costs(solved), comparing.other(solved))
        for supplier, solved in zip([*signed, *others], asking.ask(asked), strict=True)
    ]
    return tuple(sorted(found, key=_order))


def ask_without(asking: Asking, supplier: str) -> Question:
    """The best plan without a supplier."""
    return Question(f"without {supplier}", without_supplier(asking.data, supplier), tighter=True)


def ask_with(asking: Asking, supplier: str) -> Question:
    """The best plan that buys from a supplier."""
    return Question(f"with {supplier}", with_supplier(asking.data, supplier), tighter=True)


def _order(worth: SupplierWorth) -> tuple[bool, float, str]:
    """Doing without is impossible: worth most of all."""
    known = worth.costs.value if worth.costs.value is not None else float("inf")
    return not worth.signed, -known if worth.signed else known, worth.supplier
