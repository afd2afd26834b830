"""What news does, effect by effect: each in a world of one tool and two futures, worked out by hand.

The world: four quarters of 2026; maker m (China) sells a tool of 100 MW for 100, ordered on 2026-04-01 and ready on
2026-07-01; 40 are paid with the order, 20 at the factory test, 40 on arrival. 100 MW are wanted all year; a missing MW-year
costs 1, so a quarter without the tool costs 25. On 2026-07-01 there is news with a chance of 1/4. No interest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.plan.audit import Purchase, TreeDecisions, TreeEvaluation, audit, evaluate_tree
from planner.scenario.scenario import Scenario
from tests.plan.stating import tree_plan

Part = dict[str, Any]
NEWS = "/news@2026-Q3"
SLOW, REFUSED = "/permit:slow@2026-Q3", "/permit:refused@2026-Q3"
TOOL = Purchase("tool", "s", 1, 2, 1.0)


OFFER: Part = {
    "id": "tool", "supplier": "m", "covers": {"coat": 100}, "price": 100, "lead_time": "3 months",
    "payment": {"order": 0.4, "fat": 0.2, "arrival": 0.4},
}  # fmt: skip


def world(news: Part | None = None, **changes: Any) -> Scenario:
    """The world; ``offer``, ``supplier``, ``site`` and ``demand`` update their part, others replace it."""
    found: Part = {
        "format": 1, "title": "news", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
        "money": {"currency": "USD", "rates": {"EUR": 2}}, "routes": {"r": {"steps": ["coat"]}},
        "sites": [{"id": "s", "country": "US"}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": 100, "continues": "0 years",
                    "shortage_cost": {"amount": 1, "per": "MW-year"}}],
        "suppliers": [{"id": "m", "country": "CN"}],
        "offers": [dict(OFFER)],
        "shocks": [{"id": "news", "date": "2026-07-01", "probability": 0.25, **news}] if news is not None else [],
    }  # fmt: skip
    for key, value in changes.items():
        if key in ("offer", "supplier", "site"):
            found[f"{key}s"][0].update(value)
        elif key == "demand":
            found["demand"][0].update(value)
        else:
            found[key] = value
    return Scenario.model_validate(found)


def decided(*orders: tuple[str, Purchase]) -> TreeDecisions:
    """All makers signed at once, and these orders by node; the tool of the story when none is given."""
    return TreeDecisions((), (("m", "root"),), orders or (("2026-Q2", TOOL),))


def ran(scenario: Scenario, *orders: tuple[str, Purchase]) -> TreeEvaluation:
    """The decisions in every future, after the audit has accepted a plan that states them."""
    decisions = decided(*orders)
    found = evaluate_tree(scenario, decisions)
    if not found.violations:
        cost = found.measures["expected_cost"]
        assert [str(x) for x in audit(scenario, tree_plan(scenario, decisions, found), cost, cost).findings] == []
    return found


def paid(found: TreeEvaluation, future: int) -> dict[str, tuple[str, float]]:
    """Day and amount of each payment of a future by kind; future 0 is the one in which nothing happens."""
    return {line.kind: (line.day.isoformat(), pytest.approx(line.amount)) for line in found.futures[future].lines}


def run_mw(found: TreeEvaluation, future: int) -> list[float]:
    """Output by quarter in a future."""
    by_node = {node: mw for (_, _, node), mw in found.output.items()}
    return [by_node[node] for node in found.futures[future].nodes]


def cost(found: TreeEvaluation, future: int) -> float:
    return found.futures[future].measures["expected_cost"]


def rules(found: TreeEvaluation) -> list[str]:
    return [violation.rule for violation in found.violations]


# --- dates -----------------------------------------------------------------------------------------------------------


def test_nothing_happens() -> None:
    """Paid 40 on 04-01, 20 and 40 on 07-01; two quarters short: 50. In all 150, in both futures."""
    found = ran(world({"target_factor": 1.0}))
    assert [future.name for future in found.futures] == ["nothing happens", "news in 2026-Q3"]
    assert [future.probability for future in found.futures] == [0.75, 0.25]
    for future in (0, 1):
        assert paid(found, future) == {"order": ("2026-04-01", 40), "fat": ("2026-07-01", 20), "arrival": ("2026-07-01", 40)}
        assert run_mw(found, future) == [0, 0, 100, 100]
        assert cost(found, future) == pytest.approx(150)


def test_a_stop_for_a_time() -> None:
    """For two months from 07-01: tested on time, shipped on 09-01, running from 10-01: one quarter more is missing."""
    found = ran(world({"shipments": "stopped", "lasts": "2 months"}))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-07-01", 20), "arrival": ("2026-09-01", 40)}
    assert (run_mw(found, 0), run_mw(found, 1)) == ([0, 0, 100, 100], [0, 0, 0, 100])
    assert found.measures["expected_cost"] == pytest.approx(0.75 * 150 + 0.25 * 175)


def test_what_is_shipped_before_the_stop_is_on_its_way() -> None:
    """Ready on 06-30 under way for a month: it arrives on 07-30 although nothing leaves from 07-01 on."""
    stop = {"shipments": "stopped"}
    found = ran(world(stop, offer={"lead_time": "90 days", "transit_time": "30 days"}), ("2026-Q2", replace(TOOL, ships=1)))
    assert [paid(found, future)["arrival"] for future in (0, 1)] == [("2026-07-30", 40)] * 2
    assert run_mw(found, 1) == [0, 0, 0, 100]


def test_two_stops_in_a_row() -> None:
    """The first lasts until 08-15; by then the second, from 08-01, holds until 10-01: shipped that day, running at once."""
    more = {"id": "again", "date": "2026-08-01", "probability": 0.5, "shipments": "stopped", "lasts": "2 months"}
    first = {"id": "news", "date": "2026-07-01", "probability": 0.25, "shipments": "stopped", "lasts": "45 days"}
    found = ran(world(shocks=[first, more]))
    arrivals = {future.name: next(x.day.isoformat() for x in future.lines if x.kind == "arrival") for future in found.futures}
    assert arrivals == {
        "nothing happens": "2026-07-01", "again in 2026-Q3": "2026-07-01", "news in 2026-Q3": "2026-08-15",
        "again in 2026-Q3, then news in 2026-Q3": "2026-10-01",
    }  # fmt: skip


def test_a_stop_that_outlasts_the_horizon() -> None:
    """Seven months: it would ship on 2027-02-01. It never does; order and test stay paid, nothing comes back."""
    found = ran(world({"shipments": "stopped", "lasts": "7 months", "refund": 1.0}))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-07-01", 20)}
    assert cost(found, 1) == pytest.approx(60 + 100)
    # six months end with the horizon, on 2027-01-01: on or after its end
    assert "arrival" not in paid(ran(world({"shipments": "stopped", "lasts": "6 months"})), 1)


def test_a_stop_for_good_before_the_factory_test() -> None:
    """From 07-01 for good: the test of that day is not paid. Half of the 40 comes back that day, if the shock says so."""
    found = ran(world({"shipments": "stopped", "refund": 0.5}))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "refund": ("2026-07-01", -20)}
    assert run_mw(found, 1) == [0, 0, 0, 0]
    assert cost(found, 1) == pytest.approx(40 - 20 + 100)
    secured = {"payment": {"order": 0.4, "fat": 0.2, "arrival": 0.4, "secured": 0.75}}
    assert paid(ran(world({"shipments": "stopped"}, offer=secured)), 1)["refund"] == ("2026-07-01", -30)
    assert paid(ran(world({"shipments": "stopped", "refund": 0.0}, offer=secured)), 1).keys() == {"order"}


def test_a_stop_for_good_after_the_factory_test() -> None:
    """A stop for a time holds it from the test on 06-28 on; the stop for good of 07-01 sends half of 60 back."""
    first = {"id": "early", "date": "2026-06-01", "probability": 1, "shipments": "stopped", "lasts": "5 months"}
    good = {"id": "news", "date": "2026-07-01", "probability": 0.25, "shipments": "stopped", "refund": 0.5}
    found = ran(world(shocks=[first, good], offer={"lead_time": "88 days"}), ("2026-Q2", replace(TOOL, ships=1)))
    assert [future.name for future in found.futures] == ["nothing happens", "news in 2026-Q3"]  # the certain one is expected
    assert paid(found, 0)["arrival"] == ("2026-11-01", 40)
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-06-28", 20), "refund": ("2026-07-01", -30)}


def test_a_stop_holds_where_it_ships_from() -> None:
    """Countries of a stop and of a delay are compared with ``ships_from``, not with the maker's country."""
    stop = {"shipments": "stopped", "lasts": "2 months", "hits": {"countries": ["CN"]}}
    assert cost(ran(world(stop)), 1) == pytest.approx(175)
    assert cost(ran(world(stop, offer={"ships_from": "MY"})), 1) == pytest.approx(150)
    delay = {"delay": "1 month", "hits": {"countries": ["MY"]}}
    assert cost(ran(world(delay)), 1) == pytest.approx(150)
    assert cost(ran(world(delay, offer={"ships_from": "MY"})), 1) == pytest.approx(175)


