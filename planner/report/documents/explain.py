"""The JSON of ``planner explain`` for a scenario that has a plan."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from planner.report.documents.conflict import ConflictsJson
from planner.report.documents.fields import Says
from planner.report.documents.gaps import GapJson
from planner.report.documents.playbook import ChangeJson
from planner.report.documents.shared import DISCOUNTED, MW, SHARE, CostJson

PRICE = "the offer's currency, `money.in` units, per unit"
VERDICT = (
    "differs: surely not 0; nothing: surely 0; within the gaps: not distinguishable from 0; impossible: proven that no plan "
    "keeps every rule then; open: not answered"
)
WHY_NOT = "what the best plan that buys from it, or buys some of it, costs more"


class AmountJson(TypedDict):
    """Money saved or spent by a change; the field that holds it says which."""

    verdict: Annotated[Literal["differs", "nothing", "within the gaps", "impossible", "open"], Says(VERDICT)]
    value: Annotated[float | None, Says("difference of the two plans found; null where there is none", DISCOUNTED)]
    low: Annotated[float | None, Says("surely at least this; null: not known", DISCOUNTED)]
    high: Annotated[float | None, Says("surely at most this; null: not known", DISCOUNTED)]
    reason: Annotated[str, Says("why it is not answered, or what ended its search early; may be empty")]


class OtherJson(TypedDict):
    """The plan of a changed question less the plan explained; empty where none is known."""

    cash: Annotated[float, Says("payments more", DISCOUNTED)]
    penalty: Annotated[float, Says("capacity-gap penalty more", DISCOUNTED)]
    suppliers: Annotated[list[str], Says("signed if nothing happens, by id")]
    changes: Annotated[list[ChangeJson], Says("what is decided otherwise if nothing happens")]


class PointJson(TypedDict):
    """So much more of something."""

    amount: Annotated[float, Says("more, in the unit of the steps")]
    saves: Annotated[AmountJson, Says("what that saves")]


class StepsJson(TypedDict):
    """What more of something saves, and how long that holds."""

    unit: Annotated[Literal["slots", "weeks", "MW"], Says("of all amounts")]
    points: Annotated[list[PointJson], Says("every amount tried, in order")]
    useful: Annotated[float | None, Says("the least amount tried that surely saves something; null: none")]
    each: Annotated[float | None, Says("what one unit saves there", DISCOUNTED)]
    holds: Annotated[float | None, Says("up to this amount each further unit saves as much")]
    ends: Annotated[float | None, Says("at this amount it surely does not; null: no end was seen")]


class BaseJson(TypedDict):
    """The plan explained."""

    cost: Annotated[CostJson, Says("of the plan")]
    cash: Annotated[float, Says("its payments", DISCOUNTED)]
    penalty: Annotated[float, Says("its capacity-gap penalty", DISCOUNTED)]
    suppliers: Annotated[list[str], Says("signed if nothing happens, by id")]


class PartDoneJson(TypedDict):
    """How one part went."""

    part: Annotated[str, Says("its name")]
    questions: Annotated[int, Says("asked", "count")]
    answered: Annotated[int, Says("of them", "count")]
    seconds: Annotated[float, Says("it took", "s")]
    ended: Annotated[str, Says("why not every question was answered; empty when all were")]


class RulePriceJson(TypedDict):
    """What one rule costs."""

    rule: Annotated[str, Says("field of the format, such as `policy.max_suppliers`; for a whole family its name")]
    family: Annotated[str, Says("what kind of rule")]
    limit: Annotated[str, Says("what is written there")]
    saves: Annotated[AmountJson, Says("what the best plan without it saves")]
    other: Annotated[OtherJson, Says("that plan")]
    members: Annotated[list[str], Says("rules of a family left out together; empty for a single rule")]


class SlotValueJson(TypedDict):
    """A window of delivery slots the plan uses up."""

    pool: Annotated[str, Says("whose slots, such as `supplier acme`")]
    supplier: Annotated[str, Says("id; empty where several share the pool")]
    window: Annotated[str, Says("period of the window")]
    free: Annotated[float, Says("today, before rivals", "slots")]
    taken: Annotated[float, Says("by the plan, if nothing happens", "slots")]
    steps: Annotated[StepsJson, Says("what more slots in it save")]
    other: Annotated[OtherJson, Says("the best plan with the least useful number more")]


class WeekValueJson(TypedDict):
    """All a supplier delivers comes weeks earlier."""

    supplier: Annotated[str, Says("id")]
    offers: Annotated[list[str], Says("its offers, by id")]
    steps: Annotated[StepsJson, Says("what so many weeks save")]
    other: Annotated[OtherJson, Says("the best plan with the least useful number")]


class SiteValueJson(TypedDict):
    """A site may run more."""

    site: Annotated[str, Says("id")]
    allowed: Annotated[float, Says("today", MW)]
    used: Annotated[float, Says("at its most, if nothing happens", MW)]
    steps: Annotated[StepsJson, Says("what more saves")]
    other: Annotated[OtherJson, Says("the best plan with the least useful amount")]


class OfferPriceJson(TypedDict):
    """The price at which an offer enters the best plan or leaves it."""

    offer: Annotated[str, Says("id")]
    supplier: Annotated[str, Says("id")]
    units: Annotated[float, Says("in the plan if nothing happens, else its least order", "units")]
    currency: Annotated[str, Says("of its prices")]
    price: Annotated[float | None, Says("today, the first written; null: confidential", PRICE)]
    turn: Annotated[
        Literal["enters", "stays", "never", "open"],
        Says("enters: not in the plan, comes in; stays: in the plan, goes out; never: neither at any price; open: not found"),
    ]
    low: Annotated[float | None, Says("surely in the best plan up to here; null: not known", PRICE)]
    high: Annotated[float | None, Says("surely not above; null: not known", PRICE)]
    costs: Annotated[AmountJson, Says("buying its least order, or doing without it where it is in the plan")]
    other: Annotated[OtherJson, Says("the best plan then")]
    earlier: Annotated[float | None, Says("weeks earlier that would bring it in at today's price; null: none known", "weeks")]
    bought: Annotated[bool, Says("whether the plan buys it")]


class SupplierWorthJson(TypedDict):
    """What a supplier is worth."""

    supplier: Annotated[str, Says("id")]
    signed: Annotated[bool, Says("whether the plan signs it if nothing happens")]
    costs: Annotated[AmountJson, Says("doing without it where it is signed, buying from it where it is not")]
    other: Annotated[OtherJson, Says("the best plan then")]


class WhyNotJson(TypedDict):
    """Why a supplier or an offer is not in the plan."""

    asked: Annotated[str, Says("id")]
    kind: Annotated[Literal["supplier", "offer"], Says("which of the two")]
    costs: Annotated[AmountJson, Says(WHY_NOT)]
    other: Annotated[OtherJson, Says("that plan: what gives way")]


class DelayJson(TypedDict):
    """Nothing is signed before a day."""

    period: Annotated[str, Says("that begins on the day")]
    day: Annotated[str, Says("first day of signatures, `YYYY-MM-DD`")]
    costs: Annotated[AmountJson, Says("what that costs")]
    other: Annotated[OtherJson, Says("the best plan then")]


class WaitingJson(TypedDict):
    """What waiting costs, day by day."""

    supplier: Annotated[str, Says("id; empty: nothing is signed with anybody")]
    delays: Annotated[list[DelayJson], Says("in order of the day")]


class MixJson(TypedDict):
    """A set of suppliers and its best plan found."""

    suppliers: Annotated[list[str], Says("signed if nothing happens, by id")]
    costs: Annotated[AmountJson, Says("more than the plan explained")]
    other: Annotated[OtherJson, Says("that plan")]


class TiesJson(TypedDict):
    """Plans about as good with other suppliers."""

    within: Annotated[float, Says("how much dearer they may be", SHARE)]
    mixes: Annotated[list[MixJson], Says("found, the plan's own first, then the cheapest first")]
    always: Annotated[list[str], Says("suppliers that every plan within it surely signs, by id")]
    never: Annotated[list[str], Says("suppliers that none signs")]
    either: Annotated[list[str], Says("suppliers known both ways")]
    unknown: Annotated[list[str], Says("the rest")]
    complete: Annotated[bool, Says("proven that there is no other mix")]


class BriefValueJson(TypedDict):
    """A value a sentence of the brief states."""

    name: Annotated[str, Says("in the sentence")]
    kind: Annotated[str, Says("what it is: mw, money, units, share, day, supplier and so on")]
    value: Annotated[float | str, Says("a number, a day, or a name, masked")]
    source: Annotated[str, Says("where it comes from; may be empty")]


class BriefJson(TypedDict):
    """One sentence of the brief."""

    paragraph: Annotated[int, Says("it stands in, from 1")]
    key: Annotated[str, Says("which sentence it is")]
    text: Annotated[str, Says("in words")]
    japanese: Annotated[str, Says("the same in Japanese")]
    values: Annotated[list[BriefValueJson], Says("it states")]


class ExplainJson(TypedDict):
    """``planner explain --json``. Costs are the measure the policy makes least; parts not asked for are empty."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    asked: Annotated[list[str], Says("parts asked for")]
    fingerprint: Annotated[str, Says("of the scenario, the options and all versions")]
    gap: Annotated[float, Says("to which questions were asked to be proven; the plan itself as `--gap` says", SHARE)]
    base: Annotated[BaseJson, Says("the plan explained")]
    code: Annotated[int, Says("as `exit_code`")]
    parts: Annotated[list[PartDoneJson], Says("how each part went")]
    rules: Annotated[list[RulePriceJson], Says("part rules, the dearest first")]
    slots: Annotated[list[SlotValueJson], Says("part slots, the most valuable first")]
    weeks: Annotated[list[WeekValueJson], Says("part slots: earlier delivery")]
    sites: Annotated[list[SiteValueJson], Says("part slots: larger sites")]
    offers: Annotated[list[OfferPriceJson], Says("part offers, the nearest to turning first")]
    suppliers: Annotated[list[SupplierWorthJson], Says("part offers: what every supplier is worth")]
    why_not: Annotated[list[WhyNotJson], Says("part why-not: those asked about with `--why-not`")]
    waiting: Annotated[list[WaitingJson], Says("part waiting: with everybody, then by supplier")]
    ties: Annotated[TiesJson | None, Says("part ties; null: not asked for")]
    brief: Annotated[list[BriefJson], Says("part brief: the plan and what was found, in words")]
    gaps: Annotated[list[GapJson], Says("part brief: capacity gaps if nothing happens, and why")]
    exit_code: Annotated[int, Says("how it ended")]


class ClashedJson(TypedDict):
    """``planner explain --json`` where it is proven that no plan keeps every rule."""

    file: Annotated[str, Says("the file as given")]
    scenario: Annotated[str, Says("title of the scenario")]
    name: Annotated[str, Says("name of the file without its ending")]
    conflict: Annotated[ConflictsJson, Says("which rules clash, and the ways out")]
    exit_code: Annotated[int, Says("always 4")]
