"""What was measured so far, in one file written anew after every run: a benchmark that is stopped goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results.json"
SOURCES = ("scenario", "instance", "formulation", "solvers", "plan")
"""Folders of the planner that can change our own time."""

Row = dict[str, Any]


@dataclass
class Store:
    """``cases``: by instance how large its model is; ``runs``: every run as it was; ``table``: what the runs come to."""

    path: Path
    cases: dict[str, Row] = field(default_factory=dict)
    runs: list[Row] = field(default_factory=list)
    table: list[Row] = field(default_factory=list)

    def find(self, **wanted: object) -> list[Row]:
        """Runs with these values."""
        return [run for run in self.runs if all(run.get(key) == value for key, value in wanted.items())]

    def note_case(self, name: str, size: Row) -> None:
        """The instance as it is now; runs of another model of it are worth nothing any more."""
        self.cases[name] = size
        self.runs = [run for run in self.runs if run["instance"] != name or run["model"] == size["model"]]

    def note_run(self, run: Row) -> None:
        """One more run; it takes the place of its like, and drops those of an older planner."""
        others = [old for old in self.runs if not _same(old, run, "instance", "method", "gap", "repeat")]
        self.runs = [old for old in others if not _same(old, run, "instance", "method") or old["state"] == run["state"]]
        self.runs.append(run)

    def save(self) -> None:
        """Whole or not at all; one run a line."""
        self.runs.sort(key=lambda run: (list(self.cases).index(run["instance"]), run["method"], -run["gap"], run["repeat"]))
        parts = [f' "machine": {json.dumps(find_machine())}']
        parts.append(' "cases": {\n' + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in self.cases.items()) + "\n }")
        for key, rows in (("table", self.table), ("runs", self.runs)):
            parts.append(f' "{key}": [\n' + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n ]")
        new = self.path.with_suffix(".tmp")
        new.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
        new.replace(self.path)


def read_store(path: Path, fresh: bool = False) -> Store:
    """What the file has; empty if there is none, or if all shall be measured anew."""
    if fresh or not path.is_file():
        return Store(path)
    found = json.loads(path.read_text(encoding="utf-8"))
    return Store(path, found.get("cases", {}), found.get("runs", []), found.get("table", []))


def find_machine() -> Row:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "processor": _find_processor(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def find_sources() -> str:
    """Hash of the planner's code that our time depends on."""
    files = [ROOT / "planner" / "solve.py", *(p for part in SOURCES for p in (ROOT / "planner" / part).rglob("*.py"))]
    told = hashlib.sha256()
    for path in sorted(files):
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def _same(one: Row, other: Row, *keys: str) -> bool:
    return all(one[key] == other[key] for key in keys)


def _find_processor() -> str:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.is_file() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
