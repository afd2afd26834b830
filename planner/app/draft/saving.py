"""Save a draft: into its file, under another name, or as a variant that holds only the changes."""

from __future__ import annotations

import hashlib
import pathlib

from planner.app.draft.compare import Difference, edits_between, find_differences, take_mine
from planner.app.draft.draft import Draft, data
from planner.app.draft.reading import read_text
from planner.app.draft.variant import write_changes
from planner.errors import BadInput
from planner.scenario.findings import Finding
from planner.scenario.names import check_name
from planner.scenario.render import render
from planner.scenario.store import Opened, create, edited_text, save
from planner.scenario.yaml_events import parse_yaml


def save_draft(draft: Draft) -> Draft:
    """Write the edits into the file; the draft of the file as it is now. Raises as ``store.save``: ChangedOnDisk and others."""
    return Draft(draft.name, draft.folder, save(draft.folder / draft.name, draft.opened, draft.edits, draft.folder))


def save_copy(draft: Draft, name: str) -> Draft:
    """Write the whole text under a new name; the draft of the new file.

    Raises BadInput for a name that leaves the folder, that exists, or from where a variant does not find its base.
    """
    check_name(name)
    there = read_text(draft.text, name, draft.folder)
    if there.document is None:
        raise BadInput(list(there.findings))
    return Draft(name, draft.folder, create(draft.folder, name, draft.text))


def save_variant(draft: Draft, name: str, title: str) -> Draft:
    """Write a new variant of the file as it was opened that holds only the changes; the draft of the variant.

    Raises BadInput for a name that cannot be, UsageError for a change no variant can say.
    """
    check_name(name)
    text = variant_text(draft, name, title)
    return Draft(name, draft.folder, create(draft.folder, name, text))


def variant_text(draft: Draft, name: str, title: str) -> str:
    """The text of a variant ``name`` that turns the file as opened into the draft."""
    begin = f"extends: {render(_base_for(draft.name, name))}\ntitle: {render(title)}\n"
    own = parse_yaml(begin, name).data
    edits = [edit for edit in edits_between(data(draft.start), data(draft)) if edit[0] != ("title",)]
    changes = write_changes(own, (), name, draft.folder, edits)
    return edited_text(Opened(begin, hashlib.sha256(begin.encode()).hexdigest(), "\n", False, own), changes, name)


def conflict_differences(draft: Draft, theirs: Opened) -> list[Difference]:
    """Where the draft and the file as somebody else saved it differ."""
    mine = parse_yaml(draft.text, draft.name).data
    return list(find_differences(draft.opened.data, mine, theirs.data))


def join(draft: Draft, theirs: Opened, mine: list[Difference]) -> Draft:
    """Their file with my side of some differences; nothing is written yet. Raises UsageError where that cannot be."""
    return Draft(draft.name, draft.folder, theirs, take_mine(theirs.data, mine))


def _base_for(base: str, name: str) -> str:
    """The base as the variant names it: from its own folder on."""
    folder = pathlib.PurePosixPath(name).parent
    try:
        return pathlib.PurePosixPath(base).relative_to(folder).as_posix()
    except ValueError:
        problem = "a variant lies in the folder of the scenario it extends, or above it"
        raise BadInput([Finding(name, 0, 0, "name", name, problem, "", "choose another folder")]) from None
