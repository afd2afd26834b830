"""Answers side by side, as every door shows them: names of confidential suppliers masked, their prices left out."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from planner.plan.difference import Change
from planner.report.agreements import first_day
from planner.report.brief import find_ramp_facts
from planner.report.capacity import find_ramp
from planner.report.mask import HIDDEN, Mask, build_mask
from planner.report.mix import Share, find_mix
from planner.report.moved import say_change
from planner.report.view import View, open_view
from planner.scenario.scenario import Scenario
from planner.studies.compare.bridge import Bridge, Row
from planner.studies.compare.pairing import Pair, compare
from planner.studies.compare.subject import Subject

SHOWN = ("cash_cost", "shortage_cost", "surplus_cost", "expected_cost", "cvar_cost", "weighted_cost", "shortage")


@dataclass(frozen=True, slots=True)
class Target:
    """When all a demand wants in the end is reached for good; ``since`` is empty where that never is. MW a year, GW-years."""

    demand: str
    since: str
    wanted_mw: float
    reached_mw: float
    open_gw_years: float


@dataclass(frozen=True)
class Side:
    """One answer. Money in ``unit`` of ``currency``, discounted to ``discounted_to``; ``shortage`` is in MW-years.

    ``measures`` is empty without a plan, and ``reason`` says why. ``gap`` is a fraction and belongs to ``minimised``.
    Suppliers, countries and dates are those while nothing happens. ``worst_share``: the part of the futures that
    ``cvar_cost`` averages; ``futures`` counts them.
    """

    name: str
    title: str
    source: str
    fingerprint: str
    status: str
    reason: str
    minimised: str
    gap: float | None
    verified: bool
    currency: str
    unit: str
    discounted_to: date | None
    worst_share: float
    futures: int
    measures: dict[str, float]
    suppliers: tuple[Share, ...] = ()
    countries: tuple[Share, ...] = ()
    first_signing: date | None = None
    first_order: date | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Moved:
    """One decision that the second plan takes otherwise, in words (``says``) and in its parts, as in a ``Change``.

    ``inputs``: those changed inputs that name its equipment, supplier or site.
    """

    says: str
    change: Change
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Versus:
    """The second of two answers against the first; ``first`` and ``second`` are their numbers in ``sides``, from 0.

    ``difference``: of the cost the policy makes least, second less first; ``room``: both gaps, None where one is not
    proven; ``equal``: whether the difference lies within them. ``bridge`` takes the difference apart, or ``no_bridge``
    says why not. ``inputs``: one sentence for each input that changed.
    """

    first: int
    second: int
    difference: float | None
    room: float | None
    equal: bool | None
    bridge: Bridge | None
    no_bridge: str
    moved: tuple[Moved, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Answers, and the pairs of them that were looked at closely."""

    sides: tuple[Side, ...]
    pairs: tuple[Versus, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; days are texts."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def build_comparison(
    subjects: tuple[Subject, ...], pairs: tuple[tuple[int, int], ...] | None = None, unmask: bool = False
) -> Comparison:
    """All answers side by side. ``pairs`` are numbers of answers; by default the first against each other one."""
    chosen = tuple((0, other) for other in range(1, len(subjects))) if pairs is None else pairs
    return show_comparison(subjects, tuple(compare(subjects, *pair) for pair in chosen), unmask)


def show_comparison(subjects: tuple[Subject, ...], pairs: tuple[Pair, ...], unmask: bool = False) -> Comparison:
    """Answers and pairs of them as they may be shown."""
    mask = join_masks([subject.scenario for subject in subjects if subject.scenario], unmask)
    sides = tuple(_side(subject, mask) for subject in subjects)
    return Comparison(sides, tuple(_versus(subjects, pair, mask) for pair in pairs))


def join_masks(scenarios: list[Scenario], unmask: bool = False) -> Mask:
    """One mask for several scenarios: who is confidential in one of them is so in all, under one number."""
    if not scenarios:
        return Mask()
    hidden = {supplier.id for scenario in scenarios for supplier in scenario.suppliers if supplier.confidential}
    suppliers = {
        s.id: s.model_copy(update={"confidential": s.id in hidden}) for scenario in scenarios for s in scenario.suppliers
    }
    offers = {offer.id: offer for scenario in scenarios for offer in scenario.offers}
    known = {name: getattr(scenarios[0], name) for name in Scenario.model_fields}
    return build_mask(
        Scenario.model_construct(**{**known, "suppliers": tuple(suppliers.values()), "offers": tuple(offers.values())}), unmask
    )


