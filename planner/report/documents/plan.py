"""The plan inside the JSON of ``planner solve``."""

from __future__ import annotations

from typing import Annotated, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MONEY, MW, MW_YEARS, SHARE

NODE = "node of the tree of futures at which it is decided"
PAYMENT = (
    "such as signing, order, shipment, acceptance, duty, freight, refund; confidential: all of a fiscal year to masked suppliers"
)


class MeasuresJson(TypedDict):
    """What a plan comes to: means over the futures unless said otherwise."""

    expected_cost: Annotated[float, Says("all costs", DISCOUNTED)]
    cash_cost: Annotated[float, Says("payments", DISCOUNTED)]
    shortage_cost: Annotated[float, Says("capacity-gap penalty", DISCOUNTED)]
    surplus_cost: Annotated[float, Says("carrying surplus capacity", DISCOUNTED)]
    cost_inside: Annotated[float, Says("all costs inside the calendar", DISCOUNTED)]
    cost_after: Annotated[float, Says("all costs after its end", DISCOUNTED)]
    shortage: Annotated[float, Says("capacity gap inside the calendar", MW_YEARS)]
    shortage_after: Annotated[float, Says("capacity gap in the repeated last period", MW_YEARS)]
    spend: Annotated[float, Says("contract price of new orders, not discounted", MONEY)]
    cvar_cost: Annotated[float, Says("all costs, mean of the worst 1 - tail of the futures", DISCOUNTED)]
    worst_cost: Annotated[float, Says("all costs of the dearest future", DISCOUNTED)]
    weighted_cost: Annotated[float, Says("expected_cost and cvar_cost weighed by `policy.risk_weight`", DISCOUNTED)]


class DecisionJson(TypedDict):
    """Qualifying or signing one supplier."""

    node: Annotated[str, Says(NODE)]
    supplier: Annotated[str, Says("id of the supplier")]
    period: Annotated[str, Says("on whose first day it is done")]


class OrderJson(TypedDict):
    """One purchase order."""

    node: Annotated[str, Says(NODE)]
    offer: Annotated[str, Says("id of the offer")]
    supplier: Annotated[str, Says("id of the supplier")]
    site: Annotated[str, Says("id of the site")]
    units: Annotated[float, Says("how many", "units")]
    order_period: Annotated[str, Says("period of the order")]
    ship_period: Annotated[str, Says("period of shipment, if nothing more happens")]
    ordered: Annotated[str, Says("day of the order", "day")]
    ships: Annotated[str, Says("day of shipment", "day")]
    enters: Annotated[str, Says("day of entry into the site's country", "day")]
    effective: Annotated[str, Says("end of acceptance: it counts from then on", "day")]
    price: Annotated[float | None, Says("contract price of one unit on the day of order; null where masked", MONEY)]


class OutputJson(TypedDict):
    """What runs."""

    node: Annotated[str, Says("node of the tree of futures")]
    period: Annotated[str, Says("name of the period")]
    route: Annotated[str, Says("id of the route")]
    site: Annotated[str, Says("id of the site")]
    mw: Annotated[float, Says("effective capacity", MW)]


class ShortageJson(TypedDict):
    """What is missing."""

    node: Annotated[str, Says("node of the tree of futures")]
    demand: Annotated[str, Says("id of the demand")]
    period: Annotated[str, Says("name of the period")]
    mw: Annotated[float, Says("missing", MW)]
    target: Annotated[float, Says("wanted", MW)]


class CashJson(TypedDict):
    """One payment."""

    node: Annotated[str, Says("node whose period holds the day; the last one for days after the calendar")]
    day: Annotated[str, Says("when it is due", "day")]
    kind: Annotated[str, Says(PAYMENT)]
    supplier: Annotated[str, Says("id of the supplier")]
    offer: Annotated[str, Says("id of the offer; empty where it is about none")]
    site: Annotated[str, Says("id of the site; empty where it is about none")]
    amount: Annotated[float, Says("not discounted, refunds negative", MONEY)]
    currency: Annotated[str, Says("it is paid in")]
    amount_paid: Annotated[float, Says("in that currency", "`currency`, `money.in` units")]
    commitment: Annotated[str, Says("id of the contract already signed; empty for new orders")]


class NodeJson(TypedDict):
    """One node of the tree of futures."""

    node: Annotated[str, Says("its name; root is today")]
    parent: Annotated[str, Says("the node before it; empty at the root")]
    period: Annotated[str, Says("name of the period")]
    probability: Annotated[float, Says("that it is reached", SHARE)]
    news: Annotated[str, Says("what becomes known there; empty: nothing")]


class FutureJson(TypedDict):
    """One course of events."""

    name: Annotated[str, Says("what happens in it")]
    node: Annotated[str, Says("its last node")]
    probability: Annotated[float, Says("of it", SHARE)]
    cost: Annotated[float, Says("all costs in it", DISCOUNTED)]
    cash_cost: Annotated[float, Says("payments", DISCOUNTED)]
    shortage_cost: Annotated[float, Says("capacity-gap penalty", DISCOUNTED)]
    surplus_cost: Annotated[float, Says("carrying surplus capacity", DISCOUNTED)]
    shortage: Annotated[float, Says("capacity gap inside the calendar", MW_YEARS)]


class PlanJson(TypedDict):
    """Every decision by node, what it gives and what it costs."""

    vetting: Annotated[list[DecisionJson], Says("suppliers to begin qualifying")]
    signings: Annotated[list[DecisionJson], Says("frame agreements to sign")]
    orders: Annotated[list[OrderJson], Says("purchase orders")]
    output: Annotated[list[OutputJson], Says("what runs")]
    shortage: Annotated[list[ShortageJson], Says("what is missing")]
    cash: Annotated[list[CashJson], Says("payments, in order of days")]
    measures: Annotated[MeasuresJson, Says("what it comes to; the same as `measures`")]
    idle: Annotated[list[OrderJson], Says("orders no output ever uses: bought only for a rule")]
    nodes: Annotated[list[NodeJson], Says("the tree of futures")]
    futures: Annotated[list[FutureJson], Says("every course of events")]
    cut_mass: Annotated[float, Says("probability of the courses of events the tree leaves out", SHARE)]
