"""Every row of the catalogue of bad inputs that is decided while reading: verdict, place, field, message, and no harm done."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import pytest

from planner.errors import BadInput
from planner.scenario.findings import Finding
from planner.scenario.fingerprint import scenario_hash
from planner.scenario.names import check_name
from planner.scenario.read import read_scenario
from tests.catalogue.reading import ATTACK, CASES, GOOD, PRICE, Case

HERE = pathlib.Path(__file__).parent
READING = ("yaml_syntax", "yaml_types", "yaml_attack", "encoding", "structure", "numbers")
OTHERS = {
    "BI-073": "a sparse file",
    "BI-186": "names",
    "BI-187": "names",
    "BI-188": "names",
    "BI-192": "links",
    "BI-193": "rights",
}
NEIGHBOUR = "neighbour.yaml"
LONGEST = 2.0


def look(folder: pathlib.Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, time of change and rights of every file in a folder."""
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in folder.iterdir() if p.is_file()}


def names() -> Iterator[str]:
    seen: dict[str, int] = {}
    for case in CASES:
        seen[case.row] = seen.get(case.row, 0) + 1
        yield f"{case.row}-{seen[case.row]}"


def value(scenario: Any, dotted: str) -> str:
    """A value of the scenario as text; the second name is an id where the first is a table by id."""
    first, *rest = dotted.split(".")
    found = getattr(scenario, first)
    if isinstance(found, dict):
        found, rest = found[rest[0]], rest[1:]
    return str(attrgetter(".".join(rest))(found) if rest else found)


def the_finding(findings: list[Finding] | tuple[Finding, ...], case: Case) -> Finding:
    shown = "\n".join(map(str, findings))
    fitting = [f for f in findings if f.field == case.field and all(words in str(f) for words in case.says)]
    assert len(fitting) == 1, f"{case.row}: no single finding for {case.field!r} says {case.says}:\n{shown}"
    return fitting[0]


@pytest.mark.parametrize("case", CASES, ids=names())
def test_row(case: Case, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(case.raw)
    (tmp_path / NEIGHBOUR).write_text(GOOD, encoding="utf-8")
    before = look(tmp_path)
    started = time.process_time()
    if case.verdict == "REJECT":
        with pytest.raises(BadInput) as caught:
            read_scenario(file)
        assert caught.value.exit_code == 3
        finding = the_finding([f for f in caught.value.findings if f.severity == "error"], case)
    else:
        read = read_scenario(file)
        if case.verdict == "ACCEPT":
            assert not [f for f in read.findings if f.severity == "error"]
            assert value(read.scenario, case.says[0]).startswith(case.says[1])
            finding = None
        else:
            finding = the_finding([f for f in read.findings if f.severity == "warning"], case)
    assert case not in ATTACK or time.process_time() - started < LONGEST
    if finding:
        assert finding.file == "f.yaml"
        assert case.line_and_column in (None, (finding.line, finding.column)), str(finding)
        assert len(finding.value) <= 80
        assert "\n" not in str(finding)
        assert str(tmp_path) not in str(finding)
    assert look(tmp_path) == before


def test_every_row_of_the_reading_categories_has_a_case() -> None:
    with (HERE / "bad_inputs.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id"] for row in csv.DictReader(stream) if row["category"] in READING}
    assert rows == ({case.row for case in CASES} | set(OTHERS)) & rows
    assert {case.row for case in CASES} <= rows


def test_minus_zero_is_zero_for_the_hash_too(tmp_path: pathlib.Path) -> None:  # BI-052
    hashes = set()
    for written in ("0", "-0.0", "0.000", "0e5"):
        file = tmp_path / "f.yaml"
        file.write_text(GOOD.replace(PRICE, f"freight: {written}\n    {PRICE}"), encoding="utf-8")
        hashes.add(scenario_hash(read_scenario(file).scenario))
    assert len(hashes) == 1


def test_a_secret_is_never_repeated(tmp_path: pathlib.Path) -> None:  # BI-102
    file = tmp_path / "f.yaml"
    file.write_text(GOOD.replace("note: a class default", "note: password=hunter2x"), encoding="utf-8")
    assert "hunter2x" not in " ".join(map(str, read_scenario(file).findings))
    for wrong in ("password: hunter2x", "note: {password: hunter2x}", "password:hunter2x", "note: password: hunter2x"):
        file.write_text(GOOD.replace("unit: line", wrong), encoding="utf-8")
        with pytest.raises(BadInput) as caught:
            read_scenario(file)
        assert "hunter2x" not in str(caught.value), wrong


@pytest.mark.parametrize("case", ATTACK, ids=lambda case: case.row)
def test_a_hostile_file_does_not_hurt_the_process(case: Case, tmp_path: pathlib.Path) -> None:
    (tmp_path / "f.yaml").write_bytes(case.raw)
    assert read_apart(tmp_path / "f.yaml") == 3


