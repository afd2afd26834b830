"""``planner explain`` of a scenario that has no plan: which rules clash, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.commands.ending import Ending
from planner.commands.explain_base import MOST_FOR_PLAN, Plan
from planner.commands.guard import say
from planner.explain.conflict.explain import explain_conflict
from planner.report.conflict import explain_conflicts
from planner.report.conflict_tables import conflict_tables
from planner.report.mask import mask_words
from planner.report.words.catalogue import Language
from planner.studies.solving import Solved


def explain_clash(file: str, plan: Plan, base: Solved, language: Language = "en") -> Ending:
    """Why there is no plan; where that is not proven, only the reason its search ended."""
    scenario, mask = plan.scenario, plan.mask
    title = mask.text(scenario.title)
    document: dict[str, Any] = {"file": file, "scenario": title, "name": plan.path.stem}
    if not base.infeasible:
        sentence = f"There is no plan to explain: {base.reason}."
        return Ending(base.code, {**document, "exit_code": base.code, "error": sentence, "findings": []}, title, (sentence,))

    def tell(event: dict[str, Any]) -> None:
        say(f"{event['stage']}: {event['questions']} questions, {event['seconds']:.1f} s")

    options = replace(plan.options, time_limit=plan.options.time_limit or MOST_FOR_PLAN, reasons=False)
    found = explain_conflict(plan.read.document, options, tell)
    document |= {"conflict": found.as_dict(), "exit_code": base.code}
    sentences = tuple(explain_conflicts(found, scenario, mask, language))
    return Ending(base.code, mask_words(mask, document), title, sentences, tuple(conflict_tables(found, scenario, mask)))
