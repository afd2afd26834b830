"""The stress test's seconds and peak memory for 10,000 futures, each case in a process of its own: benchmarks/stress.json."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from planner.job import SolveJob
from planner.options import Options
from planner.plan.plan import Order, Plan, Signing, Vetting
from planner.scenario.grow import Growth, grow
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Shock
from planner.studies.stress import stress_plan

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
CASES: dict[str, tuple[str, dict[str, object], int]] = {
    "three shocks": ("us-2026-10gw", {}, 0),
    "three shocks, any quarter and number": ("us-2026-10gw", {"max_shocks": 3, "branch_at": ()}, 0),
    "eight shocks by month": ("monthly-calendar", {"max_shocks": 1, "branch_at": (), "max_nodes": 20_000}, 5),
}
"""Scenario that gives all but the news, what changes in the futures of the shipped three shocks, likely shocks added."""
FUTURES, SEED = 10_000, 1


def main() -> int:
    """Measure every case, or the one named on the command line for the process that called."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return 0
    rows = []
    for name in CASES:
        done = subprocess.run([sys.executable, "-m", "benchmarks.stress", name], capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(rows[-1], flush=True)
    machine: dict[str, object] = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
    (HERE / "stress.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
    return 0


def measure(name: str) -> dict[str, object]:
    """One case: seconds of the stress test alone, and the process's peak memory."""
    base, changes, more = CASES[name]
    path = SCENARIOS / f"{base}.yaml"
    news = read_scenario(SCENARIOS / "three-shocks.yaml").scenario
    shocks = (*news.shocks, *(extra_shock(number) for number in range(more)))
    futures = news.futures.model_copy(update=changes)
    scenario = read_scenario(path).scenario.model_copy(update={"shocks": shocks, "futures": futures})
    growth = grow(scenario)
    plan = spread(path, scenario, growth)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    found = stress_plan(scenario, plan, FUTURES, SEED, growth)
    seconds = time.perf_counter() - began
    return {
        "case": name, "nodes": len(growth.moments), "orders": len(plan.orders), "futures": FUTURES, "different": found.courses,
        "seconds": round(seconds, 2), "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "memory_before_mb": round(before), "unseen": found.unseen, "cut": found.cut_futures,
    }  # fmt: skip


def extra_shock(number: int) -> Shock:
    """A shock that comes in most futures and touches every unit: futures differ more than any real case lets them."""
    told = {"id": f"extra-{number}", "hazard_per_year": 0.5, "lasts": "4 months", "delay": f"{number + 1} weeks"}
    return Shock.model_validate({**told, "output_factor": 0.9, "install_delay": "2 weeks", "duty_added": 0.05})


def spread(path: Path, scenario: Scenario, growth: Growth) -> Plan:
    """A plan with decisions at every node: the best one without news, its orders thinned out by chance from node to node.

    It does not keep every rule, which gives the test more to cut, and it needs no solve of the tree.
    """
    quiet = SolveJob(read_scenario(path).document, Options(gap=0.02)).wait().plan
    assert quiet is not None
    random, names = Random(SEED), scenario.calendar.names
    vetting: list[Vetting] = []
    signings: list[Signing] = []
    orders: list[Order] = []
    for moment in growth.moments:
        period, free = names[moment.period], moment.strikes == ()
        vetting += [replace(v, node=moment.name) for v in quiet.vetting if v.period == period]
        signings += [replace(s, node=moment.name) for s in quiet.signings if s.period == period]
        orders += [
            replace(order, node=moment.name) for order in quiet.orders
            if order.order_period == period and (free or random.random() < 0.8)
        ]  # fmt: skip
    return Plan(tuple(vetting), tuple(signings), tuple(orders))


if __name__ == "__main__":
    sys.exit(main())
