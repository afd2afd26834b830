"""Faults about news put into the model on purpose: the audit must see each one, or every plan tried must find a better one.

A fault that makes plans look better than they are is in what the plan states; one that makes them look worse leaves a plan
that is right but not the best, which only the enumeration can see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import planner.solve as solving
from planner.formulation import build as modelling
from planner.formulation.constraints.futures_cost import futures_cost
from planner.formulation.decisions import Decisions
from planner.formulation.problem import Rows
from planner.instance import arrivals, build, columns, courses, losses, running, shares, tree
from planner.instance.arrivals import Arrival, Fate, Loss
from planner.instance.build import build_instance
from planner.instance.courses import Course, Courses
from planner.instance.instance import InstallRow, Instance, OrderColumn, OwnContract, SlotRow
from planner.instance.lookup import Lookup
from planner.instance.news import Effect, News
from planner.instance.pools import Pool
from planner.options import Options
from planner.scenario import grow as growing
from planner.scenario.news import Strike
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.brute_tree import best_tree_plan
from tests.formulation.test_bookings import delayed
from tests.formulation.test_seeded_faults import Plant, changed, forgotten
from tests.plan.test_brute_tree import story
from tests.tiny_tree import LEFT_OUT, SEEDS, random_tree, without

Part = dict[str, Any]
EXACT = Options(gap=0.0)


def is_caught(scenario: Scenario, options: Options = EXACT) -> bool:
    """Whether the audit or the enumeration sees that what the solver says now is wrong."""
    found = solve(scenario, "fault", options)
    if not found.audit["ok"]:
        return True
    best, _ = best_tree_plan(scenario)
    if best is None or found.objective is None:
        return (best is None) != (found.objective is None)
    return abs(best - found.objective) > 1e-6 * max(1.0, abs(best))


def draws(subject: str) -> Iterator[Scenario]:
    """Tiny trees in which the subject matters."""
    for seed in SEEDS[subject]:
        yield Scenario.model_validate(random_tree(subject, seed))


# --- what the model does not know -----------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [subject for subject, leave in LEFT_OUT.items() if leave])
def test_a_model_that_does_not_know_its_subject_is_caught(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is made for the scenario without stops, without duty, with slow licences as fast as quick ones, and so on."""
    for seed in SEEDS[subject]:
        document = random_tree(subject, seed)
        ignorant = build_instance(Scenario.model_validate(without(subject, document)))
        monkeypatch.setattr(solving, "build_instance", lambda _, data=ignorant: data)
        assert is_caught(Scenario.model_validate(document)), f"seed {seed}"


FAMILIES = [
    # (family left out, subject of draws in which it binds)
    ("resilience", "resilience"), ("tail_limit", "tail limit"), ("installation", "crews"), ("budget", "budget"),
    ("exposure", "shares"), ("exposure", "lost in shares"), ("order_size", "order size"), ("vetting", "vetting"),
    ("pins", "pins"), ("slots", "delay"), ("site_limit", "hazard until"), ("approvals", "undelivered"),
    ("supplier_count", "stop"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "subject"), FAMILIES)
def test_a_tree_without_a_rule_is_caught(family: str, subject: str) -> None:
    assert any(is_caught(scenario, Options(gap=0.0, without=(family,))) for scenario in draws(subject))


# --- faults of the code ---------------------------------------------------------------------------------------------


def fates(change: Any) -> Plant:
    """What becomes of a unit is changed: ``change(fate, news, offer, site)``."""
    right = courses.find_fate
    return lambda patch: patch.setattr(
        courses, "find_fate", lambda news, offer, site, *rest: change(right(news, offer, site, *rest), news, offer, site)
    )


def is_undelivered(fate: Fate, news: News) -> bool:
    return isinstance(fate, Loss) and fate.cutoff == news.scenario.calendar.end


def paid_back(fate: Fate, news: News, *_: Any) -> Fate:
    """What is not delivered in time is paid back."""
    return replace(fate, refund=1.0) if isinstance(fate, Loss) and is_undelivered(fate, news) else fate


def delivered(fate: Fate, news: News, offer: Any, site: Any) -> Fate:
    """What a stop holds beyond the horizon arrives after it."""
    if isinstance(fate, Loss) and is_undelivered(fate, news):
        return arrivals._arrive(news, offer, site, (fate.due, fate.ready, fate.cutoff), ())
    return fate


def cut_off_late(fate: Fate, *_: Any) -> Fate:
    """Everything is still paid that is ready a day after the stop."""
    return replace(fate, cutoff=max(fate.cutoff, fate.ready + timedelta(days=1))) if isinstance(fate, Loss) else fate


