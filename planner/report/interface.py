"""docs/interface.md, generated: the scenario format, the verbs, the JSON, the exit codes, the result files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer
import typer.main

from planner.report.folder import FILES, FILES_OF_FUTURES
from planner.scenario.schema import json_schema

TOP = """# The interface

Generated from the code by `make interface`; a test compares it. Whoever writes scenarios or reads results by program
can rely on this page.
"""

EXIT_CODES = (
    (0, "solved and verified"),
    (1, "a bug of the planner"),
    (2, "wrong usage"),
    (3, "bad input"),
    (4, "proven that no plan meets every rule"),
    (5, "a limit was reached, or the engine or the environment failed; with a limit the best plan is still given"),
    (6, "plan and independent check disagree"),
    (130, "interrupted"),
)

RESULT_FIELDS = (
    ("scenario, name", "text", "title of the scenario; name of its file without the ending"),
    ("fingerprint", "text", "hash of all the answer depends on: what the scenario says, options, versions"),
    ("status", "text", "optimal, feasible, infeasible or stopped"),
    ("objective", "number or null", "what was made least, of this plan"),
    ("bound", "number or null", "no plan can be below this"),
    ("gap", "fraction or null", "(objective - bound) / objective, against the full problem"),
    ("minimised, reason", "text", "the measure made least first; what ended the search early"),
    (
        "reasons[]",
        "object",
        "without a plan: rule, says, places[], and cost (without that rule) or short[] (demand, period, mw, target)",
    ),
    ("seconds", "object", "total, engine, read, build, audit"),
    ("measures.*_cost, cost_*", "number", "expected, cash, shortage, surplus; inside and after the plan; discounted"),
    (
        "measures.cvar_cost, worst_cost, weighted_cost",
        "number",
        "all costs: mean of the worst 1 - tail of the futures, the dearest future, weighed by risk_weight; the others are means",
    ),
    ("measures.spend", "number", "contract value of new orders, not discounted"),
    ("measures.shortage, shortage_after", "number", "MW-years inside and after the plan"),
    ("plan.vetting[], signings[]", "object", "node, supplier, period"),
    ("plan.orders[]", "object", "node, offer, supplier, site, units, order_period, ship_period, the four days, price per unit"),
    ("plan.output[]", "object", "node, period, route, site, mw (MW a year)"),
    ("plan.shortage[]", "object", "node, demand, period, mw, target (MW a year)"),
    ("plan.cash[]", "object", "node, day, kind, supplier, offer, site, amount, currency, amount_paid, commitment"),
    ("plan.idle[]", "object", "orders no output ever uses: bought only for a rule"),
    ("plan.nodes[]", "object", "the tree of futures: node, parent, period, probability, news (what becomes known there)"),
    (
        "plan.futures[]",
        "object",
        "name, node (its last), probability, cost, cash_cost, shortage_cost, surplus_cost (discounted), shortage (MW-years)",
    ),
    ("plan.cut_mass", "fraction", "probability of the courses of events the tree leaves out"),
    (
        "playbook[]",
        "object",
        "what to do on news: after[], news[] (source, outcome), says, when, probability, watch, do, hit, timing_only, dates[]",
    ),
    ("playbook[].first_day, last_day", "text or null", "of the steps to take, over all dates of the news"),
    ("playbook[].switches[]", "object", "step, from[], to[], mw (MW a year that change makers)"),
    (
        "playbook[].extra",
        "object",
        "by measure: mean of the futures after the news less the future in which nothing happens",
    ),
    ("playbook[].dates[]", "object", "node, period, probability, extra, changes[], hit[]"),
    (
        "playbook[].dates[].changes[]",
        "object",
        "against the course without this news: action, way, supplier, offer, units, period, ships, site, instead",
    ),
    ("playbook[].dates[].hit[]", "object", "earlier orders: offer, supplier, units, days later (null: they never ship)"),
    (
        "calendar[]",
        "object",
        "day, kind, what, planned, supplier, offer, site, upon (the news it follows; empty: nothing happens)",
    ),
    ("audit", "object", "ok, findings[]: the independent check"),
    ("phases[]", "list", "the search: phase, seconds, best plan, bound"),
    ("size", "object", "columns, whole, rows, nodes of the mathematics"),
    ("versions", "object", "program, engine and library versions"),
    ("file, results, warnings[], exit_code", "", "added by the command: the file, its results folder, its own exit code"),
)
"""Field, type and meaning; a test compares them with a real answer."""


def write_interface(app: typer.Typer) -> str:
    """The whole page as Markdown; ``app`` is the command line it describes."""
    parts = [TOP, *_verbs(app), *_exit_codes(), *_results(), *_scenario()]
    return "\n".join(parts).rstrip() + "\n"


def _verbs(app: typer.Typer) -> Iterator[str]:
    yield "## Verbs\n"
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        arguments = " ".join(p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument")
        yield f"### `planner {name} {arguments}`\n".replace(" `\n", "`\n")
        yield f"{command.help}\n"
        rows = [_option(p) for p in command.params]
        yield _table(("argument or option", "what it says", "default"), rows)


def _option(parameter: Any) -> tuple[str, str, str]:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`", parameter.help or "", "required"
    value = f" {parameter.metavar}" if parameter.metavar else ""
    default = "off" if parameter.is_flag else "none" if parameter.default is None else f"`{parameter.default}`"
    return f"`{parameter.opts[0]}{value}`", parameter.help or "", default


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes\n"
    yield "For several files the worst one counts: 130, 6, 1, 2, 5, 3, 4, 0, in this order.\n"
    yield _table(("code", "meaning"), [(str(code), words) for code, words in EXIT_CODES])


def _results() -> Iterator[str]:
    yield "## JSON of `planner solve --json`\n"
    yield (
        "One document on standard output; for several files a list of documents. A file that could not be solved has "
        "`file`, `exit_code`, `error` and `findings` instead. Shares are fractions, days are "
        "year-month-day, money is in base currency and `money.in` units; prices of masked suppliers are null.\n"
    )
    yield _table(("field", "type", "meaning"), [(f"`{name}`", kind, words) for name, kind, words in RESULT_FIELDS])
    yield "## JSON of `planner check --json`\n"
    yield (
        "`file`, `ok`, `exit_code`, `title`, `size`, `derived` (tables of offers and targets; with `--register` the register) "
        "and `findings[]` with `file`, `line`, `column`, `field`, `value`, `problem`, `allowed`, `fix` and `severity` (error, "
        "warning or note).\n"
    )
    yield "## Result files\n"
    yield "In `<out>/<name of the file>-<first 8 characters of the fingerprint>/`; each is written whole or not at all.\n"
    yield _table(("file", "content"), [(f"`{name}`", words) for name, words in (FILES | FILES_OF_FUTURES).items()])


def _scenario() -> Iterator[str]:
    schema = json_schema()
    yield "## Scenario files\n"
    yield "YAML. Unknown keys are refused. `planner schema` prints the same as JSON schema.\n"
    yield from _object("Scenario", schema)
    for name, part in sorted(schema["$defs"].items()):
        yield from _object(name, part)


def _object(name: str, part: dict[str, Any]) -> Iterator[str]:
    """One part of the format; a part with a short form says which before its keys."""
    whole = next((form for form in (part, *part.get("anyOf", ()), *part.get("oneOf", ())) if "properties" in form), part)
    yield f"### {name}\n"
    if part.get("description"):
        yield f"{_flat(part['description'])}\n"
    if whole is not part:
        short = " or ".join(_kind(form) for form in part.get("anyOf", part.get("oneOf", ())) if form is not whole)
        yield f"Short form: {short}.\n"
    elif "properties" not in part:
        yield f"{_kind(part)}\n"
    needed = set(part.get("required", ())) or {key for form in part.get("oneOf", ())[:1] for key in form.get("required", ())}
    needed |= set(whole.get("required", ()))
    rows = [
        (f"`{key}`", _kind(value), "required" if key in needed else _default(value), _flat(value.get("description", "")))
        for key, value in whole.get("properties", {}).items()
    ]
    yield _table(("key", "type", "default", "meaning"), rows)


def _default(value: dict[str, Any]) -> str:
    default = value.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict | list):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return _link(value["$ref"].rsplit("/", 1)[-1])
    if "enum" in value:
        return ", ".join(str(item) for item in value["enum"])
    if "const" in value:
        return str(value["const"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            kinds = dict.fromkeys(_kind(item) for item in value[key] if item.get("type") != "null")
            return " or ".join(kinds)
    if value.get("type") == "array":
        return f"list of {_kind(value.get('items', {}))}"
    if isinstance(value.get("additionalProperties"), dict):
        return f"map to {_kind(value['additionalProperties'])}"
    return str(value.get("type", "any")) + _range(value)


def _range(value: dict[str, Any]) -> str:
    names = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
    found = [f"{sign} {value[key]:g}" for key, sign in names.items() if key in value]
    return f" {' and '.join(found)}" if found else ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"
