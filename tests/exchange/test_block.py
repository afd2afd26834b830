"""Cells copied from a spreadsheet and pasted: the same rules as for the cells of a workbook."""

from __future__ import annotations

from planner.exchange.block import read_block
from planner.exchange.sheets import table_of

OFFERS = table_of("Offers").columns
SLOTS = table_of("Slots").columns


def test_cells_belong_to_the_columns_in_order() -> None:
    found = read_block("supplier\tmaxwell\t2026-Q2\t12\r\nsupplier\tmaxwell\t2026-Q3\t8\r\n", SLOTS)
    assert found.findings == ()
    assert found.columns[:4] == ("of", "id", "from", "slots")
    assert found.rows[1] == {"of": "supplier", "id": "maxwell", "from": "2026-Q3", "slots": 8}


def test_a_first_row_of_headings_says_which_columns_follow() -> None:
    text = "offer\tprice [million per unit in its currency]\tlead time\nyac-wet\t1220\t9 months\n\n007\t\t6 weeks\n"
    found = read_block(text, OFFERS)
    assert found.findings == ()
    assert found.rows == ({"offer": "yac-wet", "price": 1220, "lead time": "9 months"}, {"offer": "007", "lead time": "6 weeks"})


def test_cells_with_line_ends_tabs_and_quotes() -> None:
    found = read_block('offer\tnote\na\t"two\nlines, a\ttab and ""quotes"""\n', OFFERS)
    assert found.rows == ({"offer": "a", "note": 'two\nlines, a\ttab and "quotes"'},)


def test_what_is_shown_differently_elsewhere_is_refused() -> None:
    head = "offer\tprice\tvalid from\tpaid at order\tlead time\n"
    found = read_block(head + "a\t1.234,5\t01/02/2027\t30 %\t5\nb\t1,234\t2027-02-01\t50%\t6 weeks\n", OFFERS)
    assert found.rows[0] == {"offer": "a", "paid at order": 0.3}
    assert found.rows[1] == {"offer": "b", "valid from": "2027-02-01", "paid at order": 0.5, "lead time": "6 weeks"}
    columns = ["1, column price", "1, column valid from", "1, column lead time", "2, column price"]
    assert [finding.file for finding in found.findings] == [f"row {place}" for place in columns]
    assert "write 2027-02-01 or 2027-01-02" in found.findings[1].fix
    assert "write 1234" in found.findings[3].fix
    assert found.written[0] == ("a", "1.234,5", "01/02/2027", "30 %", "5")


def test_too_much_too_wide_or_unknown() -> None:
    assert "at most" in str(read_block("x" * 1_000_001, SLOTS).findings[0])
    wide = read_block("supplier\tm\t2026\t1\t\tmore\n", SLOTS)
    assert "row 1, cell 6" in str(wide.findings[0])
    strange = read_block("offer\tprise\na\t1\n", OFFERS)
    assert "is no column of this table" in str(strange.findings[0])
    assert strange.rows == ({"offer": "a"},)
    assert "twice" in str(read_block("offer\tprice\tprice\na\t1\t2\n", OFFERS).findings[0])
    assert read_block("", SLOTS).rows == ()
    assert read_block("\n \t \n", SLOTS).rows == ()
