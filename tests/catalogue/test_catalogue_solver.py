"""Catalogue rows that need the solver: no plan, with the line to blame and the cost without it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import planner

HARD = """\
# A hard demand for three units and a rule that may not let them in.
format: 1
title: Hard
calendar: {start: 2026-01-01, step: quarter, periods: 3}
money: {currency: USD, in: millions}
routes: {r: {steps: [a]}}
sites: [{id: s, country: US}]
demand: [{id: d, sites: [s], target_mw: {2026-Q2: 300}, hard: true}]
suppliers: [{id: maker, country: CN}]
offers:
  - {id: tool, supplier: maker, covers: {a: 100}, price: 10, lead_time: 3 months, cell_efficiency: 0.24,
     slots: {per: quarter, 2026-Q1: 9}}
"""


def answer(tmp_path: Path, policy: str) -> tuple[int, dict[str, object]]:
    file = tmp_path / "hard.yaml"
    file.write_text(HARD + policy)
    before = file.read_bytes()
    done = planner("solve", "hard.yaml", "--json", cwd=tmp_path)
    assert file.read_bytes() == before
    return done.returncode, json.loads(done.stdout)


def test_bi_172_a_budget_below_the_cheapest_plan_names_its_line_and_the_cost_without_it(tmp_path: Path) -> None:
    code, found = answer(tmp_path, "policy: {budget: {per: fiscal-year, 2026: 25}}\n")
    assert code == 4
    assert found["status"] == "infeasible"
    reasons = found["reasons"]
    assert isinstance(reasons, list)
    budget = next(r for r in reasons if r["rule"] == "budget")
    assert budget["cost"] == 30.0
    assert budget["places"] == ["hard.yaml:13:18"]


def test_bi_171_a_limit_no_offer_can_keep_is_infeasible_and_said_before(tmp_path: Path) -> None:
    """The nearest rule of the format: cells better than any offer makes."""
    code, found = answer(tmp_path, "policy: {min_cell_efficiency: 0.25}\n")
    assert code == 4
    assert found["status"] == "infeasible"
    said = planner("check", "hard.yaml", cwd=tmp_path)
    assert "hard.yaml:13" in said.stdout + said.stderr
    assert "0.25" in said.stdout + said.stderr


def test_without_the_rule_there_is_a_plan(tmp_path: Path) -> None:
    code, found = answer(tmp_path, "")
    assert code == 0
    assert found["objective"] == 30.0
