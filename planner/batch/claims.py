"""Who solves what: one file per scenario, created exclusively, so that no result is written by two processes.

No locks are needed of the file system, only that creating a file fails where it exists, as every shared folder does.
A claim whose holder is gone is not removed but followed by one with the next number: ``<key>.1``, ``<key>.2``. Its holder is
gone when its process is, on this machine, or when it has not touched the file for long, on another.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from planner.errors import EngineError

BEAT = 15.0
"""Seconds between two touches of a claim."""
GONE = 90.0
"""Seconds without a touch after which a holder on another machine is taken to be gone; also for a claim cut off in writing."""
FOLDER = "claims"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a claim. ``place``: boot and process space its number counts in; ``began`` tells it from a later process."""

    host: str
    pid: int
    place: str
    began: str

    @property
    def near(self) -> bool:
        """Whether its number can be looked up from here."""
        return (self.host, self.place) == (platform.node(), _place())

    @property
    def runs(self) -> bool:
        """Whether the process is there; only of one that is near."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:  # it is there, but somebody else's
            return True
        return _began(self.pid) == self.began


def this_process() -> Holder:
    """The holder that claims made here name."""
    return Holder(platform.node(), os.getpid(), _place(), _began(os.getpid()))


def _place() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip() + str(Path("/proc/self/ns/pid").readlink())
    except OSError:  # only Linux says it
        return ""


def _began(pid: int) -> str:
    try:
        state, *facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if state in "ZX" else facts[18]  # one that has ended stays in the list until its parent has noticed
    except (OSError, IndexError):
        return ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on ``key`` in the folder of a batch, held by this process while its file is there. ``number`` from 1."""

    folder: Path
    key: str
    number: int

    @property
    def mine(self) -> bool:
        """Whether it is still held: nobody took this process for dead meanwhile."""
        return read_holder(self._path(self.number)) == this_process() and not self._path(self.number + 1).exists()

    def touch(self) -> None:
        """Say that the holder is there."""
        with suppress(OSError):
            os.utime(self._path(self.number))

    def release(self) -> None:
        """Give it back, and those of gone holders before it."""
        for number in range(self.number, 0, -1):
            self._path(number).unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{self.key}.{number}"


@contextmanager
def claimed(out: Path, key: str) -> Iterator[Claim | None]:
    """While inside, the claim on ``key`` is held and touched; None where somebody else holds it. Raises OSError."""
    claim = take(out, key)
    if claim is None:
        yield None
        return
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            claim.touch()

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield claim
    finally:
        ended.set()
        claim.release()


def take(out: Path, key: str) -> Claim | None:
    """Claim ``key`` or say that somebody holds it. Raises OSError where the folder cannot be written."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (path := folder / f"{key}.{number}").exists():
        if is_held(path):
            return None
        number += 1
    if not _create(path):
        return None
    before = [folder / f"{key}.{earlier}" for earlier in range(1, number)]
    if any(is_held(earlier) or not earlier.exists() for earlier in before):
        path.unlink(missing_ok=True)  # somebody began anew while this process looked
        return None
    return Claim(folder, key, number)


def _create(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as stream:
        stream.write(json.dumps(asdict(this_process())).encode())
        stream.flush()
        os.fsync(stream.fileno())
    return True


def read_holder(path: Path) -> Holder | None:
    """Who holds the claim; None where the file is gone or was cut off in writing."""
    try:
        return Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def is_held(path: Path) -> bool:
    """Whether the claim's holder is there, as far as can be seen from here."""
    holder = read_holder(path)
    if holder is not None and holder.near:
        return holder.runs
    return _silence(path) < GONE


def list_claims(out: Path) -> Iterator[tuple[str, Holder]]:
    """(key, holder) of every claim that is held."""
    for path in sorted((out / FOLDER).glob("[!.]*")):
        holder = read_holder(path)
        if holder is not None and is_held(path):
            yield path.name.rpartition(".")[0], holder


def tidy(out: Path) -> None:
    """Take away claims of holders that are gone, each by claiming it: nobody who looks at that moment is misled.

    And temporary files a killed process left in the folder itself; one that is being written is there for less than a second.
    """
    for left in out.glob(".*.tmp"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > GONE:
                left.unlink()
    keys = {path.name.rpartition(".")[0] for path in (out / FOLDER).glob("[!.]*")}
    for key in sorted(keys):
        if (claim := take(out, key)) is not None:
            claim.release()


def probe(out: Path) -> None:
    """Find out whether claims work in a folder. Raises EngineError where it lets a file be created twice, OSError where never."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".probe.{platform.node()}.{os.getpid()}"
    path.unlink(missing_ok=True)
    try:
        if not _create(path) or _create(path):
            raise EngineError(f"{out}: this folder lets a file be created twice, so work cannot be claimed in it; use another")
    finally:
        path.unlink(missing_ok=True)


def _silence(path: Path) -> float:
    """Seconds since the file was touched, by the clock of the file system; endless where it is gone."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".clock.") as clock:
            return os.fstat(clock.fileno()).st_mtime - path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
