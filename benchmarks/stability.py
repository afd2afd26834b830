"""Does a plan under news hang on how finely the news is cut? Solves the variations one by one: benchmarks/stability.json."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.beginning import Answer, carry, find_changes, find_decided
from benchmarks.record import SPANS, Row, find_differences, show_table
from benchmarks.variations import NAMES, Variation, build_variations
from planner.errors import EngineError
from planner.job import SolveJob
from planner.options import Fixed, Options
from planner.plan.plan import Plan
from planner.scenario.grow import grow
from planner.scenario.read import build_scenario
from planner.studies.first import hold, is_same

OUT = Path(__file__).parent / "stability.json"
GAP, LIMIT = 0.005, 60.0


def main() -> int:
    """Solve everything, or the scenarios named on the command line; the file is written anew after every variation."""
    rows: list[Row] = []
    for scenario in sys.argv[1:] or NAMES:
        answers: dict[str, Answer] = {}
        for variation in build_variations(scenario):
            answer, row = answer_variation(variation)
            if variation.against:
                row |= compare(answers[variation.against], answer)
            answers[variation.name] = answer
            rows.append(row)
            machine = {"day": f"{date.today()}", "cores": os.cpu_count(), "python": platform.python_version()}  # noqa: DTZ011
            found = {"machine": machine, "gap": GAP, "time_limit": LIMIT, "rows": find_differences(rows)}
            OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            print(json.dumps({key: value for key, value in row.items() if key != "decided"}), flush=True)
    print(show_table(rows))
    return 0


def answer_variation(variation: Variation) -> tuple[Answer, Row]:
    """Solve one version as it is."""
    scenario, _ = build_scenario(variation.document)
    growth = grow(scenario)
    solved, plan = solve_one(variation, None)
    leaves = sum(moment.period == scenario.calendar.periods - 1 for moment in growth.moments)
    row = {"scenario": variation.scenario, "variation": variation.name, "against": variation.against,
           "nodes": len(growth.moments), "futures": leaves, "cut_mass": growth.cut_mass,
           "decided": find_decided(scenario, growth, plan) if plan else None, **solved}  # fmt: skip
    return Answer(variation, scenario, growth, plan), row


def solve_one(variation: Variation, fix: Fixed | None) -> tuple[Row, Plan | None]:
    """One solve in a process of its own; ``cpu`` are the seconds it had of a core, ``load`` the machine's when it began."""
    load, began, before = os.getloadavg()[0], time.perf_counter(), _children_seconds()
    result, reason = None, ""
    for limit in (LIMIT, LIMIT / 2):
        try:
            result = SolveJob(variation.document, Options(gap=GAP, time_limit=limit, fix=fix)).wait()
        except EngineError as error:  # on a busy machine one step of the search can outlast the limit: then a shorter one
            reason = str(error)
        else:
            reason = result.reason
            break
    row: Row = {"status": "failed", "objective": None, "bound": None, "gap": None, "audit": None, "reason": reason}
    if result:
        row |= {"status": str(result.status), "objective": result.objective, "bound": result.bound, "gap": result.gap,
                "audit": result.audit.get("ok") if result.plan else None, "size": result.size}  # fmt: skip
    row |= {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu": round(_children_seconds() - before, 1),
        "load": round(load, 2),
    }
    return row, result.plan if result else None


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(old: Answer, new: Answer) -> Row:
    """What the new plan decides otherwise in the first year, and the new question again with the old decisions held."""
    row: Row = {"changes": None}
    if old.plan is None or new.plan is None:
        return row
    decided = [find_decided(one.scenario, one.growth, one.plan) for one in (old, new) if one.plan]
    row["changes"] = find_changes(*decided)
    for name, months in SPANS.items():
        held = carry(old, new, months)
        own = hold(new.scenario, new.plan, held.nodes)
        row[name] = {"same": True} if is_same(held, own) else {"same": False, "kept": solve_one(new.variation, held)[0]}
    return row


if __name__ == "__main__":
    sys.exit(main())
