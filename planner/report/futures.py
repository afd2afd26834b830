"""All futures side by side: what each costs, what they come to on average, and in the worst of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.plan.paths import costs_of
from planner.plan.plan import FutureCost, Plan
from planner.plan.reactions import mean_costs
from planner.report.play_words import say_event, say_short, say_until
from planner.report.plays import Play, find_plays
from planner.report.table import Cell, Column, Table, grouped, show_share
from planner.report.view import View, money_unit, show_money

MOST_SENTENCES = 3
UNDERSTATED = 0.1
"""Part of the tail from which the mass cut off the tree makes the average of the worst futures too small."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The worst ``share`` of the probability: its costs on average by measure, and whether they are understated."""

    share: float
    costs: dict[str, float]
    understated: bool


def find_tail(view: View) -> Tail:
    """The average of the worst futures; the one at the edge counts in part. A tail of 0 means all futures."""
    plan = view.everything
    share = 1 - view.scenario.policy.tail
    room, worst = share, list[FutureCost]()
    for future in sorted(plan.futures, key=lambda future: -future.cost):
        if room <= 0:
            break
        part = min(room, future.probability)
        worst.append(_weighing(future, part))
        room -= part
    return Tail(share, mean_costs(worst), plan.cut_mass > UNDERSTATED * share)


def _weighing(future: FutureCost, probability: float) -> FutureCost:
    return FutureCost(future.name, future.node, probability, **_costs(future))


def _costs(future: FutureCost) -> dict[str, float]:
    return {"cost": future.cost} | {key: value for key, value in costs_of(future).items() if key != "expected_cost"}


def tail_name(tail: Tail) -> str:
    """``average of the worst 10 %``."""
    return (
        f"average of the worst {grouped(100 * tail.share, 0 if abs(tail.share * 100 - round(tail.share * 100)) < 1e-9 else 1)} %"
    )


def understated(plan: Plan, tail: Tail) -> str:
    """`` (understated, cut mass 4.2 %)`` where the tree leaves out too much; else nothing."""
    return f" (understated, cut mass {show_share(plan.cut_mass)})" if tail.understated else ""


def if_nothing(view: View, table: Table) -> Table:
    """The table with its question asked for the future in which nothing happens; as it is without branches."""
    return replace(table, title=f"{table.title.removesuffix('?')}, if nothing happens?") if view.branches else table


def understated_in(view: View) -> str:
    """The same for a plan with several futures; nothing for one without."""
    return understated(view.everything, find_tail(view)) if view.branches else ""


def futures_table(view: View, most: int | None = None) -> Table:
    """One row a future: nothing happens first, then by chance; then the averages. Above ``most`` the rest is one row."""
    plan, money = view.everything, money_unit(view.scenario.money)
    columns = (
        Column("future", "Future"),
        Column("probability", "Chance", "share"),
        Column("cost", "All costs", "money", money),
        Column("cash", "Cash", "money", money),
        Column("penalty", "Penalty", "money", money),
        Column("gap", "Capacity gap", "mw", "MW-years"),
    )
    ranked = sorted(plan.futures, key=lambda f: (f.node != view.paths.trunk[-1], -f.probability, f.name))
    kept = ranked if most is None or len(ranked) <= most else ranked[: most - 1]
    rest = ranked[len(kept) :]
    rows = [_row(view.mask.text(future.name), future.probability, costs_of(future)) for future in kept]
    if rest:
        rows.append(_row(f"{len(rest)} others, on average", sum(f.probability for f in rest), mean_costs(rest)))
    tail = find_tail(view)
    rows.append(_row("on average over all futures", 1.0, mean_costs(plan.futures)))
    rows.append(_row(f"{tail_name(tail)}{understated(plan, tail)}", tail.share, tail.costs))
    note = f"Discounted to {view.scenario.calendar.start}. All costs are cash, penalty and what surplus capacity costs to carry."
    if plan.cut_mass > 0:
        note += f" Courses of events with a chance of {show_share(plan.cut_mass)} in all are not looked at."
    return Table("Futures", "What can happen, and what does it come to?", columns, tuple(rows), note)


def _row(name: str, probability: float, costs: dict[str, float]) -> tuple[Cell, ...]:
    keys = ("expected_cost", "cash_cost", "shortage_cost", "shortage")
    return (name, probability, *(costs[key] for key in keys))


def explain_futures(view: View) -> list[str]:
    """What all futures come to, and what to do when the news that weighs most comes; nothing without branches."""
    if not view.branches:
        return []
    plan, money, tail = view.everything, view.scenario.money, find_tail(view)
    mean = mean_costs(plan.futures)
    averages = (
        f"Over all {len(plan.futures)} futures on average: cash {show_money(mean['cash_cost'], money)}; capacity-gap penalty "
    )
    averages += f"{show_money(mean['shortage_cost'], money)}. {tail_name(tail).capitalize()}: cash "
    averages += f"{show_money(tail.costs['cash_cost'], money)}; penalty {show_money(tail.costs['shortage_cost'], money)}"
    plays = sorted((play for play in find_plays(view) if play.first), key=weigh_play)
    return [f"{averages}{understated(plan, tail)}.", *(_say(view, play) for play in plays[:MOST_SENTENCES])]


def weigh_play(play: Play) -> float:
    """What orders plays: the news that moves costs most, by its chance, first."""
    return -play.probability * abs(play.extra["expected_cost"])


def _say(view: View, play: Play) -> str:
    extra, until = play.extra, say_until(view, play)
    by = "" if not until else f", {until}" if len(play.reactions) > 1 else f", by {until.rpartition(' ')[2]}"
    return (
        f"If {say_event(view, play)} ({play.spans}): {say_short(view, play)}{by}. Against nothing happening that is "
        f"{_more(view, extra['cash_cost'], 'cash')} and {_more(view, extra['shortage_cost'], 'penalty')}"
        f"{_missing(extra['shortage'])}."
    )


def _more(view: View, amount: float, what: str) -> str:
    if abs(amount) < 5e-5:
        return f"no more {what}"
    return f"{show_money(abs(amount), view.scenario.money)} {'less' if amount < 0 else 'more'} {what}"


def _missing(mw_years: float) -> str:
    """What is late in words; nothing where it is less than a MW-year."""
    if abs(mw_years) < 1:
        return ""
    amount = f"{grouped(abs(mw_years) / 1000, 2)} GW-years" if abs(mw_years) >= 1000 else f"{grouped(abs(mw_years), 0)} MW-years"
    return f"; {amount} {'later' if mw_years > 0 else 'sooner'}"
