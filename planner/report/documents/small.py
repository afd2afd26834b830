"""The JSON of the verbs that solve nothing: check, diff, tension and convert."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from planner.report.documents.fields import Says
from planner.report.documents.shared import MW, FindingJson


class SizeJson(TypedDict):
    """How large a question is."""

    periods: Annotated[int, Says("periods of the calendar")]
    futures: NotRequired[Annotated[int, Says("courses of events looked at; left out where there is one")]]
    qualifications: Annotated[int, Says("decisions whether and when to qualify")]
    signatures: Annotated[int, Says("decisions whether and when to sign")]
    purchase_orders: Annotated[int, Says("decisions how much to order, when, for when and where")]
    slot_rules: Annotated[int, Says("rules on delivery slots")]
    installation_rules: Annotated[int, Says("rules on places in installation")]
    share_rules: Annotated[int, Says("rules on shares")]


class OfferJson(TypedDict):
    """What one offer gives."""

    offer: Annotated[str, Says("id of the offer")]
    steps: Annotated[str, Says("steps it covers, with commas")]
    mw: Annotated[float | None, Says("capacity of one unit at its narrowest step", MW)]
    price_per_gw: Annotated[float | None, Says("price per GW a year; null where masked or without capacity",
                                               "base currency, `money.in` units, per GW a year")]  # fmt: skip
    earliest: Annotated[str | None, Says("first day in service if ordered now; null if never", "day")]
    why: Annotated[str, Says("why it cannot be used; empty if it can")]


class AssumptionJson(TypedDict):
    """One line of the register of assumptions."""

    part: Annotated[str, Says("part of the scenario, such as offers")]
    id: Annotated[str, Says("id of the item; empty where it has none")]
    field: Annotated[str, Says("field the source is for; all: every one of the item")]
    value: Annotated[str, Says("what the scenario says there; masked: of a confidential supplier")]
    kind: Annotated[str, Says("what the source says it is, such as assumption; no source: nothing is said")]
    low: Annotated[float | None, Says("low end the source gives", "that of the field")]
    high: Annotated[float | None, Says("high end the source gives", "that of the field")]
    confidence: Annotated[str, Says("as the source says; may be empty")]
    date: Annotated[str, Says("of the source; may be empty")]
    note: Annotated[str, Says("of the source; may be empty")]
    url: Annotated[str, Says("of the source; may be empty")]


class DerivedJson(TypedDict):
    """Tables of what a scenario implies."""

    offers: Annotated[list[OfferJson], Says("what each offer gives, and how early")]
    wanted: Annotated[list[dict[str, str | float]], Says("per period: `period` its name, and by demand the MW wanted", MW)]
    assumptions: NotRequired[Annotated[list[AssumptionJson], Says("the register; with `--register`")]]


class CheckJson(TypedDict):
    """``planner check --json``, of a file that can be solved."""

    file: Annotated[str, Says("the file as given")]
    ok: Annotated[bool, Says("true: it can be solved")]
    exit_code: Annotated[int, Says("0")]
    title: Annotated[str, Says("title of the scenario")]
    findings: Annotated[list[FindingJson], Says("warnings and notes")]
    size: Annotated[SizeJson, Says("how large the question is")]
    derived: Annotated[DerivedJson, Says("what the scenario implies")]


class DiffJson(TypedDict):
    """``planner diff --json``."""

    old: Annotated[str, Says("the file before, as given")]
    new: Annotated[str, Says("the file after, as given")]
    changes: Annotated[list[str], Says("one sentence per change; empty: both say the same")]


class BaseJson(TypedDict):
    """The normal times of an index."""

    window: Annotated[str, Says("as given with `--base`")]
    mean: Annotated[float, Says("of the index over the window: the dial is relative to it", "that of the index")]
    values: Annotated[int, Says("how many values the mean is over")]


class TensionJson(TypedDict):
    """``planner tension --json``."""

    file: Annotated[str, Says("the index file as given")]
    column: Annotated[str, Says("name of the index")]
    base: Annotated[BaseJson, Says("the normal times that are 1")]
    tension: Annotated[
        dict[str, float], Says("by quarter, such as 2026-Q1: what `futures.tension` takes", "relative to the base")
    ]


class ConvertJson(TypedDict):
    """``planner convert --json``."""

    source: Annotated[str, Says("the file read, as given")]
    target: Annotated[str, Says("the file written, as given")]
    changes: Annotated[list[str], Says("what a workbook changed in a scenario file that existed, one sentence each; else empty")]
    findings: Annotated[list[FindingJson], Says("what was seen in the workbook; never errors: with one nothing is written")]
