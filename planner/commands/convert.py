"""``planner convert``: a scenario file into a workbook, and a workbook back into its scenario file or a new one."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from planner.commands.guard import say
from planner.commands.output import print_json
from planner.errors import BadInput, PlannerError, UsageError
from planner.exchange.fresh import build_from_workbook
from planner.exchange.incoming import read_incoming
from planner.exchange.outgoing import write_workbook
from planner.scenario import store
from planner.scenario.differ import describe_difference
from planner.scenario.files import unreadable
from planner.scenario.findings import Finding
from planner.scenario.places import listed
from planner.scenario.read import read_document
from planner.scenario.variants import Resolved, apply_variant
from planner.scenario.yaml_events import parse_yaml
from planner.vocabulary import Exit

WORKBOOK, SCENARIO = ".xlsx", (".yaml", ".yml")
LARGEST_READ = 6 * 1024 * 1024


def convert_file(source: str, target: str, as_json: bool, suppliers: list[str], unmask: bool, replace: bool) -> int:
    """Convert ``source`` into ``target`` by their endings; print what changed or was written."""
    one, two = Path(source), Path(target)
    findings: tuple[Finding, ...] = ()
    if one.suffix in SCENARIO and two.suffix == WORKBOOK:
        changes = _write(one, two, suppliers, unmask, replace)
    elif one.suffix == WORKBOOK and two.suffix in SCENARIO:
        if suppliers or replace:
            raise UsageError("--supplier and --replace are for writing a workbook")
        changes, findings = _take_over(one, two) if two.exists() else _make(one, two)
    else:
        raise UsageError("convert goes from a scenario file (.yaml) to a workbook (.xlsx) or back; name one of each")
    if as_json:
        print_json({"source": source, "target": target, "changes": changes, "findings": [f.as_dict() for f in findings]})
        return Exit.SOLVED
    for finding in findings:
        say(str(finding))
    for sentence in changes:
        print(sentence)
    return Exit.SOLVED


def _write(source: Path, target: Path, suppliers: list[str], unmask: bool, replace: bool) -> list[str]:
    """YAML to workbook; never over a workbook somebody may have filled in, unless asked."""
    document = read_document(source)
    known = [item.get("id") for item in document.data.get("suppliers") or () if isinstance(item, dict)]
    for name in suppliers:
        if name not in known:
            raise UsageError(f"there is no supplier {name} in {document.file}; there are {listed(map(str, known))}")
    raw = write_workbook(document, suppliers or None, unmask=unmask)
    try:
        with target.open("wb" if replace else "xb") as stream:
            stream.write(raw)
    except FileExistsError:
        raise UsageError(f"{target} exists already; choose another name, or give --replace") from None
    say(f"Wrote {target}. Fill it in, then: planner convert {target} {source}")
    return []


def _take_over(source: Path, target: Path) -> tuple[list[str], tuple[Finding, ...]]:
    """Workbook into the scenario file that exists: only what was changed in it; comments stay."""
    opened, document = store.open_file(target), read_document(target)
    incoming = read_incoming(_read(source), opened, document, source.name)
    if incoming.errors:
        raise BadInput(list(incoming.findings))
    if not incoming.edits:
        say(f"The workbook changes nothing in {target}.")
        return [], incoming.findings
    if "extends" in opened.data:
        _check_variant(target, opened, incoming.edits, incoming.data)
    store.save(target, opened, incoming.edits)
    sentences = describe_difference(document.data, incoming.data)
    say(f"Changed {target}. Next: planner check {target}")
    return sentences, incoming.findings


def _make(source: Path, target: Path) -> tuple[list[str], tuple[Finding, ...]]:
    """Workbook into a new scenario file."""
    text, findings = build_from_workbook(_read(source), source.name)
    store.create(target.parent, target.name, text)
    say(f"Wrote {target} from the workbook alone. Next: planner check {target}")
    return [], findings


def _read(path: Path) -> bytes:
    """The bytes of a workbook, no more than a workbook may have; raises BadInput when it cannot be read."""
    try:
        if not path.is_file():
            raise IsADirectoryError if path.is_dir() else FileNotFoundError
        with path.open("rb") as stream:
            return stream.read(LARGEST_READ)
    except OSError as error:
        raise BadInput([unreadable(path.name, error)]) from None


def _check_variant(path: Path, opened: store.Opened, edits: tuple[store.Edit, ...], meant: dict[str, Any]) -> None:
    """The changes of a variant, read again with its base, must give what the workbook means; raises UsageError."""
    text = store.edited_text(opened, edits, path.name)
    base = read_document(path.parent / str(opened.data["extends"]), path.parent)
    parsed = parse_yaml(text, path.name)
    resolved = apply_variant(Resolved(copy.deepcopy(base.data), dict(base.marks), dict(base.keys)), parsed)
    if resolved.findings or resolved.data != meant:
        raise _cannot_say(path.name)


def _cannot_say(name: str) -> PlannerError:
    """The refusal of a change that a variant's selectors cannot express."""
    return UsageError(f"{name}: this change cannot be written as changes of a variant; make it in a text editor")
