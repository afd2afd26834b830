"""Every row of the catalogue of bad inputs that comes in a workbook: its verdict, its place, and no harm done."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.exchange.incoming import Incoming
from tests.exchange.books import MINIMAL, read_back, repacked, texts, typed, written

ROWS = Path(__file__).with_name("spreadsheet_import.csv")
QUICK = 1.0
SMALL = 50 * 1024 * 1024
SHEET = "xl/worksheets/sheet11.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def with_sheet(text: bytes) -> bytes:
    """The minimal workbook with another text in the place of its sheet of offers."""
    return repacked(written(MINIMAL), lambda name, old: text if name == SHEET else old)


def swollen() -> bytes:
    """500 MB of blanks in half a megabyte, packed piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(MINIMAL))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as part:
            for _ in range(500):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def far_cell() -> bytes:
    return with_sheet(HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + TAIL)


def many_rows() -> bytes:
    return with_sheet(
        HEAD + b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, 90_001)) + TAIL
    )


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = OLD_EXCEL + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def refused(raw: bytes, *words: str) -> None:
    """The whole workbook is refused, quickly and without using memory, in one finding with these words."""
    begin = time.process_time()
    found = read_back(MINIMAL, raw)
    seconds = time.process_time() - begin
    tracemalloc.start()
    read_back(MINIMAL, raw)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.edits == ()
    assert len(found.findings) == 1
    assert all(word in texts(found) for word in ("bids.xlsx", *words)), texts(found)
    assert seconds < QUICK
    assert most < SMALL


def says(found: Incoming, *words: str) -> None:
    assert any(all(word in str(finding) for word in words) for finding in found.errors), texts(found)


def expands() -> None:
    refused(swollen(), "expands to 500 MB", "at most 50 MB")


def reaches_far() -> None:
    refused(far_cell(), "row 1,048,576", "20,000 rows and 200 columns")


def has_many_rows() -> None:
    refused(many_rows(), "more than 20,000 rows")


def is_another_format() -> None:
    refused(OLD_EXCEL, "old Excel workbook (.xls)")
    refused(open_document(), "OpenDocument sheet (.ods)")


def is_csv() -> None:
    refused(b"offer;price\r\nmaxwell;310\r\n", "plain text (perhaps CSV)")


def is_locked() -> None:
    refused(LOCKED, "the workbook is encrypted", "remove the password")


def namibia() -> None:
    found = typed(MINIMAL, ("Suppliers", "C2", "NA"), ("Suppliers", "C3", "NO"))
    assert dict(found.edits) == {("suppliers", 0, "country"): "NA", ("suppliers", 1, "country"): "NO"}
    assert found.errors == []


def double_nought_seven() -> None:
    def add(book: object) -> None:
        book["Suppliers"].append(["007", "", "CN"])  # type: ignore[index]

    found = typed(MINIMAL, by=add)
    assert found.edits == ((("suppliers", -1), {"id": "007", "country": "CN"}),)
    as_number = typed(MINIMAL, ("Suppliers", "A4", 7), ("Suppliers", "C4", "CN"))
    says(as_number, "sheet Suppliers, cell A4", "a number was found where a code is expected", "format the cell as text")


def became_a_date() -> None:
    found = typed(MINIMAL, ("Offers", "B2", date(2026, 3, 1)), ("Suppliers", "A3", date(2026, 1, 2)))
    says(found, "sheet Offers, cell B2", "2026-03-01", "a date was found where a code is expected")
    says(found, "sheet Suppliers, cell A3", "a date was found where a code is expected")
    assert found.edits == ()


def heading_twice() -> None:
    found = typed(MINIMAL, ("Offers", "F1", "price [million per unit in its currency]"))
    says(found, "sheet Offers", "column price appears twice: D, F")


def heading_nearly_right() -> None:
    heading = "supplier "
    found = typed(MINIMAL, ("Offers", "B1", heading), ("Duties", "B1", "Origin"))
    says(found, "sheet Offers, cell B1", "heading 'supplier' is not written as agreed", "write exactly: supplier")
    says(found, "sheet Duties, cell B1", "write exactly: origin")


def merged() -> None:
    def merge(book: object) -> None:
        book["Offers"].merge_cells("C2:C3")  # type: ignore[index]

    found = typed(MINIMAL, by=merge)
    says(found, "sheet Offers, cell C2:C3", "merged cells", "unmerge")
    assert found.edits == ()


def beyond_exact() -> None:
    found = typed(MINIMAL, ("Offers", "AI2", 2**53 + 2), ("Offers", "AI3", None))
    says(found, "sheet Offers, cell AI2", "too large to be exact")
    assert found.edits == ()


def blank_line_and_total() -> None:
    found = typed(MINIMAL, ("Offers", "D5", 105), ("Offers", "C5", "all"))
    says(found, "sheet Offers, cell A5", "offer is missing", "never read")
    assert found.edits == ()
    named = typed(MINIMAL, ("Offers", "A5", "Total"), ("Offers", "D5", 105))
    says(named, "sheet Offers, cell A5", "reserved word")


def key_three_times() -> None:
    found = typed(
        MINIMAL, ("Covers", "A4", "dear-line"), ("Covers", "B4", "line"), ("Covers", "A5", "dear-line"), ("Covers", "B5", "line")
    )
    says(found, "sheet Covers, cell A4", "key dear-line line appears 3 times in sheet Covers: rows 3, 4, 5")
    assert found.edits == ()


VERDICTS: dict[str, Callable[[], None]] = {
    "BI-201": expands,
    "BI-202": reaches_far,
    "BI-203": has_many_rows,
    "BI-206": is_another_format,
    "BI-207": is_csv,
    "BI-208": is_locked,
    "BI-211": namibia,
    "BI-212": double_nought_seven,
    "BI-213": became_a_date,
    "BI-216": heading_twice,
    "BI-217": heading_nearly_right,
    "BI-218": merged,
    "BI-221": beyond_exact,
    "BI-222": blank_line_and_total,
    "BI-223": key_three_times,
}


def rows() -> dict[str, str]:
    with ROWS.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["what"] for row in csv.DictReader(stream)}


def test_every_row_has_its_verdict() -> None:
    assert set(rows()) == set(VERDICTS)


@pytest.mark.parametrize("row", sorted(rows()))
def test_row(row: str) -> None:
    VERDICTS[row]()


def test_bombs_are_refused_within_a_tenth_of_a_second() -> None:
    raw = swollen()
    begin = time.process_time()
    read_back(MINIMAL, raw)
    assert time.process_time() - begin < 0.1


def test_the_sheet_used_here_is_the_one_of_the_offers() -> None:
    with zipfile.ZipFile(io.BytesIO(written(MINIMAL))) as book:
        assert b"<f>" not in book.read(SHEET)
    found = read_back(MINIMAL, with_sheet(HEAD + TAIL))
    assert any("sheet Offers" in str(finding) for finding in found.findings), texts(found)
