"""Every name that points to something: it must exist, or the nearest name is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.places import did_you_mean, finding_at, listed, place_of
from planner.scenario.policy import ShareLimit
from planner.scenario.scenario import Scenario

SHARE_RULES = (
    "max_country_share",
    "min_country_share",
    "max_supplier_share",
    "min_supplier_share",
    "max_group_share",
    "min_group_share",
)
MOST_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True)
class Reference:
    """A name at ``path`` that must be the id of a ``kind``."""

    path: Path
    kind: str
    name: str


def share_limits(scenario: Scenario, rule: str) -> dict[str, ShareLimit]:
    """The limits of one rule of ``SHARE_RULES`` by country, supplier or group."""
    found: dict[str, ShareLimit] = getattr(scenario.policy, rule)
    return found


def check_references(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Unknown names, the same name twice in one list, sites of two demands or of none."""
    known = _known(scenario)
    seen: dict[tuple[Path, str], Path] = {}
    suggestions = 0
    for reference in find_references(scenario):
        names = known[reference.kind]
        if reference.name not in names:
            suggestions += 1
            near = names if suggestions <= MOST_SUGGESTIONS else ()
            fix = did_you_mean(reference.name, near, f"correct the name or add the {reference.kind}")
            problem = f"unknown {reference.kind} {reference.name}"
            yield finding_at(document, reference.path, problem, listed(names) or "none is defined", fix, value=reference.name)
        elif isinstance(reference.path[-1], int):
            first = seen.setdefault((reference.path[:-1], reference.name), reference.path)
            if first != reference.path:
                problem = f"{reference.name} is named twice (first at {place_of(document, first)})"
                yield finding_at(document, reference.path, problem, "each name once", "remove one")
    yield from _sites_of_demands(scenario, document)


def _known(scenario: Scenario) -> dict[str, set[str]]:
    return {
        "supplier": set(scenario.supplier),
        "offer": set(scenario.offer),
        "site": set(scenario.site),
        "step": set(scenario.steps),
        "resource": {resource.id for resource in scenario.resources},
        "duty": {duty.id for duty in scenario.duties},
        "group": set(scenario.policy.groups),
        "shock": {shock.id for shock in scenario.shocks},
    }


def find_references(scenario: Scenario) -> Iterator[Reference]:
    """Every reference of the scenario, in the order of the format."""
    for d, demand in enumerate(scenario.demand):
        yield from _each(("demand", d, "sites"), "site", demand.sites)
    for s, supplier in enumerate(scenario.suppliers):
        yield from _keys(("suppliers", s, "process_qualification"), "step", supplier.process_qualification)
    yield from _of_offers(scenario)
    for c, commitment in enumerate(scenario.commitments):
        yield Reference(("commitments", c, "offer"), "offer", commitment.offer)
        if commitment.site is not None:
            yield Reference(("commitments", c, "site"), "site", commitment.site)
        if commitment.price:
            yield from _keys(("commitments", c, "price", "by_site"), "site", commitment.price.by_site)
    for t, duty in enumerate(scenario.duties):
        yield from _each(("duties", t, "replaces"), "duty", duty.replaces)
    yield from _of_news(scenario)
    yield from _of_policy(scenario)


def _each(path: Path, kind: str, names: Iterable[str]) -> Iterator[Reference]:
    return (Reference((*path, index), kind, name) for index, name in enumerate(names))


def _keys(path: Path, kind: str, names: Iterable[str]) -> Iterator[Reference]:
    return (Reference((*path, name), kind, name) for name in names)


def _of_offers(scenario: Scenario) -> Iterator[Reference]:
    for o, offer in enumerate(scenario.offers):
        path: Path = ("offers", o)
        yield Reference((*path, "supplier"), "supplier", offer.supplier)
        yield from _each((*path, "sites"), "site", offer.sites)
        yield from _keys((*path, "covers"), "step", offer.covers)
        yield from _keys((*path, "price", "by_site"), "site", offer.price.by_site)
        if offer.freight:
            yield from _keys((*path, "freight", "by_site"), "site", offer.freight.by_site)
        for r, use in enumerate(offer.resources):
            yield Reference((*path, "resources", r, "resource"), "resource", use.resource)


def _of_news(scenario: Scenario) -> Iterator[Reference]:
    parts = [(("shocks", i), shock.hits) for i, shock in enumerate(scenario.shocks)]
    parts += [(("licences", i), licence.hits) for i, licence in enumerate(scenario.licences)]
    for path, hits in parts:
        for key, kind in (
            ("suppliers", "supplier"),
            ("groups", "group"),
            ("offers", "offer"),
            ("steps", "step"),
            ("sites", "site"),
        ):
            yield from _each((*path, "hits", key), kind, getattr(hits, key))
    for i, shock in enumerate(scenario.shocks):
        for k, more in enumerate(shock.after):
            yield Reference(("shocks", i, "after", k, "shock"), "shock", more.shock)


def _of_policy(scenario: Scenario) -> Iterator[Reference]:
    policy = scenario.policy
    for group, members in policy.groups.items():
        yield from _each(("policy", "groups", group), "supplier", members)
    for rule in SHARE_RULES:
        kind = rule.split("_")[1]
        for name, limit in share_limits(scenario, rule).items():
            if kind != "country":
                yield Reference(("policy", rule, name), kind, name)
            yield from _keys(("policy", rule, name, "steps"), "step", limit.steps)
    for i, pin in enumerate(policy.pins):
        named = {
            "vet": ("supplier", pin.vet),
            "sign": ("supplier", pin.sign),
            "order": ("offer", pin.order),
            "site": ("site", pin.site),
        }
        yield from (Reference(("policy", "pins", i, key), kind, name) for key, (kind, name) in named.items() if name)
    for i, forbid in enumerate(policy.forbid):
        if forbid.supplier:
            yield Reference(("policy", "forbid", i, "supplier"), "supplier", forbid.supplier)
        if forbid.offer:
            yield Reference(("policy", "forbid", i, "offer"), "offer", forbid.offer)
    for i, one in enumerate(policy.resilience):
        losses = {"supplier": one.supplier, "group": one.group}
        yield from (Reference(("policy", "resilience", i, kind), kind, name) for kind, name in losses.items() if name)


def _sites_of_demands(scenario: Scenario, document: Document) -> Iterator[Finding]:
    served: dict[str, tuple[int, Path]] = {}
    for d, demand in enumerate(scenario.demand):
        for s, site in enumerate(demand.sites):
            path: Path = ("demand", d, "sites", s)
            first, where = served.setdefault(site, (d, path))
            if first != d:
                problem = f"site {site} serves demand {scenario.demand[first].id} already ({place_of(document, where)})"
                yield finding_at(document, path, problem, "each site serves one demand", "remove it from one of the two")
    for i, one in enumerate(scenario.sites):
        if one.id not in served:
            problem = f"site {one.id} serves no demand, so nothing is ever bought for it"
            yield finding_at(document, ("sites", i, "id"), problem, "", "add it to a demand's sites", "note")
