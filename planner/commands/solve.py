"""``planner solve``: read, solve in a worker process, write the results, print the answer.

The worker gets itself ready while the rest of the program is still being imported: that is why so little is up here.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.commands.guard import Failure, attempt, say, worst
from planner.job import Warm
from planner.options import Options
from planner.scenario.document import Document
from planner.vocabulary import Exit


@dataclass(frozen=True, slots=True)
class Ending:
    """How one file ended: its exit code and the JSON document that stands for it."""

    code: int
    document: dict[str, Any]


def solve_files(files: list[str], options: Options, *, as_json: bool, out: str, unmask: bool) -> int:
    """Solve each file once and print every answer; the worst exit code of all."""
    endings: list[Ending] = []
    with closing(Warm()) as warm, _interruptible():
        for file in unique(files):
            warm.prepare()
            ending = _solve_guarded(file, options, as_json, out, unmask, warm)
            endings.append(ending)
            if ending.code == Exit.INTERRUPTED:
                break
    if as_json:
        from planner.commands.output import print_json

        documents = [ending.document for ending in endings]
        print_json(documents if len(files) > 1 else documents[0])
    return worst([ending.code for ending in endings])


@contextmanager
def _interruptible() -> Iterator[None]:
    """Being told to terminate, as batch systems do when time is up, is an interrupt: the plan in hand is kept."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def unique(files: list[str]) -> list[str]:
    """The files in order, each once; a repeated one is said."""
    found: dict[Path, str] = {}
    for file in files:
        first = found.setdefault(Path(file).resolve(), file)
        if first is not file:
            say(f"{file} is given twice; it is solved once")
    return list(found.values())


def _solve_guarded(file: str, options: Options, as_json: bool, out: str, unmask: bool, warm: Warm) -> Ending:
    def solve() -> Ending:
        from planner.commands.solve_file import solve_file

        return Ending(*solve_file(file, options, as_json, out, unmask, warm))

    try:
        found = attempt(solve)
    except KeyboardInterrupt:
        found = Failure(Exit.INTERRUPTED, "interrupted")
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        return Ending(found.code, found.as_dict(file))
    return found


def find_changes(path: Path, document: Document) -> list[str]:
    """What happened on disk to the scenario's file since it was read."""
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == document.sha256
    except OSError:
        return [f"{path} was removed or made unreadable while it was being solved; the answer is for the text read at the start"]
    return [] if same else [f"{path} changed on disk while it was being solved; the answer is for the text read at the start"]
