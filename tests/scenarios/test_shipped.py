"""Every shipped scenario: read without complaint, solved, audited, its cost pinned, its first line true."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.job import SolveJob
from planner.options import Options
from planner.result import Result
from planner.scenario.grow import grow
from planner.scenario.read import read_scenario
from planner.scenario.register import find_unsourced
from planner.vocabulary import Status

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))

EXACT = {
    "minimal.yaml": 386.79,
    "two-futures.yaml": 111.25,  # 65 + 0.75 x 40 + 0.25 x 65, as the file says
    "textbook/wagner-whitin.yaml": 864.0,  # the optimum of Wagner and Whitin's twelve periods
    "textbook/facility-location.yaml": 121.0,  # proven by hand in the file
}
"""Best cost at gap 0."""
GOAL = {"monthly-calendar.yaml": 0.03, "licence-review.yaml": 0.03, "three-shocks.yaml": 0.03}
"""Gap asked of the large ones here; what is reached in 60 s stands in the README."""
HARD = {"monthly-calendar.yaml", "three-shocks.yaml"}
"""Cases whose gap in the time given depends on what else the machine does: a checked plan between the bounds is asked for."""
NEAR = 0.02
PINNED: dict[str, tuple[float, float]] = {
    "data-centre-load.yaml": (776.7, 779.3),
    "dear-and-late.yaml": (749.8, 753.4),
    "european-delay.yaml": (811.7, 814.6),
    "exclusion-lapse.yaml": (731.6, 733.0),
    "exclusion-renewed.yaml": (2249.7, 2261.0),
    "late-site.yaml": (3001.5, 3016.7),
    "licence-review.yaml": (856.0, 860.5),
    "licence-stop.yaml": (798.2, 799.9),
    "maker-fails.yaml": (791.2, 792.1),
    "monthly-calendar.yaml": (771.2, 774.3),
    "no-chinese-suppliers.yaml": (7290.6, 7290.8),
    "rival-rush.yaml": (780.6, 782.3),
    "slots-gone-early.yaml": (3912.9, 3932.7),
    "second-source.yaml": (781.3, 784.7),
    "three-shocks.yaml": (819.8, 830.4),
    "tight-budget.yaml": (823.3, 827.6),
    "two-full-line-makers.yaml": (3313.2, 3314.5),
    "two-shocks.yaml": (750.4, 752.2),
    "us-2026-100gw.yaml": (18851.7, 18945.4),
    "us-2026-10gw.yaml": (777.0, 779.3),
    "us-2026-30gw.yaml": (2627.3, 2639.2),
    "without-sister-company.yaml": (2557.2, 2567.7),
}
"""Proven bound and best cost known, USD m: a solve must end between them, within its gap."""


def test_every_scenario_says_first_what_it_shows() -> None:
    for name in FILES:
        first = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), name
        assert first.rstrip().endswith((".", "!")), name


@pytest.mark.parametrize("name", FILES)
def test_every_number_has_a_source(name: str) -> None:
    read = read_scenario(FOLDER / name)
    assert not [f for f in read.findings if f.severity == "error"]
    if not name.startswith(("minimal", "textbook")):
        assert find_unsourced(read.scenario) == []


def test_minimal_fits_the_readme() -> None:
    assert len((FOLDER / "minimal.yaml").read_text().splitlines()) <= 25


@pytest.mark.parametrize("name", ["dear-and-late.yaml", "three-shocks.yaml"])
def test_the_benchmarks_of_futures_keep_their_size(name: str) -> None:
    """Large enough to be hard, two pieces of news in one future, and little of the probability left out."""
    scenario = read_scenario(FOLDER / name).scenario
    growth = grow(scenario)
    assert 350 <= len(growth.moments) <= 450
    assert max(moment.chosen for moment in growth.moments) == 2
    assert growth.cut_mass <= 0.1 * (1 - scenario.policy.tail), "the average of the worst would be called understated"
    assert scenario.policy.risk_weight == 0.3
    assert scenario.policy.max_country_share["CN"].total == 0.85
    assert any(offer.min_order > 1 for offer in scenario.offers)


def solved(name: str, gap: float, limit: float = 40.0) -> Result:
    return SolveJob(read_scenario(FOLDER / name).document, Options(gap=gap, time_limit=limit)).wait()


@pytest.mark.parametrize("name", sorted(EXACT))
def test_small_ones_to_the_last_digit(name: str) -> None:
    result = solved(name, 0.0)
    assert result.status is Status.OPTIMAL
    assert result.audit["ok"], result.audit["findings"]
    assert result.objective == pytest.approx(EXACT[name], abs=0.01)


@pytest.mark.parametrize("name", [name for name in FILES if name not in EXACT and not name.startswith("infeasible")])
def test_the_2026_cases_are_solved_and_audited(name: str) -> None:
    result = solved(name, GOAL.get(name, NEAR))
    allowed = {Status.OPTIMAL, Status.FEASIBLE} if name in HARD else {Status.OPTIMAL}
    assert result.status in allowed, f"{result.status} {result.gap} {result.reason}"
    assert result.audit["ok"], result.audit["findings"]
    least, best = PINNED[name]
    assert result.objective is not None
    assert result.bound is not None
    assert least <= result.objective * (1 + 1e-9), "cheaper than what was proven to be impossible"
    assert result.bound <= best * (1 + 1e-9), "a bound above a known plan"


def test_the_infeasible_one_is_proven_infeasible() -> None:
    result = solved("infeasible-on-purpose.yaml", 0.0)
    assert result.status is Status.INFEASIBLE
    assert result.exit_code == 4
