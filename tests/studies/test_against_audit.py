"""The replay against the audit, which shares no code with it: what is left of any plan in any fresh future."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.scenario.scenario import Scenario
from planner.studies.case import build_case
from planner.studies.draw import draw_futures
from planner.studies.replay import replay
from tests.studies.certain import TOTALS, judge, plan_of
from tests.studies.wishes import scarce, wishes


def test_whatever_a_plan_wishes_no_rule_is_broken_and_the_audit_agrees_about_the_cost() -> None:
    """No node is trusted; the audit takes each future for certain. Every reason to drop something comes up."""
    cut: Counter[str] = Counter()
    for seed in range(30):
        document = scarce(seed)
        scenario = Scenario.model_validate(document)
        courses = draw_futures(scenario, 60, 5)
        case = build_case(scenario, plan_of(scenario, wishes(scenario, seed)), courses.news.voices)
        found = replay(case, courses.news, trust=False)
        for row in range(min(4, courses.news.rows)):
            audited = judge(document, case, courses.news.of(slice(row, row + 1)), trust=False)
            broken = [str(finding) for finding in audited.violations if finding.rule not in TOTALS]
            assert not broken, f"seed {seed}: {broken}"
            for mine, key in ((found.cost, "expected_cost"), (found.shortage, "shortage"), (found.bought, "spend")):
                assert mine[row] == pytest.approx(audited.measures[key], rel=1e-9, abs=1e-9), f"seed {seed}: {key}"
        cut.update({reason: int((dropped.decisions > 0).sum()) for reason, dropped in found.dropped.items()})
    assert cut.keys() == {"teams", "vetting", "signing", "too late", "slots", "places", "minimum"}
