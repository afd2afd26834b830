"""A share of 1 is no limit, unless units can be lost: then the check says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.options import Options
from planner.scenario.check_whole_shares import PROBLEM
from planner.scenario.findings import Finding
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.scenario.news_cases import NEWS
from tests.scenario.sample import SAMPLE, damaged, findings_of, line_of

RULE = "{CN: 0.8}"
REFUSED, STOPPED = "    refused: 0.1\n", "    shipments: stopped\n"
NEVER_REFUSED = (("    quick: 0.7\n", "    quick: 0.8\n"), (REFUSED, ""))


def told(text: str, folder: Path) -> list[Finding]:
    return [finding for finding in findings_of(text, folder) if finding.problem == PROBLEM]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("{CN: 1}", "CN"),
        ("{CN: {total: 1.0, from: 2026-04-01}}", "CN.total"),
        ("{CN: {total: 0.8, steps: {wet: 1}}}", "CN.steps.wet"),
    ],
)
def test_a_share_of_one_is_a_warning_with_what_to_do(written: str, field: str, tmp_path: Path) -> None:
    text = damaged((RULE, written), text=NEWS)
    (one,) = told(text, tmp_path)
    assert (one.severity, one.field, one.line) == ("warning", f"policy.max_country_share.{field}", line_of(text, written))
    assert one.value in ("1", "1.0")
    assert one.fix == "leave it out for no limit"


def test_suppliers_and_groups_are_looked_at_too(tmp_path: Path) -> None:
    rules = "{CN: 0.8}\n  max_supplier_share: {alpha: 1}\n  groups: {east: [alpha, gamma]}"
    rules += "\n  max_group_share: {east: 1}\n  min_group_share: {east: 0}"
    found = told(damaged((RULE, rules), text=NEWS), tmp_path)
    assert [one.field for one in found] == ["policy.max_supplier_share.alpha", "policy.max_group_share.east"]


@pytest.mark.parametrize("edits", [NEVER_REFUSED, ((STOPPED, "    delay: 3 months\n"),)], ids=["stop", "refusal"])
def test_a_stop_or_a_refusal_is_enough(edits: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    assert len(told(damaged((RULE, "{CN: 1}"), *edits, text=NEWS), tmp_path)) == 1


def test_where_nothing_can_be_lost_nothing_is_said(tmp_path: Path) -> None:
    """A share below 1, no news, news that is not looked at, news that only delays."""
    one = (RULE, "{CN: 1}")
    assert not told(NEWS, tmp_path)
    assert not told(damaged(one, text=SAMPLE), tmp_path)
    assert not told(damaged(one, ("futures:\n", "futures:\n  mode: none\n"), text=NEWS), tmp_path)
    assert not told(damaged(one, (STOPPED, "    delay: 3 months\n"), *NEVER_REFUSED, text=NEWS), tmp_path)


def test_what_is_said_is_so(tmp_path: Path) -> None:
    """One maker, and a stop for good that half the time comes before its line ships.

    Without the rule the line is bought: 40 against a gap of 500 MW for a year and more at 400 per GW-year, that is 200
    and more, half the time. With a share of 1 nobody else can make up for the line that is lost, so it must not be bought.
    """
    text = """\
format: 1
title: One maker
calendar: {start: 2026-01-01, step: quarter, periods: 6}
money: {currency: USD, in: millions, discount_rate: 0}
routes: {cell: {steps: [line]}}
sites: [{id: plant, country: US}]
demand: [{id: ramp, sites: [plant], target_mw: {2026-Q3: 500}, shortage_cost: {amount: 400, per: GW-year}}]
suppliers: [{id: maker, country: CN}]
offers: [{id: tool, supplier: maker, covers: {line: 500}, price: {amount: 40}, lead_time: 5 months}]
shocks: [{id: stop, date: 2026-04-01, probability: 0.5, hits: {countries: [CN]}, shipments: stopped, refund: 0}]
futures: {branch_at: [2026-04-01]}
policy: {max_country_share: {CN: 1}}
"""
    assert len(told(text, tmp_path)) == 1
    limited = solved(text, tmp_path)
    free = solved(text.replace("policy: {max_country_share: {CN: 1}}\n", ""), tmp_path)
    assert free - limited > 0.5


def solved(text: str, folder: Path) -> float:
    """Units ordered today in the cheapest plan."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    result = solve(_scenario(path), "case", Options(gap=0))
    assert result.plan is not None
    return sum(order.units for order in result.plan.orders if order.node == "root")


def _scenario(path: Path) -> Scenario:
    return read_scenario(path).scenario
