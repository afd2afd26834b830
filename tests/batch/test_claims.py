"""Who may solve what: given once, given back, inherited from the dead, never taken from the living."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from planner.batch.claims import FOLDER, GONE, Holder, claimed, list_claims, take, this_process, tidy
from tests.command import ROOT

KEY = "small-0badcafe"


def leave(out: Path, number: int, holder: Holder | None, age: float = 0.0) -> Path:
    """A claim as another process would leave it; without a holder: one cut off in writing."""
    (out / FOLDER).mkdir(exist_ok=True)
    path = out / FOLDER / f"{KEY}.{number}"
    path.write_text(json.dumps(asdict(holder)) if holder else "{")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def ended_process() -> Holder:
    """A process of this machine that is over."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return replace(this_process(), pid=done.pid)


def test_a_claim_is_given_once_and_again_after_it_is_given_back(tmp_path: Path) -> None:
    claim = take(tmp_path, KEY)
    assert claim is not None
    assert claim.mine
    assert take(tmp_path, KEY) is None
    assert dict(list_claims(tmp_path)) == {KEY: this_process()}
    claim.release()
    assert not list((tmp_path / FOLDER).iterdir())
    assert take(tmp_path, KEY) is not None


def test_of_several_processes_that_ask_at_once_one_gets_it(tmp_path: Path) -> None:
    """They begin at a word, ask for the same hundred, and hold what they got until the last has asked."""
    line = (
        "import sys; from pathlib import Path; from planner.batch.claims import take; print('ready', flush=True); input(); "
        "print(sum(take(Path(sys.argv[1]), f'k{i}') is not None for i in range(100)), flush=True); input()"
    )
    command, pipe = [sys.executable, "-c", line, str(tmp_path)], subprocess.PIPE
    runs = [subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    said: tuple[list[str], list[str]] = ([], [])
    for answers in said:
        answers += [run.stdout.readline().strip() for run in runs if run.stdout]
        for run in runs:
            if run.stdin:
                run.stdin.write("go\n")
                run.stdin.flush()
    for run in runs:
        run.communicate(timeout=60)
    assert said[0] == ["ready"] * 2
    assert sum(map(int, said[1])) == 100


@pytest.mark.parametrize("age", [0.0, 10 * GONE])
def test_a_claim_of_a_process_that_is_over_is_inherited(tmp_path: Path, age: float) -> None:
    leave(tmp_path, 1, ended_process(), age)
    claim = take(tmp_path, KEY)
    assert claim is not None
    assert claim.number == 2
    assert take(tmp_path, KEY) is None
    claim.release()
    assert not list((tmp_path / FOLDER).iterdir())


def test_a_later_process_with_the_same_number_is_not_the_holder(tmp_path: Path) -> None:
    leave(tmp_path, 1, replace(this_process(), began="1"))
    assert take(tmp_path, KEY) is not None


def test_a_living_process_keeps_its_claim_however_silent(tmp_path: Path) -> None:
    leave(tmp_path, 1, replace(this_process(), pid=os.getppid(), began=_began(os.getppid())), 10 * GONE)
    assert take(tmp_path, KEY) is None


def _began(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


@pytest.mark.parametrize(("age", "held"), [(0.0, True), (GONE / 2, True), (2 * GONE, False)])
@pytest.mark.parametrize("holder", [Holder("another", 1, "elsewhere", "5"), None], ids=["another-machine", "cut-off"])
def test_a_holder_that_cannot_be_looked_up_holds_while_it_touches(
    tmp_path: Path, holder: Holder | None, age: float, held: bool
) -> None:
    leave(tmp_path, 1, holder, age)
    assert (take(tmp_path, KEY) is None) == held


def test_a_claim_touches_itself_so_that_other_machines_see_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.batch.claims.BEAT", 0.05)
    with claimed(tmp_path, KEY) as claim:
        assert claim is not None
        (path,) = (tmp_path / FOLDER).iterdir()
        os.utime(path, (1, 1))
        deadline = time.monotonic() + 5
        while path.stat().st_mtime < 100 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert path.stat().st_mtime > 100
    assert not list((tmp_path / FOLDER).iterdir())


def test_who_was_taken_for_dead_finds_out(tmp_path: Path) -> None:
    claim = take(tmp_path, KEY)
    assert claim is not None
    leave(tmp_path, 2, Holder("another", 1, "elsewhere", "5"))
    assert not claim.mine


def test_claims_of_the_dead_are_tidied_away_and_no_others(tmp_path: Path) -> None:
    leave(tmp_path, 1, ended_process())
    leave(tmp_path, 2, ended_process())
    other = take(tmp_path, "other")
    for name, age in ((".batch.json.a.tmp", 2 * GONE), (".batch.json.b.tmp", 0.0)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    tidy(tmp_path)
    assert [path.name for path in tmp_path.glob(".*")] == [".batch.json.b.tmp"]
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["other.1"]
    assert other is not None
    assert other.mine


def test_heirs_do_not_both_inherit(tmp_path: Path) -> None:
    """Many threads of one process find the same dead holder: one of them follows it."""
    leave(tmp_path, 1, ended_process())
    found: list[object] = []
    ready = threading.Barrier(8)

    def ask() -> None:
        ready.wait()
        found.append(take(tmp_path, KEY))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([claim for claim in found if claim is not None]) == 1
