"""Limits of what can be had: delivery slots of each pool and window, units there are, and what rivals take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil

from planner.explain.conflict.limits import Dial, Edit, Limit, at, drop, put, turn_at
from planner.instance.columns import most_useful
from planner.instance.lookup import Lookup
from planner.instance.pools import ALL_TIME, Pool, find_free, find_pools, find_window
from planner.scenario.dates import MONTHS, add_months, window_start
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario
from planner.scenario.slots import Slots
from planner.studies.worlds import Data

LEAST_KEPT = 0.02
"""What rivals leave of plenty in the end, at least, for plenty still to be plenty."""


@dataclass(frozen=True)
class Shelf:
    """A pool of slots as the scenario writes it. ``path``: of its owner in the data."""

    scenario: Scenario
    pool: Pool
    path: Path

    @property
    def slots_path(self) -> Path:
        """Where its numbers stand."""
        return (*self.path, "available_units" if self.pool.slots is None else "slots")

    @cached_property
    def windows(self) -> dict[str, tuple[date, float]]:
        """Name of each window of the calendar -> (its first day, units before contracts take any)."""
        if self.pool.slots is None:
            return {ALL_TIME: (self.scenario.calendar.start, self.pool.total)}
        look, found = Lookup(self.scenario), dict[str, tuple[date, float]]()
        for day in self._firsts(self.pool.slots):
            name, units = find_window(look, self.pool, day), look.value(self.pool.slots.units, day)
            first, before = found.get(name, (day, 0.0))
            found[name] = first, before + units
        return found

    def _firsts(self, slots: Slots) -> list[date]:
        calendar, months = self.scenario.calendar, MONTHS[slots.per]
        day, found = window_start(calendar.start, slots.per), list[date]()
        while day < calendar.end:
            found.append(day)
            day = add_months(day, months)
        return found

    def free(self, window: str) -> float:
        """Slots of the window that no signed contract has taken."""
        return find_free(Lookup(self.scenario), self.pool, self.windows[window][0])

    def taken(self, window: str) -> float:
        """Slots of the window that signed contracts take, which may be more than there are."""
        look = Lookup(self.scenario)
        contracts = (c for c in self.scenario.commitments if c.offer in self.pool.use and "slots" in c.counted)
        return sum(c.units * self.pool.use[c.offer] for c in contracts if find_window(look, self.pool, c.ships) == window)

    @property
    def plenty(self) -> float:
        """Slots of one window that no plan could use up, whatever rivals take."""
        offers = [self.scenario.offer[name] for name in self.pool.use]
        pinned = sum(pin.units or 0.0 for pin in self.scenario.policy.pins if pin.order in self.pool.use)
        taken = sum(c.units * self.pool.use[c.offer] for c in self.scenario.commitments if c.offer in self.pool.use)
        units = sum((most_useful(self.scenario, offer) + pinned) * self.pool.use[offer.id] for offer in offers)
        return float(ceil(units / self._kept + taken))

    @property
    def _kept(self) -> float:
        claims = self.pool.claims
        if claims is None:
            return 1.0
        spans = self.scenario.calendar.periods * self.scenario.calendar.months / MONTHS[claims.per]
        return max(LEAST_KEPT, float((1 - claims.share) ** spans))

    def open_up(self, units: dict[str, float]) -> Edit:
        """An edit that sets the units of some windows and leaves those of the others."""

        def edit(data: Data) -> None:
            if self.pool.slots is None:
                put(round(units[ALL_TIME]), *self.slots_path)(data)
                return
            owner = at(data, self.path)
            written = self._written(self.pool.slots)
            if _keys(owner["slots"]) != set(written["units"]):  # the first edit of this pool
                owner["slots"] = written
            for name, number in units.items():
                self._write(owner["slots"]["units"], name, number)

        return edit

    def _written(self, slots: Slots) -> Data:
        """The same slots with every window's number beside its first day."""
        look = Lookup(self.scenario)
        return {"per": slots.per, "units": {day.isoformat(): look.value(slots.units, day) for day in self._firsts(slots)}}

    def _write(self, units: Data, name: str, number: float) -> None:
        """Windows shorter than a period count together: the first of them takes what is more."""
        first, before = self.windows[name]
        units[first.isoformat()] += number - before


def find_shelves(scenario: Scenario) -> Iterator[Shelf]:
    """Every pool of the scenario that some offer takes from."""
    paths: dict[str, Path] = {f"supplier {s.id}": ("suppliers", i) for i, s in enumerate(scenario.suppliers)}
    paths |= {f"resource {r.id}": ("resources", i) for i, r in enumerate(scenario.resources)}
    for i, offer in enumerate(scenario.offers):
        paths |= {f"offer {offer.id}": ("offers", i), f"units {offer.id}": ("offers", i)}
    for pool in find_pools(scenario):
        if pool.use:
            yield Shelf(scenario, pool, paths[pool.id])


def find_slot_limits(scenario: Scenario, data: Data) -> Iterator[Limit]:
    """``slots`` (pool, window), ``available_units`` (offer), ``rival_claims`` (pool): as pools are called in the instance."""
    for shelf in find_shelves(scenario):
        plenty = shelf.plenty
        for window, (day, units) in shelf.windows.items():
            if shelf.pool.slots is None:
                names: tuple[str, ...] = (shelf.pool.id.removeprefix("units "),)
                dial = Dial(plenty, 1.0, turn_at(*shelf.slots_path, write=round))
                place = (shelf.slots_path,)
                yield Limit("available_units", names, units, "units", place, shelf.open_up({window: max(plenty, units)}), dial)
            else:
                give_up = shelf.open_up({window: max(plenty, units)})
                yield Limit("slots", (shelf.pool.id, window), units, "slots", (_key_path(data, shelf, day),), give_up)
        if shelf.pool.claims is not None and not shelf.pool.id.startswith("units "):
            place_ = (*shelf.path, "rival_claims")
            dial = Dial(0.0, 0.01, turn_at(*place_, "share"))
            yield Limit("rival_claims", (shelf.pool.id,), shelf.pool.claims.share, "share", (place_,), drop(*place_), dial)


def _key_path(data: Data, shelf: Shelf, day: date) -> Path:
    """Where the number of the window that begins on this day stands."""
    written, slots = at(data, shelf.slots_path), shelf.pool.slots
    assert slots is not None
    path = shelf.slots_path
    if set(written) == {"per", "units"}:
        written, path = written["units"], (*path, "units")
    if not isinstance(written, dict) or slots.units.listed:
        return path
    before = [key for first, _, key in slots.units.points if first <= day]
    return (*path, before[-1]) if before else path


def _keys(written: Data) -> set[str]:
    """The periods a slot map names below ``units``."""
    units = written.get("units")
    return set(units) if isinstance(units, dict) else set()
