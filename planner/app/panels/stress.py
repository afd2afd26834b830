"""The stress test: the plan on fresh random futures, made when the reader asks for it."""

from __future__ import annotations

import time
from functools import partial

import streamlit as st

from planner.app.charts.spread import draw_spread
from planner.app.panels.phrases import amount, capacity, percent, word
from planner.app.panels.pictures import current_look, draw_fold, draw_picture
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.plain import label
from planner.app.words.words import t
from planner.report.spread import bins_table, find_bins
from planner.report.stress import stress_tables
from planner.report.table import digits_for, grouped, show_share
from planner.report.view import money_unit
from planner.scenario.money import Money
from planner.studies.estimate import Estimate
from planner.studies.stress import RampChance, Stress, stress_plan

COUNTS = (500, 2_000, 5_000, 10_000)
"""Numbers of random futures to choose from: 10,000 take 0.2 s on most trees and 2.6 s on the largest."""
FOUND = "stress"


def draw_stress(sheet: Sheet) -> None:
    """Settings and a button; below it what the last test of this very plan found."""
    st.caption(t("futures.stress_note"))
    left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
    count = left.selectbox(t("futures.stress_count"), COUNTS, index=1, key="stress_count", format_func=lambda n: f"{n:,}")
    seed = middle.number_input(t("futures.stress_seed"), 0, 2**32 - 1, 1, key="stress_seed", help=t("futures.stress_seed_help"))
    if right.button(t("futures.stress_run"), key="stress_run", type="primary"):
        run_stress(sheet, int(count or COUNTS[0]), int(seed or 0))
    name, found = st.session_state.get(FOUND, ("", None))
    if found is not None and name == sheet.answer.result.fingerprint:
        draw_found(sheet, found)


def run_stress(sheet: Sheet, count: int, seed: int) -> None:
    """Replay the plan and keep what was found for this session."""
    with st.status(t("futures.stress_running", count=f"{count:,}")) as status:
        began = time.perf_counter()
        found = stress_plan(sheet.view.scenario, sheet.view.everything, count, seed)
        st.session_state[FOUND] = (sheet.answer.result.fingerprint, found)
        status.update(label=t("futures.stress_done", seconds=f"{time.perf_counter() - began:.1f}"), state="complete")


def draw_found(sheet: Sheet, stress: Stress) -> None:
    """Sentences, the spread of all costs, then the tables."""
    scenario = sheet.view.scenario
    for text in say_stress(stress, scenario.money):
        st.markdown(f"- {text}")
    money = money_unit(scenario.money)
    bins = find_bins((float(cost), 1 / stress.futures) for cost in stress.costs)
    marks = [
        (t("futures.mean"), stress.expected_cost.mean),
        (t("futures.worst", share=percent(1 - stress.tail)), stress.cvar_cost.mean),
    ]
    st.markdown(f"**{t('futures.stress_spread')}**")
    alt = t(
        "futures.stress_alt", count=f"{stress.futures:,}", mean=grouped(marks[0][1], 1), worst=grouped(marks[1][1], 1), unit=money
    )
    draw_picture(
        sheet, "stress_spread", lambda: draw_spread(bins, money, marks, t, current_look()), alt,
        lambda: bins_table(bins, money), (stress.futures, stress.seed),
    )  # fmt: skip
    for table in stress_tables(stress, scenario):
        name = table.name.lower()
        title = word("futures.stress_table", table.name)
        draw_fold(title, f"fold_stress_{name}", partial(draw_table, table, sheet.stamp, f"stress_{name}"))


def say_stress(stress: Stress, money: Money) -> list[str]:
    """What was found, safe where Markdown is read: how much is known of each mean is said as an interval."""
    found = [t("futures.stress_drawn", count=f"{stress.futures:,}", courses=f"{stress.courses:,}", seed=stress.seed)]
    found += [_costs(stress, money), _worst(stress, money)]
    by_demand: dict[str, list[RampChance]] = {}
    for chance in stress.ramp:
        by_demand.setdefault(chance.demand, []).append(chance)
    found += [_ramp(name if len(by_demand) > 1 else "", chances) for name, chances in by_demand.items()]
    found.append(_gap(stress))
    if stress.unseen:
        found.append(t("futures.stress_unseen", share=label(show_share(stress.unseen / stress.futures))))
    if stress.cut_futures:
        why = t("plan.list_comma").join(
            t(f"futures.cut_{cut.reason.replace(' ', '_')}") for cut in sorted(stress.cuts, key=lambda cut: -cut.futures)[:3]
        )
        found.append(t("futures.stress_cuts", share=label(show_share(stress.cut_futures / stress.futures)), why=why))
    return found


def _costs(stress: Stress, money: Money) -> str:
    cash, penalty, all_ = stress.cash_cost, stress.shortage_cost, stress.expected_cost
    planned = stress.planned.get("expected_cost")
    text = t(
        "futures.stress_costs", cash=amount(cash.mean, money), cash_room=_room(cash), penalty=amount(penalty.mean, money),
        penalty_room=_room(penalty), all=amount(all_.mean, money), all_room=_room(all_),
    )  # fmt: skip
    if planned is None:
        return text
    if all_.low <= planned <= all_.high:
        return f"{text} {t('futures.stress_agrees', planned=amount(planned, money))}"
    way = t("futures.more" if all_.mean > planned else "futures.less")
    return (
        f"{text} {t('futures.stress_off', planned=amount(planned, money), off=amount(abs(all_.mean - planned), money), way=way)}"
    )


def _room(found: Estimate) -> str:
    width = found.high - found.low
    if width <= 0:
        return t("futures.room_none")
    digits = min(6, max(digits_for(found.mean), digits_for(width)))
    return t("futures.room", low=label(grouped(found.low, digits)), high=label(grouped(found.high, digits)))


def _worst(stress: Stress, money: Money) -> str:
    return t(
        "futures.stress_worst", share=label(percent(1 - stress.tail)), worst=amount(stress.cvar_cost.mean, money),
        room=_room(stress.cvar_cost), dearest=amount(stress.worst_cost, money),
    )  # fmt: skip


def _ramp(name: str, chances: list[RampChance]) -> str:
    last, weakest = chances[-1], min(chances, key=lambda chance: chance.met.mean)
    whose = t("plan.ramp_of", demand=label(name)) if name else ""
    text = t(
        "futures.stress_ramp",
        whose=whose,
        target=capacity(last.target),
        period=last.period,
        share=label(show_share(last.met.mean)),
    )
    if weakest.met.mean >= last.met.mean:
        return text
    return f"{text} {t('futures.stress_weakest', period=weakest.period, share=label(show_share(weakest.met.mean)))}"


def _gap(stress: Stress) -> str:
    if stress.no_shortage.mean == 1:
        return t("futures.stress_no_gap")
    mean, bad = stress.shortage.mean / 1000, stress.shortage_quantiles["0.95"] / 1000
    share = label(show_share(stress.no_shortage.mean))
    return t("futures.stress_gap", share=share, mean=label(grouped(mean, 2)), bad=label(grouped(bad, 2)))
