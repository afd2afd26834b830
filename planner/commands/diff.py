"""``planner diff``: what changed between two scenarios, in sentences."""

from __future__ import annotations

import json
from pathlib import Path

from planner.commands.guard import say


def diff_files(old: str, new: str, as_json: bool) -> int:
    """Print one sentence per change; nothing changed is also said."""
    from planner.scenario.differ import describe_difference
    from planner.scenario.read import read_document

    sentences = list(describe_difference(read_document(Path(old)).data, read_document(Path(new)).data))
    if as_json:
        print(json.dumps({"old": old, "new": new, "changes": sentences}, indent=2, ensure_ascii=False))
    elif sentences:
        print("\n".join(sentences))
    else:
        say("The two scenarios say the same.")
    return 0
