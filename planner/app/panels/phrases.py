"""Small phrases the sections share: lists of names, numbers of things, money, in the session's language and harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from planner.app.plain import label
from planner.app.words.words import ENGLISH, language, read_page, say, t
from planner.report.table import show, show_mw
from planner.report.view import show_money
from planner.scenario.money import Money


def names(found: Iterable[str]) -> str:
    """``A, B and C``, safe where Markdown is read."""
    known = [label(name) for name in found]
    if len(known) <= 1:
        return "".join(known)
    return t("plan.list_last", first=t("plan.list_comma").join(known[:-1]), last=known[-1])


def amount(value: float, money: Money) -> str:
    """Money, safe where Markdown is read."""
    return label(show_money(value, money))


def capacity(mw: float) -> str:
    """Capacity a year, safe where Markdown is read."""
    return label(t("plan.a_year", capacity=show_mw(mw)))


def units_of(least: float, most: float, unit: str) -> str:
    """``4 to 6 lines``: how many of what, safe where Markdown is read."""
    if most - least < 1e-6:
        return t("plan.count", number=show(most, "units"), unit=label(unit))
    return t("plan.count_range", least=show(least, "units"), most=show(most, "units"), unit=label(unit))


def ships(first: str, last: str) -> str:
    """``2027-Q1``, or ``2027-Q1 to 2027-Q3``."""
    return first if first == last else t("plan.span", first=first, last=last)


def spans(text: str) -> str:
    """``2026-Q3 to 2027-Q1, 2027-Q4`` in the session's language."""
    runs = [run.split(" to ") for run in text.split(", ")]
    return t("plan.list_comma").join(ships(run[0], run[-1]) for run in runs)


def bare(text: str) -> str:
    """A phrase that is safe where Markdown is read, for places that read none."""
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def percent(share: float) -> str:
    """``10 %``: a share somebody chose, with no more figures than it has."""
    return f"{round(100 * share, 6):g} %"


def sentence(text: str) -> str:
    """The text with a capital letter in front, also where it begins in bold."""
    bold = "**" if text.startswith("**") else ""
    rest = text.removeprefix(bold)
    return f"{bold}{rest[:1].upper()}{rest[1:]}"


def naming(group: str) -> Callable[[str], str]:
    """A function from a choice to its words in the language of this moment, for whoever asks later: ``page.prefix_choice``."""
    chosen = language()
    return lambda choice: say(chosen, f"{group}_{choice}")


def word(group: str, name: str) -> str:
    """What the planner calls ``name`` in words of a ``group`` (``page.prefix``); the name itself where there is none."""
    page, _, prefix = group.partition(".")
    key = f"{prefix}_{name.replace(' ', '_').replace('-', '_')}"
    return t(f"{page}.{key}") if key in read_page(ENGLISH, page) else name
