"""The brief: its sentences in order, as text in a language, and as plain JSON data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.explain.explanation import Explanation
from planner.explain.sentence import Sentence
from planner.report.answer import Answer
from planner.report.saying import Escape, say
from planner.report.shortfall import find_told
from planner.report.view import View
from planner.report.why_brief.doing import say_doing, say_money, say_proof, say_ramp
from planner.report.why_brief.news import say_news
from planner.report.why_brief.rules import say_rules
from planner.report.why_brief.worth import (
    say_offers,
    say_slots,
    say_suppliers,
    say_ties,
    say_unanswered,
    say_waiting,
)
from planner.report.words.catalogue import Language

Paragraph = tuple[Sentence, ...]


def find_brief(answer: Answer, explanation: Explanation | None = None) -> tuple[Paragraph, ...]:
    """Paragraphs of sentences: what to do, what it gives, what if news comes, what else it would take. Empty without a plan.

    Without an ``explanation`` the brief says only what the plan itself holds.
    """
    view = answer.view
    if view is None:
        return ()
    found = [list(say_doing(view)), [*say_ramp(view), *find_told(view), *say_money(answer, view)], list(say_news(view))]
    if explanation is not None:
        found.append([*say_waiting(view, explanation), *say_suppliers(explanation)])
        found.append([*say_offers(explanation), *say_slots(explanation)])
        found.append([*say_rules(view.scenario, explanation), *say_ties(explanation)])
    last = [say_proof(answer), *(say_unanswered(explanation) if explanation else ())]
    return tuple(tuple(sentences) for sentences in (*found, last) if sentences)


def write_brief(
    answer: Answer, explanation: Explanation | None = None, language: Language = "en", escape: Escape = str
) -> list[str]:
    """The paragraphs in words."""
    view = answer.view
    if view is None:
        return []
    space = " " if language == "en" else ""
    return [
        space.join(say(sentence, view, language, escape) for sentence in paragraph)
        for paragraph in find_brief(answer, explanation)
    ]


def brief_data(answer: Answer, explanation: Explanation | None = None) -> list[dict[str, Any]]:
    """Every sentence with its paragraph, its texts, and the values it states: their kind, number or name, and source."""
    view = answer.view
    if view is None:
        return []
    return [
        {
            "paragraph": number,
            "key": one.key,
            "text": say(one, view),
            "japanese": say(one, view, "ja"),
            "values": _values(one, view),
        }
        for number, paragraph in enumerate(find_brief(answer, explanation), 1)
        for one in paragraph
    ]


def join_brief(data: Sequence[dict[str, Any]], language: Language = "en") -> list[str]:
    """The paragraphs of what ``brief_data`` gave."""
    key, space = ("text", " ") if language == "en" else ("japanese", "")
    numbers = dict.fromkeys(one["paragraph"] for one in data)
    return [space.join(one.get(key, one["text"]) for one in data if one["paragraph"] == number) for number in numbers]


def _values(sentence: Sentence, view: View) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, value in sentence.values.items():
        for one in value.value if isinstance(value.value, tuple) else (value.value,):
            if isinstance(one, Sentence):
                found += [{**inner, "name": f"{name}.{inner['name']}"} for inner in _values(one, view)]
            else:
                found.append({"name": name, "kind": value.kind, "value": _plain(one, view), "source": value.source})
    return found


def _plain(one: object, view: View) -> Any:
    """A number as it is, a day as text, a name masked."""
    if isinstance(one, int | float):
        return one
    return view.mask.text(str(one))
