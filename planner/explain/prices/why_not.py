"""Why something is not in the plan: what it costs to buy it nevertheless, and what gives way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.errors import UsageError
from planner.explain.amounts import Amount
from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import WhyNot
from planner.explain.forcing import with_offer
from planner.explain.prices.suppliers import ask_with
from planner.scenario.places import listed, nearest
from planner.scenario.scenario import Scenario
from planner.studies.solving import Solved

IN_THE_PLAN = "it is in the plan"


def check_names(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """Ids of the suppliers and offers named, by id or name. Raises UsageError for one that is neither."""
    known = {name.casefold(): s.id for s in scenario.suppliers for name in (s.name, s.id) if name}
    known |= {offer.id.casefold(): offer.id for offer in scenario.offers}
    for name in names:
        if name.casefold() not in known:
            near = nearest(name, known.values())
            hint = f"; did you mean {near}?" if near else ""
            allowed = listed({*scenario.supplier, *scenario.offer})
            raise UsageError(f"--why-not is {name}; allowed: a supplier or an offer of the scenario ({allowed}){hint}")
    return tuple(dict.fromkeys(known[name.casefold()] for name in names))


def ask_why_not(asking: Asking, comparing: Comparing, names: Sequence[str]) -> tuple[WhyNot, ...]:
    """An answer for every supplier or offer of these ids; those the plan buys from need no question."""
    scenario, bought = comparing.scenario, {name for order in comparing.plan.orders for name in (order.supplier, order.offer)}
    open_ = [name for name in names if name not in bought]
    answers = dict(zip(open_, asking.ask([_ask(asking, scenario, name) for name in open_]), strict=True))
    return tuple(_why_not(comparing, name, answers.get(name)) for name in names)


def _why_not(comparing: Comparing, name: str, solved: Solved | None) -> WhyNot:
    kind: Literal["supplier", "offer"] = "supplier" if name in comparing.scenario.supplier else "offer"
    if solved is None:
        return WhyNot(name, kind, Amount("nothing", 0.0, 0.0, 0.0, IN_THE_PLAN))
    return WhyNot(name, kind, comparing.costs(solved), comparing.other(solved))


def _ask(asking: Asking, scenario: Scenario, name: str) -> Question:
    if name in scenario.supplier:
        return ask_with(asking, name)
    return Question(f"with {name}", with_offer(asking.data, scenario, scenario.offer[name]), tighter=True)
