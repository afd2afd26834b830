"""What a plan comes to on an axis: read off its measures, or off what is bought from whom in every future."""

from __future__ import annotations

from planner.plan.audit.case import Case
from planner.plan.audit.futures import build_cases, read_replay
from planner.plan.audit.reading import read_decisions
from planner.plan.audit.setting import read_setting
from planner.plan.audit.tree import grow_tree
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis


def find_value(axis: Axis, scenario: Scenario, plan: Plan) -> float:
    """The plan on the axis; a share or number of suppliers is that of the future where it is largest."""
    if axis.kind == "measure":
        return plan.measures[axis.about]
    setting = read_setting(scenario)
    tree = grow_tree(scenario, setting.clock)
    placed, _, _ = read_decisions(setting, tree, plan)
    cases = build_cases(read_replay(setting, tree), placed)
    if axis.kind == "suppliers":
        return float(max(len({name for name, _ in case.decisions.signings}) for case in cases))
    return max(_share(case, find_members(axis, scenario)) for case in cases)


def find_members(axis: Axis, scenario: Scenario) -> frozenset[str]:
    """The suppliers whose share is meant."""
    if axis.kind == "supplier-share":
        return frozenset({axis.about})
    return frozenset(supplier.id for supplier in scenario.suppliers if supplier.country == axis.about)


def _share(case: Case, members: frozenset[str]) -> float:
    """Share of spend at the end; contracts that count for it do, and units that never ship count in the part only."""
    bought = [(lot, lot.units * lot.contract) for lot in case.lots if "exposure" in lot.counts]
    last = case.setting.clock.count - 1
    whole = sum(amount for lot, amount in bought if lot.lost_from is None or lot.lost_from > last)
    part = sum(amount for lot, amount in bought if lot.supplier.id in members)
    return part / whole if whole > 0 else 1.0 if part > 0 else 0.0


def find_signed(plan: Plan) -> tuple[str, ...]:
    """Suppliers with a frame agreement under which something is ordered in some future, by id."""
    return tuple(sorted({signing.supplier for signing in plan.signings} & {order.supplier for order in plan.orders}))
