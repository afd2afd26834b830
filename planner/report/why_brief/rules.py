"""What the buyer's rules cost: those that surely cost something, and what can be said of all the others."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.explanation import Explanation, RulePrice
from planner.explain.sentence import Kind, Sentence, Value
from planner.report.why_brief.pieces import is_told, told
from planner.scenario.policy import ShareLimit
from planner.scenario.scenario import Scenario

MOST_RULES = 4
PLAIN = ("approvals", "teams", "tail_limit", "resilience", "pins", "forbid")
"""Families whose rules have no numbers that a few words could tell."""


def say_rules(scenario: Scenario, explanation: Explanation) -> Iterator[Sentence]:
    """The dearest rules, then one sentence about the rest; nothing where rules were not asked about."""
    single = [(i, price) for i, price in enumerate(explanation.rules) if not price.members]
    if not any(part.part == "rules" for part in explanation.parts):
        return
    if not single:
        yield Sentence("brief_rules_none", {})
        return
    dear = [(i, price) for i, price in single if is_told(price.saves)]
    for i, price in dear[:MOST_RULES]:
        costs = told(price.saves, f"explanation.rules[{i}].saves")
        yield name_rule(scenario, price, "brief_rule", {"cost": costs})
    yield from _rest(single, dear)


def _rest(single: list[tuple[int, RulePrice]], dear: list[tuple[int, RulePrice]]) -> Iterator[Sentence]:
    rest = [price for i, price in single if (i, price) not in dear[:MOST_RULES]]
    never = [price for price in rest if price.saves.verdict == "impossible"]
    unknown = [price for price in rest if price.saves.verdict == "open"] + never
    cheaper = len(dear) - MOST_RULES
    if cheaper > 0:
        yield Sentence("brief_rules_more", {"count": Value("count", cheaper, "explanation.rules")})
    if unknown:
        yield Sentence("brief_rules_unknown", {"count": Value("count", len(unknown), "explanation.rules")})
    elif rest and cheaper <= 0:
        nothing = all(price.saves.verdict == "nothing" for price in rest)
        yield Sentence(f"brief_rules_{'no_' if not dear else ''}other_{'nothing' if nothing else 'noise'}", {})


def name_rule(scenario: Scenario, price: RulePrice, prefix: str, values: dict[str, Value]) -> Sentence:
    """A rule in words: its text begins with ``prefix``, ``values`` are what is said of it."""
    path = price.rule.split(".")
    if price.family == "exposure":
        return _share(scenario, price, path, prefix, values)
    if price.family == "budget":
        year = path[-1]
        amount = scenario.policy.budget.years[year] if scenario.policy.budget else 0.0
        own = {"year": Value("period", year, price.rule), "budget": Value("money", amount, price.rule)}
        return Sentence(f"{prefix}_budget", {**own, **values})
    kinds: dict[str, tuple[str, Kind, str]] = {
        "site_limit": ("site", "site", "site_limit"), "order_size": ("offer", "offer", "order_size"),
    }  # fmt: skip
    if price.family in kinds:
        name, kind, key = kinds[price.family]
        return Sentence(f"{prefix}_{key}", {name: Value(kind, path[1], price.rule), **values})
    if price.family == "installation":
        kind = "site" if path[0] == "sites" else "supplier"
        return Sentence(f"{prefix}_installation", {"place": Value(kind, path[1], price.rule), **values})
    if price.family == "vetting" and path[0] == "suppliers":
        return Sentence(f"{prefix}_vetting", {"supplier": Value("supplier", path[1], price.rule), **values})
    if price.rule in ("policy.max_suppliers", "policy.min_suppliers"):
        limit = getattr(scenario.policy, path[1])
        return Sentence(f"{prefix}_{path[1]}", {"limit": Value("count", limit, price.rule), **values})
    if price.rule == "policy.min_cell_efficiency":
        return Sentence(
            f"{prefix}_efficiency", {"limit": Value("percent", scenario.policy.min_cell_efficiency or 0.0, price.rule), **values}
        )
    plain = "teams" if price.rule == "policy.vetting_teams" else price.family
    if plain in PLAIN:
        return Sentence(f"{prefix}_{plain}", values)
    return _other(price, prefix, values)


def _other(price: RulePrice, prefix: str, values: dict[str, Value]) -> Sentence:
    return Sentence(f"{prefix}_other", {"rule": Value("rule", price.rule, price.rule), **values})


def _share(scenario: Scenario, price: RulePrice, path: list[str], prefix: str, values: dict[str, Value]) -> Sentence:
    """``policy.max_country_share.CN`` with ``.total`` or ``.steps.pecvd`` behind it where it is written long."""
    kind: Kind = "country" if "country" in path[1] else "supplier" if "supplier" in path[1] else "group"
    limits: dict[str, ShareLimit] = getattr(scenario.policy, path[1])
    limit = limits.get(path[2])
    if limit is None:  # a confidential supplier goes by another name
        return _other(price, prefix, values)
    step = path[4] if len(path) > 4 else ""
    share = limit.steps[step] if step else limit.total or 0.0
    own = {"who": Value(kind, path[2], price.rule), "limit": Value("percent", share, price.rule)}
    if step:
        own["step"] = Value("step", step, price.rule)
    return Sentence(
        f"{prefix}_share_{'most' if path[1].startswith('max') else 'least'}{'_step' if step else ''}", {**own, **values}
    )
