"""What stands in the way of any plan, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.report.answer import Answer
from planner.report.table import show_mw
from planner.report.view import show_money
from planner.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Best:
    """The most a demand can reach in its worst period, MW a year, where it must reach all that is wanted."""

    demand: str
    period: str
    reached_mw: float
    wanted_mw: float


@dataclass(frozen=True, slots=True)
class RulePrice:
    """A rule that alone stands in the way, what it says (masked), and the cost of a plan without it."""

    rule: str
    says: str
    cost: float


def explain_no_plan(answer: Answer) -> list[str]:
    """Why nothing is planned: proven impossible, with what could be reached, or stopped early."""
    if answer.result.status == Status.INFEASIBLE:
        return [*find_reachable(answer.result.reasons), "No plan meets every rule."]
    reason = f": {answer.mask.text(answer.result.reason)}" if answer.result.reason else ""
    return [f"Stopped before any plan was found{reason}. Whether one exists is not known."]


def explain_rules(answer: Answer) -> list[str]:
    """Each rule that alone stands in the way, with the cost of a plan without it."""
    money = answer.scenario.money
    return [
        f'It would take giving up one rule: "{price.says}"; a plan without it costs {show_money(price.cost, money)}.'
        for price in find_prices(answer)
    ]


def find_prices(answer: Answer) -> list[RulePrice]:
    """Every rule without which there is a plan, in the order they were tried."""
    return [
        RulePrice(str(reason["rule"]), answer.mask.text(str(reason["says"])).removesuffix("."), float(reason["cost"]))
        for reason in answer.result.reasons
        if "cost" in reason
    ]


def find_reachable(reasons: Iterable[dict[str, Any]]) -> list[str]:
    """What the ramp could reach at most where it cannot be met: one sentence per demand."""
    return [
        f"At best {show_mw(best.reached_mw)} of the {show_mw(best.wanted_mw)} a year that {best.demand} must have in "
        f"{best.period} can be reached."
        for best in find_bests(reasons)
    ]


def find_bests(reasons: Iterable[dict[str, Any]]) -> list[Best]:
    """The same as numbers, one for every demand that falls short."""
    points: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for reason in reasons:
        for point in reason.get("short", ()):
            points[point["demand"]].append(point)
    found = []
    for demand, short in points.items():
        worst = max(short, key=lambda point: float(point["mw"]))
        if worst["mw"] > 1e-6 * max(1.0, worst["target"]):
            found.append(Best(demand, worst["period"], worst["target"] - worst["mw"], worst["target"]))
    return found
