"""Nothing outside the folder of scenarios is read or written, whatever the address says."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.browser.server import App
from tests.browser.wire import open_session

SECRET = "Secret outside the folder"
NAMES = (
    "../outside.yaml", "..%2Foutside.yaml", "./../outside.yaml", "textbook/../../outside.yaml", "OUTSIDE", "file://OUTSIDE",
    "link.yaml", "folder-link/outside.yaml", "..\\outside.yaml", "minimal.yaml\x00.yaml", "/etc/passwd", "../../../../etc/passwd",
    "minimal.yaml/../../outside.yaml", "~/outside.yaml", "con", "nul.yaml", ".",
    "..", "", "a" * 3000, "\u202eminimal.yaml", "*.yaml",
)  # fmt: skip


@pytest.fixture(scope="module")
def outside(app: App) -> str:
    """A scenario beside the folder, and links inside to it and to its folder; its text."""
    text = (app.folder / "minimal.yaml").read_text(encoding="utf-8").replace("Two makers, one factory", SECRET)
    place = app.folder.parent / "outside.yaml"
    place.write_text(text, encoding="utf-8")
    for name, target in (("link.yaml", place), ("folder-link", app.folder.parent)):
        (app.folder / name).symlink_to(target)
    return text


def shown(app: App, name: str) -> str:
    """Everything the first page draws when the address names this scenario."""
    with open_session(app.port, query=f"s={quote(name)}") as session:
        session.run()
        return session.words()


def test_a_scenario_of_the_folder_is_opened(app: App, outside: str) -> None:
    assert "Two makers, one factory" in shown(app, "minimal.yaml")


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[1:30])
def test_no_address_opens_a_file_outside(app: App, outside: str, name: str) -> None:
    drawn = shown(app, name.replace("OUTSIDE", str(app.folder.parent / "outside.yaml")))
    assert drawn
    assert SECRET not in drawn
    assert "root:x:" not in drawn
    assert (app.folder.parent / "outside.yaml").read_text(encoding="utf-8") == outside
