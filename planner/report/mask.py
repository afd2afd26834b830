"""Confidential suppliers: their names, offers and prices do not leave the house unless somebody says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

from planner.plan.paths import Paths
from planner.plan.plan import Cash
from planner.scenario.money import Money
from planner.scenario.scenario import Scenario

HIDDEN = "confidential"


@dataclass(frozen=True, slots=True)
class Mask:
    """What is shown in place of confidential ids: ``suppliers`` and ``offers`` map true to shown ids.

    ``words`` are (pattern, shown) for free text, longest first. An empty mask shows everything.
    """

    suppliers: dict[str, str] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)
    words: tuple[tuple[re.Pattern[str], str], ...] = ()

    def supplier(self, name: str) -> str:
        """The supplier's id as it may be shown."""
        return self.suppliers.get(name, name)

    def offer(self, name: str) -> str:
        """The offer's id as it may be shown."""
        return self.offers.get(name, name)

    def hides(self, supplier: str) -> bool:
        """Whether this supplier's prices stay hidden."""
        return supplier in self.suppliers

    def text(self, words: str) -> str:
        """Free text without confidential names."""
        for pattern, shown in self.words:
            words = pattern.sub(shown, words)
        return words


NOTHING_MASKED = Mask()


def build_mask(scenario: Scenario, unmask: bool = False) -> Mask:
    """The mask the scenario asks for; empty with ``unmask``. Numbered in order of the ids."""
    hidden = [] if unmask else sorted((s for s in scenario.suppliers if s.confidential), key=lambda s: s.id)
    suppliers = {s.id: f"{HIDDEN}-{n}" for n, s in enumerate(hidden, 1)}
    offers: dict[str, str] = {}
    words = [(word, suppliers[s.id]) for s in hidden for word in (s.id, s.name) if word]
    for maker, shown in suppliers.items():
        own = sorted(o.id for o in scenario.offers if o.supplier == maker)
        offers |= {offer: f"{shown}.{n}" for n, offer in enumerate(own, 1)}
    words += list(offers.items())
    words.sort(key=lambda pair: -len(pair[0]))
    return Mask(suppliers, offers, tuple((_pattern(word), shown) for word, shown in words))


def _pattern(word: str) -> re.Pattern[str]:
    # Only Latin letters and digits have word ends; a Chinese name stands in a text without any.
    before = r"(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", word) else ""
    after = r"(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", word) else ""
    return re.compile(before + re.escape(word) + after, re.IGNORECASE)


def fiscal_year(money: Money, day: date) -> int:
    """The calendar year in which the fiscal year of ``day`` starts."""
    return day.year if day.month >= money.fiscal_year_starts else day.year - 1


def mask_cash(mask: Mask, scenario: Scenario, cash: tuple[Cash, ...], paths: Paths | None = None) -> tuple[Cash, ...]:
    """Payments with those to confidential suppliers merged into one line per fiscal year, so that totals stay true.

    With ``paths`` the payments are those of a plan with branches: there is one line per fiscal year and future, at
    the future's last node, which keeps the totals of every future.
    """
    shown = [line for line in cash if not mask.hides(line.supplier)]
    hidden = [line for line in cash if mask.hides(line.supplier)]
    if paths is None:
        shown += _merge(scenario.money, hidden)
    elif hidden:
        by_node: dict[str, list[Cash]] = defaultdict(list)
        for line in hidden:
            by_node[line.node].append(line)
        for leaf in paths.leaves(paths.trunk[0]):
            lines = [line for node in paths.to(leaf) for line in by_node[node]]
            shown += [replace(line, node=leaf) for line in _merge(scenario.money, lines)]
    return tuple(sorted(shown, key=lambda line: line.day))


def _merge(money: Money, hidden: list[Cash]) -> Iterator[Cash]:
    """One line per fiscal year, on the day of its last payment."""
    ordered = sorted(hidden, key=lambda line: line.day)
    for _, group in groupby(ordered, key=lambda line: fiscal_year(money, line.day)):
        lines = list(group)
        amount = sum(line.amount for line in lines)
        yield Cash(lines[-1].node, lines[-1].day, HIDDEN, HIDDEN, "", "", amount, money.currency, amount)


def mask_result(
    mask: Mask, scenario: Scenario, document: dict[str, Any], cash: tuple[Cash, ...], paths: Paths | None = None
) -> dict[str, Any]:
    """The JSON of a result without confidential names and prices; ``paths`` as in ``mask_cash``."""
    if not mask.suppliers:
        return document
    plan = document.get("plan")
    if plan:
        orders = {key: [_hide_price(mask, o) for o in plan[key]] for key in ("orders", "idle") if key in plan}
        lines = [_plain(line) for line in mask_cash(mask, scenario, cash, paths)]
        document = {**document, "plan": {**plan, **orders, "cash": lines}}
    return mask_words(mask, document)  # type: ignore[no-any-return]


def _hide_price(mask: Mask, order: dict[str, Any]) -> dict[str, Any]:
    return {**order, "price": None} if mask.hides(order["supplier"]) else order


def _plain(line: Cash) -> dict[str, Any]:
    return {name: str(value) if name == "day" else value for name in Cash.__slots__ for value in [getattr(line, name)]}


def mask_words(mask: Mask, value: Any) -> Any:
    """JSON data with every confidential name in its texts and keys replaced."""
    if isinstance(value, dict):
        return {mask.text(str(key)): mask_words(mask, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_words(mask, item) for item in value]
    return mask.text(value) if isinstance(value, str) else value


def mask_document(mask: Mask, data: dict[str, Any]) -> dict[str, Any]:
    """The scenario's own data for the record: confidential suppliers, their offers and contracts reduced to their ids."""
    if not mask.suppliers:
        return data
    kept = dict(data)
    kept["suppliers"] = [_bare(s, s.get("id") in mask.suppliers) for s in data.get("suppliers", [])]
    kept["offers"] = [_bare(o, o.get("id") in mask.offers) for o in data.get("offers", [])]
    kept["commitments"] = [_bare(c, c.get("offer") in mask.offers) for c in data.get("commitments", [])]
    return mask_words(mask, kept)  # type: ignore[no-any-return]


def _bare(item: dict[str, Any], hidden: bool) -> dict[str, Any]:
    return {key: item[key] for key in ("id", "offer") if key in item} | {HIDDEN: True} if hidden else item
