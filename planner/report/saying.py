"""Sentences put into words: every value written one way, names masked, in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from planner.explain.sentence import Sentence, Value
from planner.report.table import grouped, show, show_mw, show_share
from planner.report.view import View, show_money
from planner.report.words.catalogue import Language, read_text, read_texts
from planner.scenario.shocks import Licence, Shock

Escape = Callable[[str], str]
"""Makes text harmless for where it goes."""


def say(sentence: Sentence, view: View, language: Language = "en", escape: Escape = str) -> str:
    """The sentence as people read it; ``escape`` is applied to every value and to no word of the planner's own."""
    values = {name: _say_value(value, view, language, escape) for name, value in sentence.values.items()}
    return read_text(_discreet(sentence, view), language).format(**values)


def _discreet(sentence: Sentence, view: View) -> str:
    """The text without numbers that would give away the price of a confidential offer, where there is one."""
    named = [value.value for value in sentence.values.values() if value.kind == "offer"]
    offers = {str(one) for many in named for one in (many if isinstance(many, tuple) else (many,))} | {sentence.tells_of}
    hidden = f"{sentence.key}_hidden"
    return hidden if offers & set(view.mask.offers) and hidden in read_texts("en") else sentence.key


def _say_value(value: Value, view: View, language: Language, escape: Escape) -> str:
    many = value.value if isinstance(value.value, tuple) else (value.value,)
    parts = [
        say(part, view, language, escape) if isinstance(part, Sentence) else escape(show_value(value.kind, part, view, language))
        for part in many
    ]
    return list_of(parts, language)


def list_of(parts: Iterable[str], language: Language) -> str:
    """``A, B and C`` as the language writes it."""
    known = list(parts)
    if len(known) <= 1:
        return "".join(known)
    return read_text("list_last", language).format(first=read_text("list_comma", language).join(known[:-1]), last=known[-1])


def show_value(kind: str, value: str | float | date, view: View, language: Language) -> str:
    """One value with its unit. Ids of suppliers, offers and pools become the names people know, masked where they must be."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _show_name(kind, value, view, language)
    if kind == "money":
        return show_money(value, view.scenario.money)
    if kind == "share":
        return show_share(value)
    if kind == "percent":
        return f"{round(100 * value, 6):g} %"
    if kind == "mw":
        return read_text("value_mw", language).format(value=show_mw(value))
    if kind == "gw_years":
        return read_text("value_gw_years", language).format(value=grouped(value, 2))
    if kind == "days":
        return read_text("value_day" if value == 1 else "value_days", language).format(value=grouped(value, 0))
    return show(value, "units")


def _show_name(kind: str, name: str, view: View, language: Language) -> str:
    if kind == "supplier":
        return view.supplier(name) if name in view.scenario.supplier else view.mask.text(name)
    if kind == "offer":
        return view.mask.offer(name)
    if kind == "pool":
        sort, _, owner = name.partition(" ")
        return _show_name({"supplier": "supplier", "resource": "text"}.get(sort, "offer"), owner, view, language)
    if kind == "news":
        source, _, outcome = name.partition(":")
        parts: dict[str, Shock | Licence] = {shock.id: shock for shock in view.scenario.shocks}
        parts |= {licence.id: licence for licence in view.scenario.licences}
        shown = view.mask.text(parts[source].shown) if source in parts else source
        return read_text(f"news_{outcome}", language).format(news=shown) if outcome else shown
    return view.mask.text(name)
