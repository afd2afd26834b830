"""Contracts of ours already signed: what becomes of their units when news comes."""

from __future__ import annotations

from planner.instance.arrivals import Arrival, find_fate
from planner.instance.cash import contract_price
from planner.instance.courses import CourseBook
from planner.instance.instance import OwnContract


def build_contracts(book: CourseBook) -> tuple[OwnContract, ...]:
    """Every contract that counts for cash or capacity, by id."""
    look, found = book.look, []
    for contract in sorted(look.scenario.commitments, key=lambda c: c.id):
        if not contract.site or not {"cash", "capacity"} & set(contract.counted):
            continue
        offer, site = look.scenario.offer[contract.offer], look.scenario.site[contract.site]
        planned = find_fate(look.news, offer, site, contract.ships, ())
        assert isinstance(planned, Arrival)  # without news everything ships
        courses = book.below((offer, site, contract_price(look, contract), contract.ordered, contract.ships), 0)
        found.append(
            OwnContract(contract.id, offer.id, offer.supplier, site.id, contract.units, contract.counted, planned, courses)
        )
    return tuple(found)
