"""Catalogue rows that need the solver: no plan, with the line to blame and the cost without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


SOFT = HARD.replace("hard: true", "shortage_cost: {amount: 900, per: GW-year}")


def answer(tmp_path: Path, more: str, text: str = HARD) -> tuple[int, dict[str, Any]]:
    file = tmp_path / "hard.yaml"
    file.write_text(text + more)
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


def test_bi_177_dividing_by_the_sum_is_told_and_stands_in_the_result(tmp_path: Path) -> None:
    review = "licences: [{id: review, quick: 0.3333, slow: {probability: 0.3333, delay: 1 month}, refused: 0.3333}]\n"
    (tmp_path / "hard.yaml").write_text(SOFT + review)
    done = planner("solve", "hard.yaml", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert [one["probability"] for one in json.loads(done.stdout)["plan"]["futures"]] == [1 / 3] * 3
    assert "warning: hard.yaml:13:" in done.stderr
    assert "sum to 0.9999" in done.stderr


def test_bi_181_news_that_cannot_come_costs_nothing(tmp_path: Path) -> None:
    """Three tools at 10; a stop that cannot come and a refusal that cannot happen change neither cost nor orders."""
    _, without = answer(tmp_path, "", SOFT)
    never = (
        "shocks:\n  - {id: stop, hazard_per_year: 0, shipments: stopped}\n"
        "  - {id: fire, date: 2026-05-01, probability: 0, output_factor: 0}\n"
        "licences: [{id: review, quick: 1, slow: {probability: 0, delay: 1 month}, refused: 0}]\n"
    )
    code, found = answer(tmp_path, never, SOFT)
    assert code == 0
    assert found["objective"] == without["objective"] == 30.0
    assert found["plan"]["orders"] == without["plan"]["orders"]


def test_bi_183_no_news_is_one_certain_future_and_the_result_says_so(tmp_path: Path) -> None:
    _, found = answer(tmp_path, "", SOFT)
    (future,) = found["plan"]["futures"]
    assert (future["name"], future["probability"]) == ("nothing happens", 1.0)
