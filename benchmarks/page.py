"""docs/speed.md and docs/speed.svg: the table, the ratios, the growth of our time and what to know when reading them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.chart import draw_chart
from benchmarks.instances import ALONE
from benchmarks.methods import MODULES
from benchmarks.store import Row, Store, find_machine
from benchmarks.summary import MEASURES, find_growths, find_ratio

ABOUT = """# How fast is it

Written by `make bench`; the figures of every run are in `benchmarks/results.json`. Run it yourself:

```sh
make bench                # three instances, up to an hour
make bench BENCH=full     # everything, up to a day; stopped, it goes on where it was
python -m benchmarks.speed --instances licence-stop --methods ours,highs --repeats 1
```

![Seconds by method](speed.svg)

Every method answers the same questions in the same run, one after the other, each run in a process of its own with one
thread. Instances are the shipped scenarios and made-up markets drawn from fixed seeds (`benchmarks/instances.py`). The number in
a made-up one's name is its nodes; all have minimum orders, order fees, budgets, shares of country, supplier and group, slots that
rivals take, approvals, teams, places in installation and commitments, except `plain`, which has slots only; `licences` has
licence reviews; `limits` has a limit on the worst tenth and a share that must run without China. `mean`, `rush` and `limits`
make the mean cost least, the others with news weigh the worst tenth with 0.3.

| method | what it is | what building means |
| --- | --- | --- |
| `ours` | the planner: search and audit | from the scenario in memory to the first run of the engine |
| `highs` | HiGHS with its defaults | reading our model as an MPS file |
| `mpi-sppy` | a Pyomo model per future, tied by node (`ExtensiveForm`, no MPI), HiGHS through Pyomo | from our model's numbers |
| `linopy` | one vectorised expression per family of rules, HiGHS in memory | from our model's numbers |
| `pulp-highs` | PuLP, each row from a dict, `pulp.HiGHS` | from our model's numbers |
| `pulp-cbc` | the same with the CBC that PuLP brings | from our model's numbers, with the file PuLP writes |
| `scip` | SCIP with its defaults | reading our model as an MPS file |

- Only `ours` pays for working out the model from the scenario, for the audit, and for making output cheapest for whole units;
  the others are handed the finished numbers. Loading libraries is nobody's time.
- *First plan*: when a plan within 1 % of the best any method ever found was known. *Proven*: until the answer was in hand, asked
  for that gap; (cost - bound) / cost, the same for all. SCIP's own gap is taken of the bound and is converted.
- HiGHS tells its plans as it finds them, whoever calls it; SCIP too; of CBC its log is read.
- A run that does not get there in its limit counts as the limit, is marked `>`, and is not repeated. Figures are medians,
  *spread* is largest less smallest of the runs by the median.
