"""Folders of small scenarios for the measurements of batches, and what two answers to one question must have in common."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

from planner.batch.kept import answer_hash

SCENARIOS = Path(__file__).parent.parent / "scenarios"
OLD_RATE = "discount_rate: 0.08\n"
OLD_PRICE = "price: {amount: 40}"


def write_small(folder: Path, count: int, prefix: str = "small") -> list[Path]:
    """So many different scenarios of two makers and six quarters, each solved in some hundredths of a second."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (SCENARIOS / "minimal.yaml").read_text(encoding="utf-8")
    assert text.count(OLD_PRICE) == 1
    paths = [folder / f"{prefix}-{number:05}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        price = 40 + (number * 7919 % 100_003) / 10_000
        path.write_text(text.replace(OLD_PRICE, f"price: {{amount: {price:.4f}}}"), encoding="utf-8")
    return paths


def write_large(folder: Path, count: int, prefix: str = "large") -> list[Path]:
    """So many variants of the factory of 10 GW, each a solve of seconds, in need of some hundred MB."""
    folder.mkdir(parents=True, exist_ok=True)
    base = SCENARIOS / "us-2026-10gw.yaml"
    text = base.read_text(encoding="utf-8")
    paths = [folder / f"{prefix}-{number:05}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        assert text.count(OLD_RATE) == 1
        path.write_text(text.replace(OLD_RATE, f"discount_rate: 0.08{number:03}1\n"), encoding="utf-8")
    return paths


def read_answer(folder: Path) -> dict[str, str]:
    """Hash of every file of a results folder but the record; times are left out where a file holds some.

    plan.json: without ``seconds`` and the times of its phases. results.xlsx: without the day it was made on. The rest: the bytes.
    """
    found = {}
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if path.name == "plan.json":
            found[path.name] = answer_hash(json.loads(content))
        elif path.name == "results.xlsx":
            found[path.name] = _hash_book(content)
        elif path.name != "run.json":
            found[path.name] = hashlib.sha256(content).hexdigest()
    return found


def _hash_book(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if name != "docProps/core.xml")
        return hashlib.sha256(b"\0".join(name.encode() + book.read(name) for name in names)).hexdigest()


def read_answers(out: Path) -> dict[str, dict[str, str]]:
    """``read_answer`` of every results folder of a batch that has a record."""
    return {record.parent.name: read_answer(record.parent) for record in sorted(out.glob("*/run.json"))}
