"""Every complaint about shocks, licences, futures and risk: it comes, names its line and says what to do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planner.scenario.findings import Finding
from tests.scenario.cases import Case, matching
from tests.scenario.news_cases import ALL, NEWS
from tests.scenario.sample import SAMPLE, damaged, findings_of, line_of

POLICY = "policy:\n"


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_damage_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    text = damaged(*case.edits, text=NEWS)
    found = findings_of(text, tmp_path)
    hits = matching(found, case, text)
    assert len(hits) == 1, "\n".join(map(str, found)) or "nothing was found"
    assert (hits[0].file, hits[0].field, hits[0].severity) == ("f.yaml", case.field, case.severity)
    assert hits[0].column > 0
    assert len(set(found)) == len(found)


def test_good_news_hears_its_size_only(tmp_path: Path) -> None:
    (one,) = findings_of(NEWS, tmp_path)
    assert (one.severity, one.field, one.line) == ("note", "futures", line_of(NEWS, "futures:\n"))


def tree_findings(text: str, folder: Path) -> list[Finding]:
    """What is said about the size of the tree: at futures, or at shocks where futures is not written."""
    return [one for one in findings_of(text, folder) if one.field in ("futures", "shocks")]


SHOCKS = "shocks:\n" + "".join(
    f"  - {{id: s{n}, hazard_per_year: 0.1, hits: {{offers: [alpha-line]}}, delay: 1 month}}\n" for n in range(6)
)


def test_a_tree_too_large_is_refused_with_its_size_and_what_to_do(tmp_path: Path) -> None:
    """Six hazards, seven quarters of news, at most two strikes in a future.

    At the start of period q each shock is silent or struck in one of q quarters: 1 + 6 q + 15 q^2 nodes.
    Summed over q = 0 .. 7: 8 + 6 x 28 + 15 x 140 = 2,276.
    """
    text = SAMPLE.replace(POLICY, SHOCKS + POLICY)
    size = tree_findings(text, tmp_path)[0]
    assert size.problem.startswith("2,276 nodes, 778 futures; cut mass ")  # 1 + 6 x 7 + 15 x 49 = 778
    assert (size.severity, size.line) == ("note", line_of(text, "shocks:\n"))
    limited = text.replace(POLICY, "futures: {max_nodes: 2275}\n" + POLICY)
    (refused,) = tree_findings(limited, tmp_path)
    assert (refused.severity, refused.field, refused.line) == ("error", "futures", line_of(limited, "futures:"))
    assert "at least 2,276 nodes" in refused.problem
    assert refused.allowed == "at most 2,275 (max_nodes)"
    assert all(word in refused.fix for word in ("branch_at", "max_shocks", "min_probability", "fewer shocks"))
    fine = text.replace(POLICY, "futures: {max_nodes: 2276}\n" + POLICY)
    assert tree_findings(fine, tmp_path)[0].severity == "note"


def test_a_tree_too_large_by_its_probabilities_is_refused_by_growing_it(tmp_path: Path) -> None:
    text = SAMPLE.replace(POLICY, SHOCKS + "futures: {max_nodes: 100, min_probability: 1e-6}\n" + POLICY)
    (refused,) = tree_findings(text, tmp_path)
    assert refused.severity == "error"
    assert "nodes" in refused.problem


def test_twelve_shocks_and_a_tree_far_too_large_are_refused_at_once(tmp_path: Path) -> None:
    many = "shocks:\n" + "".join(f"  - {{id: s{n}, hazard_per_year: 0.1, delay: 1 month}}\n" for n in range(12))
    text = SAMPLE.replace(POLICY, many + "futures: {max_shocks: 12}\n" + POLICY)
    started = time.process_time()
    (refused,) = tree_findings(text, tmp_path)
    assert time.process_time() - started < 1
    # every shock on its own: silent, or struck in one of q quarters: the sum of (1 + q)^12 over q = 0 .. 7
    assert f"at least {sum((1 + q) ** 12 for q in range(8)):,} nodes" in refused.problem


WEIGHED = [("note", "{}"), ("warning", "{risk_weight: 0.5}"), ("warning", "{max_cvar_cost: 900}")]


@pytest.mark.parametrize(("severity", "policy"), WEIGHED, ids=lambda value: value)
def test_cut_mass_is_told_and_a_warning_where_it_counts(severity: str, policy: str, tmp_path: Path) -> None:
    """Two strikes at once, each 0.5, and room for one: both together, 25 %, are cut: more than a tenth of the worst tenth."""
    two = "shocks:\n" + "".join(f"  - {{id: s{n}, date: 2026-10-01, probability: 0.5, delay: 1 month}}\n" for n in range(2))
    text = SAMPLE.replace(SAMPLE[SAMPLE.index(POLICY) :], f"{two}futures: {{max_shocks: 1}}\npolicy: {policy}\n")
    found = tree_findings(text, tmp_path)
    # three nodes before the news of the fourth quarter, then three futures in five quarters
    (size,) = (one for one in found if one.problem == "18 nodes, 3 futures; cut mass 25.00%")
    (told,) = (one for one in found if one.problem.startswith("the tree leaves out 25.00%"))
    assert (size.severity, told.severity) == ("note", severity)
    assert told.allowed == "a cut mass of at most 1.00%"
    # of all futures (tail 0) a tenth is 10 %; with room for both nothing is cut
    assert "at most 10.00%" in str(tree_findings(text.replace("policy: {", "policy: {tail: 0, ").replace(", }", "}"), tmp_path))
    assert len(tree_findings(text.replace("max_shocks: 1", "max_shocks: 2"), tmp_path)) == 1


def test_nothing_is_said_about_a_tree_without_news(tmp_path: Path) -> None:
    text = SAMPLE.replace(POLICY, "futures: {max_nodes: 1}\n" + POLICY)
    assert findings_of(text, tmp_path) == []
    weighed = SAMPLE.replace(POLICY, POLICY + "  risk_weight: 0.3\n  max_cvar_cost: 900\n")
    assert [(one.severity, one.field) for one in findings_of(weighed, tmp_path)] == [
        ("note", "policy.risk_weight"),
        ("note", "policy.max_cvar_cost"),
    ]
