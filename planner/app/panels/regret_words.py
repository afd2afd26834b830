"""A regret matrix in words and as a table, in the session's language."""

from __future__ import annotations

from planner.app.panels.phrases import amount, names
from planner.app.plain import label
from planner.app.words.words import t
from planner.report.mask import Mask
from planner.report.regret import short
from planner.report.table import Cell, Column, Table, digits_for, grouped
from planner.report.view import money_unit
from planner.studies.regret.matrix import Cell as Begun
from planner.studies.regret.matrix import RegretMatrix, Worst


def say_regret(found: RegretMatrix, mask: Mask) -> list[str]:
    """Which beginning risks least, which may risk as little, which cannot be kept; safe where Markdown is read."""
    said = [_choice(found, mask)]
    if found.tied:
        said.append(t("regret.tied", plans=names(mask.text(found.plans[place].name) for place in found.tied)))
    lost = [place for place, worst in enumerate(found.worst) if worst.value is None and not worst.open]
    if lost and found.choice is not None:
        said.append(t("regret.lost", plans=names(mask.text(found.plans[place].name) for place in lost)))
    return said


def _choice(found: RegretMatrix, mask: Mask) -> str:
    if found.choice is None:
        return t("regret.none")
    plan, worst = label(mask.text(found.plans[found.choice].name)), found.worst[found.choice]
    if not worst.distinct or worst.world is None or worst.value is None:
        return t("regret.nothing", plan=plan)
    where = label(mask.text(found.worlds[worst.world].name))
    return t("regret.least", plan=plan, amount=amount(worst.value, found.scenario.money), world=where)


def show_cell(cell: Begun) -> str:
    """Such as 25.0; in brackets where it cannot be told from none; words where there is no number."""
    if cell.kept is False:
        return t("regret.never")
    return t("regret.open") if cell.regret is None else _amount(cell.regret.value, cell.regret.distinct)


def _show_worst(worst: Worst) -> str:
    if worst.value is None:
        return t("regret.open" if worst.open else "regret.without_limit")
    return t("regret.at_least", amount=_amount(worst.value, True)) if worst.open else _amount(worst.value, worst.distinct)


def _amount(value: float, distinct: bool) -> str:
    text = grouped(value, digits_for(value))
    return "0" if not text.strip("0.") else text if distinct else f"({text})"


def regret_table(found: RegretMatrix, mask: Mask) -> Table:
    """One row a plan, one column a scenario, after its largest regret."""
    unit = money_unit(found.scenario.money)
    columns = (
        Column("plan", t("regret.begun_as")),
        Column("largest", t("regret.largest"), "text", unit),
        Column("verdict", t("trade.col_verdict")),
        *(Column(f"world_{j}", short(mask.text(world.name)), "text", unit) for j, world in enumerate(found.worlds, 1)),
    )
    rows: list[tuple[Cell, ...]] = []
    for i, plan in enumerate(found.plans):
        verdict = t("regret.risks_least") if i == found.choice else t("regret.as_little") if i in found.tied else ""
        rows.append((mask.text(plan.name), _show_worst(found.worst[i]), verdict, *(show_cell(cell) for cell in found.cells[i])))
    return Table("Regret", "What does each plan cost more than the best, if another scenario comes?", columns, tuple(rows))


def refusals_table(found: RegretMatrix, mask: Mask) -> Table:
    """Why a plan cannot be begun somewhere, or why that is not known."""
    rows = tuple(
        (mask.text(plan.name), mask.text(found.worlds[j].name), mask.text(cell.reason or cell.cost.reason))
        for i, plan in enumerate(found.plans)
        for j, cell in enumerate(found.cells[i])
        if not cell.kept
    )
    columns = (Column("plan", t("regret.begun_as")), Column("world", t("regret.world")), Column("reason", t("regret.why_not")))
    return Table("Refusals", "Why can a plan not be begun there?", columns, rows)
