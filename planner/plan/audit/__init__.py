"""The independent audit of a plan.

It shares no code with the mathematics: from the scenario and the plan's decisions alone it recomputes every day,
price, payment, capacity, rule and measure, and says where the plan disagrees.
"""

from planner.plan.audit.findings import RULES, AuditFinding
from planner.plan.audit.judge import Audit, Evaluation, audit, evaluate
from planner.plan.audit.lots import Decisions, Purchase

__all__ = ["RULES", "Audit", "AuditFinding", "Decisions", "Evaluation", "Purchase", "audit", "evaluate"]
