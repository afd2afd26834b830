"""An explanation as tables: one question each."""

from __future__ import annotations

from planner.explain.explanation import Explanation, OfferPrice
from planner.report.table import Cell, Column, Table
from planner.report.why_words import Naming, amount_cells, amount_columns, say_holds

PROVEN = "At least and at most: as far as is proven. Costs are discounted."
UNAVOIDABLE, UNBUYABLE = "cannot be done without", "cannot be bought under the rules"
TURNS = {"enters": "comes in up to", "stays": "stays up to", "never": "", "open": "not found"}


def why_tables(found: Explanation, naming: Naming) -> list[Table]:
    """Every part with rows, in the order in which they are useful."""
    tables = [why_not_table(found, naming), rules_table(found, naming), slots_table(found, naming), weeks_table(found, naming)]
    tables += [sites_table(found, naming), offers_table(found, naming), suppliers_table(found, naming)]
    tables += [waiting_table(found, naming), ties_table(found, naming)]
    return [table for table in tables if table.rows]


def rules_table(found: Explanation, naming: Naming) -> Table:
    """What each rule costs."""
    rows = tuple(
        (f"all of {price.rule}" if price.members else price.rule, price.limit, *amount_cells(price.saves))
        for price in found.rules
    )
    columns = (Column("rule", "Without"), Column("limit", "Written"), *amount_columns("Saves", naming.unit))
    return Table("Rules", "What does every rule cost?", columns, rows, f"Each rule left out by itself. {PROVEN}")


def slots_table(found: Explanation, naming: Naming) -> Table:
    """What one more slot is worth."""
    rows = tuple(
        (naming.mask.text(value.pool), value.window, value.free, value.taken, value.steps.each, *_first(value.steps.points),
         say_holds(value.steps))
        for value in found.slots
    )  # fmt: skip
    columns = (
        Column("pool", "Slots of"), Column("window", "Window"), Column("free", "Free today", "units", "slots"),
        Column("taken", "Ordered here", "units", "slots"), Column("each", "Each more saves", "money", naming.unit),
        Column("at_least", "The first at least", "money", naming.unit),
        Column("at_most", "at most", "money", naming.unit), Column("holds", "Holds"),
    )  # fmt: skip
    return Table("Slots", "What is one more delivery slot worth?", columns, rows, "Windows the plan uses up. " + PROVEN)


def _first(points: tuple[object, ...]) -> tuple[Cell, Cell]:
    saves = points[0].saves if points else None  # type: ignore[attr-defined]
    return (saves.low, saves.high) if saves is not None else (None, None)


def weeks_table(found: Explanation, naming: Naming) -> Table:
    """What earlier delivery is worth: one row per supplier and number of weeks tried."""
    rows = tuple(
        (naming.supplier(value.supplier), point.amount, *amount_cells(point.saves))
        for value in found.weeks
        for point in value.steps.points
    )
    columns = (
        Column("supplier", "Supplier"),
        Column("weeks", "All it delivers earlier", "units", "weeks"),
        *amount_columns("Saves", naming.unit),
    )
    return Table("Weeks", "What is earlier delivery worth?", columns, rows, PROVEN)


def sites_table(found: Explanation, naming: Naming) -> Table:
    """What a larger site is worth: one row per site and step tried."""
    rows = tuple(
        (value.site, value.allowed, value.used, point.amount, *amount_cells(point.saves))
        for value in found.sites
        for point in value.steps.points
    )
    columns = (
        Column("site", "Site"), Column("allowed", "May run", "mw", "MW/yr"), Column("used", "Runs", "mw", "MW/yr"),
        Column("more", "More allowed", "mw", "MW/yr"), *amount_columns("Saves", naming.unit),
    )  # fmt: skip
    return Table("Sites", "What is a larger site worth?", columns, rows, PROVEN)


