"""A comparison in tables: answers side by side, whose equipment, the cost bridge, what moved."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.compare_words import PARTS, is_cent
from planner.report.comparison import Comparison, Side, Versus
from planner.report.mix import Share
from planner.report.table import Cell, Column, Table, digits_for, grouped, show_share
from planner.report.view import SHORT

NOT_THERE = "-"
MOST_BESIDE = 6
"""Answers that fit beside each other."""
MOST_ROUNDING = 1e-6
"""What a bridge may leave unexplained, in the scenario's money."""


def compare_tables(found: Comparison) -> list[Table]:
    """Every table, most important first. Of many answers only costs and bridges, one row each."""
    if is_many(found):
        return [sides_table(found), bridge_table(found)]
    tables = [sides_table(found), makers_table(found, "suppliers"), makers_table(found, "countries"), bridge_table(found)]
    return [*tables, *(table for pair in found.pairs for table in (rows_table(found, pair), moved_table(found, pair)))]


def is_many(found: Comparison) -> bool:
    """Whether there are more answers than fit beside each other: then they stand below each other."""
    return len(found.sides) > MOST_BESIDE


def turn(table: Table, head: str) -> Table:
    """The table with rows and columns changed; ``head`` is the new first column's. All its cells are of one kind."""
    kind, unit = table.columns[1].kind, table.columns[1].unit
    columns = (Column("name", head), *(Column(f"column_{n}", str(row[0]), kind, unit) for n, row in enumerate(table.rows, 1)))
    rows = tuple((column.title, *(row[n] for row in table.rows)) for n, column in enumerate(table.columns) if n)
    return Table(table.name, table.title, columns, rows, table.note)


def sides_table(found: Comparison) -> Table:
    """Measures, proof and dates of every answer, one column each; of many answers one row each."""
    rows = tuple((name, *cells) for name, cells in _lines(found))
    columns = (Column("what", "What"), *(Column(f"side_{n}", side.name) for n, side in enumerate(found.sides, 1)))
    note = (
        "Costs are discounted. Dates, makers and moves are those if nothing happens."
        if _branches(found)
        else "Costs are discounted."
    )
    table = Table("Answers", "How do the answers compare?", columns, rows, note)
    return turn(table, "Answer") if is_many(found) else table


def _branches(found: Comparison) -> bool:
    return any(side.futures > 1 for side in found.sides)


def _lines(found: Comparison) -> Iterator[tuple[str, list[str]]]:
    sides = found.sides
    yield "status", [side.status for side in sides]
    yield "proven gap", [NOT_THERE if side.gap is None else show_share(side.gap) for side in sides]
    if len({side.discounted_to for side in sides}) > 1:
        yield "discounted to", [str(side.discounted_to or NOT_THERE) for side in sides]
    worst = {f"{100 * side.worst_share:.3g}" for side in sides}
    names = {
        "cash_cost": "cash", "shortage_cost": "capacity-gap penalty", "surplus_cost": "carrying surplus capacity",
        "expected_cost": "all costs", "cvar_cost": f"average of the worst {' or '.join(sorted(worst))} %",
        "weighted_cost": "cost made least",
    }  # fmt: skip
    for key, name in names.items():
        single = key in ("cvar_cost", "weighted_cost") and not _branches(found)
        empty = key == "surplus_cost" and not any(side.measures.get(key) for side in sides)
        if not single and not empty:
            yield name, [_money(side, key) for side in sides]
    yield "capacity gap", [_gap(side) for side in sides]
    yield "first frame agreement", [str(side.first_signing or NOT_THERE) for side in sides]
    yield "first purchase order", [str(side.first_order or NOT_THERE) for side in sides]
    demands = dict.fromkeys(target.demand for side in sides for target in side.targets)
    for demand in demands:
        yield f"target reached{f', {demand}' if demand else ''}", [_reached(side, demand) for side in sides]
    if _branches(found):
        yield "futures", [str(side.futures or NOT_THERE) for side in sides]


def _money(side: Side, key: str) -> str:
    if key not in side.measures:
        return NOT_THERE
    amount = side.measures[key]
    return f"{side.currency} {grouped(amount, digits_for(amount))}{SHORT[side.unit]}"


def _gap(side: Side) -> str:
    return f"{grouped(side.measures['shortage'], 0)} MW-years" if "shortage" in side.measures else NOT_THERE


def _reached(side: Side, demand: str) -> str:
    target = next((target for target in side.targets if target.demand == demand), None)
    if target is None:
        return NOT_THERE
    if target.since:
        return f"from {target.since}"
    return f"not in full: {grouped(target.reached_mw, 0)} of {grouped(target.wanted_mw, 0)} MW a year"


