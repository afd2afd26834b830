"""The independent audit of a plan.

It shares no code with the mathematics: from the scenario and the plan's decisions alone it grows the tree of futures,
recomputes every day, price, payment, capacity, rule and measure in each of them, and says where the plan disagrees.
"""

from planner.plan.audit.evaluation import Evaluation, TreeDecisions, TreeEvaluation, evaluate, evaluate_tree
from planner.plan.audit.findings import RULES, AuditFinding
from planner.plan.audit.judge import Audit, audit
from planner.plan.audit.lots import Decisions, Purchase

__all__ = [
    "RULES", "Audit", "AuditFinding", "Decisions", "Evaluation", "Purchase", "TreeDecisions", "TreeEvaluation", "audit",
    "evaluate", "evaluate_tree",
]  # fmt: skip
