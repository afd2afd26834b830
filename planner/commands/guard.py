"""Runs one verb: every exception becomes one line and a documented exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

import typer

from planner.errors import BadInput, PlannerError
from planner.vocabulary import Exit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something ended without an answer: its exit code, one line, and the findings of a bad scenario."""

    code: int
    text: str
    findings: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self, file: str) -> dict[str, Any]:
        """The JSON document printed in place of a result."""
        return {"file": file, "exit_code": self.code, "error": self.text, "findings": self.findings}


def attempt(call: Callable[[], T]) -> T | Failure:
    """The call's value, or what went wrong. Interrupts and a closed pipe pass through."""
    try:
        return call()
    except BrokenPipeError:
        raise
    except BadInput as error:
        return Failure(error.exit_code, str(error), [finding.as_dict() for finding in error.findings])
    except PlannerError as error:
        return Failure(error.exit_code, str(error))
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return Failure(Exit.LIMIT, f"{name}{error.strerror or error}")
    except MemoryError:
        return Failure(Exit.LIMIT, "not enough memory")
    except Exception as error:  # noqa: BLE001 - the last line of defence; the bug is named, shown on demand
        show_debug()
        return Failure(Exit.BUG, f"{type(error).__name__}: {error} - this is a bug; PLANNER_DEBUG=1 shows where")


def show_debug() -> None:
    """With PLANNER_DEBUG=1, where the current exception comes from."""
    if os.environ.get("PLANNER_DEBUG") == "1":
        import traceback

        traceback.print_exc()


def say(text: str) -> None:
    """One message to a person: standard error, so that standard output carries data only."""
    print(text, file=sys.stderr, flush=True)


def worst(codes: list[int]) -> int:
    """The exit code of several files."""
    return min(codes, key=Exit.SEVERITY.index, default=Exit.SOLVED)


def run_verb(verb: Callable[[], int]) -> NoReturn:
    """Run a verb and leave the program with its exit code."""
    try:
        found = attempt(verb)
        if isinstance(found, Failure):
            say(found.text if found.findings else f"planner: {found.text}")
            found = found.code
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("planner: interrupted")
        found = Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output went away; point it elsewhere so that the interpreter's last flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        found = Exit.LIMIT
    raise typer.Exit(found)
