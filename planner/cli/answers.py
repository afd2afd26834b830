"""Verbs about one scenario at a time: check, solve, stress, value."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.door import Files, Json, app
from planner.commands.guard import run_verb


@app.command()
def check(
    files: Files,
    json: Json = False,
    register: Annotated[bool, typer.Option("--register", help="List every sourced number and every assumption.")] = False,
    rewrite: Annotated[
        bool, typer.Option("--format", help="First rewrite the files in the common layout; values and comments stay.")
    ] = False,
    look: Annotated[bool, typer.Option("--format-check", help="Refuse files that --format would rewrite, and say how.")] = False,
) -> None:
    """Read scenarios and say everything that is wrong or doubtful, with the numbers they imply."""

    def verb() -> int:
        from planner.commands.check import check_files

        return check_files(files, json, register, "write" if rewrite else "look" if look else "")

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
    near: Annotated[
        str | None, typer.Option(metavar="PLAN.JSON", help="Begin from the plan of a scenario much like these: faster, as exact.")
    ] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
) -> None:
    """Solve scenarios: print the plan and write it to the results folder."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.solve import solve_files

        options = check_options(gap=gap, time_limit=time_limit, minimise=minimise, write_mps=write_mps, files=files, near=near)
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
