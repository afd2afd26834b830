"""``planner diff``: what changed between two scenarios, in sentences."""

from __future__ import annotations

from pathlib import Path

from planner.commands.guard import say
from planner.commands.output import print_json


def diff_files(old: str, new: str, as_json: bool) -> int:
    """Print one sentence per change; nothing changed is also said."""
    from planner.scenario.differ import describe_difference
    from planner.scenario.read import read_document

    sentences = list(describe_difference(read_document(Path(old)).data, read_document(Path(new)).data))
    if as_json:
        print_json({"old": old, "new": new, "changes": sentences})
    elif sentences:
        print("\n".join(sentences))
    else:
        say("The two scenarios say the same.")
    return 0
