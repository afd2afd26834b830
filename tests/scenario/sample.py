"""A clean scenario to damage one line at a time."""

from __future__ import annotations

import re
from pathlib import Path

from planner.errors import BadInput
from planner.scenario.findings import Finding
from planner.scenario.read import read_scenario

SAMPLE = """\
format: 1
title: Sample
calendar: {start: 2026-01-01, step: quarter, periods: 8}
money: {currency: USD, in: millions, discount_rate: 0.08, rates: {CNY: 0.145}}
routes:
  print: {steps: [wet, coat, print], cell_watts: 11.4, cell_efficiency: 0.25}
  plate: {steps: [wet, coat, plate], cell_watts: 11.4, cell_efficiency: 0.26}
sites:
  - {id: texas, country: US, ready: 2026-07-01, capacity_mw: 8000, install_time: 3 months}
  - {id: york, country: US}
demand:
  - id: ramp
    sites: [texas, york]
    target_mw: {2026-Q1: 0, 2027-Q1: 2000, 2027-Q4: 4000}
    shortage_cost: {amount: 90, per: GW-year}
suppliers:
  - id: alpha
    name: Alpha Tools Co
    country: CN
    slots: {per: quarter, 2026-Q1: 4}
    rival_claims: {share: 0.1, per: quarter}
    signing_fee: 2
  - id: beta
    name: Beta Maschinen
    country: DE
  - id: gamma
    country: JP
    vetting: {duration: 8 weeks, cost: 0.4}
offers:
  - id: alpha-line
    supplier: alpha
    sites: [texas]
    covers: {wet: 500, coat: 500, print: 500}
    price: {amount: 250, currency: CNY}
    lead_time: 5 months
    tags: [licensed]
  - id: beta-line
    supplier: beta
    covers: {wet: 400, coat: 400, print: 400}
    price: 30
    slots: {per: quarter, 2026-Q1: 3}
    min_order: 2
  - id: gamma-line
    supplier: gamma
    covers: {wet: 600, coat: 600, print: 600}
    price: {amount: 45, by_site: {york: 46}}
    available_units: 9
    freight: 0.5
  - id: gamma-plate
    supplier: gamma
    covers: {plate: 600}
    price: 12
    resources: [{resource: hall}]
resources:
  - {id: hall, slots: {per: quarter, 2026-Q1: 5}}
commitments:
  - {id: early, offer: alpha-line, owner: sister, units: 2, ordered: 2026-01-05, ships: 2026-05-04}
duties:
  - {id: base, origin: CN, into: US, rate: 0.25, tags: [licensed]}
policy:
  max_country_share: {CN: 0.8}
  budget: {per: fiscal-year, 2026: 3000, 2027: 3000}
"""
Edits = tuple[tuple[str, str], ...]


def damaged(*edits: tuple[str, str], text: str = SAMPLE) -> str:
    """The sample with every (old, new) replaced once; each old text must be there exactly once."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
        text = text.replace(old, new)
    return text


def line_of(text: str, part: str) -> int:
    """Number of the line on which ``part``, which stands there only, begins."""
    assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times in the text"
    return text[: text.index(part)].count("\n") + 1


def with_lines(text: str, says: str) -> str:
    """Part of a message with ``@part``, up to a closing round bracket or the end, as ``line 14``."""
    return re.sub(r"@([^)]+)", lambda found: f"line {line_of(text, found[1])}", says)


def findings_of(text: str, folder: Path) -> list[Finding]:
    """Everything the reader and the checks say about a file with this text."""
    path = folder / "f.yaml"
    path.write_bytes(text.encode("utf-8"))
    try:
        return list(read_scenario(path).findings)
    except BadInput as error:
        return error.findings
