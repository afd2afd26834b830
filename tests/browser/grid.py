"""Drives the tables of the screen as a person does: click, arrow keys, typing, the clipboard.

A table is drawn on one canvas; beside it the browser holds a hidden table for screen readers. What is read comes from the
hidden table; what is done goes through the canvas and the keyboard. The one point clicked is the first cell: the places of
other columns move, and focus given to a hidden cell is lost. ``key`` is the key the page gave the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

ROW_PX = 35
FIRST_CELL_X = 60
"""Pixels from the left edge that fall into the first column, right of a row marker."""
TRIES = 3


@dataclass(frozen=True)
class Grid:
    """One table of a page. Rows and columns are counted from 0; columns may be named by their heading."""

    page: Page
    key: str

    def table(self) -> Locator:
        """The table's frame, once it is drawn."""
        frame = self.page.locator(f".st-key-{self.key} [data-testid='stDataFrame']")
        expect(frame.locator("table[role=grid]")).to_be_attached()
        return frame

    def headings(self) -> list[str]:
        """The columns' headings, in the order shown."""
        return [text.strip() for text in self.table().locator("th[role=columnheader]").all_text_contents()]

    def cell(self, row: int, column: str) -> Locator:
        """One cell of the hidden table."""
        place = self.headings().index(column)
        return self.table().locator(f"tr[aria-rowindex='{row + 2}'] td[aria-colindex='{place + 1}']")

    def text(self, row: int, column: str) -> str:
        """What a cell shows."""
        return (self.cell(row, column).text_content() or "").strip()

    def column(self, column: str) -> list[str]:
        """All the texts of a column that are drawn."""
        place = self.headings().index(column)
        return [text.strip() for text in self.table().locator(f"td[aria-colindex='{place + 1}']").all_text_contents()]

    def row_of(self, column: str, text: str) -> int:
        """The first row whose cell shows ``text``; raises ValueError when there is none."""
        return self.column(column).index(text)

    def select(self, row: int, column: str) -> Locator:
        """Make a cell the selected one; tries again while the page still moves."""
        place = self.headings().index(column)
        for chance in range(TRIES):
            self._click_first()
            for _ in range(place):
                self.page.keyboard.press("ArrowRight")
            for _ in range(row):
                self.page.keyboard.press("ArrowDown")
            try:
                cell = self.cell(row, column)
                expect(cell).to_have_attribute("aria-selected", "true", timeout=1500 if chance < TRIES - 1 else 5000)
            except AssertionError:
                if chance == TRIES - 1:
                    raise
            else:
                return cell
        raise AssertionError("not reached")

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
        """Press the table's own button for a new row."""
        self.table().hover()
        self.page.locator(f".st-key-{self.key}").get_by_role("button", name="Add row").first.click()

    def _click_first(self) -> None:
        """Select the cell at the top left; a second click would have opened it, so close it then."""
        frame = self.table()
        frame.scroll_into_view_if_needed()
        box = frame.get_by_test_id("data-grid-canvas").bounding_box()
        assert box is not None, f"the table {self.key} is not drawn"
        self.page.mouse.click(box["x"] + FIRST_CELL_X, box["y"] + 1.5 * ROW_PX)
        if self.page.locator("#portal [class*=gdg]").count():
            self.page.keyboard.press("Escape")