"""


def write_page(store: Store, folder: Path) -> None:
    """Write both files."""
    table = store.table
    (folder / "speed.svg").write_text(draw_chart([row for row in table if row["instance"] not in ALONE]), encoding="utf-8")
    machine = find_machine()
    days = sorted({run["day"] for run in store.runs})
    versions: dict[str, str] = {}
    for run in store.runs:
        versions |= run["versions"]
    where = f"{machine['cores']} cores, {machine['processor']}, Python {machine['python']}"
    libraries = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    when = " to ".join(dict.fromkeys([days[0], days[-1]])) if days else "never"
    titles = {"half": "Proven within 0.5 %", "first": "First plan within 1 %", "tenth": "Proven within 0.1 %"}
    parts = [ABOUT, f"Measured {when} on {where}; {libraries}. {_tell_noise(store)}\n"]
    for measure, title in titles.items():
        parts += _compare(table, MEASURES[measure], title)
    parts += [*_tell_growth(store, table), *_tell_all(table)]
    (folder / "speed.md").write_text("\n".join(parts), encoding="utf-8")


def _tell_noise(store: Store) -> str:
    paces = [run["pace"] for run in store.runs]
    spreads = [row["spread"] for row in store.table if row["spread"] is not None]
    told = ""
    if spreads:
        told = f"Runs of the same question spread by {_percent(median(spreads))} (median), {_percent(max(spreads))} at most"
    if not paces:
        return told
    pace = f"A small sum timed before every run took {median(paces):.3f} s (median; {min(paces):.3f} to {max(paces):.3f})"
    return ". ".join(part for part in (told, pace) if part) + "."


def _compare(table: Sequence[Row], measure: str, title: str) -> list[str]:
    """Seconds of every method by instance, and in brackets how many times ours that is."""
    cells = {(row["instance"], row["method"]): row for row in table}
    names = list(dict.fromkeys(row["instance"] for row in sorted(table, key=lambda row: (row["nodes"], row["instance"]))))
    lines = [f"\n## {title}\n", "Seconds; in brackets how many times ours.\n", f"| instance | nodes | {' | '.join(MODULES)} |",
             f"| --- | ---: | {' | '.join(['---:'] * len(MODULES))} |"]  # fmt: skip
    ratios: dict[str, list[tuple[float, bool]]] = {method: [] for method in MODULES}
    for name in names:
        ours, told = cells.get((name, "ours")), []
        for method in MODULES:
            row = cells.get((name, method))
            ratio = find_ratio(ours, row, measure) if ours and row and method != "ours" else None
            if ratio:
                ratios[method].append(ratio)
            told.append(_cell(row, measure, ratio))
        nodes = next(row["nodes"] for row in table if row["instance"] == name)
        lines.append(f"| {name} | {nodes:,} | {' | '.join(told)} |")
    middles = [_middle(ratios[method]) if ratios[method] else "" for method in MODULES]
    lines.append(f"| median of the ratios | | {' | '.join(middles)} |")
    return lines


def _cell(row: Row | None, measure: str, ratio: tuple[float, bool] | None) -> str:
    if row is None:
        return ""
    if row["error"]:
        return "failed"
    if row[measure] is None:
        return "-"
    told = _seconds(row, measure)
    return f"{told} ({'> ' if ratio[1] else ''}{ratio[0]:.3g})" if ratio else told


def _seconds(row: Row, measure: str) -> str:
    flags = {MEASURES["first"]: "first_missed", MEASURES["half"]: "limit_hit_0_5", MEASURES["tenth"]: "limit_hit_0_1"}
    number = row[measure]
    return "-" if number is None else f"{'> ' if row[flags[measure]] else ''}{number:.3g}"


def _middle(ratios: list[tuple[float, bool]]) -> str:
    bound = any(more for _, more in ratios)
    return f"{'≥ ' if bound else ''}{median(ratio for ratio, _ in ratios):.3g} of {len(ratios)}"


def _tell_growth(store: Store, table: Sequence[Row]) -> list[str]:
    growths = find_growths(store, table)
    if not growths:
        return []
    names = {MEASURES["first"]: "first plan within 1 %", MEASURES["half"]: "proven within 0.5 %", "build_seconds": "building"}
    lines = ["\n## How our time grows\n", "Least squares of logarithms: time grows with size to the power of the exponent.\n"]
    lines += ["| time | with | points | exponent | standard error | spread |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    return lines + [
        f"| {names[g['measure']]} | {g['along']} | {g['points']} | {g['exponent']:.2f} | {g['error']:.2f} | x {g['factor']:.2f} |"
        for g in growths
    ]


def _tell_all(table: Sequence[Row]) -> list[str]:
    heads = (
        "instance",
        "method",
        "nonzeros",
        "build",
        "first plan",
        "to 0.5 %",
        "work",
        "to 0.1 %",
        "gap",
        "MB",
        "spread",
        "runs",
    )
    lines = [
        "\n## All figures\n",
        "Seconds; *work* is what a core worked until 0.5 %, the same on a busy machine; the gap is where that run ended.\n",
    ]
    lines += [f"| {' | '.join(heads)} |", f"| --- | --- |{' ---: |' * (len(heads) - 2)}"]
    for row in table:
        begin = f"| {row['instance']} | {row['method']} | {row['nonzeros']:,} |"
        if row["error"]:
            lines.append(f"{begin} failed: {row['error'][:80]} |{' |' * (len(heads) - 4)}")
            continue
        build = "-" if row["build_seconds"] is None else f"{row['build_seconds']:.3g}"
        gap = "-" if row["gap"] is None else _percent(row["gap"], 2)
        spread = "-" if row["spread"] is None else _percent(row["spread"])
        first, half, tenth = (_seconds(row, MEASURES[measure]) for measure in ("first", "half", "tenth"))
        told = (first, half, "-" if row["work_to_0_5_percent"] is None else f"{row['work_to_0_5_percent']:.3g}", tenth)
        lines.append(f"{begin} {build} | {' | '.join(told)} | {gap} "
                     f"| {row['memory_mb'] or '-'} | {spread} | {row['runs']} |")  # fmt: skip
    return [*lines, ""]


def _percent(share: float, digits: int = 0) -> str:
    return f"{share:.{digits}%}".replace("%", " %")
