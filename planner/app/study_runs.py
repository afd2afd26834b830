"""Long studies of this server, few at a time: trade-offs, explanations, replays, batches. Shared by every page.

A page starts one by what it asks about (its ``key``, made of the fingerprint of the scenario and what else the answer
depends on): who asks the same again, in another tab or after a reload, finds the same study. What it found is written to
the results by its own work, so that it is also found when the server has been started anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from planner.app.study_run import StudyRun

AT_ONCE = 2
"""Studies at a time: a batch that lasts for hours and one more. Each solves two questions at once itself."""
KEPT = 12
"""Ended studies held in memory."""


class Studies:
    """All studies of one server, by key."""

    def __init__(self, at_once: int = AT_ONCE, kept: int = KEPT) -> None:
        self._at_once, self._kept = at_once, kept
        self._lock = threading.Lock()
        self._studies: OrderedDict[str, StudyRun] = OrderedDict()
        self._waiting: deque[StudyRun] = deque()
        self._active = 0

    def start(self, key: str, work: Callable[[StudyRun], Any]) -> StudyRun:
        """The study of this key: the one that waits, goes on or has come to its own end, else a new one.

        ``work`` runs on a thread of its own, without any session: it closes over plain values.
        """
        with self._lock:
            known = self._studies.get(key)
            if known is not None and known.state not in ("cancelled", "failed", "cancelling"):
                return known
            study = self._studies[key] = StudyRun(key, work)
            self._studies.move_to_end(key)
            self._waiting.append(study)
        self._advance()
        return study

    def get(self, key: str) -> StudyRun | None:
        """The study of this key, if it is in memory."""
        with self._lock:
            return self._studies.get(key)

    def forget(self, key: str) -> None:
        """Let an ended study go, so that the same can be asked anew."""
        with self._lock:
            if key in self._studies and self._studies[key].ended:
                del self._studies[key]

    def ahead(self, study: StudyRun) -> int:
        """How many waiting studies come before this one; 0 when it is next or does not wait."""
        with self._lock:
            waiting = list(self._waiting)
        return waiting.index(study) if study in waiting else 0

    def cancel(self, key: str) -> None:
        """Stop a study; one that still waits never begins."""
        with self._lock:
            study = self._studies.get(key)
            if study is not None and study in self._waiting:
                self._waiting.remove(study)
        if study is not None:
            study.cancel()

    def close(self) -> None:
        """Stop every study; the server ends."""
        with self._lock:
            known = list(self._studies)
        for key in known:
            self.cancel(key)

    def _advance(self) -> None:
        with self._lock:
            while self._waiting and self._active < self._at_once:
                self._active += 1
                threading.Thread(target=self._work, args=(self._waiting.popleft(),), daemon=True).start()

    def _work(self, study: StudyRun) -> None:
        try:
            study.follow()
        finally:
            with self._lock:
                self._active -= 1
                ended = [key for key, one in self._studies.items() if one.ended]
                for key in ended[: max(0, len(ended) - self._kept)]:
                    del self._studies[key]
            self._advance()