HITS: list[tuple[Part, bool]] = [
    ({}, True),
    ({"suppliers": ["m"]}, True),
    ({"suppliers": ["n", "m"], "steps": ["coat"]}, True),
    ({"suppliers": ["m"], "steps": ["print"]}, False),
    ({"offers": ["tool"]}, True),
    ({"offers": ["tool"], "countries": ["JP"]}, False),
    ({"countries": ["JP"]}, False),
    ({"groups": ["few"]}, True),
    ({"groups": ["rest"]}, False),
    ({"tags": ["pv", "x"]}, True),
    ({"tags": ["x"]}, False),
    ({"sites": ["s"]}, True),
    ({"sites": ["t"]}, False),
    ({"currencies": ["EUR"]}, True),
]


@pytest.mark.parametrize(("hits", "struck"), HITS)
def test_what_is_hit(hits: Part, struck: bool) -> None:
    """All keys must fit, within a key any name will do; currencies say nothing about offers."""
    policy = {"groups": {"few": ["m"], "rest": ["n"]}}
    found = ran(world({"delay": "1 month", "hits": hits}, offer={"tags": ["pv"]}, policy=policy))
    assert cost(found, 1) == pytest.approx(175 if struck else 150)


def test_a_delay() -> None:
    """A month: ready, tested and arrived on 08-01. What is due on 06-30, before the news, is not delayed."""
    found = ran(world({"delay": "1 month"}))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-08-01", 20), "arrival": ("2026-08-01", 40)}
    assert run_mw(found, 1) == [0, 0, 0, 100]
    early = ran(world({"delay": "1 month"}, offer={"lead_time": "90 days"}), ("2026-Q2", replace(TOOL, ships=1)))
    assert paid(early, 1) == paid(early, 0)


