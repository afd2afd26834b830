"""``planner schema``: the format of scenario files, for machines or as a page."""

from __future__ import annotations

import json


def print_schema(markdown: bool) -> int:
    """Print the JSON schema, or the generated page of the whole interface."""
    if markdown:
        from planner.report.interface import write_interface

        print(write_interface(), end="")
        return 0
    from planner.scenario.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