def only_the_base(tree_: tree.Tree, top: int, found: Courses, worth: Any) -> list[tuple[int, float]]:
    """Every future costs what the one with the least news does: no differences where futures turn off."""
    return [(top, next(worth(course) for course, leaves in found if tree_.leaves_below[top][0] in leaves))]


def swapped(growth: growing.Growth) -> growing.Growth:
    """The first two siblings have each other's probability, and so has what follows them."""
    moments = list(growth.moments)
    first = next(i for i, m in enumerate(moments[1:], 1) if m.parent == moments[i + 1].parent)
    one, two = (moments[i].probability for i in (first, first + 1))
    factor = {first: two / one, first + 1: one / two}
    for i, moment in enumerate(moments):
        factor.setdefault(i, factor.get(moment.parent, 1.0))
        moments[i] = replace(moment, probability=moment.probability * factor[i])
    return replace(growth, moments=tuple(moments))


def strikes(**changes: Any) -> Plant:
    """Every strike of the tree is changed."""

    def change(growth: growing.Growth) -> growing.Growth:
        found = [replace(m, strikes=tuple(replace(s, **changes) for s in m.strikes)) for m in growth.moments]
        return replace(growth, moments=tuple(found))

    return changed(tree, "grow", change)


def a_day_early(growth: growing.Growth) -> growing.Growth:
    """All news is a day older than it is."""

    def early(strike: Strike) -> Strike:
        return replace(strike, day=strike.day - timedelta(days=1), end=strike.end and strike.end - timedelta(days=1))

    return replace(growth, moments=tuple(replace(m, strikes=tuple(map(early, m.strikes))) for m in growth.moments))


def one_excess_less(data: Instance, x: Decisions) -> Rows:
    """One future's excess has no row: it is never among the worst."""
    rows = list(futures_cost(data, x))
    last = max((index for index, *_ in rows if index[0] == "excess"), default=None)
    yield from (row for row in rows if row[0] != last)


one_excess_less.__name__ = "futures_cost"


def one_family(family: Any) -> Plant:
    """One rule family is written otherwise."""
    found = tuple(family if other.__name__ == family.__name__ else other for other in modelling.FAMILIES)
    return lambda patch: patch.setattr(modelling, "FAMILIES", found)


def risk_with(**changes: float) -> Plant:
    return changed(build, "RiskNumbers", lambda risk: replace(risk, **changes))


def others(patch: pytest.MonkeyPatch) -> None:
    """Resilience against the loss of everybody else."""
    right = losses.find_members
    patch.setattr(losses, "find_members", lambda look, rule: frozenset(look.scenario.supplier) - right(look, rule))


def untouched(contracts: tuple[OwnContract, ...]) -> tuple[OwnContract, ...]:
    """Contracts go on as if nothing happened."""

    def calm(found: Courses) -> Courses:
        return ((found[0][0], tuple(leaf for _, leaves in found for leaf in leaves)),)

    return tuple(replace(contract, courses=calm(contract.courses)) for contract in contracts)


def never_held_back(patch: pytest.MonkeyPatch) -> None:
    """What is too unlikely in a period is forgotten in the next one."""
    right = growing.find_outcomes
    patch.setattr(growing, "find_outcomes", lambda *given: right(*given[:5], 0.0))


def never_void(patch: pytest.MonkeyPatch) -> None:
    """Slots are looked for as if nothing had happened, so that orders stand where no slot is left."""
    right = columns._find_slots
    patch.setattr(columns, "_find_slots", lambda *given: right(*given[:6], ()))


def full_output(course: Course) -> Course:
    """Tools that have been hit run as before."""
    return replace(course, gains=tuple(gain for gain in course.gains if gain[2] > 0))


