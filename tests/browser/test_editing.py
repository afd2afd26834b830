"""Editing a scenario in the browser: what is typed and pasted arrives, stays, is checked, and is saved as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import Visit, pattern

Opener = Callable[[str], Visit]


@pytest.fixture
def edit(page: Page, app: App) -> Opener:
    """Opens the offers of a copy of the smallest scenario: cheap-line for 40, dear-line for 65."""

    def opened(name: str) -> Visit:
        app.copy(name)
        visit = Visit(page, app)
        visit.open(scenario=name)
        visit.section("offers")
        return visit

    return opened


def test_no_second_edit_is_lost(edit: Opener) -> None:
    visit = edit("second.yaml")
    offers = visit.table("offers")
    offers.edit(0, "Price", "41")
    offers.edit(0, "Price", "42")
    offers.edit(1, "Price", "66")
    visit.changed(2)
    visit.save()
    assert re.findall(r"price: \{amount: (\d+)\}", (visit.app.folder / "second.yaml").read_text(encoding="utf-8")) == ["42", "66"]
    offers.edit(1, "Price", "67")
    visit.changed(1)
    visit.save()
    assert len(visit.app.changed_lines(visit.app.folder / "second.yaml")) == 4


def test_a_block_copied_from_a_spreadsheet_arrives(edit: Opener) -> None:
    visit = edit("paste.yaml")
    visit.table("offers").paste(0, "Price", "41.5\tUSD\r\n66.25\tUSD\r\n")
    visit.changed(4)
    visit.save()
    text = (visit.app.folder / "paste.yaml").read_text(encoding="utf-8")
    assert re.findall(r"price: \{amount: ([\d.]+)", text) == ["41.5", "66.25"]


def test_a_change_of_page_keeps_the_draft(edit: Opener) -> None:
    visit = edit("pages.yaml")
    visit.table("offers").edit(0, "Price", "41")
    visit.changed(1)
    for title in ("Plan", "Futures", "Scenario"):
        visit.turn_to(title)
        visit.says(say("en", "frame.unsaved"))
    visit.changed(1)
    offers = visit.table("offers")
    assert offers.text(0, "Price") == "41"
    offers.edit(1, "Price", "66")
    visit.changed(2)
    visit.save()
    assert len(visit.app.changed_lines(visit.app.folder / "pages.yaml")) == 4


def test_a_reload_offers_the_draft_again(edit: Opener) -> None:
    visit = edit("reload.yaml")
    visit.table("offers").edit(0, "Price", "41")
    visit.changed(1)
    visit.page.on("dialog", lambda dialog: dialog.accept())
    visit.page.reload()
    visit.says(re.compile(pattern("scenario.kept")))
    visit.press("kept_restore_0")
    visit.changed(1)
    visit.save()
    assert len(visit.app.changed_lines(visit.app.folder / "reload.yaml")) == 2


def test_a_bad_value_is_told_beside_its_table_and_undone(edit: Opener) -> None:
    visit = edit("bad.yaml")
    visit.table("offers").edit(0, "Price", "-5")
    visit.changed(1, errors=1)
    visit.says(re.compile(r"Error - Row 1 \(cheap-line\), Price"))
    for key in ("save", "solve"):
        expect(visit.keyed(key).get_by_role("button")).to_be_disabled()
    visit.press("undo")
    visit.unchanged()
    assert visit.table("offers").text(0, "Price") == "40"
    expect(visit.keyed("solve").get_by_role("button")).to_be_enabled()


def test_a_file_saved_by_somebody_else_is_not_overwritten(edit: Opener) -> None:
    visit = edit("conflict.yaml")
    path = visit.app.folder / "conflict.yaml"
    visit.table("offers").edit(0, "Price", "41")
    visit.changed(1)
    theirs = path.read_text(encoding="utf-8").replace("amount: 65", "amount: 70")
    path.write_text(theirs, encoding="utf-8")
    visit.press("save")
    visit.says(say("en", "scenario.conflict"))
    assert path.read_text(encoding="utf-8") == theirs
    visit.press("conflict_join")
    visit.says(say("en", "scenario.conflict_joined"))
    visit.save()
    assert path.read_text(encoding="utf-8") == theirs.replace("amount: 40", "amount: 41")


def test_a_new_name_cannot_leave_the_folder(edit: Opener) -> None:
    visit = edit("names.yaml")
    around = visit.app.folder.parent
    before = {path for path in around.rglob("*") if ".git" not in path.parts}
    for name in ("../escaped.yaml", str(around / "escaped.yaml"), "a/../../escaped.yaml", "con.yaml", "<b>.yaml"):
        visit.files("save_copy")  # the page may turn to the first tab when what it said above them goes
        visit.keyed("copy_name").get_by_role("textbox").fill(name)
        visit.keyed("copy_name").get_by_role("textbox").press("Enter")
        visit.press("save_copy")
        visit.says(say("en", "scenario.unreadable"))
        visit.settled()
    assert {path for path in around.rglob("*") if ".git" not in path.parts} == before
