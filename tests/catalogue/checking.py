"""Rows of the catalogue of bad inputs that the checks and the store decide, as damages to one clean scenario.

``differs`` gives the reason where our format rightly answers otherwise than the row.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.scenario.sample import SAMPLE, Edits, damaged

PROVEN_BY_THE_SOLVER = {"BI-171", "BI-172"}
"""Infeasible scenarios: well formed and free of contradictions, so only a solve can say no."""
NO_OUTAGES = "there are no outages by region yet; a rule for a country no supplier is in is the same slip"
NO_RESERVATIONS = "there are no reservations yet; an expired offer cannot be ordered, and does no harm when the calendar moves on"
NO_REQUIREMENTS = "offers require no other offers; a duty may replace others, and not itself"
DATES_ARE_ADDED = "durations are added as dates and never rounded to periods, so months are right in any calendar"
PER_REVIEW = (
    "probabilities that must sum to 1 belong to one review of licences; shocks are drawn each on its own and sum to nothing"
)
KEYED_BY_ID = "the row allows it when results are keyed by id: ids differ when their letters do, whatever the solver calls them"


@dataclass(frozen=True)
class Case:
    """One fixture of a row. ``at`` stands once in the damaged text: the finding names its line."""

    row: str
    verdict: str
    edits: Edits
    field: str = ""
    at: str = ""
    says: tuple[str, ...] = ()
    differs: str = ""
    others: tuple[tuple[str, str], ...] = ()
    file: str = "f.yaml"

    @property
    def text(self) -> str:
        """The damaged file."""
        return damaged(*self.edits)


HARD = ("    shortage_cost: {amount: 90, per: GW-year}", "    hard: true")
POLICY = "  max_country_share: {CN: 0.8}"
MONEY = "money: {currency: USD, in: millions, discount_rate: 0.08, rates: {CNY: 0.145}}"
TARGET = "{2026-Q1: 0, 2027-Q1: 2000, 2027-Q4: 4000}"


def _reject(row: str, field: str, at: str, says: tuple[str, ...] | str, *edits: tuple[str, str], differs: str = "") -> Case:
    return Case(row, "REJECT", edits, field, at, (says,) if isinstance(says, str) else says, differs)


def _warn(row: str, field: str, at: str, says: tuple[str, ...] | str, *edits: tuple[str, str], differs: str = "") -> Case:
    return Case(row, "WARN", edits, field, at, (says,) if isinstance(says, str) else says, differs)


UNITS = [
    _reject("BI-118", "money.currency", "money:", "is missing", (MONEY, MONEY.replace("currency: USD, ", ""))),
    _reject(
        "BI-118",
        "offers.alpha-line.price.currency",
        "currency: EUR",
        ("no rate of exchange", "CNY, USD"),
        ("currency: CNY", "currency: EUR"),
    ),
    _warn(
        "BI-121",
        "money.rates.CNY",
        "CNY: 6.9",
        ("offer alpha-line costs 46 times the median", "after conversion"),
        ("CNY: 0.145", "CNY: 6.9"),
    ),
    _reject("BI-122", "money.rates.CNY", "CNY: 0}", "above 0", ("CNY: 0.145", "CNY: 0")),
    _reject("BI-122", "money.rates.CNY", "CNY: -7", "0", ("CNY: 0.145", "CNY: -7")),
    _warn(
        "BI-123",
        "offers.gamma-line.price.amount",
        "45000",
        ("75 per MW", "1,000 times the median", "0.075 per MW"),
        ("{amount: 45, by_site: {york: 46}}", "{amount: 45000}"),
    ),
    _warn(
        "BI-123",
        "offers.gamma-line.price.amount",
        "0.045",
        ("times below the median",),
        ("{amount: 45, by_site: {york: 46}}", "{amount: 0.045}"),
    ),
    _warn(
        "BI-126",
        "demand.ramp.shortage_cost.amount",
        "amount: 5,",
        ("rather run short", "@price: 12"),
        ("amount: 90", "amount: 5"),
    ),
    _reject("BI-127", "demand.ramp.shortage_cost", "amount: 0,", "the plan would buy nothing", ("amount: 90", "amount: 0")),
    _warn(
        "BI-128",
        "offers.gamma-line.covers.wet",
        "wet: 0.6",
        ("667 times below the median", "GW or kW instead of MW?"),
        ("{wet: 600, coat: 600, print: 600}", "{wet: 0.6, coat: 0.6, print: 0.6}"),
    ),
    _warn(
        "BI-128",
        "sites.texas.capacity_mw",
        "capacity_mw: 8,",
        "GW instead of MW?",
        ("capacity_mw: 8000", "capacity_mw: 8"),
        ("{id: york, country: US}", "{id: york, country: US, capacity_mw: 3}"),
    ),
    _reject("BI-131", "demand.ramp.target_mwh", "target_mwh", ("unknown field", "target_mw"), ("target_mw", "target_mwh")),
    _reject("BI-131", "offers.gamma-plate.covers.plate", "600 MWh", "plain number", ("{plate: 600}", "{plate: 600 MWh}")),
    _reject("BI-132", "offers.gamma-plate.covers.plate", "600 MVA", "plain number", ("{plate: 600}", "{plate: 600 MVA}")),
    _reject(
        "BI-132", "sites.texas.capacity_mva", "capacity_mva", ("unknown field", "capacity_mw"), ("capacity_mw", "capacity_mva")
    ),
    Case("BI-133", "ACCEPT", (("lead_time: 5 months", "lead_time: 7 months"),), differs=DATES_ARE_ADDED),
    _reject(
        "BI-133",
        "offers.alpha-line.lead_time",
        "lead_time: 5\n",
        ("has no unit", "5 months"),
        ("lead_time: 5 months", "lead_time: 5"),
    ),
    _reject(
        "BI-133",
        "offers.alpha-line.lead_time",
        "lead_time: 2 quarters",
        "is not a duration",
        ("lead_time: 5 months", "lead_time: 2 quarters"),
    ),
]
DATES = [
    _reject("BI-136", "demand.ramp.target_mw.2031-Q1", "2031-Q1", "not in the calendar", ("2027-Q4: 4000", "2031-Q1: 4000")),
    _reject(
        "BI-137",
        "demand.ramp.target_mw",
        "target_mw: [",
        ("no demand given for period 2027-Q4", "write 0 if none"),
        (TARGET, "[0, 0, 0, 0, 9, 9, 9]"),
    ),
    _reject("BI-138", "demand.ramp.target_mw.2026-Q2", "2026-Q2", "periods must increase", ("2027-Q4: 4000", "2026-Q2: 4000")),
    _reject(
        "BI-141",
        "demand.ramp.target_mw.2027-Q4",
        "2027-Q4",
        ("mixes kinds of periods", "year"),
        ("{2026-Q1: 0, 2027-Q1: 2000, ", "{2026: 0, "),
    ),
    _reject("BI-142", "demand.ramp.target_mw.2027-13", "2027-13", "is not a period", ("2027-Q4: 4000", "2027-13: 4000")),
    _reject("BI-142", "demand.ramp.target_mw.2027-Q5", "2027-Q5", "is not a period", ("2027-Q4: 4000", "2027-Q5: 4000")),
    _reject(
        "BI-143",
        "offers.beta-line.valid.until",
        "until:",
        ("ends (2026-02-01) before it starts (2027-01-01)",),
        ("    min_order: 2", "    valid:\n      from: 2027-01-01\n      until: 2026-02-01"),
    ),
    _reject(
        "BI-146", "offers.alpha-line.lead_time", "lead_time: -5", "is negative", ("lead_time: 5 months", "lead_time: -5 months")
    ),
    _warn(
        "BI-147",
        "offers.beta-line.valid.until",
        "until:",
        ("expires before the calendar starts", "@calendar:"),
        ("    min_order: 2", "    valid: {until: 2025-12-31}"),
        differs=NO_RESERVATIONS,
    ),
    _reject(
        "BI-148",
        "sites.texas.ready",
        "ready:",
        "dates have no time of day here",
        ("ready: 2026-07-01", 'ready: "2027-01-01T00:00+08:00"'),
    ),
]
REFERENCES = [
    _reject(
        "BI-151",
        "offers.beta-line.supplier",
        "supplier: S9",
        ("unknown supplier S9", "alpha, beta, gamma"),
        ("supplier: beta", "supplier: S9"),
    ),
    _reject(
        "BI-152",
        "offers.alpha-line.sites[0]",
        "[texis]",
        ("unknown site texis", "did you mean texas?"),
        ("    sites: [texas]", "    sites: [texis]"),
    ),
    _reject(
        "BI-152",
        "sites.york.country",
        '"US "',
        ("is not a country code", "remove the spaces"),
        ("id: york, country: US", 'id: york, country: "US "'),
    ),
    _warn(
        "BI-153",
        "policy.max_country_share.KR",
        "KR",
        ("no supplier is in KR", "CN, DE, JP"),
        ("{CN: 0.8}", "{CN: 0.8, KR: 0.5}"),
        differs=NO_OUTAGES,
    ),
    _reject("BI-156", "offers.ship[US].id", "ship[US]", "letters, digits, . _ -", ("id: beta-line", 'id: "ship[US]"')),
    Case("BI-156", "ACCEPT", (("id: beta-line", "id: ship-US"), ("id: gamma-line", "id: ship_US")), differs=KEYED_BY_ID),
    *[
        _reject("BI-157", f"suppliers{shown}.id", f'id: "{name}"', says, ("  - id: beta\n", f'  - id: "{name}"\n'))
        for name, shown, says in (
            ("=1+1", ".=1+1", "letters, digits, . _ -"),
            ("null", ".null", "reserved word"),
            ("NaN", ".NaN", "reserved word"),
            ("obj", ".obj", "reserved word"),
        )
    ],
    _reject(
        "BI-158",
        "suppliers.bbb",
        "id: bbb",
        "longer than 64 characters",
        ("  - id: beta\n", f"  - id: {'b' * 300}\n"),
    ),
    _reject(
        "BI-161",
        "duties.base.replaces",
        "replaces: base",
        "replaces itself",
        ("rate: 0.25,", "rate: 0.25, replaces: base,"),
        differs=NO_REQUIREMENTS,
    ),
]
CONTRADICTIONS = [
    _reject(
        "BI-166",
        "policy.min_country_share.CN",
        "CN: 0.5",
        ("sum to 1.2", "DE 0.7 (@DE: 0.7)", "CN 0.5 (@CN: 0.5)"),
        (POLICY, "  min_country_share:\n    DE: 0.7\n    CN: 0.5"),
    ),
    _reject(
        "BI-167",
        "policy.max_country_share.JP",
        "JP: 0.2",
        ("sum to 0.9", "CN 0.4", "DE 0.3", "JP 0.2"),
        HARD,
        ("{CN: 0.8}", "{CN: 0.4, DE: 0.3, JP: 0.2}"),
    ),
    _reject(
        "BI-168",
        "policy.min_country_share.CN",
        "min_country",
        ("must have a share of 0.3 and is forbidden", "@forbid:"),
        (POLICY, "  forbid: [{country: CN}]\n  min_country_share: {CN: 0.3}"),
    ),
    _reject("BI-173", "policy.min_suppliers", "min_suppliers", ("at least 4", "3 have offers"), (POLICY, "  min_suppliers: 4")),
    _warn(
        "BI-176",
        "policy.sanctioned[0]",
        "sanctioned",
        ("like Alpha Tools Co", "@name: Alpha"),
        (POLICY, POLICY + "\n  sanctioned: [Alfa Tools Ltd]"),
    ),
]
REVIEW = "licences:\n  - id: review\n    quick: {}\n    slow: {{probability: {}, delay: 3 months}}\n    refused: {}\n"
SHOCK = "shocks:\n  - id: stop\n    date: 2026-11-10\n    probability: {}\n    shipments: stopped\n"
HAZARD = "shocks:\n  - id: stop\n    hazard_per_year: {}\n    hits: {}\n    shipments: stopped\n"


def _news(text: str) -> tuple[str, str]:
    return ("policy:\n", f"{text}policy:\n")


PROBABILITIES = [
    _warn(
        "BI-177",
        "licences.review.refused",
        "refused:",
        ("sum to 0.9999", "quick 0.3333 (@quick:)", "slow 0.3333 (@slow:)", "refused 0.3333 (@refused:)", "divided by the sum"),
        _news(REVIEW.format(0.3333, 0.3333, 0.3333)),
        differs=PER_REVIEW,
    ),
    _reject(
        "BI-177",
        "licences.review.refused",
        "refused:",
        "sum to 0.9987",
        _news(REVIEW.format(0.3333, 0.3333, 0.3321)),
        differs="the other half of the row: more than 1e-3 from 1",
    ),
    _reject(
        "BI-178",
        "licences.review.refused",
        "refused:",
        ("sum to 1.2", "quick 0.7 (@quick:)", "slow 0.2 (@slow:)", "refused 0.3 (@refused:)"),
        _news(REVIEW.format(0.7, 0.2, 0.3)),
        differs=PER_REVIEW,
    ),
    Case(
        "BI-178",
        "ACCEPT",
        (_news(SHOCK.format(0.6) + SHOCK[8:].format(0.6).replace("stop\n    d", "fire\n    d")),),
        differs=PER_REVIEW,
    ),
    _reject("BI-178", "shocks.stop.probability", "probability:", "must be between 0 and 1", _news(SHOCK.format(1.2))),
    _reject("BI-178", "shocks.stop.hazard_per_year", "hazard_per", "must be at least 0", _news(HAZARD.format(-0.1, "{}"))),
    Case("BI-181", "ACCEPT", (_news(REVIEW.format(1, 0, 0)),)),
    Case("BI-181", "ACCEPT", (_news(SHOCK.format(0)),)),
    Case("BI-181", "ACCEPT", (_news(HAZARD.format(0, "{}")),)),
    Case("BI-182", "ACCEPT", (_news(REVIEW.format(0.7, 0.2, 0.1)),)),
    Case("BI-183", "ACCEPT", ()),
]
VARIANTS = [
    Case("BI-162", "REJECT", (), "extends", "extends", ("gone.yaml",), others=(("f.yaml", "extends: gone.yaml\n"),)),
    Case(
        "BI-163",
        "REJECT",
        (),
        "extends",
        "extends",
        ("f.yaml", "b.yaml", "c.yaml"),
        others=(("f.yaml", "extends: b.yaml\n"), ("b.yaml", "extends: c.yaml\n"), ("c.yaml", "extends: f.yaml\n")),
        file="c.yaml",
    ),
]
CASES = [*UNITS, *DATES, *REFERENCES, *CONTRADICTIONS, *PROBABILITIES, *VARIANTS]
NEIGHBOUR = SAMPLE
