"""Pieces that sentences of the brief share: amounts with what is proven of them, tools by number, spans of periods."""

from __future__ import annotations

from planner.explain.amounts import Amount
from planner.explain.sentence import Sentence, Value

NARROW = 0.05
"""A range this narrow, as a part of its value, is told as one number."""
PLAIN = "unit"
"""What an offer is counted in where it does not say."""
SAME = 5e-5
"""Money below this is none."""


def money(amount: float, source: str) -> Value:
    """Money in base currency, ``money.in`` units."""
    return Value("money", amount, source)


def told(amount: Amount, source: str) -> Value:
    """An amount that is surely not 0: the value found, or from where to where it surely lies where that is not narrow."""
    assert amount.value is not None  # what differs has a value
    low = amount.low if amount.low is not None else amount.value
    high = amount.high if amount.high is not None else amount.value
    if high - low <= NARROW * abs(amount.value):
        return money(amount.value, f"{source}.value")
    values = {"low": money(low, f"{source}.low"), "high": money(high, f"{source}.high")}
    return part("amount_range", values)


def is_told(amount: Amount) -> bool:
    """Whether an amount is surely above 0, and how much of it is known."""
    return amount.verdict == "differs" and amount.value is not None and (amount.low or 0.0) > SAME


def part(key: str, values: dict[str, Value]) -> Value:
    """A sentence inside another one."""
    return Value("sentence", (Sentence(key, values),), "")


def parts(sentences: list[Sentence]) -> Value:
    """Several sentences listed inside another one."""
    return Value("sentence", tuple(sentences), "")


def lot(units: float, most: float, unit: str, source: str) -> Value:
    """``3 lines``, ``2 to 4 lines``: how many of what."""
    values = {"units": Value("units", most, source)}
    key, many = ("lot_plain", most != 1) if unit == PLAIN else ("lot", not unit.endswith("s") and most != 1)
    if unit != PLAIN:
        values["unit"] = Value("unit", unit, "offers.unit")
    if most - units > 1e-6:
        values["least"] = Value("units", units, source)
        return part(f"{key}_range{'_many' if many and unit != PLAIN else ''}", values)
    return part(f"{key}_many" if many else key, values)


def span(first: str, last: str, source: str) -> Value:
    """A period, or the first and the last of several."""
    if first == last:
        return Value("period", first, source)
    return part("span", {"first": Value("period", first, source), "last": Value("period", last, source)})


def change_of_money(amount: float, source: str) -> Value:
    """``USD 3 m more``, ``USD 3 m less``, ``no more``."""
    if abs(amount) < SAME:
        return part("money_same", {})
    return part("money_more" if amount > 0 else "money_less", {"amount": money(abs(amount), source)})


def begins(period: str, step: str, source: str) -> Value:
    """When, at the head of a sentence: the period that has begun where ``period`` is empty, else its name."""
    if not period:
        return part(f"now_{step}", {})
    return part("when_period", {"period": Value("period", period, source)})