def _side(subject: Subject, mask: Mask) -> Side:
    money, policy = subject.data.get("money") or {}, subject.data.get("policy") or {}
    scenario = subject.scenario
    bare = Side(
        name=mask.text(subject.name), title=mask.text(subject.title), source=mask.text(subject.source),
        fingerprint=subject.fingerprint, status=str(subject.status), reason=mask.text(subject.hidden or subject.reason),
        minimised=subject.minimised, gap=subject.gap, verified=subject.verified,
        currency=scenario.money.currency if scenario else str(money.get("currency", "")),
        unit=scenario.money.unit if scenario else str(money.get("in", "units")),
        discounted_to=scenario.calendar.start if scenario else None,
        worst_share=1 - (scenario.policy.tail if scenario else float(policy.get("tail", 0.9))),
        futures=len(subject.plan.futures) if subject.plan else 0,
        measures={key: subject.measures[key] for key in SHOWN if key in subject.measures},
    )  # fmt: skip
    if scenario is None or subject.plan is None:
        return bare
    view = open_view(scenario, subject.plan, mask)
    suppliers, countries = find_mix(view)
    days = [first_day(signing.period) for signing in view.plan.signings]
    wanted = _wanted_in_full(view)
    targets = tuple(
        Target(f.demand, max(f.since, wanted[f.demand]) if f.since else "", f.wanted_mw, f.reached_mw, f.open_gw_years)
        for f in find_ramp_facts(view)
    )
    return replace(
        bare, suppliers=suppliers, countries=countries, targets=targets, first_signing=min(days, default=None),
        first_order=min((order.ordered for order in view.plan.orders), default=None),
    )  # fmt: skip


def _wanted_in_full(view: View) -> dict[str, str]:
    """The first period in which each demand wants as much as in the last; a single demand has no name."""
    points = find_ramp(view)
    names = dict.fromkeys(point.demand for point in points)
    found = {}
    for name in names:
        own = [point for point in points if point.demand == name]
        found[name if len(names) > 1 else ""] = next(point.period for point in own if point.target >= own[-1].target)
    return found


def _versus(subjects: tuple[Subject, ...], pair: Pair, mask: Mask) -> Versus:
    one, two = subjects[pair.first].scenario, subjects[pair.second].scenario
    moved, names = [], dict[str, str]()
    if one and two:
        units = {offer.id: offer.unit for scenario in (one, two) for offer in scenario.offers}
        names = {s.id: mask.supplier(s.id) if mask.hides(s.id) else s.name or s.id for sc in (one, two) for s in sc.suppliers}
        for change in pair.changes:
            shown = replace(change, supplier=mask.supplier(change.supplier), offer=mask.offer(change.offer))
            says = say_change(change, names[change.supplier], shown.offer, units.get(change.offer, ""))
            moved.append(Moved(says, shown, show_inputs(find_named(pair.inputs, change), mask)))
    return Versus(
        pair.first, pair.second, pair.difference, pair.room, pair.equal,
        mask_bridge(pair.bridge, mask, names) if pair.bridge else None, mask.text(pair.no_bridge),
        tuple(moved), show_inputs(pair.inputs, mask),
    )  # fmt: skip


def find_named(sentences: tuple[str, ...], change: Change) -> tuple[str, ...]:
    """Those of the sentences that name what the change is about."""
    known = [re.escape(name) for name in (change.offer, change.supplier, change.site) if name]
    named = re.compile(rf"(?<![\w-])({'|'.join(known)})(?![\w-])")
    return tuple(sentence for sentence in sentences if named.search(sentence.partition(" changes from ")[0]))


def show_inputs(sentences: tuple[str, ...], mask: Mask) -> tuple[str, ...]:
    """Sentences on changed inputs as they may be shown, each once."""
    return tuple(dict.fromkeys(_say_input(sentence, mask) for sentence in sentences))


def _say_input(sentence: str, mask: Mask) -> str:
    """The sentence; of what is confidential only that it changed, because the sentence would tell terms and prices."""
    if mask.text(sentence) == sentence:
        return sentence
    names = [shown for pattern, shown in mask.words if pattern.search(sentence)]
    return f"Terms of {names[0].partition('.')[0]} change"


def mask_bridge(bridge: Bridge, mask: Mask, names: dict[str, str]) -> Bridge:
    """The bridge with suppliers by their ``names`` as shown, by id.

    Everything about confidential ones comes into one row without units, so that nobody can work out a price.
    """
    shown = [replace(row, supplier=names[row.supplier]) for row in bridge.rows if not mask.hides(row.supplier)]
    hidden = [row for row in bridge.rows if mask.hides(row.supplier)]
    if not hidden:
        return replace(bridge, rows=tuple(shown))
    kinds = {name for row in hidden for name in row.parts}
    parts = {name: sum(row.parts.get(name, 0.0) for row in hidden) for name in sorted(kinds)}
    one = Row(HIDDEN, "", "", 0.0, 0.0, sum(row.before for row in hidden), sum(row.after for row in hidden), parts)
    return replace(bridge, rows=(*shown, one))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
