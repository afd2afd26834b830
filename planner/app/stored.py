"""Runs of an earlier life of the server: the results folder each id stands for, and the answer read back from it."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from base64 import urlsafe_b64encode
from dataclasses import fields
from pathlib import Path, PurePosixPath

from planner.app.run import Asked, Run
from planner.errors import PlannerError
from planner.options import Options
from planner.report.files import write_atomic
from planner.report.record import read_record
from planner.result import Result, read_result
from planner.scenario.document import Document
from planner.scenario.read import build_scenario

LIST = ".runs"
"""Folder within the results: one small file per run, named by its id."""
AN_ID = re.compile(r"[A-Za-z0-9_-]{22}")
KEYS = tuple(field.name for field in fields(Result))
log = logging.getLogger(__name__)


def list_run(out: Path, run_id: str, folder: Path) -> None:
    """Note which folder below ``out`` holds the results of a run. Raises OSError, ValueError for a folder elsewhere."""
    (out / LIST).mkdir(exist_ok=True)
    write_atomic(out / LIST / f"{run_id}.json", json.dumps({"folder": folder.relative_to(out).as_posix()}).encode())


def name_folder(out: Path, folder: Path) -> str:
    """The id of whatever lies in a results folder below ``out``: always the same."""
    return urlsafe_b64encode(hashlib.sha256(folder.relative_to(out).as_posix().encode()).digest()[:16]).decode().rstrip("=")


def read_run(out: Path, run_id: str) -> Run | None:
    """The ended run of this id; None where there is none, where its files were changed since, or where names are masked."""
    if not AN_ID.fullmatch(run_id):
        return None
    try:
        return _read_run(out, run_id)
    except FileNotFoundError:
        return None
    except (OSError, PlannerError, ValueError, LookupError, TypeError) as error:
        log.warning("the results of a run cannot be read back: %s: %s", type(error).__name__, error)
        return None


def _read_run(out: Path, run_id: str) -> Run | None:
    place = PurePosixPath(json.loads((out / LIST / f"{run_id}.json").read_bytes())["folder"])
    if place.is_absolute() or ".." in place.parts:
        raise ValueError(f"{place} is not below the results")
    folder = out / place
    record = read_record(folder / "run.json")
    raw = (folder / "plan.json").read_bytes()
    if hashlib.sha256(raw).hexdigest() != record["results"]["plan.json"] or record["masked"]:
        return None
    files = tuple((file["name"], file["sha256"]) for file in record["files"])
    name, sha = files[0] if files else (f"{record['scenario']}.yaml", "")  # plans of a trade-off come from no file of their own
    document = Document(name, sha, record["document"], files=files)
    scenario, _ = build_scenario(document)
    options = Options(**{**record["options"], "without": tuple(record["options"]["without"])})
    run = Run(run_id, Asked(document, scenario, Path(name), options, tuple(record["warnings"])))
    run.restore(read_result({key: value for key, value in json.loads(raw).items() if key in KEYS}), folder)
    return run
