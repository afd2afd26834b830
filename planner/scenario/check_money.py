"""Money: currencies, amounts nobody can pay, prices that do not fit the others, budgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import add_months
from planner.scenario.document import Document, Path
from planner.scenario.figures import rate_of_exchange, walk
from planner.scenario.findings import Finding
from planner.scenario.money import CENT, UNITS
from planner.scenario.offers import SUPPLIER_PAYS_FREIGHT
from planner.scenario.places import MISSING, did_you_mean, finding_at, listed, place_of, value_at
from planner.scenario.scenario import Scenario

PRICE_RANGE = 1e9
YEARS_OF_LATE_PAYMENTS = 10
Leaves = Sequence[tuple[Path, Any]]
Amounts = Sequence[tuple[Path, float]]


def check_money(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """All complaints about money that one amount alone can raise; ``check_prices`` compares prices."""
    leaves = list(walk(scenario))
    found = list(amounts(leaves))
    yield from _currencies(scenario, document, leaves)
    yield from _fees_by_site(document, leaves)
    yield from _amounts(scenario, document, found)
    yield from _span_of_prices(scenario, document, found)
    yield from _freight(scenario, document)
    yield from _budget(scenario, document)


def _currencies(scenario: Scenario, document: Document, leaves: Leaves) -> Iterator[Finding]:
    money = scenario.money
    known = {money.currency, *money.rates}
    for path, value in leaves:
        if path[-1] == "currency" and path[0] != "money" and value not in known:
            fix = did_you_mean(str(value), known, f"add money.rates.{value}")
            yield finding_at(document, path, f"no rate of exchange is given for {value}", listed(known), fix)
    if money.currency in money.rates:
        problem = f"{money.currency} is the base currency: its rate is 1 and is not used"
        yield finding_at(document, ("money", "rates", money.currency), problem, "other currencies", "remove it", "warning")


def _fees_by_site(document: Document, leaves: Leaves) -> Iterator[Finding]:
    for path, value in leaves:
        if len(path) > 1 and path[-2] == "by_site" and isinstance(value, ByPeriod) and path[0] == "suppliers":
            problem = "this cost falls once per supplier, not per site: by_site would not be used"
            yield finding_at(document, path[:-1], problem, "one amount", "remove by_site")


def _is_amount(path: Path) -> bool:
    """Whether the numbers at ``path`` are amounts of money."""
    return path[-1] == "amount" or (len(path) > 1 and path[-2] == "by_site")


def amounts(leaves: Leaves) -> Iterator[tuple[Path, float]]:
    """Every amount of money written in a scenario, with its path (the key of its period, where it has one)."""
    for path, value in leaves:
        if not _is_amount(path):
            continue
        if isinstance(value, ByPeriod):
            yield from (((*path, index), number) for index, number in enumerate(value.listed))
            yield from (((*path, key) if key else path, number) for _, number, key in value.points)
        else:
            yield path, float(value)


def _short_form(document: Document, path: Path) -> Path:
    """Without ``amount`` where the file writes the amount's periods directly below the field."""
    short = tuple(part for part in path if part != "amount")
    return path if value_at(document.data, path) is not MISSING else short


def _amounts(scenario: Scenario, document: Document, found: Amounts) -> Iterator[Finding]:
    """Amounts smaller than a cent, and finer than a cent."""
    cent = Decimal(str(CENT)) / Decimal(UNITS[scenario.money.unit])
    places = -int(cent.normalize().as_tuple().exponent)
    for path, number in found:
        exact = Decimal(repr(number)).normalize()
        where = _short_form(document, path)
        if 0 < exact < cent:
            problem = f"is smaller than the smallest amount, {cent.normalize():f} ({CENT} of the currency)"
            yield finding_at(
                document, where, problem, f"0 or at least {cent.normalize():f}", "check the unit", value=f"{number:g}"
            )
        elif -int(exact.as_tuple().exponent) > places:
            problem = f"is finer than {CENT} of the currency ({places} decimals in {scenario.money.unit})"
            yield finding_at(document, where, problem, f"at most {places} decimals", "round it", "warning", value=repr(number))


def _span_of_prices(scenario: Scenario, document: Document, found: Amounts) -> Iterator[Finding]:
    priced = []
    for path, number in found:
        rate = rate_of_exchange(scenario, scenario.offers[int(path[1])].price.currency) if path[0] == "offers" else None
        if path[2:3] == ("price",) and rate and number > 0:
            priced.append((number * rate, path))
    if not priced:
        return
    (low, first), (high, last) = min(priced, key=lambda p: p[0]), max(priced, key=lambda p: p[0])
    if high > low * PRICE_RANGE:
        where = place_of(document, _short_form(document, last))
        problem = f"prices span more than 9 orders of magnitude: {low:g} here, {high:g} at {where} ({scenario.money.currency})"
        yield finding_at(document, _short_form(document, first), problem, "", "check the units of both", "warning")


def _freight(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for o, offer in enumerate(scenario.offers):
        if offer.freight and offer.incoterm.rule in SUPPLIER_PAYS_FREIGHT:
            where = place_of(document, ("offers", o, "incoterm"))
            problem = f"is not charged: under {offer.incoterm.rule} the supplier pays it ({where})"
            yield finding_at(
                document, ("offers", o, "freight"), problem, "freight under EXW, FCA, FAS or FOB", "remove one", "warning"
            )


def _budget(scenario: Scenario, document: Document) -> Iterator[Finding]:
    budget, calendar = scenario.policy.budget, scenario.calendar
    if not budget:
        return
    base: Path = ("policy", "budget")
    short = "years" not in (document.data.get("policy") or {}).get("budget", {})
    starts_in = scenario.money.fiscal_year_starts
    first = calendar.start.year - (calendar.start.month < starts_in)
    last_day = add_months(calendar.end, -1)
    last = last_day.year - (last_day.month < starts_in)
    allowed = f"{first} to {last}"
    for year, amount in budget.years.items():
        path = (*base, year) if short else (*base, "years", year)
        if len(year) != 4 or not year.isdigit():
            yield finding_at(document, path, "is not a fiscal year", "a year such as 2026", "write the year")
        elif amount < 0:
            yield finding_at(document, path, "must be at least 0", "0 or more", "correct it")
        elif int(year) < first or int(year) > last + YEARS_OF_LATE_PAYMENTS:
            yield finding_at(document, path, f"fiscal year {year} is outside the calendar: no effect", allowed, "", "warning")
        elif int(year) > last:
            yield finding_at(
                document, path, f"fiscal year {year} is after the calendar: it limits late payments only", allowed, "", "note"
            )
    missing = [str(year) for year in range(first, last + 1) if str(year) not in budget.years]
    if missing:
        yield finding_at(document, base, f"no budget is given for {', '.join(missing)}: unlimited", "", "", "note", value="")
