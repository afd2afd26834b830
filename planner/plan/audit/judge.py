"""The whole audit: every rule over the decisions, then everything the plan states beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.plan.audit import rules_buying, rules_limits, rules_output, stated
from planner.plan.audit.case import Case, build_case
from planner.plan.audit.cash import Line
from planner.plan.audit.findings import AuditFinding
from planner.plan.audit.lots import Decisions, Lot
from planner.plan.audit.measures import measures_of
from planner.plan.audit.reading import read_decisions
from planner.plan.audit.setting import read_setting
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario

RULES_OF_DECISIONS = (
    rules_buying.check_once,
    rules_buying.check_vetting,
    rules_buying.check_signing,
    rules_buying.check_columns,
    rules_buying.check_min_order,
    rules_buying.check_approvals,
    rules_buying.check_pins,
    rules_limits.check_slots,
    rules_limits.check_budget,
    rules_limits.check_exposure,
    rules_limits.check_supplier_count,
    rules_limits.check_installation,
)


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict on a plan: every disagreement, and the measures as recomputed."""

    ok: bool
    findings: tuple[AuditFinding, ...]
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What given decisions come to with the cheapest output.

    ``violations`` are broken rules; ``output`` is by (route, site, period number), ``short`` by (demand, period
    number), both MW per year; ``orders`` are the lots of the orders with their days and prices.
    """

    violations: tuple[AuditFinding, ...]
    cash_lines: tuple[Line, ...]
    measures: dict[str, float]
    output: dict[tuple[str, str, int], float] = field(default_factory=dict)
    short: dict[tuple[str, int], float] = field(default_factory=dict)
    orders: tuple[Lot, ...] = ()


def _check_decisions(case: Case) -> Iterator[AuditFinding]:
    for rule in RULES_OF_DECISIONS:
        yield from rule(case)


def evaluate(scenario: Scenario, decisions: Decisions) -> Evaluation:
    """Rules, payments and measures of decisions, the output being the cheapest they allow. Every id must be known."""
    case = build_case(read_setting(scenario), decisions)
    output = rules_output.best_output(case)
    short = rules_output.shorts(case, output)
    violations = (*_check_decisions(case), *rules_output.check_output(case, output), *rules_output.check_demand(case, short))
    return Evaluation(violations, case.lines, measures_of(case, short), output, short, case.orders)


def audit(scenario: Scenario, plan: Plan, objective: float | None, bound: float | None, minimise: str = "expected_cost") -> Audit:
    """Check a plan from the scenario and its decisions alone.

    Vettings, signings and orders are taken from the plan; rules, days, prices, payments and measures are recomputed
    and compared with what it states. Output is taken as stated and must be possible; shortage must follow from it
    and, where it costs anything, be the least the orders allow. ``objective`` must be the measure ``minimise`` and
    ``bound`` must not lie above it; either may be None. Amounts are in the scenario's unit of money.
    """
    setting = read_setting(scenario)
    decisions, orders, findings = read_decisions(setting, plan)
    case = build_case(setting, decisions)
    findings += _check_decisions(case)
    output, unreadable = stated.read_output(case, plan)
    findings += unreadable
    findings += rules_output.check_output(case, output)
    short = rules_output.shorts(case, output)
    least = rules_output.shorts(case, rules_output.best_output(case))
    measures = measures_of(case, short)
    findings += rules_output.check_demand(case, short)
    findings += stated.check_cheapest(case, short, least, scenario.policy.first == "ramp")
    findings += stated.check_orders(case, orders)
    findings += stated.check_idle(plan)
    findings += stated.check_shortage(case, plan, short)
    findings += stated.check_cash(case, plan)
    findings += stated.check_measures(case, plan, measures)
    findings += stated.check_objective(case, measures, minimise, objective, bound)
    return Audit(not findings, tuple(findings), measures)