def test_delays_are_added_in_the_order_of_their_names() -> None:
    """Due 08-30: a day makes 08-31 and a month 09-30; the other way round it is 09-30 and 10-01."""

    def tested(a: str, b: str) -> tuple[str, float]:
        shocks = [{"id": name, "date": "2026-07-01", "probability": 1, "delay": delay} for name, delay in (("b", b), ("a", a))]
        return paid(ran(world(shocks=shocks, offer={"lead_time": "151 days"})), 0)["fat"]

    assert (tested("1 day", "1 month"), tested("1 month", "1 day")) == (("2026-09-30", 20), ("2026-10-01", 20))


def test_a_slow_licence() -> None:
    """A window from 07-01: what is due in it is ready six weeks later if the review is slow; before, the windows say nothing."""
    permit = {"id": "permit", "windows": ["2026-07-01"], "quick": 0.75, "slow": {"probability": 0.25, "delay": "6 weeks"}}
    found = ran(world(licences=[permit]))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-08-12", 20), "arrival": ("2026-08-12", 40)}
    early = ran(world(licences=[permit], offer={"lead_time": "90 days"}), ("2026-Q2", replace(TOOL, ships=1)))
    assert paid(early, 1) == paid(early, 0)
    # only the window of the due day counts: a second one from 08-01 on is quick or slow for itself
    later = ran(world(licences=[{**permit, "windows": ["2026-07-01", "2026-10-01"]}], offer={"lead_time": "6 months"}),
                ("2026-Q2", replace(TOOL, ships=3)))  # fmt: skip
    arrivals = {future.name: paid(later, n)["arrival"][0] for n, future in enumerate(later.futures)}
    assert arrivals == {
        "nothing happens": "2026-10-01", "permit slow in 2026-Q4": "2026-11-12", "permit slow in 2026-Q3": "2026-10-01",
        "permit slow in 2026-Q3, then permit slow in 2026-Q4": "2026-11-12",
    }  # fmt: skip


def test_a_refused_licence() -> None:
    """Refused on 07-01: the test of that day is not paid, of the 40 what is secured returns; a shock's refund says nothing."""
    permit = {"id": "permit", "windows": ["2026-07-01"], "quick": 0.75, "refused": 0.25}
    secured = {"payment": {"order": 0.4, "fat": 0.2, "arrival": 0.4, "secured": 0.75}}
    found = ran(world(licences=[permit], offer=secured))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "refund": ("2026-07-01", -30)}
    assert cost(found, 1) == pytest.approx(10 + 100)
    other = {**permit, "hits": {"countries": ["JP"]}}
    assert cost(ran(world(licences=[other], offer=secured)), 1) == pytest.approx(150)


