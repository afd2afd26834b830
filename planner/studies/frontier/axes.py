"""What a trade-off is between: measures of a plan, the largest share of a country or supplier, the number of suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from planner.errors import UsageError
from planner.formulation.measures import MEASURES
from planner.scenario.scenario import Scenario

Kind = Literal["measure", "country-share", "supplier-share", "suppliers"]
COST = "cost"
"""The short name of a cost; which one it is, ``read_cost`` says."""
TAIL = ("cvar_cost", "worst_cost")
"""Measures of the worst futures: against them cost is that of all futures on average."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a trade-off. ``about`` is a measure's name, a country, a supplier, or empty for the number of suppliers.

    Less is better on every axis. Shares are fractions of all spend in the future where the share is largest.
    """

    kind: Kind
    about: str = ""

    @property
    def name(self) -> str:
        """As it is asked for: ``cvar_cost``, ``country-share:CN``, ``suppliers``."""
        return self.about if self.kind == "measure" else f"{self.kind}:{self.about}" if self.about else self.kind

    @property
    def unit(self) -> Literal["money", "MW-years", "share", "suppliers"]:
        """What its numbers are."""
        if self.kind == "measure":
            return "MW-years" if self.about == "shortage" else "money"
        return "suppliers" if self.kind == "suppliers" else "share"

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return {"name": self.name, "kind": self.kind, "about": self.about, "unit": self.unit}


def read_axes(scenario: Scenario, of: str, against: str) -> tuple[Axis, Axis]:
    """Both axes. Raises UsageError naming what is allowed."""
    second = read_axis(scenario, "--against", against, scenario.policy.risk_weight > 0)
    first = read_axis(scenario, "--of", of, second.about not in TAIL and scenario.policy.risk_weight > 0)
    if first.kind != "measure":
        raise UsageError(f"--of is {of}; allowed: {', '.join((COST, *MEASURES))}; shares and suppliers go with --against")
    if first == second:
        raise UsageError(f"--of and --against are both {first.name}; allowed: two different measures")
    return first, second


def read_axis(scenario: Scenario, option: str, text: str, weighted: bool) -> Axis:
    """One axis. ``weighted``: ``cost`` means cost with the policy's weight of the worst futures."""
    kind, colon, about = text.partition(":")
    if not colon:
        if text == "suppliers":
            return Axis("suppliers")
        known = "weighted_cost" if weighted else "expected_cost"
        if text == COST or text in MEASURES:
            return Axis("measure", known if text == COST or (text == "weighted_cost" and not weighted) else text)
    elif kind == "country-share":
        return Axis("country-share", _known(option, text, about, sorted({s.country for s in scenario.suppliers})))
    elif kind == "supplier-share":
        return Axis("supplier-share", _known(option, text, about, sorted(scenario.supplier)))
    allowed = (COST, *MEASURES, "suppliers", "country-share:CC", "supplier-share:ID")
    raise UsageError(f"{option} is {text}; allowed: {', '.join(allowed)}{_hint(text, allowed)}")


def _known(option: str, text: str, about: str, names: list[str]) -> str:
    if about not in names:
        raise UsageError(f"{option} is {text}; allowed after the colon: {', '.join(names)}{_hint(about, names)}")
    return about


def _hint(text: str, names: list[str] | tuple[str, ...]) -> str:
    near = get_close_matches(text, names, 1)
    return f"; did you mean {near[0]}?" if near else ""
