"""Golden rows: one small scenario in which every rule family writes rows; a change of the mathematics shows as a diff."""

from __future__ import annotations

from pathlib import Path

from planner.formulation.build import FAMILIES, build_model
from planner.formulation.decisions import Decisions
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.scenario.scenario import Scenario
from tests.formulation.test_rules import case

GOLDEN = Path(__file__).with_name("golden_rows.txt")


def scenario() -> Scenario:
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


def names(data: Instance, x: Decisions) -> dict[int, str]:
    known = {}
    for kind in ("vet", "sign", "call", "batch", "output", "short", "surplus", "installed", "tally", "paid", "counted"):
        for key, column in getattr(x, kind).items():
            *ids, node = key
            known[column] = f"{kind}({', '.join(ids)}, {data.tree.nodes[node].name})"
    for i, column in enumerate(x.order):
        order = data.orders[i]
        known[column] = f"order({order.offer}, {order.site}, {data.tree.nodes[order.node].name} -> {order.ship_period})"
    return known


def written() -> str:
    data = build_instance(scenario())
    model = build_model(data)
    known = names(data, model.decisions)
    number = {v.name: j for j, v in enumerate(model.problem.columns)}
    lines = []
    for tag, row in zip(model.problem.tags, model.problem.lp.constraints(), strict=True):
        left = " ".join(f"{a:+.6g} {known.get(number[v.name], 'none')}" for v, a in row.items())
        low, high = row.getLb(), row.getUb()
        end = f"= {high:.6g}" if low == high else (f"<= {high:.6g}" if high is not None else f">= {low:.6g}")
        lines.append(f"{tag}: {left} {end}")
    return "\n".join(lines) + "\n"


def test_rows_are_the_golden_ones() -> None:
    """Write the file anew with: python -m tests.formulation.test_golden_rows"""
    assert written() == GOLDEN.read_text(encoding="utf-8")


def test_every_family_is_in_the_golden_file() -> None:
    seen = {line.split("[")[0] for line in GOLDEN.read_text(encoding="utf-8").splitlines()}
    assert seen == {family.__name__ for family in FAMILIES}


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
