"""Limits the buyer has set: budgets, shares, numbers of suppliers, approvals, resilience, pins and forbids."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.conflict.limits import Dial, Limit, Turn, at, drop, put, turn_at
from planner.explain.conflict.limits_sites import raise_series
from planner.scenario.document import Path
from planner.scenario.policy import Pin, ShareLimit
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

KINDS = ("country", "supplier", "group")
PART = 0.001
"""How finely shares give way."""
CENTS = 0.01


def find_policy_limits(scenario: Scenario, data: Data) -> Iterator[Limit]:
    """Everything under ``policy``; the names each rule has stand beside it below."""
    if "policy" not in data:
        return
    yield from _budgets(scenario, data)
    yield from _shares(scenario, data)
    yield from _numbers(scenario)
    yield from _rules(scenario)
    yield from _decided(scenario)


def _budgets(scenario: Scenario, data: Data) -> Iterator[Limit]:
    """``budget`` (fiscal year), money."""
    budget = scenario.policy.budget
    place: Path = ("policy", "budget")
    if budget is not None and "years" in data["policy"]["budget"]:
        place = (*place, "years")
    for year, amount in sorted(budget.years.items()) if budget else ():
        yield Limit("budget", (year,), amount, "money", ((*place, year),), drop(*place, year))


def _shares(scenario: Scenario, data: Data) -> Iterator[Limit]:
    """``max_country_share`` and so on (who, ``total`` or step)."""
    for end in ("max", "min"):
        for kind in KINDS:
            rule = f"{end}_{kind}_share"
            for name, limit in sorted(getattr(scenario.policy, rule).items()):
                yield from _parts(rule, name, limit, data)


def _parts(rule: str, name: str, limit: ShareLimit, data: Data) -> Iterator[Limit]:
    place: Path = ("policy", rule, name)
    short = not isinstance(at(data, place), dict)
    far = 1.0 if rule.startswith("max") else 0.0
    parts = [("total", limit.total, place if short else (*place, "total"))]
    parts += [(step, share, (*place, "steps", step)) for step, share in sorted(limit.steps.items())]
    for what, share, path in parts:
        if share is not None and share != far:
            yield Limit(rule, (name, what), share, "share", (path,), drop(*path), Dial(far, PART, turn_at(*path)))


def _numbers(scenario: Scenario) -> Iterator[Limit]:
    """``max_suppliers``, ``min_suppliers``, ``min_cell_efficiency``, ``tail_limit``, ``vetting_teams`` (no names)."""
    policy, many = scenario.policy, float(len(scenario.suppliers))
    for rule, value, far, step, unit in (
        ("max_suppliers", policy.max_suppliers, many, 1.0, "suppliers"),
        ("min_suppliers", policy.min_suppliers, 0.0, 1.0, "suppliers"),
        ("min_cell_efficiency", policy.min_cell_efficiency, 0.0, 0.0001, "share"),
    ):
        if value is not None and value != 0:
            place: Path = ("policy", rule)
            dial = Dial(far, step, turn_at(*place, write=round if step == 1 else float))
            yield Limit(rule, (), float(value), unit, (place,), drop(*place), dial)
    if policy.max_cvar_cost is not None:
        place = ("policy", "max_cvar_cost")
        dial = Dial(None, CENTS, turn_at(*place))
        yield Limit("tail_limit", (), policy.max_cvar_cost, "money", (place,), drop(*place), dial)
    if policy.vetting_teams is not None:
        place = ("policy", "vetting_teams")
        dial = Dial(many, 1.0, _raise_teams(scenario))
        yield Limit("vetting_teams", (), min(policy.vetting_teams.numbers), "teams", (place,), drop(*place), dial)


def _raise_teams(scenario: Scenario) -> Turn:
    teams = scenario.policy.vetting_teams
    assert teams is not None

    def turn(data: Data, number: float) -> None:
        written = data["policy"]["vetting_teams"]
        below = ("teams",) if isinstance(written, dict) and "teams" in written else ()
        raise_series(("policy", "vetting_teams", *below), teams)(data, number)

    return turn


def _rules(scenario: Scenario) -> Iterator[Limit]:
    """``approvals`` (no names), money; ``resilience`` (number, who), share."""
    policy = scenario.policy
    if policy.approvals is not None:
        place: Path = ("policy", "approvals")
        dial = Dial(None, CENTS, turn_at(*place, "above"))
        yield Limit("approvals", (), policy.approvals.above, "money", (place,), drop(*place), dial)
    for i, rule in enumerate(policy.resilience):
        place = ("policy", "resilience", i, "share")
        who = rule.country or rule.supplier or rule.group or ""
        dial = Dial(0.0, PART, turn_at(*place))
        yield Limit("resilience", (str(i + 1), who), rule.share, "share", (place,), put(0.0, *place), dial)


def _decided(scenario: Scenario) -> Iterator[Limit]:
    """``pin`` (number, what, who, period), units; ``forbid`` (number, whom, period); ``sanctioned`` (name)."""
    for i, pin in enumerate(scenario.policy.pins):
        place: Path = ("policy", "pins", i)
        yield Limit("pin", (str(i + 1), *_pinned(pin)), pin.units, "units", (place,), drop(*place))
    for i, ban in enumerate(scenario.policy.forbid):
        place = ("policy", "forbid", i)
        whom = " ".join(name for name in (ban.supplier, ban.offer, ban.country) if name)
        yield Limit("forbid", (str(i + 1), whom, ban.period or ""), None, "", (place,), drop(*place))
    for i, name in enumerate(scenario.policy.sanctioned):
        place = ("policy", "sanctioned", i)
        yield Limit("sanctioned", (name,), None, "", (place,), drop(*place))


def _pinned(pin: Pin) -> tuple[str, str, str]:
    kind = "vet" if pin.vet else "sign" if pin.sign else "order"
    return kind, pin.vet or pin.sign or pin.order or "", pin.period or ""
