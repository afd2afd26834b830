"""What given decisions come to with the cheapest output, in one course of events or in every future of the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.plan.audit.cash import Line
from planner.plan.audit.findings import AuditFinding
from planner.plan.audit.futures import Placed, Replay, build_cases, known_lots, read_replay
from planner.plan.audit.judge import Missing, Tally, check_decisions
from planner.plan.audit.lots import Decisions, Lot, Purchase
from planner.plan.audit.measures import measures_of
from planner.plan.audit.risk import plan_measures
from planner.plan.audit.rules_futures import check_resilience, check_tail
from planner.plan.audit.rules_output import best_output, check_demand, check_output, shorts
from planner.plan.audit.setting import read_setting
from planner.plan.audit.tree import Tree, chain, grow_tree
from planner.scenario.scenario import Scenario


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


@dataclass(frozen=True, slots=True)
class TreeDecisions:
    """All a buyer decides, by the names of the nodes: (supplier, node), (node, purchase)."""

    vettings: tuple[tuple[str, str], ...] = ()
    signings: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, Purchase], ...] = ()


@dataclass(frozen=True, slots=True)
class Future:
    """One future: its name, the numbers of its nodes, what the decisions cost in it. ``measures`` as of a plan."""

    name: str
    nodes: tuple[int, ...]
    probability: float
    measures: dict[str, float]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TreeEvaluation:
    """What decisions come to in every future of ``tree`` with the cheapest output.

    ``output`` is by (route, site, node number), ``short`` by (demand, node number); payments are in the futures, those of
    a shared node in each of them. ``orders`` are the lots by the news known when they are placed.
    """

    tree: Tree
    violations: tuple[AuditFinding, ...]
    measures: dict[str, float]
    futures: tuple[Future, ...]
    output: dict[tuple[str, str, int], float]
    short: dict[tuple[str, int], float]
    orders: tuple[Lot, ...]


def evaluate(scenario: Scenario, decisions: Decisions) -> Evaluation:
    """Rules, payments and measures of decisions in a world where nothing happens. Every id must be known."""
    setting = read_setting(scenario)
    placed = Placed(decisions.vettings, decisions.signings, tuple((order, order.period) for order in decisions.orders))
    found = _evaluate(read_replay(setting, chain(setting.clock)), placed)
    return Evaluation(
        found.violations, found.futures[0].lines, found.measures, found.output, found.short, found.orders
    )  # fmt: skip


def evaluate_tree(scenario: Scenario, decisions: TreeDecisions) -> TreeEvaluation:
    """Rules, payments and measures of decisions in every future. Every id and node must be known."""
    setting = read_setting(scenario)
    tree = grow_tree(scenario, setting.clock)
    placed = Placed(
        tuple((name, tree.number[node]) for name, node in decisions.vettings),
        tuple((name, tree.number[node]) for name, node in decisions.signings),
        tuple((order, tree.number[node]) for node, order in decisions.orders),
    )
    return _evaluate(read_replay(setting, tree), placed)


def _evaluate(replay: Replay, placed: Placed) -> TreeEvaluation:
    policy, cases = replay.setting.scenario.policy, build_cases(replay, placed)
    tally, missing, futures = Tally(), Missing(), []
    output: dict[tuple[str, str, int], float] = {}
    for case in cases:
        best = best_output(case)
        short = shorts(case, best)
        tally.add(case, check_decisions(case))
        tally.add(case, check_output(case, best))
        tally.add(case, check_demand(case, short))
        measures = measures_of(case, missing.complete(case, short))
        futures.append(Future(case.name or "nothing happens", case.nodes, case.probability, measures, case.lines))
        output |= {(route, site, case.nodes[n]): mw for (route, site, n), mw in best.items()}
    measures = plan_measures(policy, [(future.probability, future.measures) for future in futures])
    violations = (*tally.all(), *check_resilience(cases[0]), *check_tail(policy, measures))
    orders = known_lots(replay, placed)
    return TreeEvaluation(replay.tree, violations, measures, tuple(futures), output, missing.by_node, orders)
