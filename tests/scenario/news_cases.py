"""One damage per complaint about shocks, licences, futures and rules about risk."""

from __future__ import annotations

from tests.scenario.cases import Case
from tests.scenario.sample import damaged

POLICY = "policy:\n"
NEWS = damaged(
    (
        POLICY,
        """\
shocks:
  - id: stop
    hazard_per_year: 0.12
    lasts: 9 months
    hits: {countries: [CN], tags: [licensed]}
    tags: [geopolitical]
    shipments: stopped
  - id: tariff
    date: 2026-10-01
    probability: 0.4
    after: [{shock: stop, times: 2}]
    hits: {countries: [CN]}
    duty_added: 0.25
licences:
  - id: review
    hits: {tags: [licensed]}
    review: 60 days
    windows: [2026-04-01, 2027-01-01]
    quick: 0.7
    slow: {probability: 0.2, delay: 4 months}
    refused: 0.1
futures:
  max_shocks: 4
  tension: {2026-Q1: 1.2}
policy:
""",
    )
)
"""The sample with two shocks, a licence and a dial, all as they should be."""
E, W, N = "error", "warning", "note"
STOP, STOP_HITS = "    shipments: stopped\n", "{countries: [CN], tags: [licensed]}"
TARIFF_HITS, DUTY = "    hits: {countries: [CN]}\n", "    duty_added: 0.25\n"


def _case(name: str, severity: str, field: str, at: str, says: tuple[str, ...] | str, *edits: tuple[str, str]) -> Case:
    return Case(name, edits, severity, field, at, (says,) if isinstance(says, str) else says)


def _hits(name: str, severity: str, field: str, at: str, says: tuple[str, ...] | str, hits: str, *edits: tuple[str, str]) -> Case:
    return _case(name, severity, f"shocks.stop.{field}", at, says, (STOP_HITS, hits), *edits)


