"""Calendar files by RFC 5545: whole-day events, folded at 75 octets, the same bytes for the same events."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LINE_OCTETS = 75
MAKER = "-//planner//contract calendar//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole-day event. ``key`` tells it from every other; with the fingerprint it becomes the event's lasting id."""

    day: date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    tentative: bool = False
    key: str = ""


def write_ics(entries: list[Entry], name: str, fingerprint: str, stamp: date) -> bytes:
    """The file: UTF-8, lines end in CR LF. ``stamp`` stands for the time of writing, so that repeating changes nothing."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escape(name)}")
    seen: Counter[str] = Counter()
    for entry in entries:
        key = f"{entry.day}|{entry.key}"
        lines += _event(entry, f"{fingerprint}|{key}|{seen[key]}", stamp)
        seen[key] += 1
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in fold(line)).encode("utf-8")


def _event(entry: Entry, key: str, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@planner"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{escape(entry.description)}"
    if entry.categories:
        yield f"CATEGORIES:{','.join(escape(category) for category in entry.categories)}"
    yield f"STATUS:{'TENTATIVE' if entry.tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escape(words: str) -> str:
    """Text as a value: backslash, semicolon, comma and line ends escaped, other control characters dropped."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = "".join(c for c in words if c == "\n" or c.isprintable())
    for sign, shown in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(sign, shown)
    return words


def fold(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, never within a character; all but the first begin with a space."""
    part, room = "", LINE_OCTETS
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            yield part
            part, room = " ", LINE_OCTETS - 1
        part += character
        room -= size
    yield part
