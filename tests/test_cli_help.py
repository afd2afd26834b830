"""Help answers at once: nothing heavy is imported for it."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.command import ROOT

HEAVY = {"pandas", "numpy", "pulp", "highspy", "pydantic", "yaml", "ruamel", "rich", "xlsxwriter", "scipy", "streamlit"}
SECONDS = 0.3


def imported(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "planner", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


def test_help_imports_nothing_heavy() -> None:
    assert not imported("--help") & HEAVY


@pytest.mark.parametrize("verb", ["check", "solve", "stress", "value", "diff", "schema", "new", "app", "convert", "tension"])
def test_help_of_a_verb_imports_nothing_heavy(verb: str) -> None:
    """The option parser itself brings pydantic along; nothing else may come."""
    assert not imported(verb, "--help") & (HEAVY - {"pydantic"})


def test_help_answers_within_its_time() -> None:
    """Best of several, because other work may hold the machine."""
    best = SECONDS * 10
    for _ in range(8):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "planner", "--help"], cwd=ROOT, check=True, capture_output=True)
        best = min(best, time.perf_counter() - began)
    assert best < SECONDS
