"""The whole audit: every rule over the decisions, then everything the plan states beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from planner.plan.audit import rules_buying, rules_futures, rules_limits, rules_output, stated, stated_cash, stated_tree
from planner.plan.audit.case import Case
from planner.plan.audit.findings import AuditFinding
from planner.plan.audit.futures import build_cases, known_lots, read_replay
from planner.plan.audit.measures import measures_of
from planner.plan.audit.reading import read_decisions
from planner.plan.audit.risk import plan_measures
from planner.plan.audit.rules_output import Short
from planner.plan.audit.setting import read_setting
from planner.plan.audit.tree import grow_tree
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


def check_decisions(case: Case) -> Iterator[AuditFinding]:
    """Every rule of what is decided in one future."""
    for rule in RULES_OF_DECISIONS:
        yield from rule(case)


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of all futures, each once, with the first future it was made in and how many there are."""

    made: dict[tuple[str, str, float, float, str], tuple[AuditFinding, str, int]] = field(default_factory=dict)

    def add(self, case: Case, findings: Iterable[AuditFinding]) -> None:
        """Take the findings of one future."""
        for finding in findings:
            key = finding.rule, finding.place, finding.left, finding.right, finding.message
            first, name, times = self.made.get(key, (finding, case.name, 0))
            self.made[key] = first, name, times + 1

    def all(self) -> Iterator[AuditFinding]:
        """The findings, saying in which future; a world without news has no name for it."""
        for finding, name, times in self.made.values():
            more = f" and {times - 1} more" if times > 1 else ""
            yield replace(finding, place=f"{finding.place}; if {name}{more}") if name else finding


@dataclass(frozen=True, slots=True)
class Missing:
    """Shortage by (demand, node number), filled future by future."""

    by_node: dict[tuple[str, int], float] = field(default_factory=dict)

    def complete(self, case: Case, new: Short) -> Short:
        """Shortage of all periods of a case, from that of its new ones and of the futures before."""
        for (name, n), mw in new.items():
            self.by_node[name, case.nodes[n]] = mw
        demands = [demand.id for demand in case.setting.scenario.demand]
        return {(name, n): self.by_node[name, node] for name in demands for n, node in enumerate(case.nodes)}


def audit(scenario: Scenario, plan: Plan, objective: float | None, bound: float | None, minimise: str = "expected_cost") -> Audit:
    """Check a plan from the scenario and its decisions alone.

    Vettings, signings and orders are taken from the plan; the tree of futures, rules, days, prices, payments and
    measures are recomputed and compared with what it states, every future being replayed. Output is taken as stated and
    must be possible; shortage must follow from it and, where it costs anything, be the least the orders allow.
    ``objective`` must be the measure ``minimise`` and ``bound`` must not lie above it; either may be None. Amounts are
    in the scenario's unit of money.
    """
    setting = read_setting(scenario)
    tree = grow_tree(scenario, setting.clock)
    replay = read_replay(setting, tree)
    placed, orders, findings = read_decisions(setting, tree, plan)
    cases = build_cases(replay, placed)
    output, unreadable = stated.read_output(setting, tree, plan)
    rows, unread = stated.read_shortage(setting, tree, plan)
    cash, misplaced = stated_cash.read_cash(setting, tree, plan)
    tally, missing, futures = Tally(), Missing(), []
    for case in cases:
        running = {(*key, n): mw for n in case.new for key, mw in output.get(case.nodes[n], {}).items()}
        short = rules_output.shorts(case, running)
        futures.append(measures_of(case, missing.complete(case, short)))
        tally.add(case, check_decisions(case))
        tally.add(case, rules_output.check_output(case, running))
        tally.add(case, rules_output.check_demand(case, short))
        least = rules_output.shorts(case, rules_output.best_output(case))
        tally.add(case, stated.check_cheapest(case, short, least, scenario.policy.first == "ramp"))
        tally.add(case, stated.check_shortage(case, rows, short))
    measures = plan_measures(scenario.policy, [(case.probability, m) for case, m in zip(cases, futures, strict=True)])
    findings += [*tally.all(), *unreadable, *unread, *misplaced]
    findings += rules_futures.check_resilience(cases[0])
    findings += rules_futures.check_tail(scenario.policy, measures)
    findings += stated.check_orders(setting, orders, known_lots(replay, placed))
    findings += stated.check_idle(plan)
    findings += stated_cash.check_cash(setting, tree, cash, cases)
    findings += stated_tree.check_nodes(setting, tree, plan)
    findings += stated_tree.check_futures(setting, tree, plan, cases, futures)
    findings += stated.check_measures(setting, plan, measures)
    findings += stated.check_objective(setting, measures, minimise, objective, bound)
    return Audit(not findings, tuple(findings), measures)
