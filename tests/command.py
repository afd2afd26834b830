"""Runs the command line as a person would: in a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "scenarios" / "minimal.yaml"
LARGE = ROOT / "scenarios" / "us-2026-30gw.yaml"


def planner(*arguments: str | Path, cwd: Path, seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """One run of ``planner``; its output as text."""
    return subprocess.run(
        [sys.executable, "-m", "planner", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )


def start(*arguments: str | Path, cwd: Path) -> subprocess.Popen[str]:
    """A run that goes on in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "planner", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def write_changed(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """The minimal scenario with pieces of its text replaced; every piece must be there."""
    text = MINIMAL.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
