"""The command line: names the verbs and their options, then hands over. Only typer and the standard library up here.

Everything heavier is imported inside a verb, so that ``planner --help`` answers at once. Verbs stand in the help in the order
in which their files are imported.
"""

from __future__ import annotations

import sys

from planner.cli import answers, files, many, why
from planner.cli.door import app

__all__ = ["answers", "app", "files", "main", "many", "why"]


def main() -> None:
    """Entry point of the ``planner`` command: never shows a traceback, always ends with a documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name no terminal can show must not end a solve.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="planner")
