"""Every table of the Scenario page and the section of the page it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from planner.app.draft.fields import Column, columns_of, kinds_of, parts_below
from planner.scenario.policy import Budget
from planner.scenario.scenario import Scenario
from planner.scenario.slots import Slots

Shape = Literal["single", "list", "map", "over_time"]
"""One row; a row per item; a row per key; a row per number of everything that changes over time."""
SECTIONS: dict[str, tuple[str, ...]] = {
    "basics": ("scenario", "calendar", "money", "money.rates", "money.rates.over_time"),
    "factory": ("routes", "sites", "sites.over_time", "demand", "demand.over_time"),
    "suppliers": ("suppliers", "suppliers.process_qualification", "suppliers.signing_fee.by_site", "suppliers.order_fee.by_site",
                  "suppliers.vetting.cost.by_site", "suppliers.over_time"),
    "offers": ("offers", "offers.covers", "offers.price.by_site", "offers.freight.by_site", "offers.resources",
               "offers.over_time"),
    "slots": ("resources", "resources.over_time", "suppliers.over_time", "offers.over_time"),
    "contracts": ("commitments", "commitments.price.by_site", "commitments.over_time", "duties"),
    "rules": ("policy", "policy.over_time", "policy.max_country_share", "policy.max_country_share.steps",
              "policy.max_supplier_share", "policy.max_supplier_share.steps", "policy.max_group_share",
              "policy.max_group_share.steps", "policy.min_country_share", "policy.min_country_share.steps",
              "policy.min_supplier_share", "policy.min_supplier_share.steps", "policy.min_group_share",
              "policy.min_group_share.steps", "policy.groups",
              "policy.resilience", "policy.pins", "policy.forbid"),
    "news": ("shocks", "shocks.after", "licences", "futures", "futures.over_time"),
    "sources": ("money.sources", "routes.sources", "sites.sources", "demand.sources", "suppliers.sources", "offers.sources",
                "resources.sources", "commitments.sources", "duties.sources", "shocks.sources", "licences.sources",
                "futures.sources", "policy.sources"),
}  # fmt: skip
"""Sections of the page in order, with their tables; a table may stand in two."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One table. Its rows lie at ``base``; when ``owned``, at ``inner`` below every item of the list or map there.

    ``kind`` is what a row is; ``holders`` own the parts of ``inner``.
    """

    name: str
    base: tuple[str, ...]
    shape: Shape
    kind: Any
    owned: Literal["", "list", "map"] = ""
    inner: tuple[str, ...] = ()
    holders: tuple[type | None, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields of a row."""
        return columns_of(self.kind) if self.shape != "over_time" else ()


@cache
def specs() -> dict[str, Spec]:
    """Every table by name: one for each part of the format, its lists and maps, and its numbers over time."""
    found = {"scenario": Spec("scenario", (), "single", Front)}
    for name, info in Scenario.model_fields.items():
        kind = kinds_of(info.annotation)[0]
        if get_origin(kind) in (dict, tuple):
            keyed = get_origin(kind) is dict
            model = kinds_of(get_args(kind)[-1 if keyed else 0])[0]
            found |= _part((name,), model, "map" if keyed else "list")
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= _part((name,), kind, "")
    return found


class Front(BaseModel):
    """What stands at the top of a file."""

    title: str
    description: str = ""


def _part(base: tuple[str, ...], model: type[BaseModel], owned: Literal["", "list", "map"]) -> dict[str, Spec]:
    """The table of a part and those of everything in it."""
    name = ".".join(base)
    found = {name: Spec(name, base, owned or "single", model)}
    for part in parts_below(model):
        below = ".".join((name, *part.path))
        if not owned and part.keyed and isinstance(part.kind, type) and issubclass(part.kind, BaseModel):
            found |= _part((*base, *part.path), part.kind, "map")
        else:
            shape: Shape = "map" if part.keyed else "list"
            found[below] = Spec(below, base, shape, part.kind, owned, part.path, part.holders)
    if series_names(model):
        found[f"{name}.over_time"] = Spec(f"{name}.over_time", base, "over_time", model, owned)
    return found


@cache
def series_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Dotted names of the fields of a part that may change over time; the budget is one of them."""
    columns = [column for column in columns_of(model) if column.series]
    found = [column.name.removesuffix(".units") if Slots in column.holders else column.name for column in columns]
    budget = any(Budget in column.holders for column in columns_of(model))
    return (*found, *(["budget"] if budget else []))
