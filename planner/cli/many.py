"""Verbs about many solves."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.door import Json, app
from planner.commands.guard import run_verb


@app.command()
def batch(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Scenario files, and folders: every *.yaml in them or below them.")
    ],
    out: Annotated[str, typer.Option(metavar="DIR", help="Folder of the batch: results, summary, journal.")] = "batch",
    jobs: Annotated[int | None, typer.Option(metavar="N", help="Solves at a time; without it one per core.")] = None,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float, typer.Option(metavar="S", help="Stop each solve after this many seconds; above 0.")] = 600,
    minimise: Annotated[
        str, typer.Option(metavar="MEASURE", help="What to make least; policy: as the scenario says.")
    ] = "policy",
    memory: Annotated[int | None, typer.Option(metavar="MB", help="Memory each solve may take; without it 8192.")] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
    json: Json = False,
) -> None:
    """Solve many scenarios, each once, in a folder that remembers; started again it goes on where it was."""

    def verb() -> int:
        from planner.commands.batch import batch_files, check_memory
        from planner.commands.options import check_options

        options = check_options(gap=gap, time_limit=time_limit, minimise=minimise, write_mps=None, files=paths)
        return batch_files(paths, check_memory(options, memory), out=out, jobs=jobs, as_json=json, unmask=unmask)

    run_verb(verb)
