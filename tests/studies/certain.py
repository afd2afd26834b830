"""Decisions along one fresh future, and the scenario in which that future is certain: for the audit to judge."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from planner.plan.audit import Decisions, Purchase, TreeDecisions, TreeEvaluation, evaluate_tree
from planner.plan.plan import Order, Plan, Signing, Vetting
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.studies.agree import Agreements
from planner.studies.case import Case
from planner.studies.courses import OUTCOMES, News
from planner.studies.days import NEVER, day_of
from planner.studies.decide import Desk
from planner.studies.exists import find_existing
from planner.studies.ledger import open_ledger
from planner.studies.places import find_places, open_bookings
from planner.studies.react import react

TOTALS = {"budget", "exposure", "supplier count", "resilience", "tail limit", "demand", "service"}
"""Rules a fresh future may break: those about totals, and service in time, which news after the order prevents."""


def plan_of(scenario: Scenario, decisions: TreeDecisions) -> Plan:
    names, nodes = scenario.calendar.names, {moment.name: moment for moment in grow(scenario).moments}
    day = date(2026, 1, 1)
    return Plan(
        tuple(Vetting(node, name, names[nodes[node].period]) for name, node in decisions.vettings),
        tuple(Signing(node, name, names[nodes[node].period]) for name, node in decisions.signings),
        tuple(
            Order(
                node, p.offer, scenario.offer[p.offer].supplier, p.site, p.units, names[p.period], names[p.ships], *[day] * 4, 0.0
            )
            for node, p in decisions.orders
        ),
    )


def carried_out(case: Case, news: News, *, trust: bool = True) -> Decisions:
    """What is done in the only course of ``news``."""
    reaction, ledger, count = (
        react(case.growth, news),
        open_ledger(1, case.scenario.calendar.periods),
        case.scenario.calendar.periods,
    )
    agreements = Agreements(case, news, reaction, ledger, np.zeros((1, count)))
    bookings = open_bookings(case.days, find_places(case.days, news), 1)
    desk = Desk(case, news, reaction, reaction.exact & trust, ledger, bookings, find_existing(case), agreements)
    vettings: dict[str, int] = {}
    signings: dict[str, int] = {}
    orders: list[Purchase] = []
    for period in range(count):
        agreements.begin_vettings(period)
        agreements.sign(period)
        for name, done in agreements.vetted.items():
            if done[0] != NEVER:
                vettings.setdefault(name, period)
        for name, signed in agreements.signed.items():
            if signed[0]:
                signings.setdefault(name, period)
        for placed in desk.place_orders(period):
            ships = case.scenario.calendar.period_of(day_of(placed.kind.due))
            orders += [Purchase(placed.kind.offer.id, placed.kind.site, period, ships, u) for u in placed.units.tolist() if u]
    return Decisions(tuple(vettings.items()), tuple(signings.items()), tuple(orders))


def certain(document: dict[str, Any], news: News) -> Scenario:
    """The scenario in which exactly this course of events is sure to happen."""
    told = {voice.source.key: v for v, voice in enumerate(news.voices)}
    shocks = []
    for shock in document["shocks"]:
        v = told.get(shock["id"])
        if v is not None and news.day[v, 0] != NEVER:
            effects = {
                k: x for k, x in shock.items() if k not in ("hazard_per_year", "from", "until", "after", "date", "probability")
            }
            shocks.append({**effects, "date": day_of(news.day[v, 0]).isoformat(), "probability": 1.0})
    licences = []
    for licence in document.get("licences", []):
        [v] = [v for v, voice in enumerate(news.voices) if voice.source.id == licence["id"]]
        said = ("quick", *OUTCOMES[1:])[max(0, int(news.outcome[v, 0]) - 1)]
        delay = licence.get("slow", {}).get("delay", "0 days")
        slow = {"probability": float(said == "slow"), "delay": delay}
        sure = {"quick": float(said == "quick"), "slow": slow, "refused": float(said == "refused")}
        licences.append({**licence, **sure})
    futures = {"mode": "tree"}
    policy = {key: value for key, value in document["policy"].items() if key != "pins"}
    return Scenario.model_validate({**document, "shocks": shocks, "licences": licences, "futures": futures, "policy": policy})


def judge(document: dict[str, Any], case: Case, news: News, *, trust: bool = True) -> TreeEvaluation:
    """What the audit says of what is done in the only course of ``news``, if that is certain."""
    sure, done = certain(document, news), carried_out(case, news, trust=trust)
    nodes = [moment.name for moment in grow(sure).moments]
    return evaluate_tree(
        sure,
        TreeDecisions(
            tuple((name, nodes[period]) for name, period in done.vettings),
            tuple((name, nodes[period]) for name, period in done.signings),
            tuple((nodes[purchase.period], purchase) for purchase in done.orders),
        ),
    )
