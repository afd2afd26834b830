"""Is it a workbook that may be opened? Judged by its bytes, before anything in it is unpacked or parsed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NoReturn

from planner.errors import BadInput
from planner.scenario.findings import Finding

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1000 * 1000
LARGEST_RATIO = 100
MOST_PARTS = 1000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 200_000
ALLOWED = "an Excel workbook (.xlsx)"
SAVE_AS = "open it in a spreadsheet and save it as Excel workbook (.xlsx)"
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_OTHERS = ((b"%PDF", "a PDF"), (b"{\\rtf", "a text document (RTF)"), (b"PK\x05\x06", "an empty archive"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_PLACE = re.compile(rb'\br\s*=\s*["\']([A-Z]{0,3})(\d{1,7})["\']')
_ENCODING = re.compile(rb'^\s*<\?xml[^>]*encoding\s*=\s*["\'](?!utf-8["\'])', re.IGNORECASE)
_SHEETS = "xl/worksheets/"


def refuse(file: str, problem: str, allowed: str = ALLOWED, fix: str = SAVE_AS) -> NoReturn:
    """Raise BadInput for the workbook as a whole."""
    raise BadInput([Finding(file, 0, 0, "", "", problem, allowed, fix)])


def check_package(raw: bytes, file: str) -> None:
    """Raise BadInput unless ``raw`` is a small, plain .xlsx: no other format, password, macro, bomb or huge sheet."""
    if len(raw) > LARGEST_FILE:
        fix = "remove pictures and sheets that are not needed"
        refuse(file, f"the workbook has {len(raw):,} bytes", f"at most {LARGEST_FILE:,}", fix)
    if not raw.startswith(_ZIP):
        _refuse_other(raw, file)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check_directory(package, file)
            _check_parts(package, file)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        refuse(file, f"the workbook is damaged: {error}", ALLOWED, "get the whole file again, or " + SAVE_AS)


def _refuse_other(raw: bytes, file: str) -> NoReturn:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            refuse(file, "the workbook is encrypted", "a workbook without a password", "open it, remove the password and save it")
        refuse(file, "is an old Excel workbook (.xls), whatever its name says")
    for begin, name in _OTHERS:
        if raw.startswith(begin):
            refuse(file, f"is {name}, whatever its name says")
    if not raw.strip(b"\0 \r\n\t"):
        refuse(file, "the file is empty", ALLOWED, "get the whole file again")
    head = raw[:2000].lower()
    if b"<html" in head or b"<table" in head:
        refuse(file, "is a web page, whatever its name says")
    if b"<?xml" in head:
        refuse(file, "is XML, not a workbook, whatever its name says")
    if b"\0" not in raw[:2000]:
        refuse(file, "is plain text (perhaps CSV), whatever its name says")
    refuse(file, "is not a workbook")


def _check_directory(package: zipfile.ZipFile, file: str) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        refuse(file, f"holds {len(parts):,} parts", f"at most {MOST_PARTS:,}")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        refuse(
            file, f"expands to {unpacked / 1e6:,.0f} MB", f"at most {LARGEST_UNPACKED / 1e6:.0f} MB", "remove what is not needed"
        )
    if unpacked > LARGEST_RATIO * max(packed, 1) and unpacked > 1_000_000:
        refuse(file, f"expands {unpacked / max(packed, 1):,.0f} times", f"at most {LARGEST_RATIO} times", SAVE_AS)
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        refuse(file, "the workbook is encrypted", "a workbook without a password", "open it, remove the password and save it")
    if "mimetype" in names and package.read("mimetype").startswith(b"application/vnd.oasis"):
        refuse(file, "is an OpenDocument sheet (.ods), whatever its name says")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        refuse(file, "holds macros (.xlsm)", "a workbook without macros", SAVE_AS)
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        refuse(file, "is a binary workbook (.xlsb)")
    if "xl/workbook.xml" not in names:
        refuse(file, "is an archive but not a workbook", ALLOWED, SAVE_AS)


def _check_parts(package: zipfile.ZipFile, file: str) -> None:
    """Look at the text of every part: no entities, plain UTF-8, and sheets no larger than people write them."""
    cells = 0
    for part in package.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        text = package.read(part)
        if text[:2] in (b"\xff\xfe", b"\xfe\xff") or _ENCODING.match(text) or b"\0" in text[:100]:
            refuse(file, f"{part.filename} is not UTF-8")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            refuse(file, f"{part.filename} declares XML entities, which no spreadsheet writes")
        if b"sheetData" in text:
            cells += _check_sheet(text, part.filename.removeprefix(_SHEETS), file)
            if cells > MOST_CELLS:
                refuse(file, f"holds more than {MOST_CELLS:,} cells", f"at most {MOST_CELLS:,}", "remove what is not needed")


def _check_sheet(text: bytes, name: str, file: str) -> int:
    """Number of cells; a sheet that reaches too far down or right is refused at the first such cell."""
    cells = 0
    limit = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
    fix = "delete the empty rows and columns around the table, they hold formats, and save"
    if (rows := text.count(b"<row ")) > MOST_ROWS:
        refuse(file, f"{name}: more than {MOST_ROWS:,} rows ({rows:,})", limit, fix)
    rows = 0
    for found in _CELL.finditer(text):
        place = _PLACE.search(found[2])
        row, column = (int(place[2]), _column_number(place[1])) if place else (0, 0)
        cells += found[1] == b"c"
        rows += found[1] == b"row"
        if row > MOST_ROWS or rows > MOST_ROWS:
            refuse(file, f"{name}: more than {MOST_ROWS:,} rows (row {max(row, rows):,})", limit, fix)
        if column > MOST_COLUMNS:
            refuse(file, f"{name}: more than {MOST_COLUMNS} columns (column {place[1].decode() if place else ''})", limit, fix)
        if cells > MOST_CELLS:
            break
    return cells


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
