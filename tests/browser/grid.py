"""Drives the tables of the screen as a person does: click, arrow keys, typing, the clipboard.

A table is drawn on one canvas; beside it the browser holds a hidden table for screen readers. What is read comes from the
hidden table; what is done goes through the canvas and the keyboard. The one point clicked is the first cell: the places of
other columns move, and focus given to a hidden cell is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Error, Locator, Page, expect

ROW_PX = 35
FIRST_CELL_X = 60
"""Pixels from the left edge that fall into the first column, right of a row marker."""
TRIES = 3


@dataclass(frozen=True)
class Grid:
    """One table of a page; ``place`` is a CSS selector of what holds it. Rows are counted from 0.

    Columns go by their headings; the unit in brackets may be left out.
    """

    page: Page
    place: str

    def table(self) -> Locator:
        """The table's frame, once it is drawn."""
        frame = self.page.locator(f"{self.place} [data-testid='stDataFrame']").first
        expect(frame.locator("table[role=grid]")).to_be_attached()
        return frame

    def headings(self) -> dict[str, int]:
        """The headings of the columns in view, units left out, and the number of each, counted from 1."""
        told = self.table().locator("th[role=columnheader]").evaluate_all(
            "heads => heads.map(head => [head.textContent.trim(), Number(head.getAttribute('aria-colindex'))])"
        )  # fmt: skip
        return {re.sub(r" \([^)]*\)$", "", heading): number for heading, number in told}

    def first_column(self) -> list[str]:
        """The texts of the first column, which is always in view."""
        return [text.strip() for text in self.table().locator("td[aria-colindex='1']").all_text_contents()]

    def row_of(self, text: str) -> int:
        """The first row whose first cell shows ``text``; raises ValueError when there is none."""
        expect(self.table().locator("td[aria-colindex='1']", has_text=text).first).to_be_attached()
        return self.first_column().index(text)

    def text(self, row: int, column: str) -> str:
        """What a cell shows."""
        return (self.select(row, column).text_content() or "").strip()

    def select(self, row: int, column: str) -> Locator:
        """Make a cell the selected one, scrolling to it by the arrow keys; tries again while the page still moves."""
        for chance in range(TRIES):
            try:
                return self._walk(row, column, 1500 if chance < TRIES - 1 else 5000)
            except (AssertionError, Error):  # the page may have drawn the table anew
                if chance == TRIES - 1:
                    raise
        raise AssertionError("not reached")

    def _walk(self, row: int, column: str, milliseconds: float) -> Locator:
        self._click_first()
        at = 1
        while column not in (headings := self.headings()):
            far = max(headings.values())
            assert far >= at, f"no column {column}"
            self._press("ArrowRight", far + 1 - at)
            at = far + 1
            selected = self.table().locator(f"tr[aria-rowindex='2'] td[aria-colindex='{at}'][aria-selected=true]")
            expect(selected, f"no column {column}").to_be_attached(timeout=milliseconds)
        self._press("ArrowRight", headings[column] - at)
        self._press("ArrowDown", row)
        cell = self.table().locator(f"tr[aria-rowindex='{row + 2}'] td[aria-colindex='{headings[column]}']")
        expect(cell).to_have_attribute("aria-selected", "true", timeout=milliseconds)
        return cell

    def _press(self, key: str, times: int) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def edit(self, row: int, column: str, text: str) -> None:
        """Type a new text into a cell."""
        expect(self.select(row, column)).to_have_attribute("aria-readonly", "false")
        self.page.keyboard.press("Enter")
        box = self.page.locator("#portal").locator("input, textarea").first
        expect(box).to_be_visible()
        box.fill(text)
        self.page.keyboard.press("Enter")

    def toggle(self, row: int, column: str) -> None:
        """Tick or clear a tick box."""
        self.select(row, column)
        self.page.keyboard.press("Space")

    def choose(self, row: int, column: str, option: str) -> None:
        """Pick from the list of a cell."""
        self.select(row, column)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#portal input")).to_be_visible()
        self.page.keyboard.type(option)
        self.page.keyboard.press("Enter")

    def paste(self, row: int, column: str, text: str) -> None:
        """Paste a block as a spreadsheet puts it on the clipboard: tabs between cells, a line per row."""
        self.select(row, column)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")

    def add_row(self) -> None:
        """Press the table's own button for a new row, by the keyboard: with the mouse it hides while the page moves."""
        self.table().get_by_role("button", name="Add row").first.press("Enter")

    def _click_first(self) -> None:
        """Select the cell at the top left; a second click would have opened it, so close it then."""
        frame = self.table()
        frame.scroll_into_view_if_needed()
        box = frame.get_by_test_id("data-grid-canvas").bounding_box()
        assert box is not None, f"the table in {self.place} is not drawn"
        self.page.mouse.click(box["x"] + FIRST_CELL_X, box["y"] + 1.5 * ROW_PX)
        if self.page.locator("#portal [class*=gdg]").count():
            self.page.keyboard.press("Escape")
