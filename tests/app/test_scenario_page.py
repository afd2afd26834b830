"""The Scenario page: no edit is lost or changed on its way, everything wrong is said where it is, nothing is overwritten."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from planner.app.draft.draft import data
from planner.app.draft.kept import find_kept
from planner.app.draft.specs import SECTIONS
from planner.scenario.places import value_at
from planner.scenario.read import read_document
from tests.app.draft_cases import SCENARIOS, SHIPPED, TEN, THIRTY, changed_lines
from tests.app.scenario_visit import Session, read, visit
from tests.app.ui_rows import rows

ROWS = rows()
SMALL = "two-futures.yaml"
PRICE = ("offers", 0, "price", "amount")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped scenarios, as ``planner app`` names it to the pages."""
    place = tmp_path / "scenarios"
    shutil.copytree(SCENARIOS, place)
    monkeypatch.setenv("PLANNER_SCENARIOS", str(place))
    monkeypatch.setenv("PLANNER_RESULTS", str(tmp_path / "results"))
    return place


def prices(session: Session, **by_row: float) -> dict[str, Any]:
    return {"edited_rows": {int(row[1:]): {"price.amount": value} for row, value in by_row.items()}}


def test_every_shipped_scenario_opens(folder: Path) -> None:
    session = visit(SHIPPED[0])
    for name in SHIPPED:
        session.at.query_params["s"] = name
        session.run()
        assert session.draft.name == name
        assert session.status().startswith("No changes. Errors: 0.")
    assert not (folder / ".drafts").exists()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_section_opens(folder: Path, language: str) -> None:
    session = visit(TEN, lang=language)
    for section, tables in SECTIONS.items():
        session.go(section)
        assert [view.name for view in session.at.session_state["draft_mounted"].views] == list(tables)
    assert not session.draft.changed


