"""The engine's own search on the same model, same run, one thread: the ratio our search is judged by."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from planner.formulation.build import build_model
from planner.instance.build import build_instance
from planner.scenario.read import read_scenario
from planner.solve import find_layout
from planner.solvers.highs import run
from planner.solvers.log import find_gap
from planner.solvers.matrix import build_matrix
from planner.solvers.search import search

HERE = Path(__file__).parent
GAP, LIMIT = 0.005, 60.0
CASES = ("us-2026-10gw", "us-2026-30gw", "us-2026-100gw")


def main() -> int:
    """Seconds to the proven gap, ours and HiGHS with its defaults, on the shipped cases."""
    rows = []
    for name in sys.argv[1:] or CASES:
        data = build_instance(read_scenario(HERE.parent / "scenarios" / f"{name}.yaml").scenario)
        model = build_model(data)
        matrix = build_matrix(model.problem)
        layout = find_layout(data, model)
        began = time.perf_counter()
        ours = search(matrix, layout, GAP, LIMIT, lambda _: None, lambda: False)
        middle = time.perf_counter()
        defaults = {"mip_rel_gap": GAP, "time_limit": LIMIT, "mip_allow_restart": True, "mip_heuristic_effort": 0.05}
        theirs = run(matrix, defaults)
        ended = time.perf_counter()
        row = {"instance": name, "ours": round(middle - began, 2), "ours_gap": ours.gap,
               "highs_defaults": round(ended - middle, 2),
               "highs_gap": find_gap(theirs.objective, theirs.bound),
               "highs_ended": theirs.reason or "proven",
               "ratio": round((ended - middle) / (middle - began), 1)}  # fmt: skip
        rows.append(row)
        print(row, flush=True)
    (HERE / "defaults.json").write_text(json.dumps(rows, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
