"""The answer first: the ramp, the money as two numbers, what to sign and order now, how sure all of it is."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.phrases import amount, capacity, names, sentence, units_of, word
from planner.app.plain import label
from planner.app.words.words import language, t
from planner.report.answer import Answer
from planner.report.brief import FirstOrders, Proof, RampFact, find_first_orders, find_proof, find_ramp_facts, find_steps
from planner.report.shortfall import explain_gaps
from planner.report.table import grouped, show_share
from planner.report.view import View
from planner.report.words.catalogue import find_language
from planner.scenario.money import Money


def draw_headline(answer: Answer, view: View, *, goes_on: bool = False) -> None:
    """Sentences, most important first; a plan the check refuses is refused before anything else.

    ``goes_on``: the search lasts, and may find a better plan.
    """
    if not answer.verified:
        st.error(t("plan.not_verified", count=len(answer.result.audit.get("findings", []))))
    facts = find_ramp_facts(view)
    for fact in facts:
        st.markdown(f"#### {_ramp(fact, view.branches)}")
    for text in explain_gaps(view, find_language(language()), label):
        st.markdown(text)
    for text in (*_money(view), *_steps(view), *_orders(view)):
        st.markdown(text)
    if answer.verified:
        st.markdown(f"{_proof(find_proof(answer, goes_on), answer.scenario.money)} {t('plan.verified')}")


def _ramp(fact: RampFact, branches: bool) -> str:
    values = {
        "whose": t("plan.ramp_of", demand=label(fact.demand)) if fact.demand else "",
        "wanted": capacity(fact.wanted_mw), "reached": capacity(fact.reached_mw), "since": fact.since, "last": fact.last,
        "widest": fact.widest, "gap": capacity(fact.gap_mw), "open": label(grouped(fact.open_gw_years, 2)),
        "quiet": t("plan.if_nothing") if branches else "",
    }  # fmt: skip
    key = "plan.ramp_met" if not fact.gap_mw else "plan.ramp_late" if fact.since else "plan.ramp_short"
    return sentence(t(key, **values))


def _money(view: View) -> list[str]:
    money, measures = view.scenario.money, view.plan.measures
    cash, penalty = (amount(measures.get(key, 0.0), money) for key in ("cash_cost", "shortage_cost"))
    quiet = t("plan.if_nothing") if view.branches else ""
    text = t("plan.money", quiet=quiet, cash=cash, penalty=penalty, day=view.scenario.calendar.start)
    if surplus := measures.get("surplus_cost"):
        text += " " + t("plan.surplus", amount=amount(surplus, money))
    return [sentence(text)]


def _steps(view: View) -> list[str]:
    """What to sign and whom to qualify now; then the same for every later period."""
    parts: dict[str, list[str]] = {}
    for step in find_steps(view):
        parts.setdefault("" if step.now else step.period, []).append(t(f"plan.{step.verb}", who=names(step.suppliers)))
    comma = t("plan.list_comma")
    now = parts.pop("", None)
    found = [t("plan.now", what=comma.join(now)) if now else t("plan.now_nobody")]
    if parts:
        later = t("plan.list_semicolon").join(t("plan.in_period", period=p, what=comma.join(what)) for p, what in parts.items())
        found.append(t("plan.then_quiet" if view.branches and not view.paths.staged else "plan.then", what=later))
    return found


def _orders(view: View) -> list[str]:
    first = find_first_orders(view)
    return [t("plan.no_orders") if first is None else _first_orders(first, view)]


def _first_orders(first: FirstOrders, view: View) -> str:
    lots = [
        t("plan.lot", units=units_of(lot.units, lot.units, lot.unit), offer=label(lot.offer), ships=lot.ships)
        for lot in first.lots
    ]
    what = t("plan.list_comma").join(lots)
    text = t(f"plan.order_now_{view.scenario.calendar.step}" if first.now else "plan.order_first", what=what, period=first.period)
    return f"{text} {t('plan.order_more', count=first.more, until=first.until)}" if first.more else text


def _proof(proof: Proof, money: Money) -> str:
    room = ""
    if proof.low is not None and proof.high is not None:
        room = t("plan.room", low=amount(proof.low, money), high=amount(proof.high, money))
    gap = t("plan.gap_unknown") if proof.gap is None else label(show_share(proof.gap))
    reason = label(word("plan.reason", proof.reason)) if proof.reason else t("plan.reason_none")
    kind = "so_far_unknown" if proof.kind == "so_far" and proof.gap is None else proof.kind
    return t(f"plan.proof_{kind}", gap=gap, room=room, reason=reason)
