"""One future as a world of its own: its news is certain and known from the first day."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.errors import UsageError
from planner.scenario.news import Source, Strike, find_sources
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Hits, Licence
from planner.studies.hits import fits
from planner.studies.worlds import CHANCES, Data, in_mode

NEVER_IN_TIME = "99 years"
"""A delay after which nothing enters service inside any horizon."""
OF_SHOCK = (*CHANCES, "from", "until", "date", "after")
OF_TAIL = ("risk_weight", "max_cvar_cost")


def along(data: Data, scenario: Scenario, strikes: tuple[Strike, ...], *, trunk: bool) -> Data:
    """The scenario's data with the news of one future and no other, all of it certain.

    Each shock that strikes becomes a dated one with probability 1 on the day of its strike, in the period it strikes in;
    every other never comes. Rules about many futures are left out, and resilience for all futures but that of the
    ``trunk``, to which alone it applies. Raises UsageError when the future cannot be told so (see ``_windows``).
    """
    found = deepcopy(in_mode(data, "tree"))
    struck = {strike.source: strike for strike in strikes if not strike.outcome}
    found["shocks"] = [_settled(shock, struck.get(shock["id"])) for shock in found.get("shocks") or []]
    licences, by_id = [], {licence.id: licence for licence in scenario.licences}
    for licence in found.get("licences") or []:
        said = {s.end: s for s in strikes if s.outcome and s.source == licence["id"]}
        reviewed, shocks = _windows(licence, scenario, by_id[licence["id"]], said)
        licences.append(reviewed)
        found["shocks"] += shocks
    found["licences"] = licences
    dropped = OF_TAIL if trunk else (*OF_TAIL, "resilience")
    found["policy"] = {key: value for key, value in found["policy"].items() if key not in dropped}
    return found


def _settled(shock: Data, strike: Strike | None) -> Data:
    kept = {key: value for key, value in shock.items() if key not in OF_SHOCK}
    if strike is None:
        return {**kept, "hazard_per_year": 0.0}
    return {**kept, "date": strike.day.isoformat(), "probability": 1.0}


def _windows(licence: Data, scenario: Scenario, known: Licence, said: dict[Any, Strike]) -> tuple[Data, list[Data]]:
    """A licence whose outcomes are certain, and shocks that stand for outcomes a licence cannot say.

    A licence says the same in all its windows. What is said in the last windows it says itself; in those before, what
    is slow is said by a delay that lasts as long as the window, and what is refused by a delay for ever: known from the
    start, neither is ordered. Contracts are signed already: one that is paid for and refused in such a window is an error.
    """
    drawn = [source for source in find_sources(scenario) if source.licence is known]
    outcomes = [said[s.until].outcome if s.until in said else "" for s in drawn]
    last = outcomes[-1] if outcomes else ""
    first = next((i for i in range(len(drawn)) if all(o == last for o in outcomes[i:])), 0) if last else len(drawn)
    kept = {**licence, **{name: {"probability": 0.0} for name in ("quick", "refused")}}
    kept["slow"] = {"probability": 0.0, "delay": str(known.slow.delay)}
    kept[last or "quick"] = {**kept[last or "quick"], "probability": 1.0}
    if last and licence.get("windows"):
        kept["windows"] = [day for day in licence["windows"] if str(day) >= drawn[first].since.isoformat()]
    hit = [offer.id for offer in scenario.offers if _touches(scenario, known.hits, offer.id, None)]
    told = [(source, said[source.until]) for source, outcome in zip(drawn[:first], outcomes, strict=False) if outcome and hit]
    return kept, [_as_shock(scenario, known, hit, source, strike) for source, strike in told]


def _as_shock(scenario: Scenario, licence: Licence, hit: list[str], source: Source, strike: Strike) -> Data:
    mine = [own for own in scenario.commitments if {"cash", "exposure"} & set(own.counted) and strike.holds(own.ships)]
    if strike.outcome == "refused" and any(_touches(scenario, licence.hits, own.offer, own.site) for own in mine):
        raise UsageError(f"{licence.id} is refused in one window and not in a later one, and hits a contract already signed")
    assert strike.end is not None  # a later window says something else
    return {
        "id": "z." + source.key.replace(" ", ".")[-62:],  # after other delays, as a licence's comes
        "date": strike.day.isoformat(),
        "probability": 1.0,
        "lasts": f"{(strike.end - strike.day).days} days",
        "hits": {"offers": hit, "sites": list(licence.hits.sites)},
        "delay": str(licence.slow.delay) if strike.outcome == "slow" else NEVER_IN_TIME,
    }


def _touches(scenario: Scenario, hits: Hits, name: str, site: str | None) -> bool:
    """Whether the licence hits the offer, at the site if one is given."""
    offer = scenario.offer[name]
    wide = hits if site else hits.model_copy(update={"sites": ()})
    return fits(scenario, wide, offer, site or "", scenario.supplier[offer.supplier].country)
