"""Verbs about many solves."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.door import Files, Json, app
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
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SELECTOR=V1,V2",
            help="Solve variants with these values; *= multiplies, += adds. Given again: all combinations.",
        ),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="So many random combinations instead; values may be ranges, 0.8..1.2.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed draws the same combinations.")] = 1,
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Solve on a Dask cluster: local, or tls://HOST:PORT of its scheduler.")
    ] = None,
    tls_ca: Annotated[str, typer.Option(metavar="FILE", help="Certificate of the authority that signed all others.")] = "",
    tls_cert: Annotated[str, typer.Option(metavar="FILE", help="Certificate to show to the cluster.")] = "",
    tls_key: Annotated[str, typer.Option(metavar="FILE", help="Key of that certificate.")] = "",
    json: Json = False,
) -> None:
    """Solve many scenarios, each once, in a folder that remembers; started again it goes on where it was."""

    def verb() -> int:
        from planner.batch.cluster.address import Tls
        from planner.commands.batch import Grid, batch_files, check_memory
        from planner.commands.batch_place import Place
        from planner.commands.options import check_options

        options = check_options(gap=gap, time_limit=time_limit, minimise=minimise, write_mps=None, files=paths)
        grid = Grid(tuple(vary or ()), sample, seed)
        asked, place = check_memory(options, memory), Place(cluster, Tls(tls_ca, tls_cert, tls_key))
        return batch_files(paths, asked, grid, out=out, jobs=jobs, as_json=json, unmask=unmask, place=place)

    run_verb(verb)


@app.command()
def compare(
    results: Annotated[
        list[str], typer.Argument(metavar="RESULT...", help="Results folders, or scenario files, which are solved first.")
    ],
    first: Annotated[str, typer.Option("--from", metavar="NAME", help="What the others are compared with; else the first.")] = "",
    second: Annotated[str, typer.Option("--to", metavar="NAME", help="Compare this one only; else every other.")] = "",
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a comment on a change.")] = False,
    out: Annotated[str | None, typer.Option(metavar="DIR", help="Also write compare.json and compare.md there.")] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Two batches, before and after: one row for each scenario that changed.")
    ] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
    json: Json = False,
) -> None:
    """Put answers side by side: costs, makers, dates, what moved, and a cost bridge that adds up."""

    def verb() -> int:
        from planner.commands.compare import Shape, compare_results
        from planner.commands.options import check_options

        options = check_options(gap=gap, time_limit=time_limit, minimise="policy", write_mps=None, files=results)
        shape = Shape(json, markdown, out, first, second, unmask)
        if revisions:
            from planner.commands.revised import compare_batches

            return compare_batches(results, shape)
        return compare_results(results, options, shape)

    run_verb(verb)


@app.command()
def frontier(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.")],
    of: Annotated[str, typer.Option("--of", metavar="MEASURE", help="What is made least.")] = "cost",
    against: Annotated[
        str,
        typer.Option(metavar="MEASURE", help="And against what: a measure, suppliers, country-share:CC, supplier-share:ID."),
    ] = "cvar_cost",
    points: Annotated[int, typer.Option(metavar="N", help="How many plans, both ends included; 3 to 200.")] = 15,
    gap: Annotated[
        float | None, typer.Option(metavar="G", help="Prove each plan to this fraction; without it as closely as it takes.")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    json: Json = False,
    out: Annotated[str | None, typer.Option(metavar="DIR", help="Also write table, picture and every plan there.")] = None,
) -> None:
    """Find the plans between the least cost and the least of something else, and what each step takes."""

    def verb() -> int:
        from planner.commands.frontier import GAP, Asked, frontier_file
        from planner.commands.options import check_options

        asked = Asked(of, against, points, gap is None)
        options = check_options(
            gap=GAP if gap is None else gap, time_limit=time_limit, minimise="policy", write_mps=None, files=[file]
        )
        return frontier_file(file, options, asked, as_json=json, out=out)

    run_verb(verb)


@app.command()
def regret(
    files: Files,
    plans: Annotated[
        list[str] | None, typer.Option(metavar="RESULT", help="Also the plan of this results folder; may be given again.")
    ] = None,
    futures: Annotated[int, typer.Option(metavar="N", help="Of one scenario with news: its N likeliest futures; 2 to 200.")] = 12,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    json: Json = False,
    out: Annotated[str | None, typer.Option(metavar="DIR", help="Also write table and picture there.")] = None,
) -> None:
    """Begin each plan in every scenario, or in every future of one, and say which plan risks least."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.regret import regret_files

        options = check_options(gap=gap, time_limit=time_limit, minimise="weighted_cost", write_mps=None, files=files)
        return regret_files(files, options, plans=plans or [], futures=futures, as_json=json, out=out)

    run_verb(verb)


@app.command()
def replan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file as things stand today.")],
    approved: Annotated[str, typer.Option(metavar="RESULT", help="Results folder, or plan.json in it, of the approved plan.")],
    as_of: Annotated[str, typer.Option(metavar="DAY", help="What was signed and ordered before this day is held.")],
    change_cost: Annotated[
        float, typer.Option(metavar="MONEY", help="What each unit of a later order counts for if it is dropped or moved.")
    ] = 0.0,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the results folder of the plan to follow goes.")] = "results",
    unmask: Annotated[bool, typer.Option("--unmask", help="Show names and prices of confidential suppliers.")] = False,
    json: Json = False,
) -> None:
    """Plan anew with an approved plan under way: hold what has happened, say what changing the rest is worth."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.replan import Asked, replan_file

        options = check_options(gap=gap, time_limit=time_limit, minimise="policy", write_mps=None, files=[file])
        return replan_file(file, options, Asked(approved, as_of, change_cost, json, out, unmask))

    run_verb(verb)


@app.command()
def sweep(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(metavar="SELECTOR=V", help="Values with commas or a range 0.8..1.2; *= multiplies, += adds; once or twice."),
    ] = None,
    steps: Annotated[int, typer.Option(metavar="N", help="How many values of a range; 2 to 100.")] = 5,
    tornado: Annotated[bool, typer.Option("--tornado", help="Instead: every assumption at both ends of its range.")] = False,
    spread: Annotated[float, typer.Option(metavar="PART", help="Range where an assumption states none; 0.2: a fifth.")] = 0.2,
    solves: Annotated[int, typer.Option(metavar="N", help="Most ends of assumptions to solve; others are estimated.")] = 60,
    gap: Annotated[float, typer.Option(metavar="G", help="Stop when proven within this fraction of the best; 0 to 1.")] = 0.005,
    time_limit: Annotated[float | None, typer.Option(metavar="S", help="Stop each solve after this many seconds.")] = None,
    json: Json = False,
    out: Annotated[str | None, typer.Option(metavar="DIR", help="Also write table and picture there.")] = None,
) -> None:
    """Solve a scenario over one or two numbers, or with every assumption at both its ends, and say what changes."""

    def verb() -> int:
        from planner.commands.options import check_options
        from planner.commands.sweep import Asked, sweep_file

        options = check_options(gap=gap, time_limit=time_limit, minimise="weighted_cost", write_mps=None, files=[file])
        return sweep_file(file, options, Asked(tuple(vary or ()), steps, tornado, spread, solves), as_json=json, out=out)

    run_verb(verb)
