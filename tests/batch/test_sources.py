"""Which files a batch is about, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.batch_scenarios import write_small
from planner.batch.sources import find_sources
from planner.errors import UsageError
from tests.batch.scenes import go

FILES = ("b.yaml", "a.yaml", "a/z.yaml", "a/b/c.yaml", "note.txt", ".hidden.yaml", ".git/x.yaml", "out/scenarios/cell.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        path = tmp_path / "s" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("format: 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_is_walked_in_one_order_without_hidden_files_and_results(folder: Path) -> None:
    assert [source.shown for source in find_sources(["s"], Path("s/out"))] == [
        "s/a/b/c.yaml",
        "s/a/z.yaml",
        "s/a.yaml",
        "s/b.yaml",
    ]


def test_a_path_in_the_results_folder_is_taken_at_its_word(folder: Path) -> None:
    assert [source.shown for source in find_sources(["s/out"], Path("s/out"))] == ["s/out/scenarios/cell.yaml"]


def test_a_file_given_twice_is_taken_once_where_it_came_first(folder: Path) -> None:
    shown = [source.shown for source in find_sources(["s/b.yaml", "s/a", "./s/a/../b.yaml", "s/none.yaml"], Path("o"))]
    assert shown == ["s/b.yaml", "s/a/b/c.yaml", "s/a/z.yaml", "s/none.yaml"]


def test_a_folder_elsewhere_names_its_files_from_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "work").mkdir()
    monkeypatch.chdir(folder / "work")
    assert [source.shown for source in find_sources([str(folder / "s" / "a")], Path("o"))] == ["b/c.yaml", "z.yaml"]


def test_a_folder_without_scenarios_is_refused(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(UsageError, match="empty holds no scenario"):
        find_sources(["empty"], Path("o"))


def test_a_link_that_leads_to_itself_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    write_small(tmp_path / "s", 1)
    (tmp_path / "s" / "loop.yaml").symlink_to("loop.yaml")
    done = go(tmp_path / "out", tmp_path / "s")
    assert [row.status for row in done.rows] == ["refused", "optimal"]
    assert "is a link that leads to itself" in done.rows[0].reason
