"""What a stress test says: a few sentences, then costs, ramp, dependence and what could not be carried out."""

from __future__ import annotations

from collections import defaultdict

from planner.report.table import Cell, Column, Kind, Table, digits_for, grouped, listed, show_mw, show_share
from planner.report.view import SHORT, money_unit, show_money
from planner.scenario.money import Money
from planner.scenario.scenario import Scenario
from planner.studies.estimate import Estimate
from planner.studies.ledger import REASONS
from planner.studies.stress import RampChance, Stress

COSTS = {
    "expected_cost": "All costs, on average",
    "cvar_cost": "All costs, average of the worst {tail}",
    "worst_cost": "All costs, dearest future",
    "cash_cost": "Cash, on average",
    "shortage_cost": "Capacity-gap penalty, on average",
    "surplus_cost": "Carrying surplus capacity, on average",
    "spend": "Contract value of new orders, not discounted",
    "shortage": "Capacity gap until the end of the plan",
}
MW_YEARS = ("shortage",)
SURELY = "the mean with 95 % confidence"


def explain_stress(stress: Stress, scenario: Scenario) -> list[str]:
    """The answer in sentences, most important first."""
    found = [_drawn(stress, scenario), _cost(stress, scenario.money), _tail(stress, scenario.money)]
    by_demand: dict[str, list[RampChance]] = defaultdict(list)
    for chance in stress.ramp:
        by_demand[chance.demand].append(chance)
    found += [_ramp(name if len(by_demand) > 1 else "", chances) for name, chances in by_demand.items()]
    found.append(_gap(stress))
    return [sentence for sentence in (*found, _unseen(stress), _cuts(stress)) if sentence]


def _drawn(stress: Stress, scenario: Scenario) -> str:
    if not scenario.shocks and not scenario.licences:
        return "The scenario names no news that may come: every future is the one the plan is made for."
    return (
        f"The plan was replayed on {grouped(stress.futures, 0)} fresh random futures (seed {stress.seed}), "
        f"{grouped(stress.courses, 0)} of them different."
    )


def _cost(stress: Stress, money: Money) -> str:
    cost, planned = stress.expected_cost, stress.planned.get("expected_cost")
    text = f"All costs come to {show_money(cost.mean, money)} on average ({_between(cost, money)})"
    if planned is None:
        return f"{text}."
    if cost.low <= planned <= cost.high:
        return f"{text}; the plan's own tree says {show_money(planned, money)}, which agrees."
    off = f"{show_money(abs(cost.mean - planned), money)} {'more' if cost.mean > planned else 'less'}"
    return f"{text}: {off} than the {show_money(planned, money)} of the plan's own tree."


def _between(found: Estimate, money: Money) -> str:
    """``between 817.2 and 819.1 m with 95 % confidence``, with figures enough to tell the two apart."""
    width = found.high - found.low
    if width <= 0:
        return "in every future"
    digits = min(6, max(digits_for(found.mean), digits_for(width)))
    low, high = grouped(found.low, digits), grouped(found.high, digits)
    return f"between {low} and {high}{SHORT[money.unit]} with 95 % confidence"


def _tail(stress: Stress, money: Money) -> str:
    worst, planned = stress.cvar_cost, stress.planned.get("cvar_cost")
    text = f"The worst {_percent(1 - stress.tail)} of the futures cost {show_money(worst.mean, money)} on average"
    if planned is not None:
        text += f" ({show_money(planned, money)} in the tree)"
    return f"{text}, the dearest {show_money(stress.worst_cost, money)}."


def _percent(share: float) -> str:
    return f"{round(100 * share, 6):g} %"


def _ramp(name: str, chances: list[RampChance]) -> str:
    whose, last = f" of {name}" if name else "", chances[-1]
    weakest = min(chances, key=lambda chance: chance.met.mean)
    surely = show_share(last.met.mean)
    text = f"The ramp{whose} reaches its {show_mw(last.target)} a year in {last.period} in {surely} of the futures"
    if weakest.met.mean >= last.met.mean:
        return f"{text}."
    return f"{text}; its weakest period is {weakest.period}, where {show_share(weakest.met.mean)} meet the target."


def _gap(stress: Stress) -> str:
    if stress.no_shortage.mean == 1:
        return "Nothing is ever missing."
    mean, bad = stress.shortage.mean / 1000, stress.shortage_quantiles["0.95"] / 1000
    return (
        f"{show_share(stress.no_shortage.mean)} of the futures meet every target in every period; on average "
        f"{grouped(mean, 2)} GW-years are missing, in one future out of twenty at least {grouped(bad, 2)}."
    )


