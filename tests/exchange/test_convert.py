"""``planner convert`` as a person uses it: out, filled in, back; nothing is written over, nothing half done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import planner
from tests.exchange.books import LARGE, MINIMAL, changed, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(MINIMAL, tmp_path / "case.yaml")
    return tmp_path


def test_out_and_back(folder: Path) -> None:
    out = planner("convert", "case.yaml", "case.xlsx", cwd=folder)
    assert (out.returncode, out.stdout) == (0, "")
    assert "Wrote case.xlsx" in out.stderr
    again = planner("convert", "case.yaml", "case.xlsx", cwd=folder)
    assert again.returncode == 2
    assert "exists already" in again.stderr
    same = planner("convert", "case.xlsx", "case.yaml", cwd=folder)
    assert "changes nothing" in same.stderr
    assert (folder / "case.yaml").read_bytes() == MINIMAL.read_bytes()
    book = folder / "case.xlsx"
    book.write_bytes(changed(book.read_bytes(), ("Offers", "D2", 45)))
    back = planner("convert", "case.xlsx", "case.yaml", "--json", cwd=folder)
    assert back.returncode == 0
    assert json.loads(back.stdout)["changes"] == ["Offer cheap-line: price changes from 40 to 45 (USD million per unit)"]
    assert (folder / "case.yaml").read_bytes() == MINIMAL.read_bytes().replace(b"{amount: 40}", b"{amount: 45}")


def test_a_wrong_cell_changes_nothing(folder: Path) -> None:
    (folder / "case.xlsx").write_bytes(changed(written(MINIMAL), ("Offers", "D2", "45,5"), ("Offers", "D3", 66)))
    back = planner("convert", "case.xlsx", "case.yaml", cwd=folder)
    assert back.returncode == 3
    assert "case.xlsx, sheet Offers, cell D2 price is 45,5; a decimal comma is not allowed" in back.stderr
    assert (folder / "case.yaml").read_bytes() == MINIMAL.read_bytes()


def test_a_new_file_from_the_workbook_alone(folder: Path) -> None:
    (folder / "large.xlsx").write_bytes(written(LARGE))
    made = planner("convert", "large.xlsx", "new.yaml", cwd=folder)
    assert made.returncode == 0, made.stderr
    assert "are in no workbook" in made.stderr
    assert planner("check", "new.yaml", cwd=folder).returncode == 0


def test_usage(folder: Path) -> None:
    for names in (("case.yaml", "other.yaml"), ("case.xlsx", "b.xlsx"), ("case.yaml", "case.xls")):
        assert planner("convert", *names, cwd=folder).returncode == 2
    assert planner("convert", "none.xlsx", "case.yaml", cwd=folder).returncode == 3
    assert planner("convert", "none.yaml", "case.xlsx", cwd=folder).returncode == 3
    unknown = planner("convert", "case.yaml", "case.xlsx", "--supplier", "chaep", cwd=folder)
    assert unknown.returncode == 2
    assert "there is no supplier chaep" in unknown.stderr
    assert not (folder / "case.xlsx").exists()
