"""``planner new``: a small commented scenario to begin from."""

from __future__ import annotations

from pathlib import Path

from planner.commands.guard import say
from planner.errors import UsageError


def write_starter(file: str) -> int:
    """Write the starter scenario to ``file``; never over something that exists."""
    from planner.scenario.starter import starter_text

    path = Path(file)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(starter_text())
    except FileExistsError:
        raise UsageError(f"{file} exists already; choose another name") from None
    say(f"Wrote {file}. Next: planner check {file}")
    return 0