def test_a_stop_before_the_refusal_is_what_cuts_off() -> None:
    """Stopped for good on 07-10, the unit due on 10-01 is refused on 10-01 too: cut off on 07-10, at the refund of the stop."""
    permit = {"id": "permit", "windows": ["2026-10-01"], "quick": 0.5, "refused": 0.5}
    secured = {"lead_time": "6 months", "payment": {"order": 0.4, "fat": 0.2, "arrival": 0.4, "secured": 0.75}}
    stop = {"date": "2026-07-10", "shipments": "stopped", "refund": 0.5}
    found = ran(world(stop, licences=[permit], offer=secured), ("2026-Q2", replace(TOOL, ships=3)))
    refunds = {future.name: paid(found, n).get("refund") for n, future in enumerate(found.futures)}
    assert refunds == {
        "nothing happens": None, "permit refused in 2026-Q4": ("2026-10-01", -30), "news in 2026-Q3": ("2026-07-10", -20),
        "news in 2026-Q3, then permit refused in 2026-Q4": ("2026-07-10", -20),
    }  # fmt: skip


def test_refused_and_stopped_on_the_same_day() -> None:
    """Both on 07-01: the refusal counts, so what is secured comes back; of two stops the first by name."""
    permit = {"id": "permit", "windows": ["2026-07-01"], "quick": 0.5, "refused": 0.5}
    secured = {"payment": {"order": 0.4, "fat": 0.2, "arrival": 0.4, "secured": 0.75}}
    found = ran(world({"shipments": "stopped", "refund": 0.25}, licences=[permit], offer=secured))
    assert found.futures[3].name == "news in 2026-Q3, then permit refused in 2026-Q3"
    assert [paid(found, n).get("refund") for n in range(4)] == [
        None,
        ("2026-07-01", -30),
        ("2026-07-01", -10),
        ("2026-07-01", -30),
    ]
    first = {"id": "a", "date": "2026-07-01", "probability": 0.5, "shipments": "stopped", "refund": 1.0}
    both = ran(world(shocks=[{**first, "id": "b", "refund": 0.5}, first]))
    refunds = [paid(both, n).get("refund") for n in range(4)]
    assert refunds == [None, ("2026-07-01", -20), ("2026-07-01", -40), ("2026-07-01", -40)]


def test_a_review_begins_with_the_order() -> None:
    """Four months from 04-01: ready on 08-01 instead of 07-01, in every world; of a lead time of five months it is a part."""
    permit = {"id": "permit", "review": "4 months", "quick": 1}
    for mode in ("tree", "none"):
        found = ran(world(licences=[permit], futures={"mode": mode}))
        assert paid(found, 0)["fat"] == ("2026-08-01", 20)
    assert paid(ran(world(licences=[permit], offer={"lead_time": "5 months"})), 0)["fat"] == ("2026-09-01", 20)
    # half a year: it cannot ship before the fourth quarter
    long = world(licences=[{**permit, "review": "6 months"}])
    assert rules(ran(long)) == ["shipment"]
    assert rules(ran(long, ("2026-Q2", replace(TOOL, ships=3)))) == []
    assert rules(ran(world(licences=[{**permit, "review": "6 months", "hits": {"suppliers": ["n"]}}]))) == []


def test_installation_takes_longer() -> None:
    """Installation of a month begins on arrival, 07-01, and takes two more: running from 10-01 in both, but accepted later."""
    site = {"install_time": "1 month"}
    terms = {"payment": {"order": 0.4, "acceptance": 0.6}}
    found = ran(world({"install_delay": "2 months"}, site=site, offer=terms))
    assert [paid(found, n)["acceptance"] for n in (0, 1)] == [("2026-08-01", 60), ("2026-10-01", 60)]
    # begun on 06-30, a day before the news
    early = ran(world({"install_delay": "2 months"}, site=site, offer={**terms, "lead_time": "90 days"}),
                ("2026-Q2", replace(TOOL, ships=1)))  # fmt: skip
    assert [paid(early, n)["acceptance"] for n in (0, 1)] == [("2026-07-30", 60)] * 2


# --- money -----------------------------------------------------------------------------------------------------------


def test_prices_of_later_orders() -> None:
    """A second tool ordered after the news costs 1.5 times as much there; the one ordered before does not."""
    after = Purchase("tool", "s", 2, 3, 1.0)
    scenario = world({"price_factor": 1.5})
    found = ran(scenario, ("2026-Q2", TOOL), ("2026-Q3", after), ("2026-Q3" + NEWS, after))
    assert [lot.contract for lot in found.orders] == [100, 100, pytest.approx(150)]
    assert found.measures["spend"] == pytest.approx(0.75 * 200 + 0.25 * 250)
    # within a month it is over
    short = world({"price_factor": 1.5, "lasts": "1 month", "date": "2026-05-01"})
    assert ran(short, ("2026-Q2/news@2026-Q2", TOOL)).orders[0].contract == 100  # ordered on 04-01, before its day


