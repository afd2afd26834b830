"""What the buyer's own rules deny to one more unit: bans, shares, numbers of suppliers, pins, approvals, teams."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.sentence import Kind, Sentence, Value
from planner.explain.shortfall.reason import Denial
from planner.explain.shortfall.ways import Way
from planner.explain.shortfall.world import World
from planner.instance.columns import is_efficient, is_forbidden
from planner.instance.instance import ShareRow
from planner.instance.shares import SPEND
from planner.scenario.dates import add
from planner.scenario.offers import Offer

ROUNDING = 1e-6


def find_ban(world: World, way: Way) -> Denial | None:
    """A rule by which the order of a way cannot be placed at all."""
    scenario, offer = world.scenario, world.scenario.offer[way.offer]
    values = {"offer": Value("offer", offer.id, "offers")}
    if not is_efficient(scenario, offer.cell_efficiency):
        values["has"] = Value("percent", offer.cell_efficiency or 0.0, f"offers.{offer.id}.cell_efficiency")
        values["least"] = Value("percent", scenario.policy.min_cell_efficiency or 0.0, "policy.min_cell_efficiency")
        return Denial("rule", "policy.min_cell_efficiency", Sentence("rule_efficiency", values))
    if is_forbidden(scenario, offer.supplier, offer.id, scenario.calendar.period_of(way.ordered)):
        values["supplier"] = Value("supplier", offer.supplier, "policy.forbid, policy.sanctioned")
        return Denial("rule", f"policy.forbid {offer.supplier}", Sentence("rule_forbid", values))
    return None


def find_rules(world: World, way: Way, leaf: int, units: float) -> Iterator[Denial]:
    """Everything of the policy that so many more units of an order that can be placed would break."""
    offer = world.scenario.offer[way.offer]
    yield from _shares(world, way, leaf, units)
    yield from _pins(world, way)
    signed = world.signed.get(offer.supplier, frozenset()) & set(world.data.tree.told[leaf])
    if not signed:
        yield from _count(world, offer, leaf)
    yield from _approval(world, offer, way, leaf, units)
    yield from _teams(world, offer, way, leaf)


def _shares(world: World, way: Way, leaf: int, units: float) -> Iterator[Denial]:
    path, column = set(world.data.tree.path[leaf]), world.data.orders[way.column]
    for row in world.data.shares:
        if row.node not in path or world.data.tree.nodes[row.node].period < world.data.tree.nodes[way.node].period:
            continue
        weight = column.price if row.of == SPEND else _rate(world, column.supplier, row.of, way.column)
        if not weight:
            continue
        inside, total = _tallied(world, row)
        more, mine = units * weight, column.supplier in row.inside
        before = (inside - row.limit * total) * (1 if row.most else -1)
        after = (inside + more * mine - row.limit * (total + more)) * (1 if row.most else -1)
        if after > ROUNDING * max(1.0, total) and after > before + ROUNDING:
            yield _share(row, way.offer, (inside + more * mine) / (total + more))
            return


def _share(row: ShareRow, offer: str, share: float) -> Denial:
    sort, _, name = row.name.partition(" ")
    kind: Kind = {"country": "country", "supplier": "supplier"}.get(sort, "group")  # type: ignore[assignment]
    field = f"policy.{'max' if row.most else 'min'}_{sort}_share.{name}"
    values = {
        "who": Value(kind, name, field), "limit": Value("percent", row.limit, field),
        "share": Value("share", share, "plan.orders, commitments"),
    }  # fmt: skip
    if row.of != SPEND:
        values["step"] = Value("step", row.of, field)
    key = f"rule_share_{'most' if row.most else 'least'}{'' if row.of == SPEND else '_step'}"
    return Denial("rule", f"{field}.{'total' if row.of == SPEND else f'steps.{row.of}'}", Sentence(key, values, tells_of=offer))


def _rate(world: World, supplier: str, of: str, column: int) -> float:
    tally = next((t for t in world.data.tallies if t.supplier == supplier and t.of == of), None)
    terms = tally.weights.get(world.data.orders[column].node, ()) if tally else ()
    return next((weight for i, weight in terms if i == column), 0.0)


def _tallied(world: World, row: ShareRow) -> tuple[float, float]:
    """What the suppliers inside hold, and all that counts, at the row's node."""
    path, inside, total = world.data.tree.path[row.node], 0.0, -row.fixed_lost
    for tally in world.data.tallies:
        if tally.of == row.of:
            amount = tally.fixed + sum(w * world.units.get(i, 0.0) for n in path for i, w in tally.weights.get(n, ()))
            total += amount
            inside += amount if tally.supplier in row.inside else 0.0
    return inside, total - sum(weight * world.units.get(i, 0.0) for i, weight in row.lost)


