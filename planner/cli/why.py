"""The verb that says why."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.door import Json, app
from planner.commands.guard import run_verb


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.")],
    parts: Annotated[
        str,
        typer.Option(metavar="PARTS", help="What to answer: rules, slots, offers, why-not, waiting, ties, brief; with commas."),
    ] = "rules,slots,offers,why-not,waiting,ties,brief",
    why_not: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Say why not this supplier or offer; may be given again.")
    ] = None,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.002,
    time_limit: Annotated[
        float | None, typer.Option(metavar="S", help="Seconds for everything; without it 20 to 180, by how long the plan takes.")
    ] = None,
    json: Json = False,
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the results folder with explain.json goes.")] = "results",
    language: Annotated[str, typer.Option(metavar="LANG", help="Language of the brief and of clashes: en or ja.")] = "en",
) -> None:
    """Say why the plan is as it is: prices of rules, slots and weeks, turning prices of offers, waiting, near-ties."""

    def verb() -> int:
        from planner.commands.explain import explain_file
        from planner.commands.options import check_options

        options = check_options(gap=gap, time_limit=time_limit, minimise="policy", write_mps=None, files=[file])
        return explain_file(file, options, parts=parts, why_not=why_not or [], as_json=json, out=out, language=language)

    run_verb(verb)
