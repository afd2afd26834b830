"""One run in a process of its own, one line of JSON at the end.

python -m benchmarks.one METHOD INSTANCE GAP LIMIT FOLDER PROGRESS
"""

from __future__ import annotations

import json
import resource
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.case import read_case, write_case
from benchmarks.methods import find_method
from benchmarks.watch import Watch

LIBRARIES = ("highspy", "pulp", "linopy", "pyomo", "mpi-sppy", "pyscipopt", "numpy")


def main() -> int:
    """Run what the command line says; ``write`` as the method only writes the case."""
    method, name, gap, limit, folder, progress = sys.argv[1:]
    if method == "write":
        print(json.dumps(write_case(name, Path(folder))))
        return 0
    answer = find_method(method)  # libraries are loaded before the clock runs
    case = read_case(name, Path(folder))
    with Path(progress).open("w", encoding="utf-8") as out:
        watch = Watch(out, float(limit))
        before = find_work()
        done = answer(case, float(gap), watch)
        seconds, work = watch.seconds, find_work() - before
    found = {
        "objective": done.objective,
        "bound": done.bound,
        "ended": done.ended,
        "built": watch.built,
        "seconds": seconds,
        "work": work,
    }
    print(json.dumps({**found, "memory_mb": find_memory(), "versions": find_versions()}))
    return 0


def find_work() -> float:
    """Seconds a core has worked for this process and those it started; on a quiet machine one thread's time."""
    used = [resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def find_memory() -> int:
    """Peak of this process or of the largest it started, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024)


def find_versions() -> dict[str, Any]:
    """Of the libraries that are there."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main())
