"""Golden rows: two small scenarios in which every rule family writes rows; a change of the mathematics shows as a diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.formulation.build import FAMILIES, build_model
from planner.formulation.decisions import Decisions
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.scenario.scenario import Scenario
from tests.formulation.test_rules import case

GOLDEN = Path(__file__).with_name("golden_rows.txt")


def certain() -> Scenario:
    """No news; every rule of a certain world."""
    data = case(
        calendar={"start": "2026-01-01", "step": "quarter", "periods": 3},
        sites__0__capacity_mw=250,
        sites__0__install_time="1 month",
        sites__0__install_limit={"units": 2},
        suppliers__0__vetting={"duration": "1 month", "cost": 0.5},
        suppliers__1__vetting={"duration": "1 month"},
        suppliers__0__order_fee=1,
        offers__0__min_order=2,
        offers__0__lead_time="1 month",
        demand__0__surplus_cost={"amount": 0.1, "per": "MW-year"},
        policy__vetting_teams=1,
        policy__budget={"per": "fiscal-year", "2026": 60},
        policy__max_country_share={"CN": 0.8},
        policy__min_suppliers=1,
        policy__max_suppliers=2,
        policy__approvals={"sign": ["2026-01-15"], "above": 25},
        policy__pins=[{"vet": "cheap"}],
    )
    return Scenario.model_validate(data)


def news() -> Scenario:
    """Two futures: the cheap maker may be stopped on 1 April, with a chance of a quarter, and then more is wanted."""
    data = case(
        calendar={"start": "2026-01-01", "step": "quarter", "periods": 3},
        money={"currency": "USD", "in": "millions", "discount_rate": 0.1},
        suppliers__0__signing_fee=2,
        suppliers__0__order_fee=1,
        offers__0__payment={"order": 0.5, "arrival": 0.5, "secured": 0.4},
        offers__0__transit_time="10 days",
        offers__1__lead_time="1 month",
        demand__0__target_mw={"2026-Q2": 200},
        shocks=[
            {"id": "stop", "date": "2026-04-01", "probability": 0.25, "hits": {"countries": ["CN"]}, "shipments": "stopped",
             "target_factor": 1.5}
        ],
        commitments=[{"id": "old", "offer": "c", "units": 1, "site": "s", "ordered": "2025-12-01", "ships": "2026-03-20"}],
        policy__risk_weight=0.4,
        policy__tail=0.8,
        policy__max_cvar_cost=90,
        policy__resilience=[{"country": "CN", "from": "2026-04-01", "share": 0.3}],
        policy__budget={"per": "fiscal-year", "2026": 80},
        policy__max_country_share={"CN": 0.9},
    )  # fmt: skip
    return Scenario.model_validate(data)


def names(data: Instance, x: Decisions) -> dict[int, str]:
    known = {}
    tables = ("vet", "sign", "begun", "signed", "call", "batch", "output", "short", "surplus", "installed", "tally", "paid",
              "counted", "without")  # fmt: skip
    for kind in tables:
        for key, column in getattr(x, kind).items():
            *ids, node = key
            known[column] = f"{kind}({', '.join(ids)}, {data.tree.nodes[node].name})"
    for kind in ("cost", "excess"):
        for node, column in getattr(x, kind).items():
            known[column] = f"{kind}({data.tree.nodes[node].name})"
    for kind in ("edge", "worst"):
        known[getattr(x, kind)] = kind
    for i, column in enumerate(x.order):
        order = data.orders[i]
        known[column] = f"order({order.offer}, {order.site}, {data.tree.nodes[order.node].name} -> {order.ship_period})"
    return known


def rows(scenario: Scenario, minimise: str) -> Iterator[str]:
    """What is minimised, the bounds of the columns that are not simply at least 0, and every row."""
    data = build_instance(scenario)
    model = build_model(data, minimise)
    known = names(data, model.decisions)
    number = {v.name: j for j, v in enumerate(model.problem.columns)}
    goal = model.problem.objective
    terms = " ".join(f"{a:+.6g} {known[column]}" for column, a in goal.terms.items() if a)
    yield f"minimise {minimise}: {terms} {goal.constant:+.6g}"
    for j, column in enumerate(model.problem.columns):
        if model.problem.whole[j] or (column.lowBound, column.upBound) != (0, None):
            kind = "whole" if model.problem.whole[j] else "any"
            yield f"{known[j]}: {kind}, {bound(column.lowBound)} to {bound(column.upBound)}"
    for tag, row in zip(model.problem.tags, model.problem.lp.constraints(), strict=True):
        left = " ".join(f"{a:+.6g} {known.get(number[v.name], 'none')}" for v, a in row.items())
        low, high = row.getLb(), row.getUb()
        end = f"= {high:.6g}" if low == high else (f"<= {high:.6g}" if high is not None else f">= {low:.6g}")
        yield f"{tag}: {left} {end}"


def bound(number: float | None) -> str:
    return "no bound" if number is None else f"{number:.6g}"


def written() -> str:
    found = ["# without news", *rows(certain(), "expected_cost"), "", "# with news", *rows(news(), "weighted_cost")]
    return "\n".join(found).replace(" -0\n", " 0\n") + "\n"


def test_rows_are_the_golden_ones() -> None:
    """Write the file anew with: python -m tests.formulation.test_golden_rows"""
    assert written() == GOLDEN.read_text(encoding="utf-8")


def test_every_family_is_in_the_golden_file() -> None:
    seen = {line.split("[")[0] for line in GOLDEN.read_text(encoding="utf-8").splitlines() if "[" in line}
    assert seen == {family.__name__ for family in FAMILIES}


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
