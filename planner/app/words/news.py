"""News by its names and periods in the session's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from planner.report.branches import Told


def say_kind(name: str, outcome: str, say: Callable[..., str]) -> str:
    """``tariff``, ``export licence refused``."""
    if not outcome:
        return name
    said = say(f"futures.outcome_{outcome}")
    return say("futures.kind", name=name, outcome=said) if name else said


def say_told(told: Sequence[Told], say: Callable[..., str]) -> str:
    """``export licence slow 2026-Q2, refused 2026-Q4``; what comes together stands together. Plain text.

    What the same source says next is named without it. Without news: if nothing happens.
    """
    parts, before = [], ""
    for (first, last), together in groupby(told, key=lambda one: (one.first, one.last)):
        kinds = []
        for one in together:
            kinds.append(say_kind("" if one.outcome and one.name == before else one.name, one.outcome, say))
            before = one.name
        when = first if first == last else say("plan.span", first=first, last=last)
        parts.append(f"{say('futures.list_and').join(kinds)} {when}")
    return say("plan.list_comma").join(parts) or say("futures.nothing_happens")
