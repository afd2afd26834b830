"""Duties that fall on nothing: tags nobody carries, ways nothing comes."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.offers import Offer
from planner.scenario.places import did_you_mean, finding_at, listed
from planner.scenario.scenario import Scenario


def origin_of(scenario: Scenario, offer: Offer) -> str:
    """The country that decides duty: the offer's origin or else its supplier's country."""
    supplier = scenario.supplier.get(offer.supplier)
    return offer.origin or (supplier.country if supplier else "")


def check_duties(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Tags no offer carries (warning), origins and countries nothing comes from or goes to (note)."""
    tags = {tag for offer in scenario.offers for tag in offer.tags}
    origins = {origin_of(scenario, offer) for offer in scenario.offers} - {""}
    places = {site.country for site in scenario.sites}
    for t, duty in enumerate(scenario.duties):
        path: Path = ("duties", t)
        for index, tag in enumerate(duty.tags):
            if tag not in tags:
                fix = did_you_mean(tag, tags, "add the tag to the offers it means")
                yield finding_at(
                    document, (*path, "tags", index), f"no offer carries the tag {tag}", listed(tags), fix, "warning"
                )
        if duty.origin != "any" and duty.origin not in origins:
            problem = f"no offer comes from {duty.origin}: the duty falls on nothing"
            yield finding_at(document, (*path, "origin"), problem, listed(origins), severity="note")
        if duty.into not in places:
            problem = f"no site is in {duty.into}: the duty falls on nothing"
            yield finding_at(document, (*path, "into"), problem, listed(places), severity="note")
        if duty.id in duty.replaces:
            where = (*path, "replaces", duty.replaces.index(duty.id))
            yield finding_at(document, where, "replaces itself", "other duties", "remove it", value=duty.id)
