"""Checks the options of ``planner solve`` against their allowed ranges, in the words of the command line."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from planner.errors import UsageError
from planner.options import POLICY, Options, Start


def check_options(
    *, gap: float, time_limit: float | None, minimise: str, write_mps: str | None, files: list[str], near: str | None = None
) -> Options:
    """The options to solve with, or UsageError naming the option, the value and the allowed range.

    ``near``: a plan.json to begin from. Raises OSError where that cannot be read.
    """
    if not 0 <= gap <= 1:
        raise UsageError(f"--gap is {gap:g}; allowed: a fraction from 0 to 1, such as 0.005 for half a percent")
    if time_limit is not None and not 0 < time_limit < float("inf"):
        raise UsageError(f"--time-limit is {time_limit:g}; allowed: seconds above 0")
    from planner.formulation.measures import MEASURES

    if minimise not in (POLICY, *MEASURES):
        alike = get_close_matches(minimise, MEASURES, 1)
        hint = f"; did you mean {alike[0]}?" if alike else ""
        raise UsageError(f"--minimise is {minimise}; allowed: {', '.join((POLICY, *MEASURES))}{hint}")
    if write_mps is not None and len(set(files)) > 1:
        raise UsageError("--write-mps names one file, but several scenarios are given; solve them one by one")
    return Options(gap=gap, time_limit=time_limit, minimise=minimise, write_mps=write_mps, start=_read_start(near))


def _read_start(near: str | None) -> Start | None:
    if near is None:
        return None
    from planner.commands.stored import read_document, read_stored_plan
    from planner.plan.start import start_from

    path = Path(near)
    return start_from(read_stored_plan(path, read_document(path)))
