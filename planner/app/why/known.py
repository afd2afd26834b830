"""What is known of why: explanations of plans and clashes, in memory with all names, in the results folders masked."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import streamlit as st

from planner.commands.explained import Kept, keep, mask_explanation, read_kept
from planner.explain.conflict.found import Conflicts
from planner.explain.conflict.handing import read_conflicts
from planner.explain.explanation import Explanation
from planner.report.answer import Answer
from planner.report.files import write_atomic
from planner.report.folder import to_json
from planner.report.gaps import gaps_data
from planner.report.mask import Mask, mask_words
from planner.report.why_brief.brief import brief_data

MOST = 20
"""Plans whose explanation is held in memory."""
CLASH_FILE = "conflict.json"
Found = Explanation | Conflicts


class Known:
    """What was found in this life of the server, by the fingerprint of what was solved."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Found] = OrderedDict()

    def get(self, key: str) -> Found | None:
        """What was found under a key."""
        with self._lock:
            return self._found.get(key)

    def put(self, key: str, found: Found) -> None:
        """Remember it."""
        with self._lock:
            self._found[key] = found
            self._found.move_to_end(key)
            while len(self._found) > MOST:
                self._found.popitem(last=False)


@st.cache_resource(show_spinner=False)
def find_known() -> Known:
    """What this server knows, for all sessions."""
    return Known()


def read_explanation(known: Known, folder: Path | None, key: str) -> Explanation | None:
    """The explanation of the plan with this fingerprint: from memory, else from its results folder."""
    found = known.get(key)
    if isinstance(found, Explanation):
        return found
    return read_kept(folder, key).found if folder else None


def keep_explanation(known: Known, folder: Path | None, answer: Answer, found: Explanation) -> None:
    """Remember it, and write it with its brief beside the results, without confidential names. Raises OSError."""
    key, names = answer.result.fingerprint, tuple(one.asked for one in found.why_not)
    known.put(key, found)
    if folder is not None:
        brief, gaps = tuple(brief_data(answer, found)), tuple(gaps_data(answer.view, found)) if answer.view else ()
        keep(folder, Kept(key, names, mask_explanation(found, answer.mask), brief, gaps))


def read_clash(known: Known, folder: Path | None, key: str) -> Conflicts | None:
    """The clash of the scenario with this fingerprint: from memory, else from its results folder."""
    found = known.get(key)
    if isinstance(found, Conflicts):
        return found
    try:
        data: dict[str, Any] = json.loads((folder / CLASH_FILE).read_bytes()) if folder else {"key": ""}
        return read_conflicts(data["found"]) if data["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_clash(known: Known, folder: Path | None, key: str, found: Conflicts, mask: Mask) -> None:
    """Remember it, and write it beside the results without confidential names. Raises OSError."""
    known.put(key, found)
    if folder is not None:
        write_atomic(folder / CLASH_FILE, to_json({"key": key, "found": mask_words(mask, found.as_dict())}))
