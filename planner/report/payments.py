"""Cash: by fiscal year and kind, by currency, and every single payment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from planner.plan.plan import Cash
from planner.report.agreements import PLACES, place_of
from planner.report.mask import HIDDEN, fiscal_year, mask_cash
from planner.report.table import Cell, Column, Table
from planner.report.view import View, money_unit
from planner.scenario.money import Money

KINDS = (
    "vetting", "signing", "qualification", "order fee", "order", "fat", "shipment", "arrival", "acceptance", "retention",
    "freight", "duty", "storage", "refund", HIDDEN,
)  # fmt: skip
ON_SCREEN = {
    "vetting": "supplier qualification",
    "signing": "frame agreement",
    "qualification": "process qualification",
    "order": "paid at order",
    "fat": "factory acceptance",
    "shipment": "paid at shipment",
    "arrival": "paid at arrival",
    "acceptance": "paid at acceptance",
    "retention": "retention released",
    "refund": "refunds of what never ships",
    HIDDEN: "confidential suppliers",
}


def year_name(money: Money, year: int) -> str:
    """``2026``, or ``FY2026`` where the fiscal year is not the calendar year."""
    return str(year) if money.fiscal_year_starts == 1 else f"FY{year}"


def cash_table(view: View) -> Table:
    """Cash by kind (rows) and fiscal year (columns), base currency, not discounted; last row the sum."""
    money = view.scenario.money
    sums = _by_year(view, lambda line: line.kind, lambda line: line.amount)
    rows = [_year_row(view, ON_SCREEN.get(kind, kind), sums[kind]) for kind in KINDS if kind in sums]
    if rows:
        everything = {year: sum(by_year.get(year, 0.0) for by_year in sums.values()) for year in _years(view)}
        rows.append(_year_row(view, "all", everything))
    columns = (Column("kind", "Cash for"), *_year_columns(view, money_unit(money)))
    return Table("Cash", "What is paid in which fiscal year?", columns, tuple(rows), _budget_note(view), total=bool(rows))


def currency_table(view: View) -> Table:
    """Cash by currency in which it is paid and fiscal year, in that currency's units."""
    sums = _by_year(view, lambda line: line.currency, lambda line: line.amount_paid)
    rows = tuple(_year_row(view, currency, sums[currency]) for currency in sorted(sums))
    columns = (Column("currency", "Paid in"), *_year_columns(view, view.scenario.money.unit))
    return Table("Cash by currency", "What is paid in which currency?", columns, rows)


def payments_table(view: View) -> Table:
    """Every payment in order of its day."""
    rows = tuple(_payment_row(view, line) for line in _in_order(shown_cash(view)))
    return Table("Payments", "Which payment falls due when?", _payment_columns(view), rows)


def every_payment(view: View) -> Table:
    """The payments of all futures, each with the node where it stands and the news it follows."""
    cash = mask_cash(view.mask, view.scenario, view.everything.cash, view.paths if view.branches else None)
    rows = tuple((*_payment_row(view, line), *place_of(view, line.node)) for line in _in_order(cash))
    return Table("Payments", "Which payment falls due when?", (*_payment_columns(view), *PLACES), rows)


def _in_order(cash: tuple[Cash, ...]) -> list[Cash]:
    return sorted(cash, key=lambda line: (line.day, line.kind, line.supplier, line.offer, line.site))


def _payment_columns(view: View) -> tuple[Column, ...]:
    money = view.scenario.money
    return (
        Column("day", "Day", "day"),
        Column("fiscal_year", "Fiscal year"),
        Column("kind", "Kind"),
        Column("supplier", "Supplier"),
        Column("offer", "Equipment"),
        Column("site", "Site"),
        Column("amount", "Amount", "money", money_unit(money)),
        Column("currency", "Paid in"),
        Column("amount_paid", "Amount paid", "money", f"{money.unit} of that currency"),
        Column("commitment", "Signed contract"),
    )


def _payment_row(view: View, line: Cash) -> tuple[Cell, ...]:
    money = view.scenario.money
    return (
        line.day, year_name(money, fiscal_year(money, line.day)), line.kind, line.supplier, line.offer, line.site,
        line.amount, line.currency, line.amount_paid, view.mask.text(line.commitment),
    )  # fmt: skip


def shown_cash(view: View) -> tuple[Cash, ...]:
    """The payments that may be shown."""
    return mask_cash(view.mask, view.scenario, view.plan.cash)


def _years(view: View) -> list[int]:
    money = view.scenario.money
    return sorted({fiscal_year(money, line.day) for line in view.plan.cash})


def _year_columns(view: View, unit: str) -> tuple[Column, ...]:
    money = view.scenario.money
    years = (Column(f"y{year}", year_name(money, year), "money", unit) for year in _years(view))
    return (*years, Column("total", "Total", "money", unit))


def _year_row(view: View, name: str, by_year: dict[int, float]) -> tuple[Cell, ...]:
    return (name, *(by_year.get(year, 0.0) for year in _years(view)), sum(by_year.values()))


def _by_year(view: View, key: Callable[[Cash], str], amount: Callable[[Cash], float]) -> dict[str, dict[int, float]]:
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for line in shown_cash(view):
        sums[key(line)][fiscal_year(view.scenario.money, line.day)] += amount(line)
    return sums


def _budget_note(view: View) -> str:
    budget, money = view.scenario.policy.budget, view.scenario.money
    if budget is None:
        return "No budget is set."
    listed = ", ".join(f"{year_name(money, int(y))} {amount:,.0f}" for y, amount in sorted(budget.years.items()))
    return f"Budget ({money_unit(money)}): {listed}; years not listed are not limited."
