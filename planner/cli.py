"""The command line: names the verbs and their options, then hands over. Only typer and the standard library up here.

Everything heavier is imported inside a verb, so that ``planner --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from planner.commands.guard import run_verb

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


@app.command()
def check(
    files: Files,
    json: Json = False,
    register: Annotated[bool, typer.Option("--register", help="List every sourced number and every assumption.")] = False,
) -> None:
    """Read scenarios and say everything that is wrong or doubtful, with the numbers they imply."""

    def verb() -> int:
        from planner.commands.check import check_files

        return check_files(files, json, register)

    run_verb(verb)


@app.command()
def solve(
    files: Files,
    json: Json = False,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop after this many seconds; above 0.")] = None,
    minimise: Annotated[
        str, typer.Option(metavar="MEASURE", help="What to make least; policy: as the scenario says.")
    ] = "policy",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the results folder goes.")] = "results",
    write_mps: Annotated[str | None, typer.Option(metavar="FILE", help="Also write the mathematics as an MPS file.")] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
) -> None:
    """Solve scenarios: print the plan and write it to the results folder."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.solve import solve_files

        options = check_options(gap=gap, time_limit=time_limit, minimise=minimise, write_mps=write_mps, files=files)
        return solve_files(files, options, as_json=json, out=out, unmask=unmask)

    run_verb(verb)


@app.command()
def stress(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.")],
    plan: Annotated[
        str | None, typer.Option(metavar="PLAN.JSON", help="Test this plan of the scenario instead of solving.")
    ] = None,
    futures: Annotated[int, typer.Option(metavar="N", help="How many random futures; 2 to 1000000.")] = 10_000,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed draws the same futures.")] = 1,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop after this many seconds; above 0.")] = None,
    json: Json = False,
    out: Annotated[str | None, typer.Option(metavar="DIR", help="Also write a results folder with stress.json there.")] = None,
) -> None:
    """Replay a plan on fresh random futures, also such as the plan was not made for."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.stress import stress_file

        options = check_options(gap=gap, time_limit=time_limit, minimise="policy", write_mps=None, files=[file])
        return stress_file(file, plan, options, futures=futures, seed=seed, as_json=json, out=out)

    run_verb(verb)


@app.command()
def value(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.")],
    parts: Annotated[
        str, typer.Option(metavar="PARTS", help="What to find out, with commas: costs, hazards, baselines.")
    ] = "costs,hazards,baselines",
    futures: Annotated[int, typer.Option(metavar="N", help="How many random futures; 2 to 1000000.")] = 10_000,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed draws the same futures.")] = 1,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    json: Json = False,
) -> None:
    """Say what planning for news is worth, how far chances can be off, and how simpler ways to buy do."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.value import value_file

        options = check_options(gap=gap, time_limit=time_limit, minimise="weighted_cost", write_mps=None, files=[file])
        return value_file(file, options, parts=parts, futures=futures, seed=seed, as_json=json)

    run_verb(verb)


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


def main() -> None:
    """Entry point of the ``planner`` command: never shows a traceback, always ends with a documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name no terminal can show must not end a solve.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="planner")
