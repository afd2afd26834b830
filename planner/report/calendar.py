"""The contract calendar: what is due when, while nothing happens and after news; as tables, JSON and calendar.ics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planner.report.agreements import first_day
from planner.report.appointments import LAST_DAYS, Appointment, find_appointments
from planner.report.ics import Entry, write_ics
from planner.report.play_words import say_event
from planner.report.plays import Play, find_plays
from planner.report.table import Column, Table
from planner.report.view import View

COLUMNS = (
    Column("day", "Day", "day"),
    Column("kind", "Kind"),
    Column("what", "What"),
    Column("planned", "Planned for", "day"),
    Column("supplier", "Supplier"),
    Column("offer", "Equipment"),
    Column("site", "Site"),
)
NOTE = "Last days follow from delivery slots, other buyers' claims and dates alone; money and other rules are not looked at."


def find_calendar(view: View) -> list[Appointment]:
    """Everything while nothing happens, then for every single piece of news what is new against that.

    Where news may come on several dates with the same reaction, its first date stands for them.
    """
    quiet = find_appointments(view)
    found = list(quiet)
    for play in (play for play in find_plays(view) if play.first):
        reaction = play.reactions[0]
        since = first_day(reaction.period)
        upon = _upon(view, play)
        other = find_appointments(view.along(view.paths.onward(reaction.node)))
        known = set(quiet)
        found += [replace(entry, upon=upon) for entry in other if entry.day >= since and entry not in known]
    return found


def _upon(view: View, play: Play) -> str:
    return f"if {say_event(view, play)} in {play.reactions[0].period}"


def calendar_tables(entries: list[Appointment]) -> list[Table]:
    """The calendar while nothing happens; with news a second table of what is new after it."""
    quiet = tuple(_row(entry) for entry in entries if not entry.upon)
    upon = tuple((entry.upon, *_row(entry)) for entry in entries if entry.upon)
    title = "What is due when, if nothing happens?" if upon else "What is due when?"
    tables = [Table("Calendar", title, COLUMNS, quiet, NOTE)]
    if upon:
        title = "What is due after news, in place of the above?"
        note = "Where news may come on several dates with the same reaction, the first of them is shown."
        tables.append(Table("Calendar after news", title, (Column("upon", "If"), *COLUMNS), upon, note))
    return tables


def _row(entry: Appointment) -> tuple[Any, ...]:
    return (entry.day, entry.kind, entry.what, entry.planned, entry.supplier, entry.offer, entry.site)


def future_calendar(view: View, leaf: str) -> list[Appointment]:
    """Everything that is due in the future that ends at ``leaf``, known from today on or not."""
    return find_appointments(view.along(leaf))


def bare_calendar(entries: list[Appointment]) -> Table:
    """The entries by what they are about, without sentences: for screens in any language."""
    columns = (
        Column("day", "Day", "day"),
        Column("appointment", "What"),
        Column("supplier", "Supplier"),
        Column("offer", "Equipment"),
        Column("units", "Units", "units"),
        Column("unit", "Unit"),
        Column("site", "Site"),
        Column("slot", "Delivery slot"),
        Column("planned", "Planned for", "day"),
        Column("step", "Step"),
        Column("other", "Other maker"),
        Column("service", "Other runs by", "day"),
        Column("paid_for", "Paid for"),
        Column("amount", "Amount", "money"),
    )
    rows = tuple(
        (e.day, e.kind, e.supplier, e.offer, e.units or None, e.unit, e.site, e.slot, e.planned, e.step, e.other, e.service,
         ", ".join(e.paid_for), e.amount)
        for e in entries
    )  # fmt: skip
    return Table("Calendar", "What is due when?", columns, rows)


def calendar_data(entries: list[Appointment]) -> list[dict[str, Any]]:
    """The entries as JSON data, masked."""
    names = ("day", "kind", "what", "planned", "supplier", "offer", "site", "upon")
    return [
        {name: value.isoformat() if hasattr(value := getattr(entry, name), "isoformat") else value for name in names}
        for entry in entries
    ]


def draw_calendar(entries: list[Appointment], title: str, fingerprint: str, today: date) -> bytes:
    """calendar.ics: whole-day entries; those after news are tentative. The same answer gives the same bytes."""
    events = [
        Entry(
            day=entry.day,
            summary=f"{entry.upon[:1].upper()}{entry.upon[1:]}: {entry.what}" if entry.upon else entry.what,
            description=_describe(entry),
            categories=(entry.kind,),
            tentative=bool(entry.upon),
            key="|".join((entry.upon, entry.kind, entry.supplier, entry.offer, entry.site, str(entry.planned), entry.what)),
        )
        for entry in entries
    ]
    return write_ics(events, title, fingerprint, today)


def _describe(entry: Appointment) -> str:
    lines = [f"Planned for {entry.planned}." if entry.planned else ""]
    lines += [NOTE if entry.kind in LAST_DAYS else ""]
    lines += ["Only if the news comes." if entry.upon else ""]
    return "\n".join(line for line in lines if line)
