"""Undo and redo: the drafts of one scenario in the order they were made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.app.draft.draft import Draft

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class History:
    """``now`` is the draft being edited; ``past`` ends with the one before it, ``future`` begins with the one after."""

    now: Draft
    past: tuple[Draft, ...] = ()
    future: tuple[Draft, ...] = ()


def push(history: History, draft: Draft) -> History:
    """The history after an edit; the same when nothing differs. What was undone is forgotten."""
    if draft.edits == history.now.edits and draft.opened is history.now.opened:
        return history
    return History(draft, (*history.past, _light(history.now))[-MOST_STEPS:])


def undo(history: History) -> History:
    """One step back; the same when there is none."""
    if not history.past:
        return history
    return History(history.past[-1], history.past[:-1], (_light(history.now), *history.future))


def redo(history: History) -> History:
    """One step forward again; the same when there is none."""
    if not history.future:
        return history
    return History(history.future[0], (*history.past, _light(history.now)), history.future[1:])


def reset(history: History) -> History:
    """The file as opened; the way back stays open."""
    return push(history, history.now.start)


def _light(draft: Draft) -> Draft:
    """The draft without what was read from it: a long history must not hold a hundred scenarios."""
    return draft if draft is draft.start else replace(draft)
