"""The door of the command line: the app every verb is added to, and options several verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    help="Plans whom to qualify, sign and order scarce solar-cell equipment from, and when.",
    epilog="Exit codes: 0 solved and verified, 1 bug, 2 usage, 3 bad input, 4 proven infeasible, 5 limit, crash or environment, "
    "6 verification failed, 130 interrupted.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