def _unseen(stress: Stress) -> str:
    if not stress.unseen:
        return ""
    share = show_share(stress.unseen / stress.futures)
    return f"In {share} of the futures news comes together that the tree has not; the plan then acts on the part the tree has."


def _cuts(stress: Stress) -> str:
    if not stress.cut_futures:
        return ""
    why = listed([REASONS[cut.reason] for cut in sorted(stress.cuts, key=lambda cut: -cut.futures)][:3])
    return f"In {show_share(stress.cut_futures / stress.futures)} of the futures something planned could not be done: {why}."


def stress_tables(stress: Stress, scenario: Scenario) -> list[Table]:
    """Costs, ramp, dependence and what could not be carried out; those without rows are left out."""
    tables = [costs_table(stress, scenario.money), ramp_table(stress), dependence_table(stress), cuts_table(stress)]
    return [table for table in tables if table.rows]


def costs_table(stress: Stress, money: Money) -> Table:
    """Every measure: what the plan's tree says, and what the fresh futures say."""
    tail = _percent(1 - stress.tail)
    rows: list[tuple[Cell, ...]] = []
    for key, title in COSTS.items():
        found = getattr(stress, key)
        mean, low, high = (found.mean, found.low, found.high) if isinstance(found, Estimate) else (found, None, None)
        unit = "MW-years" if key in MW_YEARS else money_unit(money)
        rows.append((title.format(tail=tail), unit, stress.planned.get(key), mean, low, high))
    columns = (
        Column("measure", "Measure"),
        Column("unit", "Unit"),
        Column("planned", "Plan's own tree", "money"),
        Column("mean", "Fresh futures", "money"),
        Column("low", "At least", "money"),
        Column("high", "At most", "money"),
    )
    note = f"At least and at most: {SURELY}. Costs are discounted unless said otherwise."
    return Table("Stress", "What does the plan cost on fresh futures?", columns, tuple(rows), note)


def ramp_table(stress: Stress) -> Table:
    """In which share of the futures each target is met; periods without a target are left out."""
    several = len({chance.demand for chance in stress.ramp}) > 1
    rows = tuple(
        (c.demand if several else "", c.period, c.target, c.gap, c.met.mean, c.met.low, c.met.high, c.met_on.mean)
        for c in stress.ramp
        if c.target > 0
    )
    columns = (
        Column("demand", "Demand"),
        Column("period", "Period"),
        Column("target", "Wanted", "mw", "MW a year"),
        Column("gap", "Mean gap", "mw", "MW a year"),
        Column("met", "Met then", "share"),
        Column("low", "At least", "share"),
        Column("high", "At most", "share"),
        Column("met_on", "Met from then on", "share"),
    )
    return Table("Ramp", "How surely is the ramp met?", columns, rows, f"At least and at most: {SURELY}.")


def dependence_table(stress: Stress) -> Table:
    """Each country's share of spend over the futures."""
    levels: tuple[tuple[str, str, Kind], ...] = (("0.05", "5 %", "share"), ("0.5", "Half", "share"), ("0.95", "95 %", "share"))
    rows: list[tuple[Cell, ...]] = []
    for found in sorted(stress.exposure, key=lambda found: -found.share.mean):
        share = found.share
        rows.append((found.country, share.mean, share.low, share.high, *(found.quantiles[level] for level, _, _ in levels)))
    columns = (
        Column("country", "Country"),
        Column("share", "Mean share of spend", "share"),
        Column("low", "At least", "share"),
        Column("high", "At most", "share"),
        *(Column(level, f"{title} of futures at most", kind) for level, title, kind in levels),
    )
    note = f"At least and at most: {SURELY}. Of all that is bought, {show_share(stress.lost_share.mean)} never ships on average."
    return Table("Dependence", "How much hangs on which country?", columns, tuple(rows), note)


def cuts_table(stress: Stress) -> Table:
    """Decisions that could not be carried out as planned, by reason."""
    rows = tuple((REASONS[c.reason], c.futures / stress.futures, c.decisions, c.units) for c in stress.cuts)
    columns = (
        Column("reason", "Because"),
        Column("futures", "Futures", "share"),
        Column("decisions", "Decisions", "units"),
        Column("units", "Units lost", "units"),
    )
    return Table("Cuts", "What of the plan could not be done?", columns, rows, "Decisions and units over all futures.")
