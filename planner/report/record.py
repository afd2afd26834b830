"""run.json: everything needed to repeat a solve and to prove years later that nothing was changed since."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import planner
from planner.errors import AuditError
from planner.report.answer import Answer
from planner.report.mask import mask_document
from planner.vocabulary import Status

SCHEMA = 1
NEEDED = (
    "schema", "scenario", "title", "fingerprint", "files", "document", "masked", "versions", "commit", "machine", "options",
    "seed", "threads", "status", "reason", "objective", "bound", "gap", "seconds", "measures", "size", "audit", "reproducible",
    "written", "warnings", "scenario_state", "results", "record_sha256",
)  # fmt: skip


def build_record(answer: Answer, source: Path, results: dict[str, bytes]) -> dict[str, Any]:
    """The record of one solve; ``results`` are the other files of its folder, listed with their hashes."""
    result, data = answer.result, answer.data
    record = {
        "schema": SCHEMA,
        "scenario": result.name,
        "title": data["scenario"],
        "fingerprint": result.fingerprint,
        "files": [{"name": answer.mask.text(name), "sha256": sha} for name, sha in answer.document.files],
        "document": mask_document(answer.mask, answer.document.data),
        "masked": bool(answer.mask.suppliers),
        "versions": {"planner": planner.__version__, "python": platform.python_version(), **result.versions},
        "commit": find_commit(Path(planner.__file__).parent.parent),
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "options": answer.options,
        "seed": result.versions.get("seed", 0),
        "threads": result.versions.get("threads", 1),
        **{key: data[key] for key in ("status", "objective", "bound", "gap", "seconds", "measures", "audit")},
        "reason": data.get("reason", ""),
        "size": result.size,
        "reproducible": result.status in (Status.OPTIMAL, Status.INFEASIBLE),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "warnings": list(answer.warnings),
        "scenario_state": find_state(source),
        "results": {name: hashlib.sha256(content).hexdigest() for name, content in results.items()},
    }
    return {**record, "record_sha256": hash_record(record)}


def hash_record(record: dict[str, Any]) -> str:
    """SHA-256 of the record's canonical JSON without the hash itself."""
    bare = {key: value for key, value in record.items() if key != "record_sha256"}
    return hashlib.sha256(json.dumps(bare, sort_keys=True, ensure_ascii=True, allow_nan=False).encode()).hexdigest()


def read_record(path: Path) -> dict[str, Any]:
    """A record from disk; raises AuditError when it lacks a field or does not match its own hash."""
    try:
        record = json.loads(path.read_bytes())
    except ValueError as error:
        raise AuditError(f"{path} is not a record: {error}") from None
    missing = [key for key in NEEDED if key not in record] if isinstance(record, dict) else list(NEEDED)
    if missing:
        raise AuditError(f"{path} cannot be trusted: it lacks {', '.join(missing)}")
    if record["record_sha256"] != hash_record(record):
        raise AuditError(f"{path} was changed after it was written")
    return dict(record)


def find_commit(folder: Path) -> dict[str, Any]:
    """Commit of the program's own work tree and whether it has changes; empty for an installed package."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != folder.resolve():
        return {"id": None, "changed": None}
    return {"id": _git(folder, "rev-parse", "HEAD"), "changed": bool(_git(folder, "status", "--porcelain", "--", "planner"))}


def find_state(source: Path) -> str:
    """Whether the scenario file is committed as it was read: committed, uncommitted, or not under version control."""
    folder = source.resolve().parent
    if _git(folder, "rev-parse", "--show-toplevel") is None:
        return "not under version control"
    changed = _git(folder, "status", "--porcelain", "--ignored", "--", source.resolve().name)
    return "committed" if changed == "" else "uncommitted"


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says, or None where there is no git or it refuses."""
    try:
        command = ["git", "-C", str(folder), "--no-optional-locks", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
