"""``planner schema``: the format of scenario files, for machines or as a page."""

from __future__ import annotations

import typer

from planner.commands.output import print_json


def print_schema(markdown: bool, app: typer.Typer) -> int:
    """Print the JSON schema, or the generated page of the whole interface with the verbs of ``app``."""
    if markdown:
        from planner.report.interface import write_interface

        print(write_interface(app), end="")
        return 0
    from planner.scenario.schema import json_schema

    print_json(json_schema())
    return 0