def test_duty_is_added() -> None:
    """Half of the price of what enters from 07-01 on, by origin; none under DDP."""
    duty = {"duty_added": 0.5, "hits": {"countries": ["CN"]}}
    found = ran(world(duty))
    assert paid(found, 1)["duty"] == ("2026-07-01", 50)
    assert "duty" not in paid(found, 0)
    for offer in ({"incoterm": {"rule": "DDP"}}, {"origin": "JP"}, {"lead_time": "90 days"}):
        order = TOOL if "lead_time" not in offer else replace(TOOL, ships=1)
        assert "duty" not in paid(ran(world(duty, offer=offer), ("2026-Q2", order)), 1)
    assert paid(ran(world(duty, offer={"ships_from": "MY"})), 1)["duty"] == ("2026-07-01", 50)


def test_a_currency_falls() -> None:
    """The tool costs EUR 50 at 2: after the news a EUR is 3. The order was paid at 2, test and arrival at 3."""
    hits = {"currency_factor": 1.5, "hits": {"currencies": ["EUR"]}}
    found = ran(world(hits, offer={"price": {"amount": 50, "currency": "EUR"}}))
    assert paid(found, 1) == {"order": ("2026-04-01", 40), "fat": ("2026-07-01", 30), "arrival": ("2026-07-01", 60)}
    assert found.orders[0].contract == 100
    # a signing fee in EUR after the news, and shortage priced in EUR: 25 MW-years are missing in the last two quarters each
    fee = world(hits, supplier={"signing_fee": {"amount": 10, "currency": "EUR"}},
                demand={"shortage_cost": {"amount": 1, "per": "MW-year", "currency": "EUR"}})  # fmt: skip
    signed = evaluate_tree(fee, TreeDecisions((), (("m", "2026-Q3"), ("m", "2026-Q3" + NEWS)), ()))
    assert [cost(signed, n) for n in (0, 1)] == [pytest.approx(20 + 200), pytest.approx(30 + 2 * 50 + 2 * 75)]


def test_a_refund_comes_at_the_rates_paid() -> None:
    """EUR 20 were paid at 2; half of it returns on the day a EUR becomes 3: EUR 10, worth 20 as when they were paid."""
    news = {"shipments": "stopped", "refund": 0.5, "currency_factor": 1.5, "hits": {"currencies": ["EUR"]}}
    found = ran(world(news, offer={"price": {"amount": 50, "currency": "EUR"}}))
    (refund,) = [line for line in found.futures[1].lines if line.kind == "refund"]
    assert (refund.amount, refund.paid, refund.currency) == (pytest.approx(-20), pytest.approx(-10), "EUR")


def test_a_contract_goes_through_the_same() -> None:
    """Ordered in 2025, to ship on 08-01: stopped for good on 07-01. Half of the sunk 40 returns, its place in a share is lost."""
    contract = {"id": "old", "offer": "tool", "site": "s", "units": 1, "ordered": "2025-06-01", "ships": "2026-08-01"}
    found = ran(world({"shipments": "stopped", "refund": 0.5, "price_factor": 3}, commitments=[contract]), ("2026-Q2", TOOL))
    old = [(x.kind, x.day.isoformat(), x.amount) for x in found.futures[1].lines if x.commitment]
    assert old == [("refund", "2026-07-01", pytest.approx(-20))]
    assert [x.kind for x in found.futures[0].lines if x.commitment] == ["fat", "arrival"]
    assert [x.amount for x in found.futures[0].lines if x.commitment] == [20, 40]


# --- numbers that change by node ---------------------------------------------------------------------------------------


def test_slots_on_sale() -> None:
    """Three slots a quarter; after the news half are on sale, that is two (half of three is one and a half; one is gone).

    Two units ordered there in the third quarter take 2 / (2/3) = 3 slots: just enough. A third would not do.
    """
    slots = {"slots": {"per": "quarter", "2026": 3}, "lead_time": "0 days"}

    def bought(units: float, factor: float = 0.5, **offer: Any) -> list[str]:
        order = Purchase("tool", "s", 2, 2, units)
        return rules(ran(world({"slots_factor": factor}, offer={**slots, **offer}), ("2026-Q3" + NEWS, order)))

    assert (bought(2), bought(3)) == ([], ["slots"])
    assert bought(1, factor=0.0) == ["slots"]
    assert (bought(1.5, divisible=True), bought(1.6, divisible=True)) == ([], ["slots"])
    claims = {"share": 0.5, "per": "half-year"}  # by 07-01 half of three are left, and of those two thirds: one
    assert (bought(1, factor=2 / 3, rival_claims=claims), bought(2, factor=2 / 3, rival_claims=claims)) == ([], ["slots"])
    # an order placed before keeps its slot, and counts as before
    early = Purchase("tool", "s", 1, 2, 3.0)
    ahead = {**slots, "order_ahead": "3 months"}
    assert rules(ran(world({"slots_factor": 0.0}, offer=ahead), ("2026-Q2", early))) == []


