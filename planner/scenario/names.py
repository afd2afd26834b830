"""Names of scenarios and of the files they extend: relative, visible, the same on every computer."""

from __future__ import annotations

import re
import unicodedata

from planner.errors import BadInput
from planner.scenario.characters import WIDE_SPACE, find_invisible
from planner.scenario.findings import Finding, cut

LONGEST_NAME = 200
ALLOWED = "letters, digits, spaces, . _ - and / between folders"
_FORBIDDEN = re.compile(r"[\x00-\x1f:*?\"<>|$\\`~{}!;&#%]")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def check_name(name: str) -> str:
    """The name, when it may name a scenario or a file below the scenario folder; raises BadInput."""
    if problem := name_problem(name):
        raise BadInput([Finding(cut(ascii(name)[1:-1]), 0, 0, "name", "", problem, ALLOWED, "choose another name")])
    return name


def name_problem(name: str) -> str:
    """Why ``name`` cannot name a file below the scenario folder; empty when it can."""
    if not name or len(name) > LONGEST_NAME:
        return "the name is empty" if not name else f"the name is longer than {LONGEST_NAME} characters"
    if found := _FORBIDDEN.search(name):
        shown = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        return f"a name may not contain {shown}"
    if hidden := find_invisible(name):
        return f"the name has an {hidden}"
    if name.startswith("/"):
        return "an absolute path is not a name"
    if WIDE_SPACE.search(name) or unicodedata.normalize("NFC", name) != name:
        return "the name is written with characters that look like others"
    return next((problem for part in name.split("/") if (problem := _part_problem(part))), "")


def _part_problem(part: str) -> str:
    if part in ("", ".", ".."):
        return "a name may not leave or skip folders"
    if part[0] in "-.":
        return f"a name may not begin with {part[0]}"
    if part != part.strip() or part.endswith("."):
        return "a name may not begin or end with a space, or end with a dot"
    return "the name belongs to a device on some computers" if _DEVICE.fullmatch(part) else ""
