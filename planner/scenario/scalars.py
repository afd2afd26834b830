"""One meaning for every unquoted word: a number, true, false, missing, or text. What loaders disagree on is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LARGEST = 2.0**53
SMALLEST = 1e-9
MOST_DIGITS = 18
MOST_PLAIN = 15
EXACT_DIGITS = 17
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ANY_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_UNDERSCORED = re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?")
_BASED = re.compile(r"[-+]?0[xXoObB][0-9a-fA-F_]+")
_CLOCK = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
_ENDLESS = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_TEMPLATES = (("{{", "}}"), ("{%", "%}"))
_SWITCHES = frozenset({"yes", "no", "on", "off"})
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_COUNTRIES = frozenset({"NO"})
_PERIOD_KEY = re.compile(r"[12][0-9]{3}")
NUMBER = "a plain decimal number"
Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An unquoted word that is not read, and why. It stands in the data until every complaint is collected."""

    text: str
    problem: str
    allowed: str = NUMBER
    fix: str = ""


def read_plain(text: str, key: str = "") -> Plain | Refused:
    """The value of an unquoted scalar. ``key`` is the key it belongs to: a month may be written 01."""
    if text in _NULLS:
        return None
    first = text[0]
    if first in "0123456789+-.":
        return _read_number(text, key)
    if first in "tTfFyYnNoO":
        return _read_word(text)
    return refuse_template(text) or text


def refuse_template(text: str) -> Refused | None:
    """A complaint when a placeholder of a template was left in the text, quoted or not."""
    if any(0 <= text.find(begin) < text.rfind(end) for begin, end in _TEMPLATES):
        return Refused(text, "template text was not filled in", "the value itself", "fill in the value")
    return None


def _read_word(text: str) -> Plain | Refused:
    if text in ("true", "false"):
        return text == "true"
    folded = text.lower()
    if folded in ("true", "false"):
        return Refused(text, "is not written as true or false", "true, false", f"write {folded}, or quote it if it is text")
    if folded in _SWITCHES and text not in _COUNTRIES:
        meant = "true" if folded in ("yes", "on") else "false"
        return Refused(text, "is true or false to some programs and text to others", "true, false", f"write {meant}, or quote it")
    return refuse_template(text) or text


def _read_number(text: str, key: str) -> Plain | Refused:
    if _DECIMAL.fullmatch(text):
        # Most numbers are short and whole: nothing can go wrong with them.
        return int(text) if len(text) < MOST_PLAIN and text.isdigit() else checked_number(text)
    if _ANY_DECIMAL.fullmatch(text):
        return _odd_decimal(text, key)
    return _odd_number(text) or refuse_template(text) or text


def checked_number(text: str) -> int | float | Refused:
    """The number, exact as written; whole numbers are int however they are spelled (5, 5.0, 5e0)."""
    mantissa = text.lower().partition("e")[0]
    digits = len(mantissa.lstrip("-0.").replace(".", ""))
    if len(text) > 2 * MOST_DIGITS or digits > MOST_DIGITS:
        return Refused(text, f"has more than {MOST_DIGITS} digits", "at most 18 digits", "shorten it, or quote it if it is text")
    value = float(text)
    if abs(value) > LARGEST or (_WHOLE.fullmatch(text) and abs(int(text)) > LARGEST):
        return Refused(text, "the number is too large", "at most 2^53", "check the unit, or quote it if it is text")
    if abs(value) < SMALLEST and digits:
        return Refused(text, "is smaller than the smallest amount", "0, or at least 1e-9", "check the unit, or write 0")
    if value == int(value):
        return int(value)
    if digits > EXACT_DIGITS:
        return Refused(text, "has more digits than can be kept", f"at most {EXACT_DIGITS} digits", "round it")
    return value


def _odd_decimal(text: str, key: str) -> int | Refused:
    """Signs, leading zeros and missing digits: a number to some programs, another number or text to others."""
    if key == "fiscal_year_starts" and re.fullmatch("0[1-9]", text):
        return int(text)
    sign = "-" if text[0] == "-" else ""
    whole, dot, rest = text.lstrip("+-").partition(".")
    head, e, tail = whole.partition("e" if "e" in whole else "E")
    bare = head.lstrip("0") or "0"
    if dot:
        rest = rest if rest[:1].isdigit() else "0" + rest
    better = f"{sign}{bare}{e}{tail}{dot}{rest}"
    return Refused(text, "is not a plain decimal number", NUMBER, f"write {better[:40]}, or quote it if it is text")


def _odd_number(text: str) -> Refused | None:
    """What looks like a number and is not a plain decimal one."""
    if _ENDLESS.fullmatch(text):
        if text[-3:].lower() == "nan":
            return Refused(text, "is not a number", NUMBER, "write the number")
        return Refused(text, "infinity is not a number to plan with", NUMBER, "leave the field out for no limit")
    if _BASED.fullmatch(text):
        return Refused(text, "is not a plain decimal number", NUMBER, "write it in decimal, or quote it if it is text")
    if "_" in text and _UNDERSCORED.fullmatch(text):
        return Refused(
            text, "is not a plain decimal number", NUMBER, f"write {text.replace('_', '')[:40]}, or quote it if it is text"
        )
    if ":" in text and _CLOCK.fullmatch(text):
        problem = "is a time of day or a number to some programs, neither is used here"
        return Refused(
            text, problem, "a number, a date or a period", "write a date such as 2027-02-01, or quote it if it is text"
        )
    return None


def key_problem(text: str) -> str:
    """Why an unquoted key is refused: it looks like a number. Years and periods may stand as keys."""
    if not text or text[0] not in "0123456789+-." or _PERIOD_KEY.fullmatch(text):
        return ""
    looks = _ANY_DECIMAL.fullmatch(text) or _odd_number(text)
    return f"key {text[:40]} must be text" if looks else ""


def number_hint(text: str) -> tuple[str, str]:
    """(problem, fix) for text that stands where a number is expected: separators, signs of money, units."""
    bare = text.strip()
    if re.fullmatch(r"[-+]?[0-9]{1,3}([, '\u00a0\u202f][0-9]{3})+(\.[0-9]+)?", bare):
        return "thousands separators are not allowed", "write " + re.sub(r"[, '\u00a0\u202f]", "", bare)
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", bare):
        return "a decimal comma is not allowed", f"use a decimal point: {bare.replace(',', '.')}"
    if re.fullmatch(r"[-+]?[0-9.]+ ?%", bare):
        return (
            "plain number only, no per cent sign",
            f"write {_hundredth(bare.rstrip('% '))} for a share, or {bare.rstrip('% ')} for a number",
        )
    found = re.fullmatch(r"([^\d\s.+-]{1,4} ?)?([-+]?[0-9][0-9.,]*)( ?[A-Za-z/$€£¥%^0-9·\-]{1,12})?", bare)
    if found and (found[1] or found[3]):
        return (
            "plain number only; units and currencies have fields of their own",
            f"write only the number, in the field's own unit, such as {found[2]}",
        )
    if re.fullmatch(_ANY_DECIMAL, bare):
        return "must be a number, found quoted text", f"write {bare} without quotes"
    return "must be a number, found text", "write only the number"


def _hundredth(text: str) -> str:
    try:
        return f"{Decimal(text) / 100:f}"
    except ArithmeticError:
        return "a fraction"
