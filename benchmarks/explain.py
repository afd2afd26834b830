"""How long explanations take, and how much of them gets an answer: ``python -m benchmarks.explain``, benchmarks/explain.json."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
CASES = {"us-2026-10gw": 20.0, "three-shocks": 180.0}
"""Scenario and the seconds an explanation of everything may take on two cores."""


def main() -> int:
    """Explain every case twice, or the one named on the command line: from nothing, and again from what was kept."""
    names = sys.argv[1:] or list(CASES)
    rows = []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            rows += [explain(SCENARIOS / f"{name}.yaml", Path(folder), CASES.get(name)) for _ in range(2)]
        print(*(json.dumps(row) for row in rows[-2:]), sep="\n", flush=True)
    if not sys.argv[1:]:
        machine: dict[str, object] = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
        (HERE / "explain.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
    return 0


def explain(path: Path, out: Path, goal: float | None, *options: str) -> dict[str, Any]:
    """One run of ``planner explain`` in a process of its own: wall seconds, processor seconds of it and its workers, parts."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "planner", "explain", str(path), "--json", "--out", str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    document = json.loads(done.stdout)
    cost = document["base"]["cost"]
    parts = {part["part"]: (part["answered"], part["questions"], round(part["seconds"], 1)) for part in document["parts"]}
    return {
        "case": path.stem, "seconds": round(time.perf_counter() - began, 1), "goal": goal, "exit_code": done.returncode,
        "processor_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "gap": round((cost["value"] - cost["bound"]) / cost["value"], 5), "load": round(os.getloadavg()[0], 1),
        "answered": sum(found[0] for found in parts.values()), "questions": sum(found[1] for found in parts.values()),
        "parts": parts,
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
