"""Answers side by side as tables in the session's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planner.app.panels.phrases import percent
from planner.app.panels.runs_table import say_ending
from planner.app.words.numbers import day
from planner.app.words.words import t
from planner.report.compare_words import is_cent, show_amount
from planner.report.comparison import Comparison, Side, Versus
from planner.report.mix import Share
from planner.report.table import Cell, Column, Table, grouped, show_share
from planner.report.view import SHORT

NOT_THERE = "–"
COSTS = ("cash_cost", "shortage_cost", "surplus_cost", "expected_cost", "cvar_cost", "weighted_cost")
OF_FUTURES = ("cvar_cost", "weighted_cost")
"""Costs that say something only where there is more than one future."""


def sides_table(found: Comparison) -> Table:
    """Endings, costs, capacity gap and dates of every answer, one column each."""
    columns = (Column("what", t("compare.col_what")), *_heads(found))
    return Table("Answers", "How do the answers compare?", columns, tuple((name, *cells) for name, cells in _lines(found.sides)))


def _heads(found: Comparison) -> Iterator[Column]:
    for number, side in enumerate(found.sides, 1):
        yield Column(f"side_{number}", side.name)


def _lines(sides: Sequence[Side]) -> Iterator[tuple[str, list[str]]]:
    branches = any(side.futures > 1 for side in sides)
    yield t("compare.ending"), [say_ending(side.status, side.gap) for side in sides]
    yield t("compare.gap"), [NOT_THERE if side.gap is None else show_share(side.gap) for side in sides]
    worst = t("compare.or").join(dict.fromkeys(percent(side.worst_share) for side in sides))
    for key in COSTS:
        empty = key == "surplus_cost" and not any(side.measures.get(key) for side in sides)
        if not empty and (branches or key not in OF_FUTURES):
            yield t(f"compare.{key}", share=worst), [_each(side, key, lambda s, v: show_amount(v, s)) for side in sides]
    yield t("compare.shortage"), [_each(side, "shortage", lambda _, v: _gap(v)) for side in sides]
    yield t("compare.discounted"), [day(side.discounted_to) for side in sides]
    yield t("compare.first_signing"), [day(side.first_signing) for side in sides]
    yield t("compare.first_order"), [day(side.first_order) for side in sides]
    demands = dict.fromkeys(target.demand for side in sides for target in side.targets)
    for demand in demands:
        yield t("compare.target_of", demand=demand) if demand else t("compare.target"), [_target(side, demand) for side in sides]
    if branches:
        yield t("compare.futures"), [grouped(side.futures, 0) if side.futures else NOT_THERE for side in sides]


def _each(side: Side, key: str, write: Callable[[Side, float], str]) -> str:
    return write(side, side.measures[key]) if key in side.measures else NOT_THERE


def _gap(value: float) -> str:
    return f"{grouped(value, 0)} {t('tables.unit_MW_years')}"


def _target(side: Side, demand: str) -> str:
    target = next((target for target in side.targets if target.demand == demand), None)
    if target is None:
        return NOT_THERE
    if target.since:
        return t("compare.met_from", period=target.since)
    return t("compare.not_met", reached=grouped(target.reached_mw, 0), wanted=grouped(target.wanted_mw, 0))


def mix_table(found: Comparison, by: str) -> Table:
    """Units and share of spend by supplier or country (``by``: suppliers, countries), two columns an answer."""
    shares: list[dict[str, Share]] = [{share.name: share for share in getattr(side, by)} for side in found.sides]
    columns = [Column("name", t(f"compare.col_{by}"))]
    for number, side in enumerate(found.sides, 1):
        columns += [
            Column(f"units_{number}", t("compare.units_of", name=side.name), "units"),
            Column(f"share_{number}", t("compare.spend_of", name=side.name), "share"),
        ]
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys(name for side in shares for name in side):
        cells: list[Cell] = []
        for known in shares:
            share = known.get(name)
            cells += [share.units, share.spend_share] if share else [None, None]
        rows.append((name, *cells))
    return Table("Mix", "From whom do they buy?", tuple(columns), tuple(rows))


def money_of(side: Side) -> str:
    """Such as ``USD m``."""
    return f"{side.currency}{SHORT[side.unit]}"


def list_parts(found: Comparison, pair: Versus) -> list[tuple[str, float]]:
    """The parts of a bridge that come to a cent or more, by name in the session's language; they add up to the difference."""
    assert pair.bridge is not None
    side = found.sides[pair.second]
    parts = [(t(f"compare.part_{name}"), amount) for name, amount in pair.bridge.parts.items() if is_cent(amount, side)]
    rest = pair.bridge.difference - sum(amount for _, amount in parts)
    return [*parts, (t("compare.part_rest"), rest)] if is_cent(rest, side) else parts


def bridge_table(found: Comparison, pair: Versus) -> Table:
    """From the first cost to the second, part by part."""
    assert pair.bridge is not None
    one, two = found.sides[pair.first], found.sides[pair.second]
    rows = [(one.name, pair.bridge.before), *list_parts(found, pair), (two.name, pair.bridge.after)]
    columns = (Column("part", t("compare.col_part")), Column("amount", t("compare.col_amount"), "money", money_of(two)))
    return Table("Bridge", "Why do the costs differ?", columns, tuple(rows), total=True)


def equipment_table(found: Comparison, pair: Versus) -> Table:
    """The bridge by equipment and site, then the fees by supplier."""
    assert pair.bridge is not None
    one, two = found.sides[pair.first], found.sides[pair.second]
    money = money_of(two)
    lines = [row for row in pair.bridge.rows if any(is_cent(amount, two) for amount in row.parts.values())]
    used = [name for name in pair.bridge.parts if any(is_cent(row.parts.get(name, 0.0), two) for row in lines)]
    columns = (
        Column("supplier", "Supplier"), Column("offer", "Equipment"), Column("site", "Site"),
        Column("units_before", t("compare.units_of", name=one.name), "units"),
        Column("units_after", t("compare.units_of", name=two.name), "units"),
        Column("before", t("compare.paid_of", name=one.name), "money", money),
        Column("after", t("compare.paid_of", name=two.name), "money", money),
        *(Column(name, t(f"compare.part_{name}"), "money", money) for name in used),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            row.supplier, row.offer or t("compare.part_fees"), row.site,
            *((row.units_before, row.units_after) if row.offer else (None, None)), row.before, row.after,
            *(row.parts.get(name, 0.0) for name in used),
        )
        for row in lines
    ]  # fmt: skip
    return Table("Bridge by equipment", "Where do the costs differ?", columns, tuple(rows))
