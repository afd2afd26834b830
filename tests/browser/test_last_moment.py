"""What was typed just before a button was pressed counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.server import App
from tests.browser.visit import Visit


@pytest.fixture
def visit(page: Page, app: App) -> Visit:
    return Visit(page, app)


def record(app: App, stem: str) -> Any:
    """What the results folder of a scenario's only run says about it."""
    (found,) = (app.folder.parent / "results").glob(f"{stem}-*/run.json")
    return json.loads(found.read_text(encoding="utf-8"))


def test_a_setting_typed_just_before_solve_counts(visit: Visit) -> None:
    """Typed, and left by the click on Solve itself."""
    visit.app.copy("setting.yaml")
    visit.open(scenario="setting.yaml")
    visit.keyed("gap_percent").get_by_role("spinbutton").fill("30")
    visit.solve()
    assert record(visit.app, "setting")["options"]["gap"] == 0.3


def test_a_cell_changed_just_before_solve_counts(visit: Visit) -> None:
    visit.app.copy("quick.yaml")
    visit.open(scenario="quick.yaml")
    visit.section("offers")
    visit.table("offers").edit(0, "Price", "1")
    visit.solve()
    assert record(visit.app, "quick")["document"]["offers"][0]["price"]["amount"] == 1