HITS = [
    _hits("supplier", E, "hits.suppliers[0]", "alfa", ("unknown supplier alfa", "did you mean alpha?"), "{suppliers: [alfa]}"),
    _hits("group", E, "hits.groups[0]", "groups: [east]", ("unknown group east", "none is defined"), "{groups: [east]}"),
    _hits("offer", E, "hits.offers[1]", "alpha-lin]", "unknown offer alpha-lin", "{offers: [alpha-line, alpha-lin]}"),
    _hits("step", E, "hits.steps[0]", "[cote]", ("unknown step cote", "did you mean coat?"), "{steps: [cote]}"),
    _hits("site", E, "hits.sites[0]", "[yorkk]", "unknown site yorkk", "{sites: [yorkk]}"),
    _hits("named twice", E, "hits.steps[1]", "[wet, wet]", "wet is named twice", "{steps: [wet, wet]}"),
    _case(
        "licence of nobody",
        E,
        "licences.review.hits.suppliers[0]",
        "alfa",
        "unknown supplier",
        ("{tags: [licensed]}\n    review", "{suppliers: [alfa]}\n    review"),
    ),
    _hits(
        "tag of nobody",
        E,
        "hits.tags",
        "licenced",
        ("hits nothing: no offer carries any of these tags", "licensed"),
        "{countries: [CN], tags: [licenced]}",
    ),
    _hits(
        "country of nobody",
        E,
        "hits.countries",
        "[KR]",
        ("hits nothing: nothing ships from KR", "CN, DE, JP"),
        "{countries: [KR]}",
    ),
    _hits(
        "country and tag apart",
        E,
        "hits.tags",
        "[DE]",
        ("hits nothing: nothing fits countries and also tags",),
        "{countries: [DE], tags: [licensed]}",
    ),
    _hits(
        "site out of reach",
        E,
        "hits.sites",
        "sites: [york]",
        ("nothing fits offers and also sites", "texas"),
        "{offers: [alpha-line], sites: [york]}",
    ),
    _case(
        "licence hits nothing",
        E,
        "licences.review.hits.tags",
        "licenced",
        ("hits nothing", "did you mean licensed?"),
        ("hits: {tags: [licensed]}\n    review", "hits: {tags: [licenced]}\n    review"),
    ),
    _hits(
        "one tag of two",
        W,
        "hits.tags[1]",
        "licenced",
        ("no offer carries the tag licenced", "did you mean licensed?"),
        "{tags: [licensed, licenced]}",
    ),
    _hits("one country of two", W, "hits.countries[1]", "KR", "nothing it changes comes from KR", "{countries: [CN, KR]}"),
    _hits(
        "one effect of two",
        W,
        "price_factor",
        "price_factor: 2",
        ("hits nothing: nobody sells from VN", "country of its supplier"),
        "{countries: [VN]}",
        (STOP, STOP + "    price_factor: 2\n"),
        ("    tags: [licensed]\n  - id: beta-line", "    tags: [licensed]\n    ships_from: VN\n  - id: beta-line"),
    ),
    _hits(
        "seller without offers",
        E,
        "hits.suppliers",
        "suppliers: [delta]",
        "none of these suppliers sells anything",
        "{suppliers: [delta]}",
        ("  - id: beta\n", "  - {id: delta, country: KR}\n  - id: beta\n"),
    ),
]
EFFECTS = [
    _case("no effect", E, "shocks.tariff", "id: tariff", ("changes nothing", "duty_added"), (DUTY, "")),
    _case(
        "refund without stop",
        W,
        "shocks.tariff.refund",
        "refund:",
        "shipments are not stopped",
        (DUTY, DUTY + "    refund: 0.5\n"),
    ),
    _case(
        "refund of a pause",
        W,
        "shocks.stop.refund",
        "refund:",
        "the stop ends after 9 months",
        (STOP, STOP + "    refund: 0.5\n"),
    ),
    _case(
        "currency without factor",
        E,
        "shocks.tariff.hits.currencies",
        "[CNY]",
        "no currency_factor",
        (TARIFF_HITS, "    hits: {currencies: [CNY]}\n"),
    ),
    _case(
        "factor without currency",
        E,
        "shocks.tariff.currency_factor",
        "currency_factor",
        ("names no currency", "CNY"),
        (DUTY, DUTY + "    currency_factor: 1.1\n"),
    ),
    _case(
        "unknown currency",
        E,
        "shocks.tariff.hits.currencies[0]",
        "CNX",
        ("unknown currency CNX", "did you mean CNY?"),
        (TARIFF_HITS, "    hits: {currencies: [CNX]}\n"),
        (DUTY, "    currency_factor: 1.1\n"),
    ),
    _case(
        "base currency",
        E,
        "shocks.tariff.hits.currencies[0]",
        "[USD]",
        "is the base currency",
        (TARIFF_HITS, "    hits: {currencies: [USD]}\n"),
        (DUTY, "    currency_factor: 1.1\n"),
    ),
    _case(
        "currency nobody uses",
        W,
        "shocks.tariff.hits.currencies[0]",
        "[EUR]",
        "nothing is priced in EUR",
        (TARIFF_HITS, "    hits: {currencies: [EUR]}\n"),
        (DUTY, "    currency_factor: 1.1\n"),
        ("CNY: 0.145", "CNY: 0.145, EUR: 1.1"),
    ),
    _case(
        "licence moves currency",
        E,
        "licences.review.hits.currencies",
        "[CNY]",
        "moves no currency",
        ("hits: {tags: [licensed]}\n    review", "hits: {currencies: [CNY]}\n    review"),
    ),
    _case(
        "country of a currency",
        W,
        "shocks.tariff.hits.countries",
        "currencies: [CNY]",
        "countries say nothing about currency_factor",
        (TARIFF_HITS, "    hits: {countries: [CN], currencies: [CNY]}\n"),
        (DUTY, "    currency_factor: 1.1\n"),
    ),
    _case(
        "country of a target",
        W,
        "shocks.tariff.hits.countries",
        "    hits: {countries: [CN]}\n",
        "countries say nothing about target_factor",
        (DUTY, "    target_factor: 0.5\n"),
    ),
    _case(
        "target besides",
        N,
        "shocks.tariff.target_factor",
        "target_factor",
        "changes the target of every demand",
        (DUTY, DUTY + "    target_factor: 0.5\n"),
    ),
    _case(
        "target of nobody",
        E,
        "shocks.tariff.target_factor",
        "target_factor",
        ("changes no target: no demand is served by ohio", "texas, york"),
        (TARIFF_HITS, "    hits: {sites: [ohio]}\n"),
        (DUTY, "    target_factor: 0.5\n"),
        ("  - {id: york, country: US}\n", "  - {id: york, country: US}\n  - {id: ohio, country: US}\n"),
    ),
    _case(
        "crews without limit",
        W,
        "shocks.tariff.crews_factor",
        "crews_factor",
        "no supplier it hits has an install_limit",
        (DUTY, "    crews_factor: 0.5\n"),
    ),
    _case(
        "crews of a site",
        W,
        "shocks.tariff.crews_factor",
        "crews_factor",
        "none of its sites has an install_limit",
        (TARIFF_HITS, "    hits: {sites: [texas]}\n"),
        (DUTY, "    crews_factor: 0.5\n"),
    ),
    _case(
        "slots without slots",
        W,
        "shocks.tariff.slots_factor",
        "slots_factor",
        "no offer it hits has slots",
        (TARIFF_HITS, "    hits: {offers: [gamma-line]}\n"),
        (DUTY, "    slots_factor: 0.5\n"),
    ),
]
TIMES = [
    _case(
        "before the calendar",
        E,
        "shocks.tariff.date",
        "date: 2025",
        ("before the calendar starts (2026-01-01)", "a fact", "into the numbers"),
        ("date: 2026-10-01", "date: 2025-11-10"),
    ),
    _case(
        "after the calendar",
        W,
        "shocks.tariff.date",
        "date: 2028",
        "never happens: the calendar ends on 2028-01-01",
        ("date: 2026-10-01", "date: 2028-01-01"),
    ),
    _case(
        "after the last branching",
        W,
        "shocks.tariff.date",
        "date: 2026-10-01",
        "never happens: no period of branch_at",
        ("max_shocks: 4", "branch_at: [2026-07-01]"),
    ),
    _case(
        "known later",
        N,
        "shocks.tariff.date",
        "date: 2026-02-01",
        "holds from 2026-04-01 on",
        ("date: 2026-10-01", "date: 2026-02-01"),
    ),
    _case(
        "hazard too late",
        W,
        "shocks.stop.from",
        "from:",
        ("never strikes", "up to 2027-10-01"),
        ("0.12", "0.12\n    from: 2027-10-01"),
    ),
    _case("hazard too early", W, "shocks.stop.until", "until:", "never strikes", ("0.12", "0.12\n    until: 2026-01-01")),
    # 3 a year times a dial of 1.2, over the seven quarters up to the last one's start: 1 - exp(-3 x 1.2 x 1.75) = 0.9982
    _case("nearly certain", W, "shocks.stop.hazard_per_year", "hazard_per_year", "nearly certain: 99.8%", ("0.12", "3")),
    _case("no time", E, "shocks.stop.lasts", "lasts:", "holds for no time at all", ("9 months", "0 days")),
    _case(
        "too short to count",
        W,
        "shocks.tariff.lasts",
        "lasts: 1 month",
        ("ends before the next period begins", "output_factor"),
        ("date: 2026-10-01", "date: 2026-10-05\n    lasts: 1 month"),
        (DUTY, "    output_factor: 0.5\n"),
    ),
    _case(
        "after the unknown",
        E,
        "shocks.tariff.after[0].shock",
        "shock: stap",
        ("unknown shock stap", "did you mean stop?"),
        ("shock: stop,", "shock: stap,"),
    ),
    _case(
        "after itself",
        E,
        "shocks.tariff.after[0].shock",
        "shock: tariff",
        "comes after itself",
        ("shock: stop,", "shock: tariff,"),
    ),
    _case(
        "after it twice",
        E,
        "shocks.tariff.after[1].shock",
        "after:",
        "is named twice",
        ("times: 2}", "times: 2}, {shock: stop, times: 3}"),
    ),
    _case("after without change", W, "shocks.tariff.after[0].shock", "after:", "changes nothing", (", times: 2", "")),
    _case(
        "circle",
        N,
        "shocks.stop.after",
        "{shock: tariff",
        "a circle of stop, tariff",
        (STOP, STOP + "    after: [{shock: tariff, times: 3}]\n"),
    ),
    _case(
        "shock twice",
        E,
        "shocks.stop.id",
        "id: stop\n    date",
        ("given twice", "@id: stop\n    haz"),
        ("id: tariff", "id: stop"),
        ("{shock: stop,", "{shock: stop,"),
    ),
    _case(
        "shock and licence",
        E,
        "licences.Stop.id",
        "id: Stop",
        ("differs from stop only in how", "@id: stop"),
        ("id: review", "id: Stop"),
    ),
]
LICENCES = [
    _case(
        "far from 1",
        E,
        "licences.review.refused",
        "refused: 0.3",
        ("sum to 1.2", "quick 0.7 (@quick)", "slow 0.2 (@slow)", "refused 0.3 (@refused)", "a sum of 1"),
        ("refused: 0.1", "refused: 0.3"),
    ),
    _case(
        "near 1",
        W,
        "licences.review.refused",
        "refused: 0.1",
        ("sum to 0.999", "each is divided by the sum", "quick 0.6997"),
        ("quick: 0.7", "quick: 0.699"),
    ),
    _case("just too far", E, "licences.review.refused", "refused: 0.1", "sum to 0.9989", ("quick: 0.7", "quick: 0.6989")),
    _case(
        "nothing likely",
        E,
        "licences.review.quick",
        "quick: 0",
        "sum to 0",
        ("quick: 0.7", "quick: 0"),
        ("    slow: {probability: 0.2, delay: 4 months}\n    refused: 0.1\n", ""),
    ),
    _case(
        "window before",
        E,
        "licences.review.windows[0]",
        "2025-04-01",
        ("begins before the calendar", "write 2026-01-01"),
        ("[2026-04-01,", "[2025-04-01,"),
    ),
    _case(
        "window after",
        W,
        "licences.review.windows[1]",
        "2029-01-01",
        "is never drawn: the calendar ends",
        ("2027-01-01]", "2029-01-01]"),
    ),
    _case(
        "window not branched",
        W,
        "licences.review.windows[1]",
        "windows:",
        "is never drawn: no period of branch_at",
        ("max_shocks: 4", "branch_at: [2026-07-01]"),
    ),
    _case(
        "window over",
        W,
        "licences.review.windows[0]",
        "windows:",
        "is over before its outcome is known (2026-04-01)",
        ("[2026-04-01,", "[2026-01-01, 2026-04-01,"),
    ),
    _case(
        "window in the first period",
        N,
        "licences.review.windows[0]",
        "windows:",
        "holds from 2026-04-01 on",
        ("[2026-04-01,", "[2026-02-01,"),
    ),
    _case("slow like quick", W, "licences.review.slow", "slow:", "as good as quick", (", delay: 4 months", "")),
    _case(
        "licence without effect",
        E,
        "licences.review",
        "id: review",
        ("changes nothing", "review, slow, refused"),
        ("    review: 60 days\n", ""),
        ("quick: 0.7", "quick: 1"),
        ("    slow: {probability: 0.2, delay: 4 months}\n    refused: 0.1\n", ""),
    ),
]
FUTURES = [
    _case(
        "news left out",
        N,
        "futures.mode",
        "mode:",
        ("no news comes: 2 shocks and 1 licence review left out", "reviews still take"),
        ("max_shocks: 4", "mode: none"),
    ),
    _case(
        "branching in the first period",
        W,
        "futures.branch_at[0]",
        "branch_at",
        "is in the first period, 2026-Q1",
        ("max_shocks: 4", "branch_at: [2026-02-01, 2026-12-01]"),
    ),
    _case(
        "branching outside",
        W,
        "futures.branch_at[1]",
        "branch_at",
        "not in the calendar",
        ("max_shocks: 4", "branch_at: [2026-12-01, 2028-01-01]"),
    ),
    _case(
        "no branching left",
        E,
        "futures.branch_at",
        "branch_at",
        "nothing can ever happen",
        ("max_shocks: 4", "branch_at: [2028-01-01]"),
    ),
    _case(
        "dial without hand",
        W,
        "futures.tension",
        "tension:",
        ("no shock is tagged geopolitical", "write geopolitical for geopolitics"),
        ("[geopolitical]", "[geopolitics]"),
    ),
    _case("dial begins later", N, "futures.tension", "tension:", "before it the dial is 1", ("{2026-Q1: 1.2}", "{2026-Q3: 1.2}")),
    # The stop, eleven more hazards (each strikes or not) and a window with three outcomes: 2^12 x 3 = 12,288.
    _case(
        "too much at once",
        E,
        "futures",
        "futures:\n",
        ("13 sources of news at once in 2026-Q2: 12,288 combinations", "12 shocks"),
        (
            "  - id: tariff\n",
            "".join(f"  - {{id: h{n}, hazard_per_year: 0.1, delay: 1 month}}\n" for n in range(11)) + "  - id: tariff\n",
        ),
    ),
    _case(
        "chance without range",
        N,
        "shocks.tariff.probability",
        "probability: 0.4",
        "no source gives its range",
        (DUTY, DUTY + "    sources: [{is: assumption}]\n"),
    ),
    _case(
        "outcome without range",
        N,
        "licences.review.refused",
        "refused: 0.1",
        "set your own",
        ("refused: 0.1\n", "refused: 0.1\n    sources: [{field: [quick, slow], is: assumption, low: 0, high: 1}]\n"),
    ),
    _case(
        "outcome out of range",
        N,
        "licences.review.refused",
        "refused: 0.1",
        "outside the range 0.2..0.3",
        ("refused: 0.1\n", "refused: 0.1\n    sources: [{field: refused, is: assumption, low: 0.2, high: 0.3}, {is: fact}]\n"),
    ),
]
RISK = [
    _case(
        "average of all",
        N,
        "policy.risk_weight",
        "risk_weight",
        "the average of all",
        (POLICY, POLICY + "  risk_weight: 0.3\n  tail: 0\n"),
    ),
    _case(
        "loss of nobody",
        W,
        "policy.resilience[0].country",
        "country: KR",
        ("no supplier is in KR: nothing is lost", "CN, DE, JP"),
        (POLICY, POLICY + "  resilience: [{country: KR, from: 2027-01-01, share: 0.5}]\n"),
    ),
    _case(
        "loss of the unknown",
        E,
        "policy.resilience[0].supplier",
        "alfa",
        "did you mean alpha?",
        (POLICY, POLICY + "  resilience: [{supplier: alfa, from: 2027-01-01, share: 0.5}]\n"),
    ),
    _case(
        "loss of no group",
        E,
        "policy.resilience[0].group",
        "group: east",
        "unknown group",
        (POLICY, POLICY + "  resilience: [{group: east, from: 2027-01-01, share: 0.5}]\n"),
    ),
    _case(
        "loss too late",
        W,
        "policy.resilience[0].from",
        "from: 2028",
        "the rule is never asked",
        (POLICY, POLICY + "  resilience: [{country: CN, from: 2028-01-01, share: 0.5}]\n"),
    ),
    _case(
        "loss too short",
        W,
        "policy.resilience[0].window",
        "window: 1 month",
        "no period begins from 2027-01-02 until 2027-02-02",
        (POLICY, POLICY + "  resilience: [{country: CN, from: 2027-01-02, window: 1 month, share: 0.5}]\n"),
    ),
]
ALL = [*HITS, *EFFECTS, *TIMES, *LICENCES, *FUTURES, *RISK]