def test_the_target_changes() -> None:
    """Half as much is wanted from 07-01 on, unless the news names another site."""
    found = evaluate_tree(world({"target_factor": 0.5, "hits": {"sites": ["s"], "suppliers": ["n"]}}), TreeDecisions())
    assert [cost(found, n) for n in (0, 1)] == [pytest.approx(100), pytest.approx(75)]
    assert cost(evaluate_tree(world({"target_factor": 0.5}), TreeDecisions()), 1) == pytest.approx(75)
    other = world({"target_factor": 0.5, "hits": {"sites": ["t"]}})
    assert cost(evaluate_tree(other, TreeDecisions()), 1) == pytest.approx(100)
    # from the middle of a quarter on it counts in the next
    late = world({"target_factor": 0.5, "date": "2026-07-02"})
    assert cost(evaluate_tree(late, TreeDecisions()), 1) == pytest.approx(87.5)


def test_output_falls() -> None:
    """The tool gives 60 % in the third quarter; it is over before the fourth begins."""
    found = ran(world({"output_factor": 0.6, "lasts": "3 months"}))
    assert (run_mw(found, 0), run_mw(found, 1)) == ([0, 0, 100, 100], [0, 0, pytest.approx(60), 100])
    assert cost(found, 1) == pytest.approx(150 + 10)


def places(news: Part, **changes: Any) -> Scenario:
    """Two places at the site, installation takes three months, the tool is ready at once."""
    site = {"install_time": "3 months", "install_limit": {"units": 2}}
    return world(news, site=site, offer={"lead_time": "0 days"}, **changes)


def test_places_are_booked_as_known_when_ordered() -> None:
    """Two tools in installation from 07-01 to 10-01. A delay after the order moves them, but not their booking."""
    delay = {"delay": "3 months", "date": "2026-07-01"}
    two = Purchase("tool", "s", 1, 2, 2.0)
    scenario = places(delay)
    assert rules(ran(scenario, ("2026-Q2", two))) == []
    # in the future with the delay they are installed from 10-01 on, yet a third tool finds its place then, and none before
    third = Purchase("tool", "s", 2, 2, 1.0)
    assert rules(ran(scenario, ("2026-Q2", two), ("2026-Q3", third))) == ["installation"]
    longer = places(delay, calendar={"start": "2026-01-01", "step": "quarter", "periods": 6})
    assert rules(ran(longer, ("2026-Q2", two), ("2026-Q3" + NEWS, third))) == []  # known to begin on 10-01
    assert rules(ran(longer, ("2026-Q2", two), ("2026-Q3", third))) == ["installation"]  # begins on 07-01


def test_a_smaller_crew() -> None:
    """Half a crew from 07-01 on: a tool ordered after the news takes two places; one ordered before still takes one."""
    longer = {"start": "2026-01-01", "step": "quarter", "periods": 6}
    crews = {"crews_factor": 0.5, "hits": {"sites": ["s"]}}
    scenario = places(crews, calendar=longer)
    before, after = Purchase("tool", "s", 1, 2, 2.0), Purchase("tool", "s", 2, 2, 1.0)
    assert rules(ran(scenario, ("2026-Q2", before))) == []
    assert rules(ran(scenario, ("2026-Q3" + NEWS, after))) == []
    assert rules(ran(scenario, ("2026-Q3" + NEWS, replace(after, units=2.0)))) == ["installation"]
    assert rules(ran(scenario, ("2026-Q2", replace(before, units=1.0)), ("2026-Q3" + NEWS, after))) == ["installation"]
    over = places({**crews, "lasts": "3 months"}, calendar=longer)
    assert rules(ran(over, ("2026-Q3" + NEWS, Purchase("tool", "s", 2, 3, 2.0)))) == []  # begun when it is over
    # naming no site, it is the maker's crew
    maker = places({"crews_factor": 0.5}, calendar=longer, supplier={"install_limit": {"units": 3}})
    assert rules(ran(maker, ("2026-Q3" + NEWS, replace(after, units=2.0)))) == ["installation"]
    assert rules(ran(maker, ("2026-Q3" + NEWS, after))) == []


# --- rules on paths --------------------------------------------------------------------------------------------------


