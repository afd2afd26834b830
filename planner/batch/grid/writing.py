"""Writes the cells of a grid as scenario files that can be solved, read and changed alone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.batch.grid.cells import Cell
from planner.batch.grid.variation import Variation
from planner.batch.manifest import files_read
from planner.batch.sources import Source
from planner.errors import BadInput, PlannerError
from planner.report.files import write_atomic
from planner.scenario.document import Document
from planner.scenario.read import read_document

FOLDER = "scenarios"
CELLS = "cells.csv"


def write_grid(bases: Sequence[Source], variations: Sequence[Variation], cells: Sequence[Cell], out: Path) -> list[Source]:
    """The scenario files of every cell of every base, in ``out/scenarios/<base>-<hash8>/`` beside a copy of the base.

    The hash is of the base's text, so an edited base gets cells of its own. A base that cannot be read stands for itself.
    Raises OSError, PlannerError where a base changes while it is copied.
    """
    found: list[Source] = []
    for base in bases:
        try:
            document = read_document(base.path, base.root)
        except BadInput:
            found.append(base)
            continue
        found += _write_cells(base.path, document, variations, cells, out)
    return found


def _write_cells(
    path: Path, document: Document, variations: Sequence[Variation], cells: Sequence[Cell], out: Path
) -> Iterator[Source]:
    read = list(files_read(document))
    mark = hashlib.sha256(json.dumps(read).encode()).hexdigest()
    folder = out / FOLDER / f"{path.stem}-{mark[:8]}"
    for name, sha in read:
        content = (path.parent / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha:
            raise PlannerError(f"{name} changed while its variants were written; start the batch again")
        _write(folder / name, content)
    title = str(document.data.get("title", path.stem))
    for cell in cells:
        file = folder / f"{path.stem}_{cell.name}.yaml"
        _write(file, write_variant(path.name, title, variations, cell).encode())
        yield Source(file)
    _write(folder / CELLS, _list_cells(path.stem, variations, cells))


def write_variant(base: str, title: str, variations: Sequence[Variation], cell: Cell) -> str:
    """The text of one cell's scenario file."""
    lines = [f"extends: {_quote(base)}", f"title: {_quote(f'{title}: {cell.name}')}", "changes:"]
    for variation, value in zip(variations, cell.values, strict=True):
        lines += [f"  - select: {_quote(variation.select)}", f"    {variation.action}: {value}"]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list_cells(stem: str, variations: Sequence[Variation], cells: Sequence[Cell]) -> bytes:
    """cells.csv: the values of every cell, to be joined with the summary by ``name``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["name", *(f"{variation.action} {variation.select}" for variation in variations)])
    writer.writerows([f"{stem}_{cell.name}", *cell.values] for cell in cells)
    return out.getvalue().encode()


def _write(path: Path, content: bytes) -> None:
    """Write what is not there already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, content)
