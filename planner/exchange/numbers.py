"""Numbers of cells: what is written is what is read, and anything that could be another number is refused."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from planner.exchange.columns import Kind
from planner.scenario.render import DIGITS
from planner.scenario.scalars import LARGEST, NUMBER, Refused, checked_number, number_hint

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_PERCENT = re.compile(r"(-?(?:0|[1-9]\d*)(?:\.\d+)?)\s?%", re.ASCII)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\-\]]*)(?:-[^\]]*)?\]|\[[^\]]*\]|([€£¥$₩₹])')
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"})
SIGNS = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "₩": frozenset({"KRW"}),
    "₹": frozenset({"INR"}),
    "$": DOLLARS,
}
_CODE = re.compile(r"[A-Z]{3}")


def tidy(value: float) -> int | float:
    """The number with the digits a spreadsheet keeps: 0.1 + 0.2 is 0.3, 5.0 is 5."""
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short == int(short) else short


def read_number(value: float) -> int | float | Refused:
    """A number of a cell; raises nothing, refuses what is too large to be exact or too small to be meant."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        return Refused(f"{value:g}", "the number is too large to be exact", "at most 2^53", "check the unit; a code is text")
    return checked_number(f"{Decimal(repr(tidy(value))):f}")


def read_number_text(text: str, kind: Kind, text_only: bool) -> int | float | Refused:
    """Text in a column of numbers: a plain decimal number, or a refusal that says how to write it."""
    bare = text.strip()
    if _GROUPED.fullmatch(bare):
        one, two = bare.replace(".", ""), str(tidy(float(bare))) if bare.count(".") == 1 else ""
        meant = f"{one} or {two}" if two else one
        problem = "could be two numbers: a point before three digits"
        return Refused(bare, problem, NUMBER, f"write {meant} as a number, not as text")
    if _PLAIN.fullmatch(bare):
        return checked_number(bare)
    if kind == "share" and text_only and (found := _PERCENT.fullmatch(bare)):
        return checked_number(f"{Decimal(found[1]) / 100:f}")
    folded = unicodedata.normalize("NFKC", bare).replace("\u2212", "-")
    if folded != bare and _PLAIN.fullmatch(folded.strip()):
        return Refused(bare, "is written with full-width or foreign signs", NUMBER, f"write {folded.strip()}")
    problem, fix = number_hint(bare)
    return Refused(bare, problem.replace("found quoted text", "found text"), NUMBER, fix.replace(" without quotes", ""))


def currencies_of(number_format: str) -> frozenset[str]:
    """The currencies the sign or code in a cell's number format can mean; empty when it shows none."""
    found: set[str] = set()
    for quoted, escaped, bracket, bare in _LITERAL.findall(number_format):
        text = (quoted or escaped or bracket or bare).strip()
        found |= SIGNS.get(text, frozenset())
        if _CODE.fullmatch(text):
            found.add(text)
    return frozenset(found)


def is_percent(number_format: str) -> bool:
    """Whether a cell shows its number as a percentage."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)
