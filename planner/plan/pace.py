"""How often a search stops to check the plan it has: never so often that it hurts the search."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

SHARE = 0.05
FIRST_SHARE = 0.2
"""Most of the time that goes into work on the way; until a first plan has been accepted it may be more."""


@dataclass
class Pace:
    """What is done on the way: the first work at once, later ones, the latest only, while little time has gone into them.

    ``began``: when the search began, as of ``time.perf_counter``. Work says whether it came to something.
    """

    began: float
    spent: float = 0.0
    last: float = 0.0
    share: float = FIRST_SHARE
    waiting: Callable[[], bool] | None = None

    def offer(self, work: Callable[[], bool]) -> None:
        """Do this now or, unless something newer comes, as soon as there is time for it."""
        self.waiting = work
        self.ask()

    def ask(self) -> None:
        """Do what waits if its time has come; a failure on the way is left to the end of the search to find again."""
        began, work = time.perf_counter(), self.waiting
        if work is None or (self.last and self.spent + self.last > self.share * (began - self.began)):
            return
        self.waiting = None
        try:
            if work():
                self.share = SHARE
        except Exception:  # noqa: BLE001 - the final plan goes the same way, and loudly
            return
        finally:
            self.last = time.perf_counter() - began
            self.spent += self.last
