"""One answer to compare: what was asked and what came out."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.plan.plan import Plan
from planner.result import find_gap
from planner.scenario.scenario import Scenario
from planner.studies.compare.bridge import MEASURE
from planner.studies.costs import Cost
from planner.studies.solving import Solved
from planner.studies.worlds import Data
from planner.vocabulary import Exit, Status


@dataclass(frozen=True)
class Subject:
    """One answer. ``source`` is where it was read from; ``bound`` and ``gap`` are those of the measure ``minimised``.

    ``scenario`` is None, and ``plan`` with it, where the answer hides confidential suppliers: ``hidden`` then says so.
    ``data`` is the scenario as resolved data.
    """

    name: str
    title: str
    source: str
    data: Data
    scenario: Scenario | None
    plan: Plan | None
    status: Status
    minimised: str
    objective: float | None
    bound: float | None
    measures: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    fingerprint: str = ""
    verified: bool = True
    code: int = Exit.SOLVED
    hidden: str = ""

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective; None where nothing is proven."""
        return find_gap(self.objective, self.bound)

    @property
    def cost(self) -> Cost:
        """The cost the policy makes least, with what no plan can be below if the solve has proven it of this cost."""
        value = self.measures.get(MEASURE)
        proven = self.minimised == MEASURE or (self.minimised == "expected_cost" and value == self.measures.get("expected_cost"))
        return Cost(value, self.bound if proven else None, self.reason)


def read_solved(solved: Solved, name: str, source: str, data: Data, scenario: Scenario) -> Subject:
    """The answer a study's solve has given. ``name`` is what it is called, ``source`` the file of the scenario."""
    result = solved.result
    return Subject(
        name=name, title=scenario.title, source=source, data=data, scenario=scenario, plan=solved.plan,
        status=result.status if result else Status.STOPPED, minimised=result.minimised if result else MEASURE,
        objective=solved.value, bound=solved.bound, measures=dict(solved.measures), reason=solved.reason,
        fingerprint=result.fingerprint if result else "",
        verified=bool(result.audit["ok"]) if result and result.plan else True, code=solved.code,
    )  # fmt: skip