def test_a_second_edit_does_not_undo_the_first(folder: Path) -> None:
    session = visit(TEN).go("offers")
    key = session.key("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    assert session.status().startswith("Changes: 1.")
    session.type_in("offers", **prices(session, r0=311.0, r1=150.0))
    assert session.key("offers") == key
    session.run().run()
    found = data(session.draft)["offers"]
    assert [offer["price"]["amount"] for offer in found[:2]] == [311, 150]
    session.type_in("offers", **prices(session, r0=312.0, r1=150.0))
    assert [offer["price"]["amount"] for offer in data(session.draft)["offers"][:2]] == [312, 150]


def test_two_tables_of_a_section_do_not_disturb_each_other(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    session.type_in("offers.covers", edited_rows={0: {"mw": 500.0}})
    found = data(session.draft)["offers"][0]
    assert (found["price"]["amount"], found["covers"]["wet"]) == (311, 500)


def test_edits_survive_a_change_of_page(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    before = session.key("offers")
    session.at.switch_page("planner/app/pages/plan.py").run()
    session.at.switch_page("planner/app/pages/scenario.py").run()
    assert session.key("offers") != before
    assert session.view("offers").rows[0].cells[4] == 311
    assert session.status().startswith("Changes: 1.")
    session.type_in("offers", **prices(session, r1=150.0))
    assert [offer["price"]["amount"] for offer in data(session.draft)["offers"][:2]] == [311, 150]


def test_an_edit_and_a_change_of_section_in_one_go_lose_nothing(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.leave("offers", **prices(session, r0=311.0))
    session.go("factory")
    assert value_at(data(session.draft), PRICE) == 311
    session.leave("demand.over_time", edited_rows={0: {"number": 1300.0}})
    session.at.query_params["s"] = SMALL
    session.run()
    session.at.query_params["s"] = TEN
    session.run()
    assert data(session.draft)["demand"][0]["target_mw"]["2027-Q2"] == 1300


def test_a_change_of_language_loses_nothing(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    session.at.session_state["lang"] = "ja"
    session.run()
    assert value_at(data(session.draft), PRICE) == 311
    session.type_in("offers", **prices(session, r1=150.0))
    assert [offer["price"]["amount"] for offer in data(session.draft)["offers"][:2]] == [311, 150]


def test_undo_redo_and_reset_draw_the_table_anew(folder: Path) -> None:
    session = visit(TEN).go("offers")
    start = session.draft.text
    session.type_in("offers", **prices(session, r0=311.0))
    session.type_in("offers", **prices(session, r0=311.0, r1=150.0))
    session.press("undo")
    assert (session.view("offers").rows[0].cells[4], session.view("offers").rows[1].cells[4]) == (311, 149)
    session.press("redo")
    assert data(session.draft)["offers"][1]["price"]["amount"] == 150
    session.press("reset")
    assert session.draft.text == start
    assert session.view("offers").rows[0].cells[4] == 310
    session.press("undo")
    assert data(session.draft)["offers"][1]["price"]["amount"] == 150


@pytest.mark.parametrize(
    ("column", "typed", "says"),
    [
        ("price.amount", -999.0, "Price: -999: must be at least 0"),
        ("cell_efficiency", 25.5, "Cell efficiency: 25.5: must be between 0 and 1"),
        ("supplier", "nobody", "Supplier: unknown supplier nobody"),
        ("lead_time", "5", "Lead time: 5: is not a duration"),
        ("valid.until", "someday", "Valid: Until: someday: is not a date"),
        ("payment.order", 0.5, "the shares sum to 1.2"),
    ],
)
def test_what_is_typed_is_kept_as_typed_and_complained_about_beside_its_cell(
    folder: Path, column: str, typed: Any, says: str
) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", edited_rows={0: {column: typed}})
    stored = value_at(data(session.draft), ("offers", 0, *column.split(".")))
    assert stored == typed
    line = next(line for line in session.text.splitlines() if says in line and line.startswith("Error"))
    assert line.startswith("Error - Row 1 (maxwell-line")
    assert "Errors: 0" not in session.status()
    assert session.at.button(key="save").disabled
    assert session.at.button(key="solve").disabled


def test_a_draft_that_is_not_saved_can_be_solved(folder: Path) -> None:
    session = visit("minimal.yaml")
    session.type_in("scenario", edited_rows={0: {"title": "Another"}})
    assert session.draft.changed
    assert not session.at.button(key="solve").disabled


def test_rows_are_added_and_removed(folder: Path) -> None:
    session = visit(TEN).go("suppliers")
    session.type_in("suppliers", added_rows=[{"id": "new", "country": "KR", "signing_fee.amount": 1.5}])
    assert data(session.draft)["suppliers"][-1] == {"id": "new", "country": "KR", "signing_fee": 1.5}
    session.go("contracts")
    last = len(session.view("duties").rows) - 1
    session.type_in("duties", deleted_rows=[last])
    assert len(data(session.draft)["duties"]) == last


def test_a_half_filled_row_waits_and_says_for_what(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers.covers", added_rows=[{"owner": "maxwell-line"}])
    number = len(session.view("offers.covers").rows) + 1
    assert f"Row {number} is not in the scenario yet: fill in or correct Which." in session.text
    assert not session.draft.changed
    session.type_in("offers.covers", added_rows=[{"owner": "maxwell-line", "key": "plating", "mw": 600.0}])
    assert data(session.draft)["offers"][0]["covers"]["plating"] == 600
    assert "is not in the scenario yet" not in session.text


def test_a_row_without_an_id_is_named(folder: Path) -> None:
    assert ROWS["BI-236"]["expected"] == "REJECT row named"
    session = visit(TEN).go("suppliers")
    count = len(session.view("suppliers").rows)
    session.type_in("suppliers", added_rows=[{"country": "KR"}])
    assert any(line.startswith(f"Error - Row {count + 1} ") and "Id: is missing" in line for line in session.text.splitlines())


def test_too_many_rows_are_refused_and_nothing_of_them_is_taken(folder: Path) -> None:
    assert "more than 20,000 rows" in ROWS["BI-237"]["expected"]
    session = visit(TEN).go("contracts")
    session.type_in("duties", added_rows=[{"id": f"d{n}"} for n in range(100_000)])
    assert "Duties: more than 20,000 rows" in session.text
    assert not session.draft.changed


def test_a_title_is_never_markup(folder: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> **bold** [a](http://x)"
    assert "<img" in ROWS["BI-238"]["what"]
    session = visit(TEN)
    session.type_in("scenario", edited_rows={0: {"title": hostile}})
    assert data(session.draft)["title"] == hostile
    drawn = [*session.at.markdown, *session.at.caption, *session.at.success, *session.at.subheader]
    assert not [element for element in drawn if "<img" in str(element.value)]
    assert any(hostile in str(element.value) for element in session.at.text)


@pytest.mark.parametrize("name", ["../../secrets", "../outside.yaml", "/etc/passwd", "nobody.yaml"])
def test_an_address_does_not_leave_the_folder(folder: Path, name: str) -> None:
    assert "secrets" in ROWS["BI-241"]["what"]
    (folder.parent / "outside.yaml").write_bytes((folder / TEN).read_bytes())
    session = visit(name)
    assert "is not in the folder" in session.text
    assert "draft_histories" not in session.at.session_state


def test_saving_changes_the_lines_concerned_and_clears_the_draft(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    assert [kept.draft.edits for kept in find_kept(folder, TEN)] == [session.draft.edits]
    before = read(folder, TEN)
    session.press("save")
    assert "Saved:" in session.text
    assert [len(lines) for lines in changed_lines(before, read(folder, TEN))] == [1, 1]
    assert session.status().startswith("No changes.")
    assert find_kept(folder, TEN) == []
    session.type_in("offers", **prices(session, r1=150.0))
    session.press("save")
    assert [offer["price"]["amount"] for offer in read_document(folder / TEN, folder).data["offers"][:2]] == [311, 150]


def test_two_planners_save_and_both_versions_are_kept(folder: Path) -> None:
    assert ROWS["BI-232"]["expected"].startswith("CONFLICT")
    mine, theirs = visit(TEN).go("offers"), visit(TEN).go("offers")
    mine.type_in("offers", **prices(mine, r0=311.0, r1=150.0))
    theirs.type_in("offers", **prices(theirs, r0=333.0, r2=40.0))
    theirs.press("save")
    saved = read(folder, TEN)
    mine.run()
    assert "changed by somebody else since you opened it" in mine.text
    mine.press("save")
    assert read(folder, TEN) == saved
    for shown in ("offers.maxwell-line.price.amount", "311", "333", "150", "40", "both changed it"):
        assert shown in mine.text
    takes = [radio for radio in mine.at.radio if radio.key.startswith("take_")]
    assert [radio.value for radio in takes] == ["mine", "mine", "theirs"]
    takes[0].set_value("theirs")
    mine.run().press("conflict_join")
    assert read(folder, TEN) == saved
    mine.press("save")
    joined = read_document(folder / TEN, folder).data["offers"]
    assert [offer["price"]["amount"] for offer in joined[:3]] == [333, 150, 40]


def test_mine_can_be_saved_under_another_name(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.type_in("offers", **prices(session, r0=311.0))
    (folder / TEN).write_text(read(folder, TEN) + "# by somebody else\n")
    theirs = read(folder, TEN)
    session.press("save")
    session.at.text_input(key="copy_name").set_value("mine.yaml")
    session.run().press("save_copy")
    assert value_at(read_document(folder / "mine.yaml", folder).data, PRICE) == 311
    assert read(folder, TEN) == theirs
    assert session.at.session_state["s"] == "mine.yaml"


def test_a_deleted_file_does_not_take_the_draft_along(folder: Path) -> None:
    session = visit(SMALL)
    session.type_in("scenario", edited_rows={0: {"title": "Kept"}})
    (folder / SMALL).unlink()
    session.press("save")
    assert data(session.draft)["title"] == "Kept"
    session.at.text_input(key="copy_name").set_value("again.yaml")
    session.run().press("save_copy")
    assert read_document(folder / "again.yaml", folder).data["title"] == "Kept"


@pytest.mark.parametrize("name", ["../out.yaml", "/tmp/out.yaml", "a:b.yaml", "con.yaml", ".hidden.yaml", "US-2026-10GW.yaml"])
def test_a_new_name_stays_in_the_folder_and_is_new(folder: Path, name: str) -> None:
    session = visit(SMALL)
    files = sorted(folder.parent.rglob("*.yaml"))
    session.at.text_input(key="copy_name").set_value(name)
    session.run().press("save_copy")
    assert "This file cannot be opened" in session.text
    assert sorted(folder.parent.rglob("*.yaml")) == files


@pytest.mark.parametrize("base", [TEN, THIRTY])
def test_a_variant_holds_only_the_changes(folder: Path, base: str) -> None:
    session = visit(base).go("offers")
    session.type_in("offers", **prices(session, r0=311.0), deleted_rows=[8])
    meant = data(session.draft)
    session.at.text_input(key="variant_name").set_value("dearer.yaml")
    session.at.text_input(key="variant_title").set_value("Dearer")
    session.run().press("save_variant")
    assert read(folder, base) == read(SCENARIOS, base)
    assert len(read(folder, "dearer.yaml").splitlines()) == 5
    found = read_document(folder / "dearer.yaml", folder).data
    assert found == meant | {"title": "Dearer"}
    assert session.at.session_state["s"] == "dearer.yaml"


def test_a_draft_is_offered_again_after_a_reload(folder: Path) -> None:
    first = visit(TEN).go("offers")
    first.type_in("offers", **prices(first, r0=311.0))
    second = visit(TEN)
    assert "An unsaved draft of this scenario was kept" in second.text
    assert not second.draft.changed
    second.press("kept_restore_0")
    assert value_at(data(second.draft), PRICE) == 311
    assert "An unsaved draft" not in second.text
    third = visit(TEN).press("kept_discard_0")
    assert not third.draft.changed
    assert find_kept(folder, TEN) == []


def test_an_unedited_draft_follows_its_file(folder: Path) -> None:
    session = visit(TEN)
    (folder / TEN).write_text(read(folder, TEN).replace("amount: 310,", "amount: 320,"))
    assert value_at(data(session.run().draft), PRICE) == 320
    variant = visit(THIRTY)
    (folder / TEN).write_text(read(folder, TEN).replace("amount: 320,", "amount: 330,"))
    assert value_at(data(variant.run().draft), PRICE) == 330


def test_a_file_is_added_to_the_folder(folder: Path) -> None:
    session = visit()
    session.at.file_uploader(key="scenario_upload").upload("new.yaml", read(folder, SMALL).encode(), "application/yaml")
    session.run().press("upload_add")
    assert session.draft.name == "new.yaml"
    assert read(folder, "new.yaml") == read(folder, SMALL)


@pytest.mark.parametrize("raw", [b"offers:\n\t- id: A\n", b"\xff\xfe\x00", b"", b"a: [1, 2"])
def test_a_file_that_cannot_be_read_is_refused_with_its_reasons(folder: Path, raw: bytes) -> None:
    session = visit()
    session.at.file_uploader(key="scenario_upload").upload("new.yaml", raw, "application/yaml")
    session.run().press("upload_add")
    assert "new.yaml" in session.text
    assert not (folder / "new.yaml").exists()


def test_one_part_is_edited_as_text(folder: Path) -> None:
    session = visit(TEN)
    session.at.selectbox(key="part_choice").set_value("offers.maxwell-line")
    session.run()
    area = session.at.text_area[0]
    area.set_value(area.value.replace("amount: 310", "amount: 311"))
    session.run().press("part_apply")
    assert [len(lines) for lines in changed_lines(read(folder, TEN), session.draft.text)] == [1, 1]
    area = session.at.text_area[0]
    area.set_value("id: [")
    session.run().press("part_apply")
    assert value_at(data(session.draft), PRICE) == 311


def test_a_run_of_the_page_is_quick(folder: Path) -> None:
    session = visit(TEN).go("offers")
    session.run()
    began = time.process_time()
    session.run()
    assert time.process_time() - began < 0.5
    began = time.process_time()
    session.type_in("offers", **prices(session, r0=311.0))
    assert time.process_time() - began < 1.0
