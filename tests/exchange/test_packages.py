"""What is no workbook, or one made to do harm, is refused as a whole with one finding and never a traceback."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest

from planner.errors import BadInput
from planner.exchange.book import open_book
from tests.exchange.books import MINIMAL, repacked, written

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def keep(name: str, text: bytes) -> bytes:
    return text


def refusal(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        open_book(raw, "bids.xlsx")
    assert len(caught.value.findings) == 1
    finding = caught.value.findings[0]
    assert finding.fix
    assert finding.allowed
    return str(finding)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"\0\0\0", "empty"),
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "is XML"),
        (b"offer\tprice\n", "plain text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a workbook"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "empty archive"),
        (b"x" * (5 * 1024 * 1024 + 1), "5,242,881 bytes"),
    ],
)
def test_other_files(raw: bytes, words: str) -> None:
    assert words in refusal(raw)


def test_other_kinds_of_workbooks() -> None:
    assert "holds macros (.xlsm)" in refusal(repacked(written(MINIMAL), keep, **{"xl/vbaProject.bin": b"x"}))
    assert "binary workbook (.xlsb)" in refusal(repacked(written(MINIMAL), keep, **{"xl/workbook.bin": b"x"}))
    assert "an archive but not a workbook" in refusal(
        repacked(written(MINIMAL), lambda n, t: None if n == "xl/workbook.xml" else t)
    )


def test_entities_and_other_encodings() -> None:
    for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "docProps/core.xml"):
        raw = repacked(written(MINIMAL), lambda name, text, part=part: ENTITIES if name == part else text)  # type: ignore[misc]
        assert "declares XML entities" in refusal(raw)
        hidden = ENTITIES.decode().encode("utf-16")
        raw = repacked(written(MINIMAL), lambda name, text, part=part, hidden=hidden: hidden if name == part else text)  # type: ignore[misc]
        assert "is not UTF-8" in refusal(raw)


def test_many_parts_and_many_cells() -> None:
    assert "parts" in refusal(repacked(written(MINIMAL), keep, **{f"xl/x{number}.xml": b"" for number in range(1001)}))
    row = b'<row r="%d">' + b"".join(b'<c r="%s1"><v>1</v></c>' % bytes([65 + n % 26]) for n in range(110)) + b"</row>"
    text = b"<worksheet><sheetData>" + b"".join(row % number for number in range(1, 1900)) + b"</sheetData></worksheet>"
    raw = repacked(written(MINIMAL), lambda name, old: text if name == "xl/worksheets/sheet3.xml" else old)
    assert "more than 200,000 cells" in refusal(raw) or "times" in refusal(raw)


def test_a_workbook_cut_short_or_garbled_never_ends_in_a_traceback() -> None:
    whole, draw = written(MINIMAL), random.Random(1)
    for _ in range(12):
        assert refusal(whole[: draw.randrange(4, len(whole) - 30)])
    for _ in range(12):
        part = draw.choice(zipfile.ZipFile(io.BytesIO(whole)).namelist())
        raw = repacked(whole, lambda name, text, part=part: text[: len(text) // 2] if name == part else text)  # type: ignore[misc]
        with contextlib.suppress(BadInput):
            assert open_book(raw, "bids.xlsx")
