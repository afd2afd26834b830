"""Rules of the buyer that cannot all hold, or that name nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.scenario.check_references import SHARE_RULES, share_limits
from planner.scenario.document import Document, Path
from planner.scenario.figures import falls_under, is_sanctioned, target_of
from planner.scenario.findings import Finding
from planner.scenario.places import did_you_mean, finding_at, listed, place_of
from planner.scenario.policy import ShareLimit
from planner.scenario.scenario import Scenario

ROUNDING = 1e-9
TOTAL = ""
Limits = dict[str, tuple[float, Path]]
"""Share and place of a rule by country, supplier or group, in total or for one step."""


def check_rules(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Contradictions between rules, and rules without effect."""
    yield from _countries(scenario, document)
    for kind in ("country", "supplier", "group"):
        for step in (TOTAL, *scenario.steps):
            yield from _minimum_sum(scenario, document, kind, step)
            yield from _maximum_sum(scenario, document, kind, step)
            yield from _minimum_above_maximum(scenario, document, kind, step)
        yield from _minimum_for_nobody(scenario, document, kind)
    yield from _numbers_of_suppliers(scenario, document)
    yield from _pins(scenario, document)
    yield from _forbids(scenario, document)


def _of(step: str) -> str:
    return f" for step {step}" if step else ""


def limits_of(rules: Mapping[str, ShareLimit], rule: str, step: str) -> Limits:
    """The limits of one rule in total (``step`` empty) or for one step."""
    found: Limits = {}
    for name, limit in rules.items():
        share, path = (limit.steps.get(step), ("steps", step)) if step else (limit.total, ("total",))
        if share is not None:
            found[name] = (share, ("policy", rule, name, *path))
    return found


def _limits(scenario: Scenario, side: str, kind: str, step: str) -> Limits:
    rule = f"{side}_{kind}_share"
    return limits_of(share_limits(scenario, rule), rule, step)


def members(scenario: Scenario, kind: str, name: str) -> set[str]:
    """Ids of the suppliers a country, supplier or group stands for."""
    if kind == "country":
        return {supplier.id for supplier in scenario.suppliers if supplier.country == name}
    if kind == "group":
        return set(scenario.policy.groups.get(name, ())) & set(scenario.supplier)
    return {name} & set(scenario.supplier)


def _sellers(scenario: Scenario, step: str) -> set[str]:
    """Suppliers with an offer (for this step, if one is named)."""
    return {offer.supplier for offer in scenario.offers if not step or step in offer.covers} & set(scenario.supplier)


def _places(document: Document, limits: Limits) -> str:
    return ", ".join(f"{name} {share:g} ({place_of(document, path)})" for name, (share, path) in limits.items())


def _minimum_sum(scenario: Scenario, document: Document, kind: str, step: str) -> Iterator[Finding]:
    limits = _limits(scenario, "min", kind, step)
    total = sum(share for share, _ in limits.values())
    # Groups that share a supplier may count it twice: only groups without a common member add up.
    everyone = [one for name in limits for one in members(scenario, kind, name)]
    if total > 1 + ROUNDING and len(everyone) == len(set(everyone)):
        last = list(limits.values())[-1][1]
        problem = f"minimum shares{_of(step)} sum to {total:g}, above 1: {_places(document, limits)}"
        yield finding_at(document, last, problem, "shares that sum to at most 1", "lower some of them")


def _maximum_sum(scenario: Scenario, document: Document, kind: str, step: str) -> Iterator[Finding]:
    limits = _limits(scenario, "max", kind, step)
    limited = {one for name in limits for one in members(scenario, kind, name)}
    sellers = _sellers(scenario, step)
    if not limits or not sellers or not sellers <= limited:
        return
    named = {name: limit for name, limit in limits.items() if members(scenario, kind, name) & sellers}
    total = sum(share for share, _ in named.values())
    if total >= 1 - ROUNDING:
        return
    wanted = any(demand.hard and target_of(scenario, demand).most > 0 for demand in scenario.demand)
    last = list(named.values())[-1][1]
    who = {"country": "all countries", "supplier": "all suppliers", "group": "groups that hold all suppliers"}[kind]
    problem = (
        f"maximum shares{_of(step)} of {who} sum to {total:g}, below 1, so nothing can be bought: {_places(document, named)}"
    )
    fix = "raise some of them, or add offers from elsewhere"
    yield finding_at(document, last, problem, "shares that sum to at least 1", fix, "error" if wanted else "warning")


def _minimum_above_maximum(scenario: Scenario, document: Document, kind: str, step: str) -> Iterator[Finding]:
    lows, highs = _limits(scenario, "min", kind, step), _limits(scenario, "max", kind, step)
    for name in lows.keys() & highs.keys():
        (low, path), (high, other) = lows[name], highs[name]
        if low > high + ROUNDING:
            problem = f"minimum share {low:g}{_of(step)} of {name} is above its maximum {high:g} ({place_of(document, other)})"
            yield finding_at(document, path, problem, f"at most {high:g}", "correct one of the two")