FAULTS: list[tuple[str, str, Plant]] = [
    # (fault, subject of the draws, how it is planted)
    ("refunds forgotten", "refund", forgotten("refund")),
    ("refunds forgotten", "secured", forgotten("refund")),
    ("paid on after a stop for good", "stop for good", fates(cut_off_late)),
    ("what comes too late is paid back", "undelivered", fates(paid_back)),
    ("what comes too late comes", "undelivered", fates(delivered)),
    ("futures cost what the calm one does", "duty", lambda patch: patch.setattr(running, "spread", only_the_base)),
    ("futures cost what the calm one does", "tail", lambda patch: patch.setattr(running, "spread", only_the_base)),
    ("chances of two children swapped", "target", changed(tree, "grow", swapped)),
    ("chances of two children swapped", "stop", changed(tree, "grow", swapped)),
    ("news for good", "duty", strikes(end=None)),
    ("news for good", "stop", strikes(end=None)),
    ("news a day early", "secured", changed(tree, "grow", a_day_early)),
    ("another share of the futures is the worst", "tail", changed(build, "RiskNumbers", lambda r: replace(r, tail=r.tail / 2))),
    ("another share of the futures is the worst", "tail limit", risk_with(tail=0.5)),
    ("the worst futures never weighed", "risk weight", risk_with(weight=0.0)),
    ("a future never among the worst", "tail", one_family(one_excess_less)),
    ("a future never among the worst", "tail limit", one_family(one_excess_less)),
    ("lost units still counted as bought", "lost in shares", lambda p: p.setattr(shares, "_find_lost", lambda *_: ((), 0.0))),
    ("resilience against the others", "resilience", others),
    ("contracts are told no news", "refund", changed(build, "build_contracts", untouched)),
    ("unlikely news forgotten", "held back", never_held_back),
    ("orders where no slot is left", "void", never_void),
    ("orders where no slot is left", "slots", never_void),
    ("output as before", "output", changed(courses, "Course", full_output)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "subject", "plant"), FAULTS, ids=[f"{name} ({subject})" for name, subject, _ in FAULTS])
def test_a_fault_about_news_is_caught(name: str, subject: str, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one of the draws at least: a fault need not matter to the best plan of each."""
    plant(monkeypatch)
    assert any(is_caught(scenario) for scenario in draws(subject)), f"{name} was not seen"


# --- faults that need a case of their own ---------------------------------------------------------------------------


def fewer_slots() -> Part:
    """Four slots. Two tools are wanted, or three after the news of 04-01, which also takes half of what is still on sale.

    A tool costs 40, and 100 MW missing cost 25 a quarter, 100 in the year after: two at once, and a third after the news,
    which leaves one of the two free slots: 80 + (40 + 25) / 2 = 112.5. Three at once cost 120.
    """
    document = story()
    document["demand"][0] |= {"target_mw": {"2026-Q2": 200}, "continues": "1 year"}
    document["offers"] = [{**document["offers"][0], "price": 40, "slots": {"per": "year", "2026": 4}}]
    document["shocks"] = [{"id": "rush", "date": "2026-04-01", "probability": 0.5, "slots_factor": 0.5, "target_factor": 1.5}]
    return document


def slots_shrink(patch: pytest.MonkeyPatch) -> None:
    """News takes slots out of the window, also such as are sold, instead of making those on sale dear."""
    right = build.build_slot_rows

    def shrunk(look: Lookup, tree_: tree.Tree, pools: tuple[Pool, ...], orders: tuple[OrderColumn, ...]) -> tuple[SlotRow, ...]:
        def factor(i: int, node: int) -> float:
            offer, site = look.scenario.offer[orders[i].offer], look.scenario.site[orders[i].site]
            day = look.scenario.calendar.starts[tree_.nodes[node].period]
            return look.news.factor(tree_.nodes[node].strikes, day, offer, site, Effect.SLOTS)

        return tuple(
            replace(
                row,
                free=row.free * min(factor(i, row.node) for i, _ in row.terms),
                terms=tuple((i, use * factor(i, orders[i].node)) for i, use in row.terms),
            )
            for row in right(look, tree_, pools, orders)
        )

    patch.setattr(build, "build_slot_rows", shrunk)


def booked_without_news(patch: pytest.MonkeyPatch) -> None:
    """Places are booked for the days that were known before the news."""
    right = build.build_installs

    def booked(look: Lookup, tree_: tree.Tree, orders: tuple[OrderColumn, ...]) -> tuple[InstallRow, ...]:
        def calm(order: OrderColumn) -> OrderColumn:
            offer, site = look.scenario.offer[order.offer], look.scenario.site[order.site]
            arrival = arrivals.find_fate(look.news, offer, site, order.arrival.due, ())
            assert isinstance(arrival, Arrival)
            return replace(order, placements=tuple(replace(p, arrival=arrival) for p in order.placements))

        return right(look, tree_, tuple(map(calm, orders)))

    patch.setattr(build, "build_installs", booked)


OWN: list[tuple[str, Part, float, Plant]] = [
    ("slots fewer instead of dearer", fewer_slots(), 112.5, slots_shrink),
    ("booked without the news", delayed("tree"), 32.5, booked_without_news),
]


@pytest.mark.parametrize(("document", "cost", "plant"), [pytest.param(*rest, id=name) for name, *rest in OWN])
def test_a_fault_in_a_case_of_its_own_is_caught(
    document: Part, cost: float, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = Scenario.model_validate(document)
    assert solve(scenario, "sound", EXACT).objective == pytest.approx(cost)
    assert not is_caught(scenario)
    plant(monkeypatch)
    assert is_caught(scenario)
