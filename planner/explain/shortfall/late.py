"""An offer of which nothing ordered today or later runs in time: which part of its way is too long."""

from __future__ import annotations

from datetime import date, timedelta

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.reason import Denial
from planner.explain.shortfall.ways import Way, Ways
from planner.instance.arrivals import qualification_time
from planner.instance.tree import Strikes
from planner.scenario.dates import add
from planner.scenario.factory import Site
from planner.scenario.offers import Offer


def find_first_order(ways: Ways, offer: Offer) -> date | None:
    """The first day on which the offer can be ordered; None where it is valid on no first day of a period."""
    starts = ways.world.scenario.calendar.starts[:-1]
    return next((day for day in starts if offer.valid.covers(day)), None)


def explain_late(ways: Ways, offer: Offer, site: Site, step: str, day: date) -> Denial | None:
    """What makes even the first possible order too late without any news; None when it would be in time.

    The parts are added in the order in which they happen; the first that leads past ``day`` is named.
    """
    scenario = ways.world.scenario
    ordered = find_first_order(ways, offer)
    if ordered is None:
        return explain_validity(offer)
    shared = {"offer": _offer(offer), "ordered": Value("day", ordered, "calendar.start"), "needed": Value("day", day, "calendar")}
    shipped = add(ordered, offer.lead_time, offer.deinstall_time)
    entered = add(shipped, offer.transit_time)
    if entered > day:
        return Denial("lead time", offer.id, _late("lead_late", shared, entered, day))
    wait = site.install_time if offer.install_time is None else offer.install_time
    service = add(entered, wait, site.acceptance_time)
    shared["site"] = Value("site", site.id, "sites")
    if service > day:
        return Denial("installation", site.id, _late("installation_time", shared, service, day))
    if site.ready and (service := add(max(entered, site.ready), wait, site.acceptance_time)) > day:
        ready = {"ready": Value("day", site.ready, f"sites.{site.id}.ready")}
        return Denial("site", site.id, _late("site_ready", {**shared, **ready}, service, day))
    needed = qualification_time(scenario, offer, step)
    if (service := add(service, needed)) > day:
        named = {"supplier": Value("supplier", offer.supplier, "suppliers"), "step": Value("step", step, "routes")}
        return Denial("vetting", f"suppliers.{offer.supplier}.vetting", _late("vetting_step", {**shared, **named}, service, day))
    return _review_or_vetting(ways, offer, site, step, day, shared)


def _review_or_vetting(ways: Ways, offer: Offer, site: Site, step: str, day: date, shared: dict[str, Value]) -> Denial | None:
    """The same for what a licence or the supplier's qualification adds before the order ships."""
    reviews, ordered = ways.world.look.news.reviews(offer, site.id), shared["ordered"].value
    assert isinstance(ordered, date)  # put there above
    ready = max([add(ordered, offer.lead_time, offer.deinstall_time), *(add(ordered, review) for review in reviews)])
    service = ways.runs_from(Way(offer.id, site.id, 0, ordered, ready, -1), step, ())
    if service is not None and service > day:
        return Denial("licence", offer.supplier, _late("licence_review", shared, service, day))
    vetting = ways.world.scenario.supplier[offer.supplier].vetting
    if vetting is None:
        return None
    done = add(ways.world.scenario.calendar.start, vetting.duration)
    first = next((w for w in _in_order(ways, offer, site) if w.ordered >= done), None)
    service = ways.runs_from(first, step, ()) if first else None
    if service is not None and service <= day:
        return None
    named = {"supplier": Value("supplier", offer.supplier, "suppliers"), "done": Value("day", done, "suppliers.vetting")}
    if service is None:
        return Denial(
            "vetting", f"suppliers.{offer.supplier}.vetting", Sentence("vetting_never", {**named, "needed": shared["needed"]})
        )
    return Denial("vetting", f"suppliers.{offer.supplier}.vetting", _late("vetting_time", {**shared, **named}, service, day))


def _in_order(ways: Ways, offer: Offer, site: Site) -> tuple[Way, ...]:
    return ways.of(offer, site, ways.world.data.tree.trunk[-1])


def explain_news(ways: Ways, offer: Offer, site: Site, way: Way, step: str, strikes: Strikes) -> Denial:
    """Which news keeps a unit from running in time that would have been in time without any."""
    news = ways.world.look.news
    quiet = ways.runs_from(way, step, ())
    known = [strike for strike in strikes if strike.source in news.touching(offer, site.id)]
    guilty = next((s for s in known if ways.runs_from(way, step, (s,)) != quiet), known[0])
    service = ways.runs_from(way, step, strikes)
    key = "licence_refused" if guilty.outcome == "refused" else "licence_lost" if service is None else "licence_late"
    values = {
        "offer": _offer(offer), "news": Value("news", f"{guilty.source}:{guilty.outcome}".rstrip(":"), "shocks"),
        "since": Value("day", guilty.day, "futures"), "due": Value("day", way.due, "offers.lead_time"),
    }  # fmt: skip
    if key == "licence_late" and service is not None:
        values["service"] = Value("day", service, "offers, sites, shocks")
    return Denial("licence", guilty.source, Sentence(key, values))


def explain_validity(offer: Offer) -> Denial:
    """The days on which the offer can be ordered leave none that would be in time."""
    return Denial("rule", f"offers.{offer.id}.valid", Sentence("rule_validity", {"offer": _offer(offer)}))


def _offer(offer: Offer) -> Value:
    return Value("offer", offer.id, "offers")


def _late(key: str, values: dict[str, Value], service: date, day: date) -> Sentence:
    late: timedelta = service - day
    found = {"service": Value("day", service, "offers, sites"), "late": Value("days", late.days, "service - needed")}
    used = {"lead_late": ("offer", "ordered", "needed")}.get(key, tuple(values))
    return Sentence(key, {name: values[name] for name in used} | found)