def test_a_huge_sparse_file_is_refused_unread(tmp_path: pathlib.Path) -> None:  # BI-073
    with (tmp_path / "x.yaml").open("wb") as stream:
        stream.truncate(1 << 30)
    assert read_apart(tmp_path / "x.yaml") == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_without_waiting(tmp_path: pathlib.Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert read_apart(tmp_path / "x.yaml") == 3


READ_APART = """
import json, pathlib, resource, sys, time
from planner.errors import BadInput
from planner.scenario.read import read_scenario
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before, started = peak(), time.process_time()
try:
    read_scenario(pathlib.Path(sys.argv[1]))
    code = 0
except BadInput as error:
    code = error.exit_code
print(json.dumps({"code": code, "seconds": time.process_time() - started, "kib": peak() - before}))
"""


def read_apart(file: pathlib.Path) -> int:
    """The exit code a hostile file gets in a process of its own, which must live, be quick and stay small."""
    command = [sys.executable, "-W", "error", "-c", READ_APART, str(file)]
    root = HERE.parent.parent
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=root, check=False)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["seconds"] < LONGEST
    assert told["kib"] * (1 if sys.platform != "darwin" else 1 / 1024) < 150 * 1024
    return int(told["code"])


BAD_NAMES = {
    "BI-186": ("/etc/planner", "C:\\plans", "//host/share", "\\\\host\\share"),
    "BI-187": ("a\x00b", "a\nb", "a:b", "a*", "${HOME}/x", "a\x1bb", "~/x", "a|b", "`id`", "a\u202eb", "x\u00a0y"),
    "BI-188": ("-rf", ".hidden", "..", "../x", "a/../b", "a/-b", "a//b", "", "a/", "a ", "con", "x" * 201),
}


@pytest.mark.parametrize("name", [name for names in BAD_NAMES.values() for name in names], ids=ascii)
def test_bad_names_are_refused(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_name(name)
    assert caught.value.exit_code == 3
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["base", "base.yaml", "asia/base case 2.yaml", "迈为", "Ü-1_x.y"])
def test_good_names_pass(name: str) -> None:
    assert check_name(name) == name


def refusal(file: pathlib.Path, root: pathlib.Path | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        read_scenario(file, root)
    assert caught.value.exit_code == 3
    return str(caught.value)


def test_a_link_out_of_the_folder_is_refused_and_not_shown(tmp_path: pathlib.Path) -> None:  # BI-192
    (tmp_path / "secret.yaml").write_text("treasure: map\n")
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "f.yaml").symlink_to(tmp_path / "secret.yaml")
    text = refusal(folder / "f.yaml", folder)
    assert text.startswith("f.yaml is a link that leads outside the scenario folder")
    assert "treasure" not in text
    assert "secret" not in text
    assert refusal(folder / "f.yaml") == refusal(folder / "f.yaml", None)
    (folder / "out").symlink_to(tmp_path)
    assert "outside the scenario folder" in refusal(folder / "out" / "secret.yaml", folder)
    (folder / "round.yaml").symlink_to(folder / "round.yaml")
    assert "cannot be read" in refusal(folder / "round.yaml", folder) or "itself" in refusal(folder / "round.yaml", folder)


def test_a_link_inside_the_folder_is_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "f.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("f.yaml")
    assert read_scenario(tmp_path / "link.yaml").document.file == "link.yaml"


def test_an_unreadable_file_is_named_and_others_are_read() -> None:  # BI-193
    folder = pathlib.Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        folder.chmod(0o755)
        for name in ("f.yaml", "good.yaml"):
            (folder / name).write_text(GOOD, encoding="utf-8")
            (folder / name).chmod(0o644)
        (folder / "f.yaml").chmod(0)
        if root:
            os.seteuid(65534)
        text = refusal(folder / "f.yaml")
        assert read_scenario(folder / "good.yaml").scenario.format == 1
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)
    assert text.startswith("f.yaml the file may not be read")
    assert str(folder) not in text


def test_a_deleted_file_and_a_folder_are_named(tmp_path: pathlib.Path) -> None:  # BI-197
    assert refusal(tmp_path / "f.yaml", tmp_path).startswith("f.yaml there is no such file")
    (tmp_path / "d.yaml").mkdir()
    assert refusal(tmp_path / "d.yaml", tmp_path).startswith("d.yaml is a folder, not a scenario file")
    assert str(tmp_path) not in refusal(tmp_path / "d.yaml" / "x" / "f.yaml")


def test_ten_thousand_offers_are_read_fast(tmp_path: pathlib.Path) -> None:
    offers = "".join(f"  - {{id: o{i}, supplier: nordic, price: {i % 90 + 10}.5, covers: {{wet: 600}}}}\n" for i in range(10_000))
    text = GOOD[: GOOD.index("offers:")] + "offers:\n" + offers
    file = tmp_path / "f.yaml"
    file.write_text(text, encoding="utf-8")
    from planner.scenario.read import read_document

    started = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    document = read_document(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - started < 1.5
    mark = document.marks[("offers", 9_999, "covers", "wet")]
    assert text.splitlines()[mark.line - 1][mark.column - 1 :] == "600}}"
