"""``planner check --format`` and the hook that runs it before a commit."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.commands.check import check_files
from planner.vocabulary import Exit
from tests.command import MINIMAL, ROOT, planner

CLEAN = MINIMAL.read_bytes()
ROUGH = b"\xef\xbb\xbf" + CLEAN.replace(b"\n", b" \r\n") + b"\r\n\r\n"
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def write(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_a_rough_file_is_rewritten_once_and_a_clean_one_never(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rough, clean = write(tmp_path, "rough.yaml", ROUGH), write(tmp_path, "clean.yaml", CLEAN)
    rough.chmod(0o640)
    before = clean.stat()
    assert check_files([str(rough), str(clean)], as_json=True, register=False, layout="write") == Exit.SOLVED
    assert capsys.readouterr().err == f"{rough}: rewritten in the common layout\n"
    assert rough.read_bytes() == clean.read_bytes() == CLEAN
    assert stat.S_IMODE(rough.stat().st_mode) == 0o640
    assert (clean.stat().st_ino, clean.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert check_files([str(rough)], as_json=True, register=False, layout="write") == Exit.SOLVED
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (CLEAN.replace(b"\n", b"\r\n"), ": line ends change"),
        (b"\xef\xbb\xbf" + CLEAN, ": the byte-order mark goes"),
        (CLEAN.replace(b"format: 1", b"format:\t1"), "\n-format:\t1\n+format: 1\n"),
    ],
    ids=["line ends", "BOM", "tab"],
)
def test_looking_changes_nothing(raw: bytes, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "f.yaml", raw)
    assert check_files([str(path)], as_json=True, register=False, layout="look") == Exit.BAD_INPUT
    err = capsys.readouterr().err
    assert shown in err
    assert err.endswith(f"{path}: not in the common layout; planner check --format rewrites it\n")
    assert path.read_bytes() == raw
    assert check_files([str(MINIMAL)], as_json=True, register=False, layout="look") == Exit.SOLVED


def test_a_file_that_cannot_be_read_stays_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = write(tmp_path, "broken.yaml", ROUGH.replace(b"title: Two", b"title: 'Two"))
    good = write(tmp_path, "good.yaml", ROUGH)
    assert check_files([str(broken), str(good)], as_json=False, register=False, layout="write") == Exit.BAD_INPUT
    assert broken.read_bytes() == ROUGH.replace(b"title: Two", b"title: 'Two")
    assert good.read_bytes() == CLEAN
    assert "the quote opened here is never closed" in capsys.readouterr().out


def test_what_the_scenario_says_wrong_is_told_at_its_new_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = write(tmp_path, "wrong.yaml", b"\n\n\n" + CLEAN.replace(b"amount: 40", b"amount: -40"))
    assert check_files([str(wrong)], as_json=False, register=False, layout="write") == Exit.BAD_INPUT
    line = CLEAN.split(b"amount: 40")[0].count(b"\n") + 1
    assert f"wrong.yaml:{line}:" in capsys.readouterr().out
    assert wrong.read_bytes() == CLEAN.replace(b"amount: 40", b"amount: -40")


def test_the_hooks_run_on_scenarios_and_on_nothing_else(tmp_path: Path) -> None:
    rewrites, looks = HOOKS
    for hook in HOOKS:
        assert hook["language"] == "python"
        for name, wanted in {"scenarios/a.yaml": True, "x/scenarios/b/c.yml": True, ".github/workflows/a.yaml": False}.items():
            assert bool(re.search(hook["files"], name)) == wanted
    path = write(tmp_path, "f.yaml", ROUGH)
    assert planner(*looks["entry"].split()[1:], path, cwd=tmp_path).returncode == Exit.BAD_INPUT
    assert planner(*rewrites["entry"].split()[1:], path, cwd=tmp_path).returncode == Exit.SOLVED
    assert path.read_bytes() == CLEAN
    assert planner(*looks["entry"].split()[1:], path, cwd=tmp_path).returncode == Exit.SOLVED
