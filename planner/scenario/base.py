"""What every part of a scenario is made of: frozen models, ids, dates, durations, shares."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.scenario.dates import YEARS, Duration, parse_duration

ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ID_LENGTH = 64
LONGEST_YEARS = 100
RESERVED_IDS = frozenset({"null", "nan", "none", "true", "false", "inf", "obj", "all", "any", "root", "total"})


def complaint(problem: str, allowed: str = "", fix: str = "", at: str = "") -> PydanticCustomError:
    """An error whose text, allowed values, cure and place below the field (``at``) reach the finding unchanged."""
    context = {"problem": problem.replace("{", "(").replace("}", ")"), "allowed": allowed, "fix": fix, "at": at}
    return PydanticCustomError("planner", "{problem}", context)


class Strict(BaseModel):
    """Frozen, no unknown keys, no silent conversions, finite numbers only."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, arbitrary_types_allowed=True, populate_by_name=True
    )


def _id(value: Any) -> Any:
    if not isinstance(value, str):
        raise complaint("must be text", "letters, digits, . _ -", "quote it")
    if len(value) > ID_LENGTH:
        raise complaint(f"is longer than {ID_LENGTH} characters", f"at most {ID_LENGTH} characters", "shorten it")
    if not ID_PATTERN.fullmatch(value):
        raise complaint("is not an id", "ids use letters, digits, . _ - and begin with a letter or digit", "rename it")
    if value.lower() in RESERVED_IDS:
        raise complaint("is a reserved word", "any other id", "rename it")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    allowed = "a date such as 2027-02-01"
    if not isinstance(value, str):
        raise complaint("is not a date", allowed, "write year-month-day")
    slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value)
    if slashed:
        first, second, year = int(slashed[1]), int(slashed[2]), slashed[3]
        fix = f"write {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
        raise complaint("is ambiguous", allowed, fix)
    if "T" in value or ":" in value:
        raise complaint("dates have no time of day here", allowed, f"write {value[:10]}")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise complaint("is not a date", allowed, "write year-month-day")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise complaint("there is no such day", allowed, "correct the day") from None
    if day.year not in YEARS:
        raise complaint(f"the year is not from {YEARS[0]} to {YEARS[-1]}", allowed, "correct the year")
    return day


def read_duration(value: Any) -> Any:
    """A duration from its text; raises the finding's complaint otherwise."""
    if isinstance(value, Duration):
        return value
    allowed = "a whole number and a unit, such as 5 months, 6 weeks or 45 days"
    if isinstance(value, int | float) and not isinstance(value, bool):
        sign = "is negative" if value < 0 else "has no unit"
        raise complaint(sign, allowed, f"write '{abs(value):g} months' (or weeks, days)")
    if not isinstance(value, str):
        raise complaint("is not a duration", allowed)
    try:
        length = parse_duration(value)
    except ValueError:
        problem = "is negative" if value.strip().startswith("-") else "is not a duration"
        raise complaint(problem, allowed, "write it like '5 months'") from None
    if length.months > 12 * LONGEST_YEARS or length.days > 366 * LONGEST_YEARS:
        raise complaint(f"is longer than {LONGEST_YEARS} years", allowed, "check the unit")
    return length


def _share(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and not 0 <= value <= 1:
        hint = f"did you mean {value / 100:g}?" if 1 < value <= 100 else "write a fraction"
        raise complaint("must be between 0 and 1", "a fraction from 0 to 1", hint)
    return value


def _country(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        fix = "remove the spaces" if isinstance(value, str) and re.fullmatch(r"\s*[A-Z]{2}\s*", value) else "write e.g. CN"
        raise complaint("is not a country code", "two capital letters (ISO 3166)", fix)
    return value


def _currency(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise complaint("is not a currency code", "three capital letters (ISO 4217)", "write e.g. USD")
    return value


def _text_schema(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description})


Id = Annotated[str, BeforeValidator(_id)]
Day = Annotated[date, BeforeValidator(_date), _text_schema("date, year-month-day")]
Length = Annotated[Duration, BeforeValidator(read_duration), _text_schema("duration: 5 months, 6 weeks, 45 days, 1 year")]
Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]
Country = Annotated[str, BeforeValidator(_country)]
Currency = Annotated[str, BeforeValidator(_currency)]
Text = Annotated[str, Field(max_length=10_000)]
Positive = Annotated[float, Field(gt=0, le=1e12)]
NotNegative = Annotated[float, Field(ge=0, le=1e12)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
NO_TIME = Duration()


class Source(Strict):
    """Where a number comes from. ``field`` names the field it supports, or ``all``."""

    field: Annotated[tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = Field(
        ("all",), strict=False, description="field or fields this source supports"
    )
    kind: Literal["fact", "inference", "assumption", "quote"] = Field(alias="is")
    note: Text = ""
    url: Text = ""
    date: str = Field("", description="date of the source as far as known: year, year-month or day")
    confidence: Literal["", "high", "med", "low"] = ""
    low: float | None = Field(None, description="low end of the range, in the field's unit")
    high: float | None = Field(None, description="high end of the range, in the field's unit")


class Sourced(Strict):
    """A part of the scenario that says where its numbers come from."""

    sources: tuple[Source, ...] = Field((), strict=False)
    note: Text = ""