def _pins(world: World, way: Way) -> Iterator[Denial]:
    for row in world.data.pins:
        if row.kind == "order" and way.column in row.keys:
            values = {
                "offer": Value("offer", way.offer, "policy.pins"),
                "units": Value("units", row.amount, "policy.pins"),
            }
            yield Denial("rule", f"policy.pins {row.name}", Sentence("rule_pin", values))
            return


def _count(world: World, offer: Offer, leaf: int) -> Iterator[Denial]:
    most, path = world.data.max_suppliers, set(world.data.tree.told[leaf])
    signed = sum(1 for nodes in world.signed.values() if nodes & path)
    if most is not None and signed >= most:
        values = {
            "supplier": Value("supplier", offer.supplier, "offers"),
            "most": Value("count", most, "policy.max_suppliers"),
            "signed": Value("count", signed, "plan.signings"),
        }
        yield Denial("rule", "policy.max_suppliers", Sentence("rule_suppliers", values))


def _approval(world: World, offer: Offer, way: Way, leaf: int, units: float) -> Iterator[Denial]:
    """Large frame agreements need an approval day between the end of the qualification and the order."""
    if world.data.approvals is None:
        return
    above, open_nodes = world.data.approvals
    told = world.data.tree.told[leaf]
    spend = units * world.data.orders[way.column].price
    tally = next((t for t in world.data.tallies if t.supplier == offer.supplier and t.of == SPEND), None)
    if tally:
        spend += tally.fixed + sum(w * world.units.get(i, 0.0) for n in told for i, w in tally.weights.get(n, ()))
    until = world.data.tree.nodes[way.node].period
    ready = find_first_signing(world, offer)
    if spend <= above + ROUNDING or any(ready <= p <= until and n in open_nodes for p, n in enumerate(told)):
        return
    values = {
        "supplier": Value("supplier", offer.supplier, "offers"), "above": Value("money", above, "policy.approvals.above"),
        "ordered": Value("day", way.ordered, "calendar"),
    }  # fmt: skip
    yield Denial("rule", "policy.approvals", Sentence("rule_approval", values))


def find_first_signing(world: World, offer: Offer) -> int:
    """The first period in which the supplier can be signed, its qualification begun at once."""
    vetting, calendar = world.scenario.supplier[offer.supplier].vetting, world.scenario.calendar
    done = add(calendar.start, vetting.duration) if vetting else calendar.start
    return next((p for p, day in enumerate(calendar.starts) if day >= done), calendar.periods)


def _teams(world: World, offer: Offer, way: Way, leaf: int) -> Iterator[Denial]:
    """A supplier still to be qualified in time, with no team free long enough for it."""
    data, path = world.data, world.data.tree.told[leaf]
    starts, tree = world.scenario.calendar.starts, data.tree
    ways = data.vetted_by.get((offer.supplier, path[tree.nodes[way.node].period]))
    if ways is None or any(n in world.vetted.get(s, ()) for s, n in ways):
        return
    vetting = world.scenario.supplier[offer.supplier].vetting
    assert vetting is not None  # those without are not in the table
    for _, begin in ways:
        end = add(starts[tree.nodes[begin].period], vetting.duration)
        kept = [n for p, n in enumerate(path) if tree.nodes[begin].period <= p and starts[p] < end]
        if all(_free_team(world, n, offer.supplier) for n in kept):
            return
    if ways:
        teams = min(data.teams[n][0] for n in path if n in data.teams)
        values = {
            "supplier": Value("supplier", offer.supplier, "suppliers"), "teams": Value("count", teams, "policy.vetting_teams"),
            "by": Value("day", way.ordered, "calendar"),
        }  # fmt: skip
        yield Denial("vetting", "policy.vetting_teams", Sentence("vetting_teams", values))


def _free_team(world: World, node: int, supplier: str) -> bool:
    if node not in world.data.teams:
        return True
    teams, busy = world.data.teams[node]
    return sum(1 for maker, n in busy if maker != supplier and n in world.vetted.get(maker, ())) + 1 <= teams + ROUNDING
