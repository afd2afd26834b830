"""Why there is no plan, in words: the rules that clash, where their numbers stand, and what it takes to get out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from planner.explain.conflict.found import Change, Conflict, Conflicts, Member, Place, WayOut
from planner.report.mask import Mask
from planner.report.saying import list_of
from planner.report.table import show, show_mw
from planner.report.view import show_money
from planner.report.words.catalogue import Language, read_text
from planner.scenario.scenario import Scenario

RULES: dict[str, tuple[str, ...]] = {
    "demand": ("text", "text", "text"), "site_ready": ("text",), "site_install_time": ("text",), "acceptance_time": ("text",),
    "site_capacity": ("text",), "site_install_limit": ("text",), "vetting_time": ("supplier",),
    "step_qualification": ("supplier", "text"), "crews": ("supplier",), "lead_time": ("offer",), "deinstall_time": ("offer",),
    "transit_time": ("offer",), "install_time": ("offer",), "ramp": ("offer",), "min_order": ("offer",),
    "valid_from": ("offer",), "valid_until": ("offer",), "offered_sites": ("offer", "text"), "budget": ("text",),
    "max_country_share": ("text", "part"), "max_supplier_share": ("supplier", "part"), "max_group_share": ("text", "part"),
    "min_country_share": ("text", "part"), "min_supplier_share": ("supplier", "part"), "min_group_share": ("text", "part"),
    "max_suppliers": (), "min_suppliers": (), "min_cell_efficiency": (), "tail_limit": (), "vetting_teams": (),
    "approvals": (), "resilience": ("text", "any"), "pin": ("text", "text", "any", "text"), "forbid": ("text", "any", "text"),
    "sanctioned": ("any",), "slots": ("pool", "text"), "available_units": ("offer",), "rival_claims": ("pool",),
    "contract": ("text",), "shock": ("news",), "licence": ("news",),
}  # fmt: skip
"""Kinds of rules that can clash, and what their names are names of."""
ORDINALS = ("first", "second", "third", "fourth")
TOGETHER = "together"
MANY = 3
"""So many members of one kind are said together."""


@dataclass(frozen=True)
class Words:
    """How members and ways are said: names people know, masked, amounts with their units, in one language."""

    scenario: Scenario
    mask: Mask
    language: Language = "en"

    def text(self, key: str, **values: object) -> str:
        """A text of the catalogue with values in their places."""
        return read_text(key, self.language).format(**values)

    def kind(self, rule: str) -> str:
        """What rules of a kind are called together."""
        return self.text("conflict_together") if rule == TOGETHER else self.text(f"rule_kind_{rule}")

    def member(self, member: Member) -> str:
        """A rule as a clause: ``lead time of ...``."""
        written = member.places[0].value if member.places else ""
        names = self._names(member.rule, member.names)
        if member.rule == "demand":
            names["second"] = self._span(member.names[1], member.names[2])
        return self.text(f"clash_{member.rule}", **names, value=self.amount(member.value, member.unit), written=written)

    def placed(self, member: Member) -> str:
        """The clause with where its number stands."""
        places = list(dict.fromkeys(shown for place in member.places if (shown := self.mask.text(show_place(place)))))
        return f"{self.member(member)} ({', '.join(places)})" if places else self.member(member)

    def grouped(self, members: Sequence[Member]) -> list[str]:
        """Members with their places; many of one kind as one."""
        found = []
        kinds = dict.fromkeys(member.rule for member in members)
        for rule in kinds:
            alike = [member for member in members if member.rule == rule]
            if len(alike) < MANY or rule == "demand":
                found += [self.placed(member) for member in alike]
            else:
                texts = [self._shortly(member) for member in alike]
                found.append(self.text("conflict_group", kind=self.kind(rule), members=list_of(texts, self.language)))
        return found

    def _shortly(self, member: Member) -> str:
        written = member.places[0].value if member.places else ""
        parts = [*self._names(member.rule, member.names).values(), written, *map(self._where, member.places)]
        return " ".join(part for part in parts if part)

    def _where(self, place: Place) -> str:
        return f"({self.mask.text(show_place(place))})"

    def change(self, change: Change) -> str:
        """What is changed, as a clause."""
        names = self._names(change.rule, change.names)
        if change.after is None:
            member = Member(change.rule, change.names, change.before, change.unit, (change.place,), needed=True)
            clause = self.text("give_up", member=self.member(member))
            return clause if change.before is not None else self.text(f"change_{change.rule}", **names)
        gap = abs(change.after - (change.before or 0.0))
        if change.rule == "demand":
            names["span"] = self._span(change.names[1], change.names[2])
            return self.text("change_demand", **names, less=self.amount(gap, change.unit))
        after, more = self.amount(change.after, change.unit), self.amount(gap, change.unit)
        return self.text(f"change_{change.rule}", **names, after=after, more=more)

    def amount(self, value: float | None, unit: str) -> str:
        """A number with its unit as people read it."""
        if value is None:
            return ""
        if unit == "MW":
            return self.text("value_mw", value=show_mw(value))
        if unit == "money":
            return show_money(value, self.scenario.money)
        if unit == "share":
            return f"{round(100 * value, 4):g} %"
        if unit == "date":
            return date.fromordinal(round(value)).isoformat()
        if unit == "days":
            return self.text("value_day" if value == 1 else "value_days", value=show(value, "units"))
        shown = show(value, "units")
        return self.text(f"unit_{unit.removesuffix('s') if shown == '1' else unit}", value=shown)

    def name(self, kind: str, name: str) -> str:
        """One name of a rule."""
        if kind == "pool":
            owner, _, name = name.partition(" ")
            kind = {"supplier": "supplier", "resource": "text"}.get(owner, "offer")
        if kind == "part":
            return self.text("of_spend") if name == "total" else self.text("of_step", step=name)
        if kind == "news":
            shown = {shock.id: shock.shown for shock in self.scenario.shocks}
            shown |= {licence.id: licence.shown for licence in self.scenario.licences}
            return self.mask.text(shown.get(name, name))
        supplier = self.scenario.supplier.get(name)
        if kind in ("supplier", "any") and supplier is not None and not self.mask.hides(name):
            return supplier.name or name
        return self.mask.text(name)

    def hidden(self, place: Place) -> tuple[str, str, str]:
        """What is written at a place, where it is and in which field, without confidential names."""
        return self.mask.text(place.value), self.mask.text(show_place(place)), self.mask.text(place.field)

    def _names(self, rule: str, names: Sequence[str]) -> dict[str, str]:
        kinds = RULES[rule] + ("text",) * len(names)
        shown = [self.name(kind, name) for kind, name in zip(kinds, names, strict=False)]
        if rule == "offered_sites":
            shown = [shown[0], list_of(shown[1:], self.language)]
        return dict(zip(ORDINALS, shown, strict=False))

    def _span(self, first: str, last: str) -> str:
        return first if first == last else self.text("span", first=first, last=last)


def show_place(place: Place) -> str:
    """``file.yaml:12``; the field where there is no line."""
    return f"{place.file}:{place.line}" if place.line else place.field


def explain_conflicts(found: Conflicts, scenario: Scenario, mask: Mask, language: Language = "en") -> list[str]:
    """The answer in sentences, most important first."""
    words = Words(scenario, mask, language)
    if found.status != "infeasible":
        return [words.text(f"conflict_{'none' if found.status == 'feasible' else 'unknown'}", reason=found.reason)]
    sentences = [sentence for number, clash in enumerate(found.clashes) for sentence in _clash(clash, words, number)]
    sentences += _ways(found.ways, words)
    return sentences + ([words.text("conflict_open", reason=found.reason)] if found.reason else [])


def _clash(clash: Conflict, words: Words, number: int) -> list[str]:
    items = [words.text("conflict_item", member=text) for text in words.grouped(clash.members)]
    if number:
        return [words.text("conflict_next"), *items]
    single = len(clash.members) == 1
    if single:
        found = [words.text("conflict_lead", member=words.placed(clash.members[0]))]
    else:
        found = [words.text("conflict_leads", count=len(clash.members)), *items]
        found.append(words.text("conflict_each" if clash.irreducible else "conflict_not_each"))
    if clash.smallest and not single:
        found.append(words.text("conflict_smallest"))
    if clash.whole:
        found.append(words.text("conflict_whole"))
    engines = list_of(clash.confirmed, words.language)
    if len(clash.confirmed) < 2:
        return [*found, words.text("conflict_unconfirmed")]
    once = len({engine.split()[0] for engine in clash.confirmed}) == 1
    return [*found, words.text("conflict_confirmed_once" if once else "conflict_confirmed", engines=engines)]


def _ways(ways: Sequence[WayOut], words: Words) -> list[str]:
    alone = [way for way in ways if way.changes and way.rule != TOGETHER]
    found = [words.text("way_lead"), *(words.text("way_item", way=say_way(way, words)) for way in alone)] if alone else []
    found += [words.text("way_none", change=_changes(way.changes, words)) for way in ways if way.rule == TOGETHER]
    closed = [words.kind(way.rule) for way in ways if way.helps is False]
    unknown = [words.kind(way.rule) for way in ways if way.helps is None and not way.changes]
    found += [words.text("way_closed", rules=list_of(closed, words.language))] if closed else []
    return found + ([words.text("way_open", rules=list_of(unknown, words.language))] if unknown else [])


def say_way(way: WayOut, words: Words) -> str:
    """One way out as a sentence, with what the plan then costs."""
    change = _changes(way.changes, words)
    if way.cost is None:
        return words.text("way_unpriced", change=change, reason=way.reason)
    cost = show_money(way.cost, words.scenario.money)
    sentence = words.text("way_cost", change=change, cost=cost)
    if way.least:
        return sentence
    # rounded down: no more is said to be proven than is
    share = floor(100 * way.least_share)
    return words.text("way_proven", way=sentence, share=f"{share} %") if share else words.text("way_more_may_do", way=sentence)


def _changes(changes: Iterable[Change], words: Words) -> str:
    return list_of([words.change(change) for change in _runs(changes)], words.language)


def _runs(changes: Iterable[Change]) -> list[Change]:
    """Changes of demand in periods one after the other that are alike, as one."""
    found: list[Change] = []
    for change in changes:
        last = found[-1] if found else None
        if last is not None and change.rule == last.rule == "demand" and _alike(last, change):
            names = (*last.names[:2], change.names[2])
            found[-1] = Change(last.rule, names, last.place, last.before, last.after, last.unit)
        else:
            found.append(change)
    return found


def _alike(one: Change, other: Change) -> bool:
    return (one.names[0], one.before, one.after) == (other.names[0], other.before, other.after)
