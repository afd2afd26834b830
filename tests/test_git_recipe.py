"""The recipe for changes in git, run in a repository: which scenarios changed, and what that comes to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from planner.commands.compare import Shape
from planner.commands.revised import compare_batches
from planner.errors import UsageError
from planner.vocabulary import Exit
from tests.command import MINIMAL, ROOT

SCRIPT = ROOT / "docs" / "changed-scenarios.sh"
PAGE = ROOT / "docs" / "git.md"
VARIANT = """\
# Hangs on another file.
format: 1
title: Dearer slots
extends: two words.yaml
changes:
  - {select: "offers[cheap-line].price.amount", multiply: 1.5, note: a guess}
"""
NAME, ADDRESS = "a", "a@b.invalid"


class Repository:
    """A repository with scenarios, on a branch ``change`` from ``main``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.scenarios = folder, folder / "scenarios"
        # the commands of this environment first, and no settings of whoever runs the tests
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_AUTHOR_NAME": NAME, "GIT_AUTHOR_EMAIL": ADDRESS, "GIT_COMMITTER_NAME": NAME, "GIT_COMMITTER_EMAIL": ADDRESS,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        self.scenarios.mkdir(parents=True)
        text = MINIMAL.read_text(encoding="utf-8")
        (self.scenarios / "two words.yaml").write_text(text, encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()
        self.git("checkout", "--quiet", "-b", "change")

    def git(self, *arguments: str) -> str:
        """What git prints."""
        command = ["git", *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        """Everything as it is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a piece of a scenario that is there."""
        text = (self.scenarios / name).read_text(encoding="utf-8")
        assert old in text
        (self.scenarios / name).write_text(text.replace(old, new), encoding="utf-8")

    def run(self) -> tuple[int, str]:
        """The recipe's exit code and page; it leaves nothing behind."""
        page = self.folder.parent / "page.md"
        command = ["sh", str(SCRIPT), "main", "scenarios", str(page)]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        assert len(self.git("worktree", "list").splitlines()) == 1
        assert not self.git("status", "--porcelain", "--", "scenarios/*.yaml")
        return done.returncode, page.read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_a_change_is_told(repository: Repository) -> None:
    repository.edit("two words.yaml", "amount: 65", "amount: 95")
    repository.commit()
    code, page = repository.run()
    assert code == Exit.SOLVED
    [row] = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| scenarios/")]
    assert row[:4] == ["scenarios/two words.yaml", "optimal", row[2], "USD 0 m"]
    assert re.fullmatch(r"USD 386\.8 m → USD 4\d\d\.\d m", row[2])
    assert row[5:] == ["none, met from 2027-Q2", "sign cheap and dear"]
    assert "* Offer dear-line: price changes from 65 to 95 (USD million per unit)" in page


def test_a_variant_is_refused_with_its_base_and_nothing_is_solved(repository: Repository) -> None:
    (repository.scenarios / "variant.yaml").write_text(VARIANT, encoding="utf-8")
    repository.commit()
    repository.git("branch", "--force", "main")
    repository.edit("two words.yaml", "lead_time: 8 months", "lead_time: -8 months")
    repository.commit()
    code, page = repository.run()
    assert code == Exit.BAD_INPUT
    for name in ("scenarios/two words.yaml", "scenarios/variant.yaml"):
        assert f"    {name}: 1 error to correct" in page


def test_words_alone_are_no_change(repository: Repository) -> None:
    repository.edit("two words.yaml", "# A cheap maker", "# A quite cheap maker")
    repository.commit()
    assert repository.run() == (Exit.SOLVED, "No scenario says anything else than before.\n")


def test_revisions_need_two_batches(tmp_path: Path) -> None:
    for folders in (["gone", str(tmp_path)], [str(tmp_path)], [str(tmp_path), str(tmp_path)]):
        with pytest.raises(UsageError, match="planner batch wrote"):
            compare_batches(folders, Shape())
    with pytest.raises(UsageError, match="--revisions prints a table"):
        compare_batches([str(tmp_path), str(tmp_path)], Shape(as_json=True))


def test_the_page_has_what_it_says() -> None:
    """The pieces of YAML can be read, and name the script, the hooks and the options that are there."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in text.split("```yaml\n")[1:]]
    hooks, github, gitlab = (yaml.safe_load(block) for block in blocks)
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for repository in hooks["repos"] for hook in repository["hooks"]} <= known
    for recipe in (github, gitlab):
        assert SCRIPT.name in str(recipe)
    assert SCRIPT.name in text
    assert os.access(SCRIPT, os.X_OK)
