"""What to do after news, in sentences a buyer can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from planner.plan.difference import Change
from planner.plan.reactions import Switch
from planner.report.agreements import first_day
from planner.report.plays import Play, Told, find_days, find_range, sum_orders
from planner.report.table import counted, listed, show, show_mw
from planner.report.view import View
from planner.scenario.shocks import Licence, Shock

MAIN_SWITCHES = 2


def news_part(view: View, source: str) -> Shock | Licence:
    """The shock or licence of this id."""
    parts: tuple[Shock | Licence, ...] = (*view.scenario.shocks, *view.scenario.licences)
    return next(part for part in parts if part.id == source)


def say_news(view: View, told: Told, joint: str = ", then ") -> str:
    """``licence stop, then tariff``: news by its names, masked."""
    return view.mask.text(joint.join(f"{news_part(view, s).shown}{' ' + o if o else ''}" for s, o in told))


def say_event(view: View, play: Play) -> str:
    """``the licence stop comes``, ``the review is refused``; with news before it: ``upon A the tariff comes``."""
    parts = []
    for source, outcome in play.news:
        shown = view.mask.text(news_part(view, source).shown)
        name = f"the {shown}" if shown[:1].islower() and not shown.startswith("the ") else shown
        parts.append(f"{name} is {outcome}" if outcome else f"{name} comes")
    upon = f"upon {say_news(view, play.before)} " if play.before else ""
    return upon + " and ".join(parts)


def say_watch(view: View, told: Told) -> str:
    """The indicators to watch."""
    found = dict.fromkeys(part.indicator for source, _ in told if (part := news_part(view, source)).indicator)
    return view.mask.text("; ".join(found))


def say_agreements(view: View, changes: Iterable[Change]) -> str:
    """Whom to qualify and sign in addition, and whom no longer."""
    names: dict[tuple[str, str], list[str]] = {}
    for action, way in (("qualify", "more"), ("sign", "more"), ("qualify", "less"), ("sign", "less")):
        names[action, way] = sorted({view.supplier(c.supplier) for c in changes if (c.action, c.way) == (action, way)})
    parts = []
    for way, before in (("more", ""), ("less", "do not ")):
        qualify, sign = names["qualify", way], names["sign", way]
        if qualify and qualify == sign:
            parts.append(f"{before}qualify and sign {listed(sign)}")
        else:
            parts += [f"{before}{verb} {listed(who)}" for verb, who in (("qualify", qualify), ("sign", sign)) if who]
    return "; ".join(parts)


def say_switches(view: View, switches: Iterable[Switch], most: int | None = None) -> str:
    """``600 MW of pecvd from A to B``: steps with the same makers together, the most of any date, the largest first.

    Above ``most`` pairs of makers the rest is counted.
    """
    found: dict[tuple[str, str], list[Switch]] = defaultdict(list)
    for switch in switches:
        gone, come = (listed([view.supplier(name) for name in side]) for side in (switch.gone, switch.come))
        found[gone, come].append(switch)
    ranked = sorted(found.items(), key=lambda pair: -max(switch.mw for switch in pair[1]))
    parts = []
    for (gone, come), same in ranked[:most]:
        steps = listed([f"{show_mw(switch.mw)} of {switch.step}" for switch in same])
        parts.append(f"{steps} from {gone} to {come}")
    rest = sum(len(same) for _, same in ranked[len(parts) :])
    return "; ".join([*parts, *([f"makers of {counted(rest, 'more step')}"] if rest else [])])


def say_orders(view: View, play: Play, way: str, most: int | None = None) -> str:
    """``4 to 6 lines of dear-line shipping 2027-Q1 to 2027-Q3``: units more or less by offer, over all dates of the play."""
    ranked = sum_orders(play, way)
    parts = [_amount(view, offer, units, ships, len(play.reactions)) for offer, units, ships in ranked[:most]]
    more = len(ranked) - len(parts)
    return listed([*parts, *([f"{counted(more, 'more kind')} of equipment"] if more else [])]) if parts else ""


def _amount(view: View, offer: str, units: list[float], ships: list[str], dates: int) -> str:
    amount = _range(units, dates, view.scenario.offer[offer].unit)
    when = min(ships) if min(ships) == max(ships) else f"{min(ships)} to {max(ships)}"
    return f"{amount} of {view.mask.offer(offer)} shipping {when}"


def _range(units: list[float], dates: int, unit: str) -> str:
    """``4 to 6 lines``; from 0 where it does not hold on every date."""
    few, many = find_range(units, dates)
    return counted(many, unit) if many - few < 1e-6 else f"{show(few, 'units')} to {counted(many, unit)}"


def say_timing(view: View, changes: Iterable[Change]) -> str:
    """The same things at another time or site."""
    moved = sorted((c for c in changes if c.way not in ("more", "less")), key=_same_thing)
    parts = [_moved(view, list(same)) for _, same in groupby(moved, key=_same_thing)]
    return "; ".join(parts)


def _same_thing(change: Change) -> tuple[str, str, str, str]:
    return change.action, change.way, change.supplier, change.offer


def _moved(view: View, changes: list[Change]) -> str:
    change = changes[0]
    if change.action != "order":
        return f"{change.action} {view.supplier(change.supplier)} {_when(changes)}"
    units = max(sum(c.units for c in changes if c.period == period) for period in {c.period for c in changes})
    what = f"{counted(units, view.scenario.offer[change.offer].unit)} of {view.mask.offer(change.offer)}"
    if change.way == "site":
        return f"{what} for {listed(sorted({c.site for c in changes}))} instead of {listed(sorted({c.instead for c in changes}))}"
    return f"order {what} {_when(changes)}" if change.way == "time" else f"{what} ship {_when(changes)}"


def _when(changes: list[Change]) -> str:
    """Earlier or later; with one date also when."""
    mine = [c.ships if c.way == "ships" else c.period for c in changes]
    pairs = {(now, c.instead) for now, c in zip(mine, changes, strict=True)}
    if len(pairs) == 1:
        now, instead = next(iter(pairs))
        return f"in {now} instead of {instead}"
    directions = {"earlier" if now < instead else "later" for now, instead in pairs}
    return directions.pop() if len(directions) == 1 else "at other times"


def say_play(view: View, play: Play) -> str:
    """All there is to do."""
    if not play.changes:
        return "keep to the plan"
    timing = say_timing(view, play.changes)
    if play.timing_only:
        return f"only the timing differs: {timing}"
    parts = [say_agreements(view, play.changes)]
    if switches := say_switches(view, play.switches):
        parts.append(f"switch {switches}")
    if more := say_orders(view, play, "more"):
        parts.append(f"order {more}")
    if less := say_orders(view, play, "less"):
        parts.append(f"do not order {less}")
    return "; ".join(part for part in (*parts, timing) if part)


def say_short(view: View, play: Play) -> str:
    """Whom to sign and what to switch in the main; what to order only where there is nothing of that."""
    if not play.changes:
        return say_play(view, play)
    if play.timing_only:
        return f"only the timing differs, {_when_short(play.changes)}"
    switches = say_switches(view, play.switches, MAIN_SWITCHES)
    parts = [say_agreements(view, play.changes), f"switch {switches}" if switches else ""]
    if not any(parts):
        for way, verb in (("more", "order"), ("less", "do not order")):
            if what := say_orders(view, play, way, 2):
                parts.append(f"{verb} {what}")
    return "; ".join(part for part in parts if part)


def _when_short(changes: tuple[Change, ...]) -> str:
    """``some of it earlier, some of it later``."""
    kinds = {"earlier": 0, "later": 0, "for another site": 0}
    for change in changes:
        mine = change.ships if change.way == "ships" else change.period
        kinds["for another site" if change.way == "site" else "earlier" if mine < change.instead else "later"] += 1
    return ", ".join(f"some of it {kind}" for kind, number in kinds.items() if number)


def say_blows(view: View, play: Play) -> str:
    """What the news does to orders placed before it: how many units come later, and how many never."""
    late: dict[str, list[tuple[float, int]]] = defaultdict(list)
    lost: dict[str, list[float]] = defaultdict(list)
    for reaction in play.reactions:
        for offer, blows in groupby(reaction.blows, key=lambda blow: blow.offer):
            units, days = 0.0, 0
            for blow in blows:
                if blow.days is None:
                    lost[offer].append(blow.units)
                else:
                    units, days = units + blow.units, max(days, blow.days)
            if units:
                late[offer].append((units, days))
    dates, parts = len(play.reactions), []
    for offer in sorted(late.keys() | lost.keys()):
        name, unit = view.mask.offer(offer), view.scenario.offer[offer].unit
        if lost[offer]:
            parts.append(f"{_range(lost[offer], dates, unit)} of {name} never ship")
        if late[offer]:
            counts, longest = [count for count, _ in late[offer]], max(days for _, days in late[offer])
            parts.append(f"{_range(counts, dates, unit)} of {name} up to {longest} days later")
    return "; ".join(parts)


def say_until(view: View, play: Play) -> str:
    """By when the last step is taken: a day, or how long after the news where the news may come on several dates."""
    days = {reaction.period: found for reaction in play.reactions if (found := find_days(reaction))}
    if not days:
        return ""
    if len(days) == 1:
        first, last = next(iter(days.values()))
        return str(first) if first == last else f"{first} to {last}"
    calendar = view.scenario.calendar
    lags = [(calendar.period_of(day) - calendar.period_of(first_day(p))) for p, (_, day) in days.items()]
    if max(lags) == 0:
        return f"at once, in the {calendar.step} of the news"
    latest = max(last for _, last in days.values())
    return f"within {counted(max(lags), calendar.step)}, at the latest {latest}"
