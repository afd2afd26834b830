"""What is not the engine: processor seconds from the file to the model, and from the engine's numbers to the plan as JSON.

    python -m benchmarks.build [SCENARIO ...]

All shipped scenarios without a name. Each phase is the median of three. The plan is the first one a search finds, and
its search does not count. Prints a table and writes build.json beside this file.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.instances import SCENARIOS
from benchmarks.store import find_machine
from planner.formulation.build import Model, build_model
from planner.formulation.decisions import drop_idle_calls
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.instance.tree import build_tree
from planner.options import Options
from planner.plan.audit import audit
from planner.plan.extract import extract_plan
from planner.plan.outcome import Outcome
from planner.result import find_goal
from planner.scenario.read import read_scenario
from planner.solve import find_layout
from planner.solvers.matrix import Floats, Matrix, build_matrix
from planner.solvers.search import search
from planner.solvers.settle import settle

RESULTS = Path(__file__).parent / "build.json"
REPEATS, LONGEST, GAP = 3, 120.0, 0.005
"""How often each phase is measured; seconds a search may look for its first plan, and its gap."""
PHASES = ("read", "tree", "instance", "pulp", "matrix", "layout", "extract", "audit", "json")
"""In the order of a solve; growing the tree is a part of ``instance`` that is shown alone."""


@dataclass
class Clock:
    """Processor seconds by phase, once for each repeat: others may work on the same machine."""

    times: dict[str, list[float]] = field(default_factory=lambda: {phase: [] for phase in PHASES})

    @contextmanager
    def time(self, phase: str) -> Iterator[None]:
        """The time of what is done inside."""
        began = time.process_time()
        yield
        self.times[phase].append(time.process_time() - began)

    def medians(self) -> dict[str, float]:
        """Of the phases that were reached."""
        return {phase: round(statistics.median(found), 5) for phase, found in self.times.items() if found}


def main(names: list[str]) -> int:
    """Measure, print, write."""
    rows = [measure(path) for path in sorted(SCENARIOS.glob("*.yaml")) if not names or path.stem in names]
    rows.sort(key=lambda row: (row["nonzeros"], row["scenario"]))
    print(write_table(rows))
    RESULTS.write_text(json.dumps({"machine": find_machine(), "rows": rows}, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(path: Path) -> dict[str, Any]:
    """Seconds by phase of one scenario, all of them together, and by nonzero of its model."""
    clock, outcome, size = Clock(), None, {}
    for _ in range(REPEATS):
        gc.collect()
        gc.disable()  # as in a solve
        with clock.time("read"):
            scenario = read_scenario(path).scenario
        goal = find_goal(scenario, Options())
        with clock.time("tree"):
            build_tree(scenario)
        with clock.time("instance"):
            data = build_instance(scenario)
        with clock.time("pulp"):
            model = build_model(data, goal)
        with clock.time("matrix"):
            matrix = build_matrix(model.problem)
        with clock.time("layout"):
            find_layout(data, model)
        size = {"nodes": len(data.tree.nodes), "columns": len(matrix.cost), "rows": len(matrix.row_lower),
                "nonzeros": len(matrix.values)}  # fmt: skip
        outcome = outcome or find_first(data, model, matrix)
        if outcome.values is not None:
            with clock.time("extract"):
                plan = extract_plan(data, scenario, model.decisions, outcome.values)
            with clock.time("audit"):
                audit(scenario, plan, outcome.objective, outcome.bound, goal)
            with clock.time("json"):
                json.dumps(plan.as_dict())
        gc.enable()
    seconds = clock.medians()
    total = sum(spent for phase, spent in seconds.items() if phase != "tree")
    each = 1e6 * total / size["nonzeros"]
    return {
        "scenario": path.stem,
        **size,
        "seconds": seconds,
        "total": round(total, 5),
        "microseconds_per_nonzero": round(each, 2),
    }


def find_first(data: Instance, model: Model, matrix: Matrix) -> Outcome:
    """The first plan a search finds."""
    seen: list[Floats] = []
    found = search(matrix, find_layout(data, model), GAP, LONGEST, lambda _: None, lambda: bool(seen), seen.append)
    if found.values is None:
        return found
    return settle(
        matrix, Outcome(found.status, None, found.bound, None, values=drop_idle_calls(data, model.decisions, found.values)), GAP
    )


def write_table(rows: list[dict[str, Any]]) -> str:
    """One line for each scenario; milliseconds of processor time."""
    head = ("scenario", "nodes", "nonzeros", *PHASES, "ms in all", "us/nonzero")
    lines = [head] + [
        (row["scenario"], str(row["nodes"]), str(row["nonzeros"]),
         *(f"{1000 * row['seconds'][phase]:.1f}" if phase in row["seconds"] else "-" for phase in PHASES),
         f"{1000 * row['total']:.0f}", f"{row['microseconds_per_nonzero']:.2f}")
        for row in rows
    ]  # fmt: skip
    wide = [max(len(line[n]) for line in lines) for n in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(w) if n == 0 else text.rjust(w) for n, (text, w) in enumerate(zip(line, wide, strict=True)))
        for line in lines
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
