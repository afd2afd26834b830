"""What a scenario implies before anything is solved: rates, prices, earliest service, targets, the size of the question."""

from __future__ import annotations

from planner.instance.instance import Instance
from planner.report.mask import Mask
from planner.report.table import Cell, Column, Table
from planner.report.view import money_unit
from planner.scenario.figures import bottleneck, price_per_mw, ruled_out, target_of
from planner.scenario.reach import find_reaches
from planner.scenario.scenario import Scenario


def offers_table(scenario: Scenario, mask: Mask) -> Table:
    """Per offer: capacity of one unit at its narrowest step, price of it, earliest service, or what rules it out."""
    reaches = find_reaches(scenario)
    rows: list[tuple[Cell, ...]] = []
    for offer in sorted(scenario.offers, key=lambda o: o.id):
        reach, per_mw = reaches[offer.id], price_per_mw(scenario, offer)
        price = None if per_mw is None or mask.hides(offer.supplier) else 1000 * per_mw
        why = ruled_out(scenario, offer) or reach.why
        steps = ", ".join(offer.covers)
        rows.append((mask.offer(offer.id), steps, bottleneck(scenario, offer) or None, price, reach.day, mask.text(why)))
    columns = (
        Column("offer", "Equipment"),
        Column("steps", "Steps"),
        Column("mw", "One unit", "mw", "MW a year"),
        Column("price_per_gw", "Price", "money", f"{money_unit(scenario.money)} per GW a year"),
        Column("earliest", "In service at the earliest", "day"),
        Column("why", "Not usable because"),
    )
    return Table("Offers", "What does each offer give, and how early?", columns, tuple(rows))


def targets_table(scenario: Scenario) -> Table:
    """Per demand and period: MW a year wanted."""
    names = scenario.calendar.names
    wanted = [target_of(scenario, demand).by_period for demand in scenario.demand]
    rows: list[tuple[Cell, ...]] = [(name, *(target[p] for target in wanted)) for p, name in enumerate(names)]
    columns = (Column("period", "Period"), *(Column(d.id, d.id, "mw", "MW a year") for d in scenario.demand))
    return Table("Wanted", "What capacity is wanted?", columns, tuple(rows))


def find_size(data: Instance) -> dict[str, int]:
    """How large the question is: periods, futures where there are several, decisions of each kind, rules with own rows."""
    futures = {"futures": len(data.tree.leaves)} if len(data.tree.leaves) > 1 else {}
    return {
        "periods": data.tree.nodes[-1].period + 1,
        **futures,
        "qualifications": len(data.vets),
        "signatures": len(data.signs),
        "purchase_orders": len(data.orders),
        "slot_rules": len(data.slots),
        "installation_rules": len(data.installs),
        "share_rules": len(data.shares),
    }