def two_makers(news: Part, policy: Part, **changes: Any) -> Scenario:
    """A second maker n, in Japan, with the same tool."""
    suppliers = [{"id": "m", "country": "CN"}, {"id": "n", "country": "JP"}]
    return world(news, suppliers=suppliers, offers=[OFFER, {**OFFER, "id": "other", "supplier": "n"}], policy=policy, **changes)


def bought(scenario: Scenario, *orders: tuple[str, Purchase]) -> TreeEvaluation:
    return evaluate_tree(scenario, TreeDecisions((), (("m", "root"), ("n", "root")), orders))


OTHER = replace(TOOL, offer="other")


def test_lost_units_dilute_no_share() -> None:
    """One tool of each: m has half of what was bought. When n is stopped for good its tool no longer counts: m has all."""
    stop = {"shipments": "stopped", "hits": {"suppliers": ["n"]}}
    for limit in (0.5, {"steps": {"coat": 0.5}}):
        scenario = two_makers(stop, {"max_supplier_share": {"m": limit}})
        found = bought(scenario, ("2026-Q2", TOOL), ("2026-Q2", OTHER))
        assert rules(found) == ["exposure"]
        assert found.violations[0].place.endswith("2026-Q4; if news in 2026-Q3")
    # its own lost tools still count for n: 100 of 100
    mine = bought(two_makers(stop, {"max_supplier_share": {"n": 0.9}}), ("2026-Q2", TOOL), ("2026-Q2", OTHER))
    assert rules(mine) == ["exposure"]
    # a stop for two months loses nothing
    short = two_makers({**stop, "lasts": "2 months"}, {"max_supplier_share": {"m": 0.5}})
    assert rules(bought(short, ("2026-Q2", TOOL), ("2026-Q2", OTHER))) == []
    # from the second quarter on: there the news is not known yet
    early = two_makers(stop, {"max_supplier_share": {"m": {"total": 0.5, "from": "2026-04-01"}}})
    (found,) = bought(early, ("2026-Q2", TOOL), ("2026-Q2", OTHER)).violations[:1]
    assert found.place.startswith("supplier m, spend, 2026-Q3")


def test_a_limit_holds_in_every_future() -> None:
    """After the news one more is bought at 1.5 times the price: 40 + 20 + 60 + 150 = ... of the budget, in that future only."""
    budget = {"budget": {"per": "fiscal-year", "2026": 200}}
    scenario = world({"price_factor": 1.5}, policy=budget, offer={"lead_time": "0 days", "payment": {"order": 1.0}})
    late = Purchase("tool", "s", 2, 2, 1.0)
    first = Purchase("tool", "s", 0, 0, 1.0)
    assert rules(ran(scenario, ("root", first), ("2026-Q3", late))) == []
    found = ran(scenario, ("root", first), ("2026-Q3", late), ("2026-Q3" + NEWS, late))
    assert [(v.rule, v.place, v.left) for v in found.violations] == [
        ("budget", "fiscal year 2026; if news in 2026-Q3", pytest.approx(250))
    ]


def test_a_pin_holds_in_every_future() -> None:
    """One tool is pinned for the third quarter: at both nodes of that period."""
    late = Purchase("tool", "s", 2, 3, 1.0)
    scenario = world({"target_factor": 2}, policy={"pins": [{"order": "tool", "period": "2026-Q3", "units": 1}]})
    assert rules(ran(scenario, ("2026-Q3", late), ("2026-Q3" + NEWS, late))) == []
    found = ran(scenario, ("2026-Q3", late))
    assert [v.place for v in found.violations] == ["pin 0: order of tool; if news in 2026-Q3"]


def test_an_order_must_serve_in_some_future() -> None:
    """Ready on 10-01, the first day of the last period. Always refused then, it serves nobody; refused now and then, it may."""
    late = Purchase("tool", "s", 2, 3, 1.0)
    permit = {"id": "permit", "windows": ["2026-10-01"], "quick": 0.0, "refused": 1.0}
    assert rules(ran(world(licences=[permit]), ("2026-Q3", late))) == ["service"]
    assert rules(ran(world(licences=[{**permit, "quick": 0.1}]), ("2026-Q3", late))) == []
    stopped = world({"shipments": "stopped"})
    assert rules(ran(stopped, ("2026-Q3", late))) == []
    assert rules(ran(stopped, ("2026-Q3" + NEWS, late))) == ["service"]


