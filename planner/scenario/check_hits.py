"""Selectors of shocks and licences that pick out no goods, and names in them that nobody carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.places import did_you_mean, finding_at, listed
from planner.scenario.scenario import Scenario
from planner.scenario.selecting import MADE, SHIPPED, SOLD, Selecting, given_keys
from planner.scenario.shock_effects import COMPARED, given_effects
from planner.scenario.shocks import Hits

NOBODY = {
    "suppliers": "none of these suppliers sells anything",
    "groups": "nobody in these groups sells anything",
    "offers": "none of these offers is for a site that serves a demand",
    "steps": "no offer covers any of these steps",
    "tags": "no offer carries any of these tags",
    "sites": "no offer is for any of these sites",
}
FROM = {SOLD: "nobody sells from", SHIPPED: "nothing ships from", MADE: "nothing is made in"}
CARRIED = {"tags": "no offer carries the tag", "countries": "nothing it changes comes from"}
Readings = dict[str, str]
"""For each country of an offer that counts (``selecting``), the first effect it counts for; empty for a licence."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The selector of one shock or licence, and where it stands."""

    selecting: Selecting
    document: Document
    path: Path
    hits: Hits


def check_hits(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Selectors that pick out nothing (error; for one effect of several a warning), tags and countries of nobody (warning)."""
    selecting = Selecting(scenario)
    for i, licence in enumerate(scenario.licences):
        yield from _goods(_Part(selecting, document, ("licences", i), licence.hits), {SOLD: ""})
    for i, shock in enumerate(scenario.shocks):
        readings = {COMPARED[name]: name for name in reversed(given_effects(shock)) if name in COMPARED}
        yield from _goods(_Part(selecting, document, ("shocks", i), shock.hits), readings)


def _goods(part: _Part, readings: Readings) -> Iterator[Finding]:
    keys = given_keys(part.hits)
    if not keys or not readings or not _all_known(part.selecting.scenario, part.hits):
        return
    missed = [country for country in readings if not part.selecting.pick(part.hits, country)]
    if len(missed) == len(readings):
        where, why, allowed = _excluding(part, keys, missed[0])
        names = getattr(part.hits, where)
        otherwise = "correct it, or remove the key"
        fix = did_you_mean(names[0], allowed, otherwise) if len(names) == 1 else otherwise
        yield finding_at(part.document, (*part.path, "hits", where), f"hits nothing: {why}", listed(allowed), fix)
        return
    for country in missed:
        where, why, allowed = _excluding(part, keys, country)
        problem = f"hits nothing: {why} (the {country} counts here)"
        fix = f"correct hits.{where}, or remove {readings[country]}"
        yield finding_at(part.document, (*part.path, readings[country]), problem, listed(allowed), fix, "warning")
    yield from _strangers(part, readings)


def _all_known(scenario: Scenario, hits: Hits) -> bool:
    """Whether every id exists; those that do not are complained about already."""
    known = {
        "suppliers": scenario.supplier.keys(),
        "groups": scenario.policy.groups.keys(),
        "offers": scenario.offer.keys(),
        "steps": set(scenario.steps),
        "sites": scenario.site.keys(),
    }
    return all(name in known[key] for key in known for name in getattr(hits, key))


def _excluding(part: _Part, keys: list[str], country: str) -> tuple[str, str, set[str]]:
    """The key that leaves nothing of what fits the keys before it, why, and the names that would leave something."""
    left, before = part.selecting.units, part.selecting.units
    n = 0
    while left:
        n += 1
        before, left = left, part.selecting.pick(part.hits, country, keys[:n])
    key = keys[n - 1]
    allowed = {name for unit in before for name in unit.values(key, country)} - {""}
    if part.selecting.pick(part.hits, country, [key]):
        return key, f"nothing fits {' and '.join(keys[: n - 1])} and also {key}", allowed
    names = ", ".join(getattr(part.hits, key))
    return key, f"{FROM[country]} {names}" if key == "countries" else NOBODY[key], allowed


def _strangers(part: _Part, readings: Readings) -> Iterator[Finding]:
    """Single names that fit nothing, beside others that do."""
    for key, why in CARRIED.items():
        names = getattr(part.hits, key)
        known = (
            {name for unit in part.selecting.units for country in readings for name in unit.values(key, country)}
            if names
            else set()
        )
        for index, name in enumerate(names):
            if name not in known:
                fix = did_you_mean(name, known, "correct it, or remove it")
                yield finding_at(part.document, (*part.path, "hits", key, index), f"{why} {name}", listed(known), fix, "warning")
