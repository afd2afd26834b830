"""The contract calendar: days by hand, and a file every calendar program can read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.report.appointments import Appointment, find_appointments
from planner.report.calendar import calendar_data, calendar_tables, draw_calendar, find_calendar
from planner.report.deadlines import Deadlines
from planner.report.folder import build_files
from planner.report.ics import Entry, escape, fold, write_ics
from tests.report.cases import SECRET_NAME, SECRET_OFFER, SECRET_PRICE, build_answer, build_scenario, build_view
from tests.report.tree_case import build_tree_answer, build_tree_view


def entries(kind: str, found: list[Appointment]) -> list[tuple[str, str]]:
    return [(str(entry.day), entry.what) for entry in found if entry.kind == kind]


def read_ics(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, properties by name; refuses what RFC 5545 does not allow."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = re.sub(r"\r\n[ \t]", "", text).rstrip("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        name, found, value = line.partition(":")
        assert found
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    return events


def test_days_of_the_plan() -> None:
    """Eight weeks from 1 January are 26 February; the deliveries are the orders' own days."""
    found = find_appointments(build_view(unmask=True))
    assert entries("qualification ends", found) == [("2026-02-26", "The supplier qualification of Dawn Machines is done")]
    assert entries("frame agreement", found)[1] == ("2026-04-01", "Sign the frame agreement with Dawn Machines")
    assert ("2026-10-13", "10 tools of dawn-pecvd for texas arrive") in entries("arrival", found)
    assert ("2026-01-01", "Payment of USD 227.2 m: Zenith Coating AG (frame agreement and paid at order)") in entries(
        "payment", found
    )


def test_last_day_to_order_keeps_the_day_of_shipment() -> None:
    """Six coaters must leave on 1 July, six months after the order: 1 January. Ten tools on 1 September, five months: 1 April."""
    limits = Deadlines(build_view(unmask=True))
    assert {(o.offer, str(limits.order_by(o))) for o in limits.view.plan.orders} == {
        (SECRET_OFFER, "2026-01-01"), ("dawn-pecvd", "2026-04-01"),
    }  # fmt: skip


def test_an_order_for_a_later_slot_can_wait_while_slots_last() -> None:
    """Coaters for 1 April 2027 (the slot of 2027-Q2) take six months: 1 October 2026 at the latest.

    With rivals who take half of the nine slots a quarter, six are left only at the start: 9, then 5.
    """
    view = build_view(unmask=True)
    first = next(o for o in view.plan.orders if o.offer == SECRET_OFFER)
    later = replace(first, ship_period="2027-Q2", ships=date(2027, 4, 1), enters=date(2027, 4, 1), effective=date(2027, 8, 1))
    moved = replace(view, plan=replace(view.plan, orders=(later,)))
    assert str(Deadlines(moved).order_by(later)) == "2026-10-01"
    _, data = build_scenario()
    data["offers"][1]["rival_claims"] = {"share": 0.5, "per": "quarter"}
    scenario = type(view.scenario).model_validate(data)
    assert str(Deadlines(replace(moved, scenario=scenario)).order_by(later)) == "2026-01-01"


def test_signing_and_qualifying_can_wait_for_the_first_order() -> None:
    """Dawn's first order is due on 1 April; its qualification takes eight weeks, so it must begin on 1 January."""
    limits = Deadlines(build_view(unmask=True))
    assert str(limits.sign_by("dawn")) == "2026-04-01"
    assert str(limits.qualify_by("dawn")) == "2026-01-01"
    assert limits.qualify_by("zenith") is None


def test_last_day_to_switch_is_that_of_an_order_that_runs_in_time() -> None:
    """Tramonto: five months, no transit, four months to acceptance. The first ten tools run on 13 February 2027.

    Ordered on 1 April 2026 tramonto's are due on 1 September and run on 1 January 2027; ordered on 1 July on 1 April.
    The four later ones run on 13 September 2027: ordered on 1 October 2026, due on 1 March, run on 1 July; on 1 January
    2027 on 1 October.
    """
    view = build_tree_view()
    found = [what for what in entries("last day to switch", find_appointments(view)) if "Dawn" in what[1]]
    other = "from Dawn Machines to another maker (Tramonto Impianti) that still runs by"
    assert found == [
        ("2026-04-01", f"Last day to switch all of pecvd {other} 2027-02-13"),
        ("2026-10-01", f"Last day to switch the last of pecvd {other} 2027-09-13"),
    ]


