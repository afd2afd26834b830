"""Real processes: killed in the middle, two at once, a full disk, a reader meanwhile. The file is always a whole one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from planner.scenario.places import value_at
from planner.scenario.store import open_file
from tests.scenario.sample import SAMPLE

ROOT = Path(__file__).parents[2]
TEXT = SAMPLE.replace("title: Sample", "title: Sample\ndescription: start")
PRICE = ("offers", 0, "price", "amount")
ROUNDS = 100
KILLS = 12


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scenario.writer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def prepare(folder: Path) -> Path:
    path = folder / "f.yaml"
    path.write_text(TEXT)
    path.chmod(0o640)
    return path


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = prepare(tmp_path)
    writers = [start("raise", path, ROUNDS) for _ in range(2)]
    conflicts = [int(writer.communicate(timeout=120)[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert value_at(open_file(path).data, PRICE) == 250 + 2 * ROUNDS, f"lost updates; conflicts {conflicts}"
    assert path.stat().st_mode & 0o777 == 0o640


def test_kill_9_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """BI-233: a save interrupted by kill -9; never an empty file, never half of one."""
    path = prepare(tmp_path)
    whole = {len(TEXT), len(TEXT) + 9_000 - 5, len(TEXT) + 10 - 5}
    r = random.Random(3)
    for _ in range(KILLS):
        writer = start("swing", path)
        assert writer.stdout
        for _ in range(3):
            assert writer.stdout.readline(), "the writer stopped by itself"
        time.sleep(r.uniform(0, 0.03))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        size = path.stat().st_size
        assert size > 0
        assert size in whole
        open_file(path)
        assert path.stat().st_mode & 0o777 == 0o640
    # The next save takes the lock of the dead and removes what they left.
    writer = start("raise", path, 1)
    assert writer.communicate(timeout=60)[0].strip() == "0"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = prepare(tmp_path)
    writer = start("full", path, 2_000)
    assert writer.communicate(timeout=60)[0].strip() == "OSError"
    assert writer.returncode == 0
    assert path.read_text() == TEXT
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = prepare(tmp_path)
    whole = {len(TEXT), len(TEXT) + 9_000 - 5, len(TEXT) + 10 - 5}
    writer = start("swing", path)
    try:
        seen: set[int] = set()
        until = time.monotonic() + 3
        while time.monotonic() < until:
            seen.add(len(path.read_bytes()))
    finally:
        writer.kill()
        writer.communicate()
    assert seen <= whole
    assert len(seen) > 1
