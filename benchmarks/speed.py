"""The benchmark anyone can run: every method on the same instances in the same run, each run in a process of its own.

python -m benchmarks.speed --instances quick --methods ours,highs --repeats 1
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.instances import ALONE, find_names
from benchmarks.methods import MODULES
from benchmarks.page import write_page
from benchmarks.store import RESULTS, ROOT, Row, Store, find_sources, read_store
from benchmarks.summary import HALF, TENTH, find_disagreements, summarise

SINGLE = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "POLARS")} | {
    "POLARS_MAX_THREADS": "1"
}
GRACE, KILLED = 1.2, 30.0
"""A run is ended from outside after its limit times the first plus the second; loading libraries is not its fault."""
ALONE_METHODS = ("ours", "highs")
KEPT = 2e-4
"""Of the plans of a run those are kept that are better by this share than the one kept before."""


@dataclass(frozen=True)
class Plan:
    """What to run."""

    instances: tuple[str, ...]
    methods: tuple[str, ...]
    repeats: int
    gaps: tuple[float, ...]
    limit: float


def main() -> int:
    """Run what is asked for and not known yet; write results, table and chart after every instance."""
    asked = _read_command_line()
    store = read_store(asked.out, asked.fresh)
    quick = asked.instances == "quick"
    gaps, limit = asked.gaps or (f"{HALF}" if quick else f"{HALF},{TENTH}"), asked.limit or (60.0 if quick else 300.0)
    plan = Plan(find_names(asked.instances), tuple(asked.methods.split(",")), asked.repeats,
                tuple(float(gap) for gap in gaps.split(",")), limit)  # fmt: skip
    if unknown := set(plan.methods) - set(MODULES):
        raise SystemExit(f"unknown methods: {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}")
    for name in () if asked.page else plan.instances:
        _measure(store, name, plan)
    store.table = summarise(store)
    store.save()
    if asked.out == RESULTS:
        write_page(store, ROOT / "docs")
    wrong = find_disagreements(store)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _read_command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", default="quick", help="quick, shipped, full, or names with commas")
    parser.add_argument("--methods", default=",".join(MODULES), help="names with commas")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each; a run at its limit is not repeated")
    parser.add_argument("--gaps", help=f"gaps to prove, as fractions: {HALF},{TENTH}, the quick list only the first")
    parser.add_argument("--limit", type=float, help="seconds a run may take: 300, the quick list 60")
    parser.add_argument("--out", type=Path, default=RESULTS, help="results; page and chart are drawn for the usual place only")
    parser.add_argument("--fresh", action="store_true", help="forget what is known")
    parser.add_argument("--page", action="store_true", help="run nothing, only draw page and chart again")
    return parser.parse_args()


def _measure(store: Store, name: str, plan: Plan) -> None:
    """All methods on one instance, one after the other, then again: what the machine does meanwhile hits them alike."""
    with tempfile.TemporaryDirectory() as folder:
        size = _start(("write", name, "0", "0", folder, "-"), None)
        if "error" in size:
            raise SystemExit(f"{name}: {size['error']}")
        store.note_case(name, size)
        for repeat in range(plan.repeats):
            for gap in plan.gaps:
                for method in plan.methods:
                    if _is_wanted(store, name, method, gap, repeat, plan):
                        run = _run(name, method, gap, plan.limit, folder)
                        store.note_run({"repeat": repeat, "model": size["model"], "state": _state(size, method), **run})
                        store.save()
                        print(_tell(run), flush=True)


def _state(size: Row, method: str) -> str:
    return f"{size['model']} {find_sources()}" if method == "ours" else str(size["model"])


def _is_wanted(store: Store, name: str, method: str, gap: float, repeat: int, plan: Plan) -> bool:
    """Not if it is known, hopeless (the limit was hit with a larger gap or an earlier try), or no part of the comparison."""
    if name in ALONE and method not in ALONE_METHODS:
        return False
    state = _state(store.cases[name], method)
    known = [
        run for run in store.find(instance=name, method=method, state=state)
        if run["limit"] >= plan.limit or not run["limit_hit"]
    ]  # fmt: skip
    hopeless = any((run["limit_hit"] or run["error"]) and run["gap"] >= gap for run in known)
    return not hopeless and not any(run["gap"] == gap and run["repeat"] == repeat for run in known)


def _run(name: str, method: str, gap: float, limit: float, folder: str) -> Row:
    pace, load = find_pace(), round(os.getloadavg()[0], 2)
    progress = Path(folder) / "progress"
    progress.unlink(missing_ok=True)
    done = _start((method, name, str(gap), str(limit), folder, str(progress)), limit * GRACE + KILLED)
    news = [json.loads(line) for line in progress.read_text().splitlines()] if progress.is_file() else []
    built = next((line["built"] for line in news if "built" in line), None)
    plans = [(line["seconds"], line["plan"]) for line in news if "plan" in line]
    objective, bound = done.get("objective"), done.get("bound")
    if objective is not None:
        plans.append((done["seconds"], objective))
    reached = max(0.0, objective - bound) / max(abs(objective), 1e-9) if None not in (objective, bound) else None
    proven = reached is not None and reached <= gap * 1.001 + 1e-9 and done["seconds"] <= limit * 1.02 + 1
    return {
        "instance": name, "method": method, "gap": gap, "limit": limit, "built": _round(done.get("built", built)),
        "seconds": _round(done.get("seconds", limit)), "objective": objective, "bound": bound, "reached": reached,
        "limit_hit": not proven and "error" not in done, "plans": _thin(plans), "memory_mb": done.get("memory_mb"),
        "work": _round(done.get("work")),
        "ended": done.get("ended", "killed at the limit"), "error": done.get("error", ""), "pace": pace, "load": load,
        "day": f"{datetime.now(UTC).date()}", "versions": done.get("versions", {}),
    }  # fmt: skip


def _start(words: tuple[str, ...], limit: float | None) -> Row:
    """One process; its last line, or what it complained about; nothing if it had to be ended."""
    command = [sys.executable, "-m", "benchmarks.one", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | SINGLE, start_new_session=True, **pipes) as started:
        try:
            out, complaint = started.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            return {}
        finally:
            if started.poll() is None:  # with what it started itself
                os.killpg(started.pid, signal.SIGKILL)
    if started.returncode:
        return {"error": (complaint.strip().splitlines() or [f"ended with {started.returncode}"])[-1]}
    found: Row = json.loads(out.splitlines()[-1])
    return found


def find_pace() -> float:
    """Seconds of the same small sum every time: how fast the machine is just now."""
    began = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return round(time.perf_counter() - began, 4)


def _thin(plans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for number, (seconds, cost) in enumerate(sorted(plans)):
        better = not found or cost < found[-1][1] - KEPT * abs(found[-1][1])
        if better or (number == len(plans) - 1 and cost < found[-1][1]):
            found.append((round(seconds, 3), cost))
    return found


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _tell(run: Row) -> str:
    gap = "-" if run["reached"] is None else f"{run['reached']:.3%}"
    end = run["error"] or ("limit" if run["limit_hit"] else "proven")
    first = run["plans"][0][0] if run["plans"] else "-"
    return (f"{run['instance']:20s} {run['method']:11s} asked {run['gap']:.1%}  built {run['built']} s  first plan {first} s  "
            f"ended {run['seconds']} s (work {run['work']} s)  gap {gap}  {run['memory_mb']} MB  {end}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
