"""Pages that start long studies: a folder of small scenarios, fresh sessions at an address, studies waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.jobs import find_runs, find_studies
from planner.app.study_run import StudyRun
from tests.app.solved import check
from tests.command import MINIMAL, ROOT

SECONDS = 60
LATE = ("lead_time: 8 months", "lead_time: 11 months")
"""Makes ``late.yaml`` of minimal.yaml."""


@contextmanager
def studying(place: Path) -> Iterator[Path]:
    """The folder of scenarios: ``minimal.yaml`` and ``late.yaml``; results go beside it. Registries are as new."""
    folder = place / "scenarios"
    folder.mkdir(parents=True)
    text = MINIMAL.read_text(encoding="utf-8")
    assert LATE[0] in text
    (folder / "minimal.yaml").write_text(text, encoding="utf-8")
    (folder / "late.yaml").write_text(text.replace(*LATE), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_RESULTS", str(place / "results"))
        patch.setenv("PLANNER_SCENARIOS", str(folder))
        forget()
        yield folder
        forget()


def forget() -> None:
    """Begin another life of the server: what is not in files is not known."""
    for registry in (find_runs, find_studies):
        registry().close()
        registry.clear()


def visit(page: str, language: str = "en", **address: str | list[str]) -> AppTest:
    """A fresh session on a page at an address."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    at.query_params["lang"] = language
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    for name, value in address.items():
        at.query_params[name] = value
    return check(at.switch_page(f"planner/app/pages/{page}.py").run(), language)


def study_on(at: AppTest, begin: str = "", language: str = "en") -> StudyRun:
    """Press the button of a study whose key begins so; the study at its end, its page drawn."""
    button = next(b for b in at.button if str(b.key).startswith(f"study_{begin}"))
    key = str(button.key).removeprefix("study_")
    button.click().run()
    study = find_studies().get(key)
    assert study is not None
    assert study.wait(SECONDS)
    check(at.run(), language)
    return study