def test_after_news_only_what_is_new_is_listed() -> None:
    """After the stop of July: tramonto is signed and ordered, dawn's ten tools leave when it ends on 1 January."""
    upon = [entry for entry in find_calendar(build_tree_view()) if entry.upon == "if the export stop comes in 2026-Q3"]
    assert entries("frame agreement", upon) == [("2026-07-01", "Sign the frame agreement with Tramonto Impianti")]
    assert ("2027-01-01", "10 tools of dawn-pecvd for texas leave the maker") in entries("shipment", upon)
    assert all(entry.day >= date(2026, 7, 1) for entry in upon)
    tables = calendar_tables(find_calendar(build_tree_view()))
    assert [table.name for table in tables] == ["Calendar", "Calendar after news"]


def test_units_that_never_ship_are_said() -> None:
    shocks = [{"id": "export-stop", "hazard_per_year": 0.4, "hits": {"suppliers": ["dawn"]}, "shipments": "stopped"}]
    found = find_calendar(build_tree_view(shocks=shocks))
    assert ("2026-07-01", "10 tools of dawn-pecvd for texas never ship") in entries("never ships", found)


def test_the_file_can_be_read_back() -> None:
    answer = build_tree_answer(unmask=True)
    events = read_ics(build_files(answer)["calendar.ics"])
    assert len(events) == len(answer.calendar)
    for event, entry in zip(events, answer.calendar, strict=True):
        assert event["DTSTART;VALUE=DATE"] == f"{entry.day:%Y%m%d}"
        assert event["DTEND;VALUE=DATE"] == f"{entry.day + timedelta(days=1):%Y%m%d}"
        assert event["SUMMARY"].endswith(entry.what)
        assert event["STATUS"] == ("TENTATIVE" if entry.upon else "CONFIRMED")
        assert event["DTSTAMP"] == "20260101T000000Z"
    assert len({event["UID"] for event in events}) == len(events)


def test_the_same_answer_gives_the_same_file_and_another_one_other_ids() -> None:
    answer = build_tree_answer(unmask=True)
    start = answer.scenario.calendar.start
    first, again, other = (draw_calendar(answer.calendar, "T", mark, start) for mark in ("a", "a", "b"))
    assert first == again
    ids = [{event["UID"] for event in read_ics(content)} for content in (first, other)]
    assert ids[0].isdisjoint(ids[1])


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_text_survives_folding_and_escaping(summary: str, name: str) -> None:
    """Line ends become one kind, other control characters are dropped; everything else comes back."""
    (event,) = read_ics(write_ics([Entry(date(2026, 1, 1), summary, key="k")], name, "f", date(2026, 1, 1)))
    kept = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert event["SUMMARY"] == "".join(c for c in kept if c == "\n" or c.isprintable())


def test_signs_with_a_meaning_are_escaped() -> None:
    assert escape("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


@pytest.mark.parametrize("letter", ["a", "é", "迈", "😀"])
def test_lines_are_folded_between_characters(letter: str) -> None:
    parts = list(fold(letter * 200))
    assert "".join(parts).replace(" ", "") == letter * 200
    assert all(len(part.encode()) <= 75 for part in parts)
    assert len(parts) > 2


def test_a_masked_calendar_names_no_secret() -> None:
    answer = build_tree_answer()
    text = "\n".join(event["SUMMARY"] + event.get("DESCRIPTION", "") for event in read_ics(build_files(answer)["calendar.ics"]))
    for secret in (SECRET_NAME, SECRET_OFFER, str(SECRET_PRICE)):
        assert secret not in text
    assert "confidential-1.1" in text


def test_json_rows_are_the_entries() -> None:
    answer = build_answer()
    assert answer.data["calendar"] == calendar_data(answer.calendar)
    assert answer.data["calendar"][0]["day"] == "2026-01-01"
