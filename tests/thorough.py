"""How many random cases a test looks at: a few in the suite, all of them where ``PLANNER_THOROUGH=1`` asks for it."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("PLANNER_THOROUGH") == "1"


def cases(few: int, every: int, first: int = 0) -> range:
    """Seeds from ``first`` on: ``few`` of them, or ``every`` one."""
    return range(first, first + (every if THOROUGH else few))
