"""``planner tension``: an index of your own, as the dial that multiplies geopolitical hazards."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from planner.commands.guard import say
from planner.commands.output import print_json
from planner.errors import UsageError
from planner.scenario.index_file import columns_of, find_column, read_column, read_index_file
from planner.scenario.tension import BadBase, find_dial, parse_base, write_dial


def print_dial(file: str, base: str, column: str | None, as_json: bool) -> int:
    """Print the dial as YAML, or as one JSON document. Raises BadInput for the file, UsageError for the options."""
    try:
        window = parse_base(base)
    except BadBase as error:
        raise UsageError(f"--base is {base}; it {error}") from None
    found = read_index_file(Path(file))
    number = find_column(found, column)
    if number is None:
        near = get_close_matches(column or "", [cell.text for cell in found.names[1:]], 1)
        said = f"--column is {column}" if column else "--column must name one of several columns"
        raise UsageError(f"{said}; allowed: {columns_of(found)}{f'; did you mean {near[0]}?' if near else ''}")
    index = read_column(found, number)
    try:
        dial = find_dial(index, window)
    except BadBase as error:
        raise UsageError(f"--base is {base}; it {error}") from None
    if as_json:
        print_json(
            {
                "file": file,
                "column": index.column,
                "base": {"window": base, "mean": dial.mean, "values": dial.values},
                "tension": dict(dial.quarters),
            }
        )
        return 0
    print(write_dial(index, window, dial), end="")
    say(f"The mean of {dial.values} values, {dial.mean:.6g}, is 1. Tag the shocks it means geopolitical.")
    return 0
