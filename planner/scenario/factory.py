"""Where cells are made and what is asked: routes, sites, demand."""

from __future__ import annotations

from pydantic import Field, model_validator

from planner.scenario.base import NO_TIME, Country, Day, Id, Length, Positive, Share, Sourced, Strict, complaint
from planner.scenario.by_period import Series, Wholes
from planner.scenario.money import Rated

FIVE_YEARS = 5 * 12


class Route(Sourced):
    """A way to make a cell: the process steps it runs through. Routes may share steps."""

    steps: tuple[Id, ...] = Field(min_length=1, strict=False)
    cell_watts: Positive | None = Field(None, description="W per cell, for capacities given in wafers per hour")
    cell_efficiency: Share | None = None

    @model_validator(mode="after")
    def _once(self) -> Route:
        for step in self.steps:
            if self.steps.count(step) > 1:
                raise complaint(f"step {step} is named twice", "each step once", "remove one", "steps")
        return self


class InstallLimit(Strict):
    """At most so many units in installation at one time."""

    units: Wholes


class Site(Sourced):
    """A factory building. ``ready`` is the day installation may begin, ``capacity_mw`` the most it can run."""

    id: Id
    country: Country
    ready: Day | None = None
    capacity_mw: Positive | None = None
    install_time: Length = NO_TIME
    acceptance_time: Length = NO_TIME
    install_limit: InstallLimit | None = None


class DataCentre(Strict):
    """A data-centre load from which the cell capacity is derived (yearly energy balance).

    GW of cells = load x load factor / solar capacity factor x DC/AC ratio.
    """

    load_mw: Series
    load_factor: Share
    capacity_factor: Share
    dc_ac_ratio: Positive

    @property
    def cells_per_load(self) -> float:
        """MW of cells (DC) per MW of data-centre load."""
        return self.load_factor / self.capacity_factor * self.dc_ac_ratio

    @model_validator(mode="after")
    def _sun(self) -> DataCentre:
        if self.capacity_factor == 0:
            raise complaint("must be above 0", "for example 0.25", "write the capacity factor", "capacity_factor")
        return self


class Demand(Sourced):
    """Effective cell capacity wanted, in MW per year, pooled over its sites.

    ``hard`` demand must be met; other demand may be missed at ``shortage_cost``. After the horizon the last
    period repeats for ``continues``.
    """

    id: Id
    sites: tuple[Id, ...] = Field(min_length=1, strict=False)
    target_mw: Series | None = None
    data_centre: DataCentre | None = None
    hard: bool = False
    shortage_cost: Rated | None = None
    surplus_cost: Rated | None = Field(None, description="carrying charge on installed capacity above the target")
    continues: Length = Field(default_factory=lambda: type(NO_TIME)(months=FIVE_YEARS))

    @model_validator(mode="after")
    def _one_way(self) -> Demand:
        if (self.target_mw is None) == (self.data_centre is None):
            allowed = "exactly one of target_mw and data_centre"
            raise complaint("says the wanted capacity twice or not at all", allowed, "keep one of the two")
        if self.hard == (self.shortage_cost is not None):
            raise complaint("is hard and priced at once, or neither", "hard: true, or a shortage_cost", "keep one of the two")
        if self.shortage_cost and min(self.shortage_cost.amount.numbers) <= 0:
            raise complaint("must be above 0: the plan would buy nothing", "an amount above 0", "price the gap", "shortage_cost")
        if self.continues.days:
            raise complaint("must be whole months", "months or years", "write e.g. 5 years", "continues")
        return self

    @property
    def wanted(self) -> Series:
        """The series the target is read from: MW per year, or MW of load times ``factor``."""
        if self.target_mw is not None:
            return self.target_mw
        assert self.data_centre is not None  # one of the two is given
        return self.data_centre.load_mw

    @property
    def factor(self) -> float:
        """MW of cells per number in ``wanted``."""
        return self.data_centre.cells_per_load if self.data_centre else 1.0
