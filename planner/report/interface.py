"""docs/interface.md, generated: the verbs, the exit codes, the JSON, the result files, the scenario format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from planner.report.folder import FILES, FILES_OF_FUTURES
from planner.report.interface_format import write_format
from planner.report.interface_json import write_json
from planner.report.markdown import write_table

TOP = """# The interface

Generated from the code by `make interface`; a test compares it. Whoever writes scenarios or reads results by program
can rely on this page.
"""

LOST = (
    "a limit was reached, or the engine or the environment failed. Also when the solver process crashes, is killed or runs out "
    "of memory: with a plan in hand that plan is still given and written, with status feasible"
)
INTERRUPTED = (
    "interrupted by Ctrl-C. `solve` keeps the plan in hand: it is printed and written, with status feasible; files not begun yet "
    "are left out. Being told to terminate (SIGTERM) is the same for `solve`"
)
EXIT_CODES = (
    (0, "solved and verified; for other verbs: done"),
    (1, "a bug of the planner"),
    (2, "wrong usage"),
    (3, "bad input, or a file that somebody else changed meanwhile"),
    (4, "proven that no plan meets every rule"),
    (5, LOST),
    (6, "plan and independent check disagree"),
    (130, INTERRUPTED),
)
ANY_VERB = (
    "Any verb may end with 1, 2, 5 where a file cannot be read or written, and 130; what each ends with besides stands above."
)
SOLVES = "3, 4, 5 and 6 as below"
ENDINGS = {
    "check": "0 every file can be solved; 3 one cannot.",
    "solve": "0 solved and verified; 3, 4, 5, 6 and 130 as below.",
    "stress": f"0 replayed; {SOLVES}: with 5 and 6 there may still be a plan, which is replayed. Interrupted, it gives nothing.",
    "value": f"0 answered; {SOLVES}, the worst of its solves; that a narrower question has no plan is an answer.",
    "diff": "0 compared, also where nothing changed; 3 one cannot be read.",
    "schema": "0 printed.",
    "new": "0 written; 2 the file exists.",
    "app": "0 ended by Ctrl-C; 2 no such folder, or an address that is not meant; 5 the port is in use, or the screen is not "
    "installed.",
    "convert": "0 written, or nothing to change; 2 the workbook to write exists, these are not a scenario file and a "
    "workbook, or a variant cannot say the change; 3 one of them cannot be read, or the scenario file changed meanwhile.",
    "batch": "the worst of all rows, in the order 6, 1, 5, 3, 4, 0; 130 interrupted: what is done is kept.",
    "frontier": "0 points found, also where some limits cannot be kept; 4 no plan keeps every rule; 5 a gap that was asked for "
    "was not reached; 130 interrupted: the points found by then are kept.",
    "sweep": "0 solved, also where some values leave no plan; 4 none leaves one; 5 a limit or the environment.",
    "regret": "0 solved, also where plans cannot be begun in a world; 2 there is nothing to compare; 5 a limit or the "
    "environment.",
    "compare": "0 compared; 2 there is nothing to compare; 3 a scenario cannot be read; 6 a results folder is not as it was "
    f"written. Of scenarios that are solved first: {SOLVES}.",
    "replan": f"0 planned anew; 2 the plan cannot be used or the day is outside the calendar; {SOLVES}.",
    "explain": f"0 explained; 4 no plan keeps every rule, and it is said why; {SOLVES}; 130 interrupted: what is found is kept.",
    "tension": "0 printed; 2 the base or the column is not there; 3 the index cannot be read.",
}
"""What the exit codes of each verb mean."""
FOLDER = (
    "In `<out>/<name of the file>-<first 8 characters of the fingerprint>/`; each is written whole or not at all. Without a plan "
    "only `plan.json`, `results.xlsx` and `run.json`."
)
BESIDES = (
    ("stress.json", "with `planner stress --out`: its JSON without `results` and `exit_code`"),
    (
        "../<name>-frontier-<8 characters>/",
        "with `planner frontier --out`: `frontier.csv`, `.svg`, `.json`, and a results folder for each point",
    ),
    (
        "../<name>-sweep-<8 characters>/, -tornado-, -regret-",
        "with `planner sweep --out` and `planner regret --out`: the table, the picture and the JSON",
    ),
    (
        "../batch.json, ../journal.jsonl",
        "with `planner batch`: what every file held when it was last read; what happened, one event a line",
    ),
    (
        "../summary.csv, .xlsx, .parquet",
        "with `planner batch`: one row per scenario file, then results of earlier texts and options",
    ),
    ("../.runs/<id>.json", "of runs on the screen: `folder`, the name of the folder beside that holds the results of the run"),
)
"""Files of other verbs in or beside a results folder."""


def write_interface(app: typer.Typer) -> str:
    """The whole page as Markdown; ``app`` is the command line it describes."""
    parts = [TOP, *_verbs(app), *_exit_codes(), *write_json(), *_files(), *write_format()]
    return "\n".join(parts).rstrip() + "\n"


def _verbs(app: typer.Typer) -> Iterator[str]:
    yield "## Verbs\n"
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        arguments = " ".join(_shown(p) for p in command.params if p.param_type_name == "argument")
        yield f"### `planner {name} {arguments}`\n".replace(" `\n", "`\n")
        yield f"{command.help}\n"
        yield write_table(("argument or option", "what it says", "default"), [_option(p) for p in command.params])
        yield f"Exit codes: {ENDINGS[name]}\n"


def _shown(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required else f"[{name}]"


def _option(parameter: Any) -> tuple[str, str, str]:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`", parameter.help or "", _default(parameter)
    value = f" {parameter.metavar}" if parameter.metavar else ""
    return f"`{parameter.opts[0]}{value}`", parameter.help or "", _default(parameter)


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    if getattr(parameter, "is_flag", False):
        return "off"
    return f"`{parameter.default}`" if parameter.default else "none"


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes\n"
    yield f"For several files the worst one counts: 130, 6, 1, 2, 5, 3, 4, 0, in this order. {ANY_VERB}\n"
    yield write_table(("code", "meaning"), [(str(code), words) for code, words in EXIT_CODES])


def _files() -> Iterator[str]:
    yield "## Result files\n"
    yield f"{FOLDER}\n"
    rows = [*(FILES | FILES_OF_FUTURES).items(), *BESIDES]
    yield write_table(("file", "content"), [(f"`{name}`", words) for name, words in rows])
