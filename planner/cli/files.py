"""Verbs about files: diff, schema, new, the screen, convert, tension."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.door import Json, app
from planner.commands.guard import run_verb


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Scenario file before.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Scenario file after.")],
    json: Json = False,
) -> None:
    """Say in sentences what changed from one scenario to another."""

    def verb() -> int:
        from planner.commands.diff import diff_files

        return diff_files(old, new, json)

    run_verb(verb)


@app.command()
def schema(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the whole interface instead.")] = False,
) -> None:
    """Print the JSON schema of scenario files, for editors and other programs."""

    def verb() -> int:
        from planner.commands.schema import print_schema

        return print_schema(markdown, app)

    run_verb(verb)


@app.command()
def new(file: Annotated[str, typer.Argument(metavar="FILE", help="The scenario file to write; must not exist.")]) -> None:
    """Write a small commented scenario to begin from."""

    def verb() -> int:
        from planner.commands.new import write_starter

        return write_starter(file)

    run_verb(verb)


@app.command(name="app")
def open_app(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder of your scenarios.")] = "scenarios",
    port: Annotated[int | None, typer.Option(metavar="N", help="Port; without it the first free one from 8501.")] = None,
    out: Annotated[str, typer.Option(metavar="DIR", help="Where results folders go.")] = "results",
    address: Annotated[
        str, typer.Option(metavar="IP", help="Address to listen on; the default: this machine only.")
    ] = "127.0.0.1",
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="Allow an --address other machines reach; there is no login.")
    ] = False,
    names: Annotated[str, typer.Option(metavar="NAMES", help="Host names browsers may use then, with commas.")] = "",
) -> None:
    """Open the screen: edit scenarios, solve them and look at plans in a browser on this machine."""

    def verb() -> int:
        from planner.commands.app import serve_app

        return serve_app(folder, port=port, address=address, names=names, to_network=open_to_network, out=out)

    run_verb(verb)


@app.command()
def convert(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Scenario file (.yaml) or workbook (.xlsx).")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Workbook to write, or scenario file to change or write.")],
    supplier: Annotated[
        list[str] | None, typer.Option("--supplier", metavar="ID", help="Only the rows of this supplier; may be given again.")
    ] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Also write the rows of confidential suppliers.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a workbook that exists.")] = False,
    json: Json = False,
) -> None:
    """Write a scenario as a workbook to fill in, or take a workbook's changes back into the scenario file."""

    def verb() -> int:
        from planner.commands.convert import convert_file

        return convert_file(source, target, json, supplier or [], unmask, replace)

    run_verb(verb)


@app.command()
def tension(
    index: Annotated[
        str, typer.Argument(metavar="INDEX.csv", help="An index: dates in the first column, names in the first line.")
    ],
    base: Annotated[str, typer.Option(metavar="FROM:UNTIL", help="The normal times that are 1, both ends included.")],
    column: Annotated[str | None, typer.Option(metavar="NAME", help="The index, if there are several columns.")] = None,
    json: Json = False,
) -> None:
    """Turn an index of geopolitical risk into the dial of a scenario: quarters after the base relative to its mean."""

    def verb() -> int:
        from planner.commands.tension import print_dial

        return print_dial(index, base, column, json)

    run_verb(verb)
