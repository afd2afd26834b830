"""``planner stress``: solve, or read a plan, and replay it on fresh random futures."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from planner.commands.ending import Ending, finish, read_aloud, written
from planner.commands.guard import say
from planner.commands.progress import follow
from planner.commands.solve import find_changes
from planner.commands.stored import read_stored
from planner.errors import UsageError
from planner.job import SolveJob
from planner.options import Options
from planner.plan.plan import Plan
from planner.report.answer import Answer
from planner.report.files import write_atomic
from planner.report.folder import to_json, write_results
from planner.report.headline import find_headline
from planner.report.mask import build_mask
from planner.report.stress import explain_stress, stress_tables
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.studies.replay import Tell
from planner.studies.stress import stress_plan
from planner.vocabulary import Exit

T = TypeVar("T")
FILE = "stress.json"
MOST_FUTURES = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A plan to test, if there is one: with the answer it came with if it was solved just now, and the exit code of that."""

    plan: Plan | None
    fingerprint: str
    code: int = Exit.SOLVED
    answer: Answer | None = None


def check_count(futures: int, seed: int) -> None:
    """Raises UsageError naming the option, the value and the allowed range."""
    if not 2 <= futures <= MOST_FUTURES:
        raise UsageError(f"--futures is {futures}; allowed: 2 to {MOST_FUTURES}")
    if not 0 <= seed < 2**32:
        raise UsageError(f"--seed is {seed}; allowed: 0 to {2**32 - 1}")


def stress_file(
    file: str, stored: str | None, options: Options, *, futures: int, seed: int, as_json: bool, out: str | None
) -> int:
    """Test one scenario's plan and print what was found; returns the exit code. Raises UsageError for a wrong option."""
    check_count(futures, seed)
    return finish(file, lambda: _test(file, stored, options, (futures, seed), out), as_json)


def _test(file: str, stored: str | None, options: Options, draw: tuple[int, int], out: str | None) -> Ending:
    read = read_aloud(file)
    scenario = read.scenario
    found = _load(stored, scenario, options) if stored else _solve(read.document, scenario, options)
    for warning in find_changes(Path(file), read.document):
        say(warning)
    title = build_mask(scenario).text(scenario.title)
    document = {"file": file, "scenario": title, "name": Path(file).stem, "fingerprint": found.fingerprint}
    if found.plan is None:
        assert found.answer is not None
        sentences = tuple(find_headline(found.answer))
        return Ending(found.code, {**document, "exit_code": found.code, "error": " ".join(sentences)}, title, sentences)
    if found.code == Exit.VERIFICATION:
        say("the independent check does not accept the plan that is tested here")
    plan = found.plan
    stress = _follow_work(lambda tell: stress_plan(scenario, plan, *draw, tell=tell), scenario.title)
    document |= stress.as_dict()
    code, folder = _write(found, document, out, Path(file))
    tables = tuple(stress_tables(stress, scenario))
    sentences = tuple(explain_stress(stress, scenario))
    return Ending(code, {**document, "results": folder, "exit_code": code}, title, sentences, tables)


def _load(stored: str, scenario: Scenario, options: Options) -> Found:
    plan, fingerprint = read_stored(Path(stored), scenario, options)
    return Found(plan, fingerprint)


def _solve(document: Document, scenario: Scenario, options: Options) -> Found:
    job = SolveJob(document, options)
    try:
        follow(job.events(), scenario.title)
        result = job.result()
    except BaseException:
        job.cancel()
        raise
    answer = Answer(document, scenario, result, build_mask(scenario), options.as_dict())
    return Found(result.plan, result.fingerprint, result.exit_code, answer)


def _follow_work(work: Callable[[Tell], T], title: str) -> T:
    """The value of ``work``, with a live line while it lasts; it ends soon after an interrupt."""
    news: queue.Queue[dict[str, Any] | None] = queue.Queue()
    stopped = threading.Event()

    def tell(share: float) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        news.put({"phase": f"replaying futures, {share:.0%}"})

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work, tell)
        running.add_done_callback(lambda _: news.put(None))
        try:
            follow(iter(news.get, None), title)
        except BaseException:
            stopped.set()
            raise
        return running.result()


def _write(found: Found, document: dict[str, Any], out: str | None, file: Path) -> tuple[int, str]:
    """(exit code, folder): stress.json, beside the results of the solve if there was one; nothing without ``out``."""
    if out is None:
        return found.code, ""

    def write() -> Path:
        if found.answer is None:
            folder = Path(out) / f"{file.stem}-{found.fingerprint[:8]}"
            folder.mkdir(parents=True, exist_ok=True)
        else:
            folder = write_results(found.answer, Path(out), file)
        write_atomic(folder / FILE, to_json(document))
        return folder

    return written("results", write, found.code)
