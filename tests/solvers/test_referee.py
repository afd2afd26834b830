"""A second engine that shares nothing with the first: SCIP agrees on small scenarios, feasible or not."""

from __future__ import annotations

from pathlib import Path

import pyscipopt
import pytest

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Status
from tests.thorough import cases
from tests.tiny import random_tiny


@pytest.mark.parametrize("seed", cases(8, 40, first=300))
def test_scip_agrees_on_the_written_model(seed: int, tmp_path: Path) -> None:
    scenario = Scenario.model_validate(random_tiny(seed))
    if scenario.policy.first == "ramp":
        pytest.skip("two questions in a row: the file holds the first alone")
    file = tmp_path / "model.mps"
    ours = solve(scenario, "tiny", Options(gap=0.0, write_mps=str(file)))
    referee = pyscipopt.Model()
    referee.hideOutput()
    referee.readProblem(str(file))
    referee.optimize()
    if ours.status is Status.INFEASIBLE:
        assert referee.getStatus() == "infeasible"
        return
    assert referee.getStatus() == "optimal"
    paid = sum(ours_constant(scenario).values())
    assert ours.objective == pytest.approx(referee.getObjVal() + paid, rel=1e-6, abs=1e-6)


def ours_constant(scenario: Scenario) -> dict[str, float]:
    """What contracts cost whatever is decided: a constant, which the file format has no place for."""
    from planner.formulation.build import build_model
    from planner.instance.build import build_instance

    return {"contracts": build_model(build_instance(scenario)).problem.objective.constant}
