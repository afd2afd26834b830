"""What every rule costs: the best plan without it. Families first: a rule costs no more than its whole family."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from planner.explain.amounts import Amount
from planner.explain.asking import Asking, Question
from planner.explain.compare import Comparing
from planner.explain.explanation import RulePrice
from planner.explain.rules import Rule, find_rules, without
from planner.studies.solving import Solved


def price_rules(asking: Asking, comparing: Comparing) -> tuple[RulePrice, ...]:
    """Every family of more than one rule, and every rule; the dearest first.

    Rules of a family that surely saves nothing, or nothing that can be told from the gaps, are not asked about one by one:
    what holds for all of them holds for each.
    """
    families: dict[str, list[Rule]] = defaultdict(list)
    for rule in find_rules(asking.data):
        families[rule.family].append(rule)
    groups = {name: rules for name, rules in families.items() if len(rules) > 1}
    alone = [rule for rules in families.values() if len(rules) == 1 for rule in rules]
    asked = [Question(f"without the rules of {name}", without(asking.data, rules)) for name, rules in groups.items()]
    asked += [Question(f"without {rule.rule}", without(asking.data, [rule])) for rule in alone]
    answers = asking.ask(asked)
    whole = [_group(comparing, name, groups[name], solved) for name, solved in zip(groups, answers, strict=False)]
    single = [_price(comparing, rule, solved) for rule, solved in zip(alone, answers[len(groups) :], strict=True)]
    inside = [rule for price in whole if _may_matter(price.saves) for rule in groups[price.family]]
    answers = asking.ask([Question(f"without {rule.rule}", without(asking.data, [rule])) for rule in inside])
    most = {price.family: price.saves.high for price in whole}
    for rule, solved in zip(inside, answers, strict=True):
        single.append(_no_more(_price(comparing, rule, solved), most[rule.family]))
    for price in whole:
        if not _may_matter(price.saves):
            single += [_as_all(rule, price) for rule in groups[price.family]]
    return tuple(sorted([*whole, *single], key=_dearest_first))


def _price(comparing: Comparing, rule: Rule, solved: Solved) -> RulePrice:
    saves = comparing.saves(solved) if rule.loosens else comparing.gains(solved)
    return RulePrice(rule.rule, rule.family, rule.limit, saves, comparing.other(solved))


def _group(comparing: Comparing, family: str, rules: list[Rule], solved: Solved) -> RulePrice:
    saves = comparing.saves(solved) if all(rule.loosens for rule in rules) else comparing.gains(solved)
    members = tuple(rule.rule for rule in rules)
    return RulePrice(family, family, "", saves, comparing.other(solved), members)


def _may_matter(saves: Amount) -> bool:
    return saves.verdict in ("differs", "open", "impossible")


def _no_more(price: RulePrice, most: float | None) -> RulePrice:
    """No rule saves more than its whole family, also where it was not answered itself."""
    saves = price.saves
    if most is None or saves.verdict == "impossible" or (saves.high is not None and saves.high <= most):
        return price
    return replace(price, saves=replace(saves, high=max(most, saves.value or 0.0)))


def _as_all(rule: Rule, family: RulePrice) -> RulePrice:
    """A single rule's price as far as the whole family's says it: from nothing to as much."""
    value = 0.0 if family.saves.verdict == "nothing" else None
    least = None if family.saves.low is not None and family.saves.low < 0 else 0.0
    return RulePrice(rule.rule, rule.family, rule.limit, Amount(family.saves.verdict, value, least, family.saves.high))


def _dearest_first(price: RulePrice) -> tuple[bool, float, str]:
    return price.saves.verdict != "differs", -(price.saves.value or 0.0), price.rule
