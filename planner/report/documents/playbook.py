"""Playbook and calendar inside the JSON of ``planner solve``."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import DISCOUNTED, MW, MW_YEARS, SHARE

WAY = "more or less of it; or the same decided at another time, shipped in another period, for another site"


class NewsJson(TypedDict):
    """One piece of news."""

    source: Annotated[str, Says("id of the shock or licence")]
    outcome: Annotated[str, Says("slow or refused for a licence; empty for a shock")]


SwitchJson = TypedDict(
    "SwitchJson",
    {
        "step": Annotated[str, Says("id of the step")],
        "from": Annotated[list[str], Says("makers that give it up")],
        "to": Annotated[list[str], Says("makers that take it over")],
        "mw": Annotated[float, Says("capacity that changes makers", MW)],
    },
)


class ExtraJson(TypedDict):
    """Mean of the futures after the news less the future in which nothing happens."""

    expected_cost: Annotated[float, Says("all costs more", DISCOUNTED)]
    cash_cost: Annotated[float, Says("payments more", DISCOUNTED)]
    shortage_cost: Annotated[float, Says("capacity-gap penalty more", DISCOUNTED)]
    surplus_cost: Annotated[float, Says("carrying surplus capacity more", DISCOUNTED)]
    shortage: Annotated[float, Says("missing more", MW_YEARS)]


class ChangeJson(TypedDict):
    """One difference to the course without this news."""

    action: Annotated[Literal["qualify", "sign", "order"], Says("the decision")]
    way: Annotated[Literal["more", "less", "time", "ships", "site"], Says(WAY)]
    supplier: Annotated[str, Says("id of the supplier")]
    period: Annotated[str, Says("of the decision")]
    offer: Annotated[str, Says("id of the offer; empty unless an order")]
    units: Annotated[float, Says("of an order; 0 otherwise", "units")]
    ships: Annotated[str, Says("period of shipment; empty unless an order")]
    site: Annotated[str, Says("id of the site; empty unless an order")]
    instead: Annotated[str, Says("what the other course has in place of what differs; empty for more and less")]


class BlowJson(TypedDict):
    """Orders placed before the news that it hits."""

    offer: Annotated[str, Says("id of the offer")]
    supplier: Annotated[str, Says("id of the supplier")]
    units: Annotated[float, Says("hit", "units")]
    days: Annotated[int | None, Says("later; null: they never ship", "days")]


class ReactionJson(TypedDict):
    """The news on one of its dates."""

    node: Annotated[str, Says("node of the tree of futures at which it comes")]
    period: Annotated[str, Says("in which it comes")]
    probability: Annotated[float, Says("that it comes then", SHARE)]
    extra: Annotated[ExtraJson, Says("what it costs then")]
    changes: Annotated[list[ChangeJson], Says("what is done then")]
    hit: Annotated[list[BlowJson], Says("earlier orders it hits")]


class PlayJson(TypedDict):
    """What to do on one piece of news."""

    after: Annotated[list[NewsJson], Says("news that has come before it")]
    news: Annotated[list[NewsJson], Says("the news")]
    says: Annotated[str, Says("the news in words")]
    when: Annotated[str, Says("its dates in words")]
    probability: Annotated[float, Says("that it comes on one of them", SHARE)]
    watch: Annotated[str, Says("what to watch to see it coming; may be empty")]
    do: Annotated[str, Says("what to do, in words")]
    timing_only: Annotated[bool, Says("the same orders, at other times")]
    hit: Annotated[str, Says("in words, what it does to earlier orders; empty: nothing")]
    switches: Annotated[list[SwitchJson], Says("capacity that changes makers")]
    first_day: Annotated[str | None, Says("of the steps to take, over all dates; null: nothing to do", "day")]
    last_day: Annotated[str | None, Says("of the same", "day")]
    extra: Annotated[ExtraJson, Says("what it costs, over all dates")]
    dates: Annotated[list[ReactionJson], Says("one for each date it may come")]


class AppointmentJson(TypedDict):
    """One entry of the contract calendar."""

    day: Annotated[str, Says("on which it happens or falls due", "day")]
    kind: Annotated[str, Says("such as frame agreement, purchase order, payment, last day to order")]
    what: Annotated[str, Says("in words")]
    planned: Annotated[str | None, Says("of last days: the day the plan does it", "day")]
    supplier: Annotated[str, Says("id of the supplier; may be empty")]
    offer: Annotated[str, Says("id of the offer; may be empty")]
    site: Annotated[str, Says("id of the site; may be empty")]
    upon: Annotated[str, Says("the news it follows; empty: while nothing happens")]
