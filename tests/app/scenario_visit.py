"""The Scenario page in a session of its own, and what a reader of it does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from planner.app.draft.draft import Draft
from planner.app.draft.view import View
from tests.command import ROOT

SECONDS = 60


@dataclass
class Session:
    """One browser tab on the page."""

    at: AppTest

    def run(self) -> Session:
        """Let the page be drawn; it never fails."""
        self.at.run()
        assert not self.at.exception
        assert not [error.value for error in self.at.error if "went wrong" in error.value]
        return self

    def go(self, section: str) -> Session:
        """Open a section."""
        self.at.session_state["scenario_section"] = section
        return self.run()

    def press(self, key: str) -> Session:
        """Press a button."""
        self.at.button(key=key).click()
        return self.run()

    def key(self, table: str) -> str:
        """The key of a table's editor now."""
        mounted = self.at.session_state["draft_mounted"]
        return next(key for key, view in zip(mounted.editors, mounted.views, strict=True) if view.name == table)

    def view(self, table: str) -> View:
        """A table as it is drawn."""
        return next(view for view in self.at.session_state["draft_mounted"].views if view.name == table)

    def type_in(self, table: str, **state: Any) -> Session:
        """Make an editor report edited_rows, added_rows, deleted_rows, as the browser does, all since it was drawn."""
        self.leave(table, **state)
        return self.run()

    def leave(self, table: str, **state: Any) -> None:
        """As ``type_in``, without a run: the next click is part of the same news."""
        empty: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
        self.at.session_state[self.key(table)] = empty | state

    def row(self, table: str, first: str) -> int:
        """The number of the row whose first cell says ``first``."""
        return [row.cells[0] for row in self.view(table).rows].index(first)

    @property
    def draft(self) -> Draft:
        """The draft of the open scenario."""
        return self.at.session_state["draft_histories"][self.at.session_state["s"]].now

    @property
    def text(self) -> str:
        """Every plain text, message and caption on the page."""
        shown = [*self.at.text, *self.at.caption, *self.at.error, *self.at.warning, *self.at.success, *self.at.info]
        return "\n".join(str(element.value) for element in shown)

    def status(self) -> str:
        """The line that counts changes and errors."""
        return next(str(e.value) for e in self.at.main.text if "Errors:" in str(e.value))


def visit(name: str = "", **address: str) -> Session:
    """A new session that opens a scenario."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    for key, value in ({"s": name} if name else {} | address).items():
        at.query_params[key] = value
    for key, value in address.items():
        at.query_params[key] = value
    return Session(at).run()


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")