def _banned(scenario: Scenario, supplier: str) -> Path | None:
    """The place of the rule that forbids a supplier for good; None when it is allowed."""
    for i, forbid in enumerate(scenario.policy.forbid):
        if forbid.period is None and falls_under(scenario, forbid, supplier):
            return ("policy", "forbid", i, "supplier" if forbid.supplier else "country")
    return ("policy", "sanctioned") if is_sanctioned(scenario, supplier) else None


def _minimum_for_nobody(scenario: Scenario, document: Document, kind: str) -> Iterator[Finding]:
    """A minimum share for suppliers of whom nothing can be bought."""
    ours = {
        scenario.offer[c.offer].supplier for c in scenario.commitments if "exposure" in c.counted and c.offer in scenario.offer
    }
    for name, limit in share_limits(scenario, f"min_{kind}_share").items():
        who = members(scenario, kind, name)
        least = max([limit.total or 0.0, *limit.steps.values()])
        path: Path = ("policy", f"min_{kind}_share", name)
        if not least or who & ours:
            continue
        bans = [_banned(scenario, supplier) for supplier in sorted(who)]
        if who and None not in bans:
            where = place_of(document, next(ban for ban in bans if ban))
            problem = f"{name} must have a share of {least:g} and is forbidden ({where})"
            yield finding_at(document, path, problem, "one of the two", "remove one")
        elif not who & _sellers(scenario, TOTAL) and (who or kind == "country"):
            problem = f"{name} must have a share of {least:g}, but nobody there has an offer"
            allowed = listed({supplier.country for supplier in scenario.suppliers}) if kind == "country" else ""
            yield finding_at(document, path, problem, allowed, "add an offer or remove the rule")


def _countries(scenario: Scenario, document: Document) -> Iterator[Finding]:
    known = {supplier.country for supplier in scenario.suppliers}
    named: list[tuple[Path, str]] = [
        (("policy", rule, country), country)
        for rule in SHARE_RULES
        if rule == "max_country_share"
        for country in share_limits(scenario, rule)
    ]
    named += [(("policy", "forbid", i, "country"), one.country) for i, one in enumerate(scenario.policy.forbid) if one.country]
    for path, country in named:
        if country not in known:
            fix = did_you_mean(country, known, "correct the country or remove the rule")
            yield finding_at(
                document, path, f"no supplier is in {country}: no effect", listed(known), fix, "warning", value=country
            )


def _numbers_of_suppliers(scenario: Scenario, document: Document) -> Iterator[Finding]:
    policy = scenario.policy
    least, most, path = policy.min_suppliers, policy.max_suppliers, ("policy", "min_suppliers")
    if least:
        there = len(_sellers(scenario, TOTAL))
        if least > there:
            problem = f"at least {least} suppliers are asked for, but {there} have offers"
            yield finding_at(document, path, problem, f"at most {there}", "lower it or add suppliers")
        elif least * policy.min_share > 1 + ROUNDING:
            problem = f"{least} suppliers with a share of {policy.min_share:g} each make more than the whole"
            yield finding_at(document, path, problem, f"at most {int(1 / policy.min_share)}", "lower it or min_share")
        # Own contracts count as bought from, without a new signing.
        ours = {scenario.offer[c.offer].supplier for c in scenario.commitments if not c.owner and c.offer in scenario.offer}
        if most is not None and least > most + len(ours):
            problem = f"at least {least} suppliers, but at most {most} signed ({place_of(document, ('policy', 'max_suppliers'))})"
            yield finding_at(document, path, problem, f"at most {most + len(ours)}", "correct one of the two")
    if policy.approvals and not policy.approvals.sign:
        problem = f"no day is given: nothing above {policy.approvals.above:g} can be signed"
        yield finding_at(document, ("policy", "approvals", "sign"), problem, severity="note")


def _pins(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for i, pin in enumerate(scenario.policy.pins):
        path: Path = ("policy", "pins", i)
        for key in ("site", "ships"):
            if pin.order is None and getattr(pin, key) is not None:
                yield finding_at(document, (*path, key), "belongs to an order pin: no effect here", "period", "remove it")
        supplier = scenario.supplier.get(pin.vet or "")
        if supplier and not supplier.vetting:
            yield finding_at(
                document, (*path, "vet"), f"{supplier.id} needs no vetting", "a supplier with vetting", "remove the pin"
            )


def _forbids(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for i, forbid in enumerate(scenario.policy.forbid):
        given = [key for key in ("supplier", "offer", "country") if getattr(forbid, key)]
        if len(given) != 1:
            problem = f"names {' and '.join(given)} at once" if given else "names nothing to forbid"
            yield finding_at(
                document, ("policy", "forbid", i), problem, "one of supplier, offer, country", "write one entry for each"
            )