def offers_table(found: Explanation, naming: Naming) -> Table:
    """The sheet for talks: at which price each offer turns, and the best alternative."""
    rows = tuple(_offer_row(price, naming) for price in found.offers)
    columns = (
        Column("offer", "Offer"), Column("supplier", "Supplier"), Column("price", "Price today", "money"),
        Column("currency", "Currency"), Column("turn", "It"), Column("low", "surely", "money"),
        Column("high", "surely not above", "money"),
        Column("change", "Change of price", "share"), Column("costs", "Otherwise costs", "money", naming.unit),
        Column("alternative", "Best alternative"),
    )  # fmt: skip
    note = (
        "Prices as the scenario writes them, per unit. Otherwise: without an offer that is in the plan, with the least order of "
        "one that is not."
    )
    return Table("Offers", "At which price does each offer turn?", columns, rows, note)


def _offer_row(price: OfferPrice, naming: Naming) -> tuple[Cell, ...]:
    change = price.low / price.price - 1 if price.low is not None and price.price else None
    return (
        naming.offer(price.offer), naming.supplier(price.supplier), price.price, price.currency, say_turn(price),
        price.low, price.high, change, price.costs.value, naming.changes(price.other),
    )  # fmt: skip


def say_turn(price: OfferPrice) -> str:
    """``comes in up to``; for those that never turn why."""
    if price.turn == "never":
        return "not even for free" if price.costs.verdict != "impossible" else UNAVOIDABLE if price.bought else UNBUYABLE
    return TURNS[price.turn]


def suppliers_table(found: Explanation, naming: Naming) -> Table:
    """What doing without each signed supplier costs, and buying from each other one."""
    rows = tuple(
        (naming.supplier(worth.supplier), "without" if worth.signed else "with", *amount_cells(worth.costs),
         naming.changes(worth.other))
        for worth in found.suppliers
    )  # fmt: skip
    columns = (
        Column("supplier", "Supplier"), Column("way", "The best plan"), *amount_columns("Costs more", naming.unit),
        Column("instead", "Then"),
    )  # fmt: skip
    return Table("Suppliers", "What is every supplier worth?", columns, rows, PROVEN)


def why_not_table(found: Explanation, naming: Naming) -> Table:
    """What it costs to buy what is not in the plan."""
    rows = tuple(
        (naming.supplier(one.asked) if one.kind == "supplier" else naming.offer(one.asked), *amount_cells(one.costs),
         naming.changes(one.other))
        for one in found.why_not
    )  # fmt: skip
    columns = (Column("asked", "Buy from, or"), *amount_columns("Costs more", naming.unit), Column("instead", "Then"))
    return Table("Why not", "What would it cost nevertheless?", columns, rows, PROVEN)


def waiting_table(found: Explanation, naming: Naming) -> Table:
    """What waiting costs, period by period."""
    rows = tuple(
        (naming.supplier(wait.supplier) if wait.supplier else "everybody", delay.period, delay.day, *amount_cells(delay.costs),
         delay.other.cash, delay.other.penalty)
        for wait in found.waiting
        for delay in wait.delays
    )  # fmt: skip
    columns = (
        Column("supplier", "Nothing signed with"), Column("period", "Before"), Column("day", "First day"),
        *amount_columns("Costs more", naming.unit), Column("cash", "of it cash", "money", naming.unit),
        Column("penalty", "penalty", "money", naming.unit),
    )  # fmt: skip
    return Table("Waiting", "What does waiting cost?", columns, rows, PROVEN)


def ties_table(found: Explanation, naming: Naming) -> Table:
    """Plans about as good, by the suppliers they sign."""
    mixes = found.ties.mixes if found.ties else ()
    rows = tuple((naming.suppliers(mix.suppliers), *amount_cells(mix.costs), naming.changes(mix.other)) for mix in mixes)
    columns = (Column("suppliers", "Signed"), *amount_columns("Costs more", naming.unit), Column("instead", "Against the plan"))
    return Table("Near-ties", "Which plans with other suppliers are about as good?", columns, rows, PROVEN)