def makers_table(found: Comparison, by: str) -> Table:
    """Units and share of spend by supplier or by country (``by``: suppliers or countries), two columns an answer."""
    shares: list[dict[str, Share]] = [{share.name: share for share in getattr(side, by)} for side in found.sides]
    names = dict.fromkeys(name for side in shares for name in side)
    rows: list[tuple[Cell, ...]] = [(name, *(cell for side in shares for cell in _cells(side.get(name)))) for name in names]
    columns = [Column("name", "Supplier" if by == "suppliers" else "Country")]
    for n, side in enumerate(found.sides, 1):
        columns += [Column(f"units_{n}", f"{side.name}: units", "units"), Column(f"share_{n}", "of spend", "share")]
    title = "From whom do they buy?" if by == "suppliers" else "From which countries?"
    return Table(by.capitalize(), title, tuple(columns), tuple(rows))


def _cells(share: Share | None) -> tuple[Cell, Cell]:
    return (None, None) if share is None else (share.units, share.spend_share)


def bridge_table(found: Comparison) -> Table:
    """The cost bridge of every pair that has one: a column each, its parts and their sum; of many answers a row each."""
    pairs = [pair for pair in found.pairs if pair.bridge]
    rows: list[tuple[Cell, ...]] = []
    bridges = [(found.sides[pair.second], pair.bridge) for pair in pairs if pair.bridge]
    if bridges:
        rows.append(("cost of the first", *(bridge.before for _, bridge in bridges)))
        rows += [
            (words, *(_clean(bridge.parts[name], side) for side, bridge in bridges))
            for name, words in PARTS.items()
            if any(is_cent(bridge.parts[name], side) for side, bridge in bridges)
        ]
        if any(abs(bridge.remainder) > MOST_ROUNDING for _, bridge in bridges):
            rows.append(("not explained", *(bridge.remainder for _, bridge in bridges)))
        rows.append(("cost of the second", *(bridge.after for _, bridge in bridges)))
    table = Table("Cost bridge", "Why do the costs differ?", (Column("part", "Part"), *_heads(found, pairs)), tuple(rows))
    return turn(table, "From and to") if is_many(found) and pairs else table


def _clean(amount: float, side: Side) -> float:
    """The amount; 0 where it is less than a cent."""
    return amount if is_cent(amount, side) else 0.0


def _heads(found: Comparison, pairs: list[Versus]) -> Iterator[Column]:
    for n, pair in enumerate(pairs, 1):
        one, two = found.sides[pair.first], found.sides[pair.second]
        yield Column(f"bridge_{n}", f"{one.name} to {two.name}", "money", f"{two.currency}{SHORT[two.unit]}")


def rows_table(found: Comparison, pair: Versus) -> Table:
    """The bridge by equipment and site, then the fees by supplier: units, what is paid, and the parts of the difference."""
    one, two = found.sides[pair.first], found.sides[pair.second]
    money = f"{two.currency}{SHORT[two.unit]}"
    every = pair.bridge.rows if pair.bridge else ()
    lines = [row for row in every if any(is_cent(amount, two) for amount in row.parts.values())]
    used = [name for name in PARTS if any(is_cent(row.parts.get(name, 0.0), two) for row in lines)]
    columns = (
        Column("supplier", "Supplier"), Column("offer", "Equipment"), Column("site", "Site"),
        Column("units_before", f"{one.name}: units", "units"), Column("units_after", f"{two.name}: units", "units"),
        Column("before", f"{one.name}: paid", "money", money), Column("after", f"{two.name}: paid", "money", money),
        *(Column(name, PARTS[name], "money", money) for name in used),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            row.supplier, row.offer or "fees", row.site, *((row.units_before, row.units_after) if row.offer else (None, None)),
            row.before, row.after, *(_clean(row.parts.get(name, 0.0), two) for name in used),
        )
        for row in lines
    ]  # fmt: skip
    return Table("Bridge by equipment", f"Where does the cost differ, {one.name} to {two.name}?", columns, tuple(rows))


def moved_table(found: Comparison, pair: Versus) -> Table:
    """What the second plan decides otherwise, one row each, with the changed inputs that name it."""
    one, two = found.sides[pair.first], found.sides[pair.second]
    rows = tuple((move.says, "; ".join(move.inputs)) for move in pair.moved)
    columns = (Column("says", "Decision"), Column("inputs", "Changed inputs that name it"))
    return Table("Moved", f"What does {two.name} do otherwise than {one.name}?", columns, rows)
