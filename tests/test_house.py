"""The house rules: floors, sizes, words, docstrings. Each failure says which file and what to do."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.command import ROOT

SOURCES = sorted((ROOT / "planner").rglob("*.py"))
MODULES = [path for path in SOURCES if path.read_text(encoding="utf-8").strip()]
LONGEST, MIDDLE = 300, 105
NEVER = re.compile(r"\b(utils?|helpers?|managers?)\b|\b(process|handle)_")
# Written in two halves, so that this file does not hold what it forbids.
FORBIDDEN = [
    "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js",
    "deb.deb" + "ian.org", "file:" + "///opt", "--find" + "-links", "--index" + "-url",
]  # fmt: skip
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTATORS = frozenset({"append", "extend", "add", "update", "setdefault", "pop", "clear", "remove", "insert", "discard"})


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def parse(path: Path) -> ast.Module:
    """A source, read once for all the rules."""
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked_files() -> Iterator[Path]:
    """Every file of the repository that git knows or would add."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return (ROOT / name for name in listed if name and (ROOT / name).is_file())


def test_imports_go_downwards_only() -> None:
    """The contracts of pyproject.toml, checked by import-linter."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_long() -> None:
    for path in SOURCES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= LONGEST, f"{name_of(path)} has {lines} lines; split it by idea"


def test_most_files_are_short() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert statistics.median(lengths) <= MIDDLE


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public functions and classes, and the public methods of public classes."""
    for item in body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            yield item
            if isinstance(item, ast.ClassDef):
                yield from (part for part in public(item.body))


def test_everything_public_has_a_docstring() -> None:
    for path in MODULES:
        assert ast.get_docstring(parse(path)), f"{name_of(path)} does not say what it is for"
        missing = [item.name for item in public(parse(path).body) if not ast.get_docstring(item)]
        assert not missing, f"{name_of(path)}: no docstring on {', '.join(missing)}"


def test_names_say_what_things_are() -> None:
    for path in SOURCES:
        names = [path.stem, *(n.name for n in ast.walk(parse(path)) if hasattr(n, "name") and n.name)]
        said = [name for name in names if isinstance(name, str)]
        bad = [name for name in said if NEVER.search(name.replace("_", " ") if "_" not in name else name)]
        assert not bad, f"{name_of(path)}: rename {', '.join(bad)}"


def test_no_module_keeps_state() -> None:
    """No ``global``, and no list, dict or set of a module is ever changed by its functions."""
    for path in MODULES:
        tree = parse(path)
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Global)], f"{name_of(path)} uses global"
        held = {
            target.id
            for item in tree.body
            if isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(item.value, MUTABLE)
            for target in (item.targets if isinstance(item, ast.Assign) else [item.target])
            if isinstance(target, ast.Name)
        }
        changed = {base.id for base in _changed(tree) if base.id in held}
        assert not changed, f"{name_of(path)} changes {', '.join(sorted(changed))}, which belongs to the module"


def _changed(tree: ast.Module) -> Iterator[ast.Name]:
    """Names whose object some function changes in place."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for node in (n for function in functions for n in ast.walk(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
            base: ast.expr = node.func.value
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            base = node.value
        else:
            continue
        if isinstance(base, ast.Name):
            yield base


def test_state_rule_finds_state() -> None:
    tree = ast.parse("KNOWN = {}\ndef add(x):\n    KNOWN[x] = 1\n    KNOWN.update({})\n")
    assert [base.id for base in _changed(tree)] == ["KNOWN", "KNOWN"]


def test_every_rule_family_says_itself_in_a_buyers_words() -> None:
    from planner.formulation.build import FAMILIES

    files = {path.stem for path in (ROOT / "planner" / "formulation" / "constraints").glob("*.py")} - {"__init__"}
    names = {family.__name__ for family in FAMILIES}
    assert {family.__module__.rsplit(".", 1)[1] for family in FAMILIES} <= files
    for family in FAMILIES:
        first = (family.__doc__ or "").strip().splitlines()[0]
        assert first.endswith("."), f"{family.__name__} has no first sentence"
    assert len(names) == len(FAMILIES)


def test_no_file_names_the_machine_it_was_made_on() -> None:
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name_of(path)}: {words}" for words in FORBIDDEN if words in text]
    assert not found, "\n".join(found)


def test_the_lock_has_a_hash_for_everything() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(entries) > 30
    without = [entry.splitlines()[0] for entry in entries if "==" in entry.splitlines()[0] and "--hash=sha256:" not in entry]
    assert not without


def test_ci_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert "make --no-print-directory test" in script.read_text(encoding="utf-8")