def test_enough_without_a_maker() -> None:
    """From 07-01 on half of the target must run without m's tools shipped from then on; those of before count."""
    entry = {"supplier": "m", "from": "2026-07-01", "share": 0.5, "window": "6 months"}
    policy = {"resilience": [entry]}
    alone = bought(two_makers({"target_factor": 4}, policy), ("2026-Q2", TOOL))
    assert [(v.rule, v.place, v.left, v.right) for v in alone.violations] == [
        ("resilience", "without m, demand d, 2026-Q3", 0, 50), ("resilience", "without m, demand d, 2026-Q4", 0, 50),
    ]  # fmt: skip
    assert rules(bought(two_makers({"target_factor": 4}, policy), ("2026-Q2", OTHER))) == []
    for loss in ({"country": "CN"}, {"group": "few"}):
        named = {"groups": {"few": ["m"]}, "resilience": [{**loss, "from": "2026-07-01", "share": 0.5, "window": "3 months"}]}
        assert rules(bought(two_makers({}, named), ("2026-Q2", TOOL))) == ["resilience"]
    early = Purchase("tool", "s", 0, 1, 1.0)
    assert rules(bought(two_makers({}, policy), ("root", early))) == []


def test_two_stages() -> None:
    """The order of the third quarter is carried out in both futures; where news leaves no slot it is void: nothing is paid."""
    late = Purchase("tool", "s", 2, 3, 1.0)
    terms = {"slots": {"per": "quarter", "2026": 1}}
    supplier = {"order_fee": 5}
    staged = {"mode": "two_stage"}
    found = ran(world({"slots_factor": 0.0}, offer=terms, supplier=supplier, futures=staged), ("2026-Q3", late))
    assert rules(found) == []
    assert [len(future.lines) for future in found.futures] == [4, 0]
    assert [cost(found, n) for n in (0, 1)] == [pytest.approx(105 + 75), pytest.approx(100)]
    assert found.measures["spend"] == pytest.approx(75)
    # a price it does not make void: paid at the price of each future
    dear = ran(world({"price_factor": 1.5}, offer=terms, futures=staged), ("2026-Q3", late))
    assert [cost(dear, n) for n in (0, 1)] == [pytest.approx(100 + 75), pytest.approx(150 + 75)]
    # stopped for good it would never serve there
    stop = ran(world({"shipments": "stopped"}, offer=terms, futures=staged), ("2026-Q3", late))
    assert (rules(stop), len(stop.futures[1].lines)) == ([], 0)


def test_two_stages_book_by_the_news_of_each_future() -> None:
    """Installed at once, two tools need no place; where the news of the quarter makes it a month there is one place only."""
    visas = {"install_delay": "1 month", "date": "2026-04-01"}
    site = {"install_limit": {"units": 1}}
    scenario = world(visas, site=site, offer={"lead_time": "0 days"}, futures={"mode": "two_stage"})
    assert rules(ran(scenario, ("2026-Q2", Purchase("tool", "s", 1, 1, 1.0)))) == []
    found = ran(scenario, ("2026-Q2", Purchase("tool", "s", 1, 1, 2.0)))
    assert [(v.rule, v.place) for v in found.violations] == [("installation", "site s, 2026-04-01; if news in 2026-Q2")]


# --- measures of risk ------------------------------------------------------------------------------------------------


def test_the_mean_of_the_worst_futures() -> None:
    """150 with 3/4, 175 with 1/4. Worst tenth: 175. Worst half: a quarter at 175 and a quarter at 150: 162.5."""
    stop = {"shipments": "stopped", "lasts": "2 months"}

    def measures(**policy: Any) -> list[Any]:
        found = ran(world(stop, policy=policy)).measures
        return [pytest.approx(found[name]) for name in ("expected_cost", "cvar_cost", "worst_cost", "weighted_cost")]

    assert measures() == [156.25, 175, 175, 156.25]
    assert measures(tail=0.5, risk_weight=0.4) == [156.25, 162.5, 175, 0.6 * 156.25 + 0.4 * 162.5]
    assert measures(tail=0.0) == [156.25, 156.25, 175, 156.25]
    assert rules(ran(world(stop, policy={"tail": 0.5, "max_cvar_cost": 162.6}))) == []
    assert rules(evaluate_tree(world(stop, policy={"tail": 0.5, "max_cvar_cost": 162.4}), decided())) == ["tail limit"]


def test_the_objective_may_weigh_the_worst_futures() -> None:
    scenario = world({"shipments": "stopped", "lasts": "2 months"}, policy={"tail": 0.5, "risk_weight": 0.4})
    plan = tree_plan(scenario, decided())
    assert audit(scenario, plan, 158.75, 158.75, "weighted_cost").ok
    assert [x.rule for x in audit(scenario, plan, 156.25, 158.76, "weighted_cost").findings] == ["objective", "bound"]
