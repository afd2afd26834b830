"""Every command in the README is run, every answer it shows is the answer."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import typer.main

from planner.cli import app
from planner.report.folder import FILES
from tests.command import MINIMAL, ROOT, planner

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Example:
    """``block``: number of the block it stands in; its commands may need what the ones before have written."""

    command: str
    answer: tuple[str, ...]
    block: int = 0


def find_examples() -> list[Example]:
    """Commands of the sh blocks; the lines of a text block right after one belong to its last command."""
    found: list[Example] = []
    for number, (kind, block) in enumerate(re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)):
        if kind == "sh":
            found += [Example(line.split("#")[0].strip(), (), number) for line in block.splitlines()]
        elif kind == "text":
            found[-1] = replace(found[-1], answer=tuple(block.splitlines()))
    return found


EXAMPLES = find_examples()
QUICK = [e for e in EXAMPLES if e.command.startswith("planner ")]


def test_the_readme_has_its_two_commands_first() -> None:
    assert [e.command for e in EXAMPLES[:2]] == ["make run", "make test"]
    assert len(QUICK) >= 4


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e not in QUICK], ids=lambda e: e.command)
def test_make_knows_the_target(example: Example) -> None:
    verb, target = shlex.split(example.command)
    assert verb == "make"
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


BLOCKS = [tuple(block) for _, block in groupby(QUICK, key=lambda example: example.block)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: " and ".join(example.command for example in block))
def test_commands_work_as_written(block: Sequence[Example], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    for example in block:
        done = planner(*shlex.split(example.command)[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        for line in example.answer:
            assert line in done.stdout


def test_every_command_named_in_the_text_exists() -> None:
    """Those that go on until they are ended are not run; they are asked for their help."""
    named = set(re.findall(r"`planner (\w+)", TEXT))
    assert "app" in named
    group: Any = typer.main.get_command(app)
    assert named <= group.commands.keys()
    assert planner("app", "--help", cwd=ROOT).returncode == 0


def test_the_scenario_shown_is_the_one_solved() -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    assert shown == MINIMAL.read_text(encoding="utf-8")


def test_result_files_are_the_ones_written() -> None:
    for name, words in FILES.items():
        assert f"| `{name}` | {words} |" in TEXT


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)", TEXT):
        assert (ROOT / link).exists(), link


def test_make_run_solves_the_example_named() -> None:
    (example,) = re.findall(r"^EXAMPLE := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert (ROOT / example).is_file()
    assert example in TEXT
    assert sys.version_info >= (3, 11)
