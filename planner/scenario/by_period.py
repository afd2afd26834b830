"""Numbers that change over time: a map by period holds from its key to the next key."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

from planner.scenario.base import Strict, complaint
from planner.scenario.dates import parse_period, years_between

PERIODS = "2026, 2026-Q1, 2026-01 or 2026-01-15"


class ByPeriod(Strict):
    """A number by date. Either ``listed`` (one number per period of the calendar) or ``points``.

    ``points`` are (first day, number, key as written), in order; a value holds until the next key, or runs
    straight to it when ``interpolate`` is linear. Before the first key there is no value.
    """

    points: tuple[tuple[date, float, str], ...] = ()
    interpolate: Literal["step", "linear"] = "step"
    listed: tuple[float, ...] = ()

    def at(self, day: date, period: int) -> float | None:
        """The value on ``day``, which lies in calendar period number ``period``; None before the first key."""
        if self.listed:
            return self.listed[min(max(period, 0), len(self.listed) - 1)]
        before = [point for point in self.points if point[0] <= day]
        if not before:
            return None
        start, value, _ = before[-1]
        if self.interpolate == "step" or len(before) == len(self.points):
            return value
        end, following, _ = self.points[len(before)]
        return value + (following - value) * years_between(start, day) / years_between(start, end)

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number written in the map."""
        return self.listed or tuple(value for _, value, _ in self.points)


def number(value: Any, at: str, lowest: float, whole: bool) -> float:
    """A finite plain number of at least ``lowest``, as a float; raises the finding's complaint otherwise."""
    if value is None:
        raise complaint("no value given", "a number", "write 0 if none", at)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise complaint("must be a number", "a plain decimal number", "write only the number", at)
    if value != value or abs(value) > 1e12:
        raise complaint("is not a usable number", "at most 1e12", "check the unit", at)
    if value < lowest:
        raise complaint(f"must be at least {lowest:g}", f"{lowest:g} or more", "correct it", at)
    if whole and value != int(value):
        raise complaint("must be a whole number", "whole units", f"write {round(value)}", at)
    return float(value)


def read_by_period(value: Any, lowest: float = 0.0, whole: bool = False, per: bool = False) -> Any:
    """Number, list or map -> ByPeriod. ``per`` allows a window name under the key ``per``, which is left out here."""
    if isinstance(value, ByPeriod):
        return value
    if isinstance(value, list):
        if not value:
            raise complaint("is an empty list", "one number per period", "write at least one number")
        return ByPeriod(listed=tuple(number(v, str(i), lowest, whole) for i, v in enumerate(value)))
    if not isinstance(value, dict):
        return ByPeriod(points=((date.min, number(value, "", lowest, whole), ""),))
    points: list[tuple[date, float, str]] = []
    kinds: dict[str, str] = {}
    for key, item in value.items():
        if key == "interpolate" or (per and key == "per"):
            continue
        try:
            day, kind = parse_period(key)
        except ValueError:
            raise complaint("is not a period", PERIODS, "correct the key", key) from None
        kinds.setdefault(kind, key)
        if len(kinds) > 1:
            mixed = " and ".join(f"{k} ({v})" for k, v in kinds.items())
            raise complaint(f"mixes kinds of periods: {mixed}", "one kind in one map", "write all keys alike", key)
        if points and day <= points[-1][0]:
            raise complaint("periods must increase", f"a period after {points[-1][2]}", "put the keys in order", key)
        points.append((day, number(item, key, lowest, whole), key))
    if not points:
        raise complaint("has no period", PERIODS, "add at least one period and its number")
    how = value.get("interpolate", "step")
    if how not in ("step", "linear"):
        raise complaint("is not a way to interpolate", "step, linear", "write linear or leave it out", "interpolate")
    return ByPeriod(points=tuple(points), interpolate=how)


_SCHEMA = WithJsonSchema(
    {
        "description": f"a number, one number per period as a list, or a map by period ({PERIODS}) that holds to the next key",
        "oneOf": [
            {"type": "number"},
            {"type": "array", "items": {"type": "number"}},
            {
                "type": "object",
                "properties": {"interpolate": {"enum": ["step", "linear"]}},
                "patternProperties": {r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$": {"type": "number"}},
            },
        ],
    }
)

Series = Annotated[ByPeriod, BeforeValidator(read_by_period), _SCHEMA]
Wholes = Annotated[ByPeriod, BeforeValidator(lambda v: read_by_period(v, whole=True)), _SCHEMA]
