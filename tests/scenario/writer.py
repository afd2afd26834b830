"""A process that edits and saves one file again and again, for the tests of crashes and of two people at once.

``writer.py raise FILE ROUNDS`` adds 1 to the first price, beginning again whenever somebody else was faster.
``writer.py swing FILE`` saves a long and a short text in turns until it is killed, one line of output per save.
``writer.py full FILE BYTES`` saves a long text with room for so many bytes in any file.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from planner.errors import SaveConflict
from planner.scenario.places import value_at
from planner.scenario.store import open_file, save

PRICE = ("offers", 0, "price", "amount")
NOTE = ("description",)


def raise_price(path: Path, rounds: int) -> None:
    conflicts = 0
    for _ in range(rounds):
        while True:
            opened = open_file(path)
            try:
                save(path, opened, [(PRICE, value_at(opened.data, PRICE) + 1)])
                break
            except SaveConflict:
                conflicts += 1
    print(conflicts)


def swing(path: Path) -> None:
    turn = 0
    while True:
        turn += 1
        text = "x" * (9_000 if turn % 2 else 10)
        save(path, open_file(path), [(NOTE, text)])
        print(turn, flush=True)


def full(path: Path, room: int) -> None:
    opened = open_file(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        save(path, opened, [(NOTE, "x" * 9_000)])
    except OSError as error:
        print(type(error).__name__)


if __name__ == "__main__":
    action, file = sys.argv[1], Path(sys.argv[2])
    if action == "raise":
        raise_price(file, int(sys.argv[3]))
    elif action == "swing":
        swing(file)
    else:
        full(file, int(sys.argv[3]))
