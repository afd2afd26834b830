"""Saving: what was not edited stays byte for byte, what was edited is what was meant, and nothing is lost."""

from __future__ import annotations

import difflib
import os
import random
import stat
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.errors import BadInput, SaveConflict, UsageError
from planner.scenario.dates import Duration
from planner.scenario.places import value_at
from planner.scenario.spans import find_spans
from planner.scenario.splice import apply_edits
from planner.scenario.starter import starter_text
from planner.scenario.store import APPEND, DELETE, ChangedOnDisk, Edit, create, edited_text, open_file, save
from tests.scenario.sample import SAMPLE

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))
PRICE = ("offers", 0, "price", "amount")
ODD = """\
# a file people made
format: 1
title:   'It''s'   # two blanks
empty:
list: []
map: {}
text: |
  first
  second

folded: "a \\"b\\""
nested:
- - a
  - b
- c: 1   # one
  d:
    e: 2
flow: {a: 1, b: [1,
    2, 3], # why
  c: 3}
last: end"""


def write(folder: Path, text: str = SAMPLE, name: str = "f.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def changed_lines(before: str, after: str) -> list[str]:
    diff = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in diff if line[0] in "+-"]


def saved(path: Path, *edits: Edit) -> str:
    save(path, open_file(path), edits)
    return path.read_bytes().decode()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_saving_nothing_changes_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    before = copy.stat()
    opened = open_file(copy)
    save(copy, opened, [])
    same = [(where, value_at(opened.data, where)) for where, span in find_spans(opened.text).items() if span.kind == "scalar"]
    assert save(copy, opened, same) == opened
    assert copy.read_bytes() == path.read_bytes()
    assert copy.stat().st_ino == before.st_ino


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_one_price_is_one_line(ending: str, bom: bytes, tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(bom + SAMPLE.replace("\n", ending).encode())
    before = path.read_bytes()
    opened = open_file(path)
    new = save(path, opened, [(PRICE, 300)])
    old_line, new_line = b"    price: {amount: 250, currency: CNY}", b"    price: {amount: 300, currency: CNY}"
    assert path.read_bytes() == before.replace(old_line, new_line)
    assert path.read_bytes().count(b"\r\n") == (SAMPLE.count("\n") if ending == "\r\n" else 0)
    assert new == open_file(path)
    assert value_at(new.data, PRICE) == 300


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_number_changes_one_line(path: Path) -> None:
    opened = open_file(path)
    r = random.Random(path.name)
    spans = find_spans(opened.text)
    numbers = [where for where in spans if isinstance(value_at(opened.data, where), int | float) and where[0] != "format"]
    for where in r.sample(numbers, min(15, len(numbers))):
        after = edited_text(opened, [(where, 7.25)])
        assert len(changed_lines(opened.text, after)) == 2, where
        assert after.count("\n") == opened.text.count("\n")


@pytest.mark.parametrize("text", [SAMPLE, ODD, starter_text(), *(p.read_text() for p in SHIPPED[:3])], ids=lambda text: text[:12])
def test_any_edit_gives_what_was_meant_and_keeps_every_comment_elsewhere(text: str, tmp_path: Path) -> None:
    """``edited_text`` compares the result with what was meant and refuses to go on otherwise: it must never refuse."""
    opened = open_file(write(tmp_path, text))
    spans = find_spans(text)
    paths = [path for path in spans if path]
    r = random.Random(1)
    values: list[Any] = [
        7.25,
        -3,
        True,
        None,
        "NO",
        "no: # x",
        "12:30",
        "2027-02-01",
        "5 months",
        [1, {"a": "y"}],
        {"k": [2.5]},
        DELETE,
    ]
    for path in r.sample(paths, min(80, len(paths))):
        for value in r.sample(values, 3):
            edited_text(opened, [(path, value)])
        if spans[path].kind == "list":
            edited_text(opened, [((*path, APPEND), {"id": "new", "x": {"y": 1}}), ((*path, APPEND), "second")])
        if spans[path].kind == "map":
            edited_text(opened, [((*path, "brand-new"), {"q": 1.5}), ((*path, "deeper", "still"), "v")])


def test_edits_together_mean_the_file_as_opened(tmp_path: Path) -> None:
    path = write(tmp_path)
    edits: list[Edit] = [
        (("offers", 1), DELETE),
        (("offers", 2, "price", "amount"), 47),
        (
            ("offers", APPEND),
            {"id": "delta-line", "supplier": "beta", "covers": {"wet": 300, "coat": 300, "print": 300}, "price": 25},
        ),
        (("suppliers", 0, "rival_claims"), DELETE),
        (("policy", "max_suppliers"), 2),
        (("duties", 0, "tags"), ["licensed", "NO"]),
    ]
    text = saved(path, *edits)
    assert [one["id"] for one in open_file(path).data["offers"]] == ["alpha-line", "gamma-line", "gamma-plate", "delta-line"]
    gone = [line[2:].strip() for line in changed_lines(SAMPLE, text) if line[0] == "-"]
    come = [line[2:].strip() for line in changed_lines(SAMPLE, text) if line[0] == "+"]
    assert "max_suppliers: 2" in come
    assert "- id: delta-line" in come
    assert 'tags: [licensed, "NO"]' in "".join(come)
    assert "price: {amount: 47, by_site: {york: 46}}" in come
    assert "rival_claims: {share: 0.1, per: quarter}" in gone
    assert len(gone) == 6 + 1 + 1 + 1


def test_comments_stay_where_items_go(tmp_path: Path) -> None:
    path = write(tmp_path, ODD)
    text = saved(path, (("nested", 0), DELETE), (("flow", "a"), DELETE), (("flow", "c"), DELETE))
    for comment in ("# a file people made", "# two blanks", "# one", "# why"):
        assert comment in text
    assert open_file(path).data["flow"] == {"b": [1, 2, 3]}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("NO", '"NO"'),
        ("yes", '"yes"'),
        ("off", '"off"'),
        ("y", '"y"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("1e3", '"1e3"'),
        ("007", '"007"'),
        ("12:30", '"12:30"'),
        ("0x1F", '"0x1F"'),
        ("1_000", '"1_000"'),
        ("2027", '"2027"'),
        (".inf", '".inf"'),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("*a", '"*a"'),
        ("true", '"true"'),
        ("=", '"="'),
        ("<<", '"<<"'),
        ("a,b", '"a,b"'),
        ("line\nbreak", '"line\\nbreak"'),
        ('say "x"', '"say \\"x\\""'),
        ("2027-02-01", "2027-02-01"),
        ("5 months", "5 months"),
        ("CN", "CN"),
        ("2026-Q1", "2026-Q1"),
        ("Süd 1", "Süd 1"),
        (True, "true"),
        (None, "null"),
        (0.1 + 0.2, "0.3"),
        (120.0, "120"),
        (1e15, "1000000000000000"),
        (2.5e-8, "0.000000025"),
        (-0.0, "0"),
        (np.float64(2.5), "2.5"),
        (np.int64(7), "7"),
        (np.bool_(True), "true"),
        (np.str_("NO"), '"NO"'),
        (np.array([1.0, 2.5]), "[1, 2.5]"),
        (date(2027, 2, 1), "2027-02-01"),
        (Duration(months=5), "5 months"),
        ((1, "x"), "[1, x]"),
        ({"2026": 1, "NO": 2}, '{2026: 1, "NO": 2}'),
    ],
)
def test_values_are_written_so_that_every_loader_reads_them_alike(value: object, written: str, tmp_path: Path) -> None:
    text = saved(write(tmp_path), (("title",), value))
    assert text == SAMPLE.replace("title: Sample", f"title: {written}")


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), np.float64("nan"), object(), {1, 2}, b"x"],
    ids=["nan", "inf", "numpy nan", "object", "set", "bytes"],
)
def test_what_no_scenario_can_hold_is_refused_and_nothing_written(value: object, tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(UsageError):
        save(path, open_file(path), [(PRICE, value)])
    assert path.read_text() == SAMPLE


@pytest.mark.parametrize(
    "edits",
    [
        [((), 1)],
        [(PRICE, 1), (PRICE, 2)],
        [(("offers", 0), DELETE), (PRICE, 2)],
        [(("offers", 9, "price"), 1)],
        [(("offers", 9), DELETE)],
        [(("title", "x"), 1)],
        [(("title", APPEND), 1)],
        [(("offers", 1, "price", "currency"), "CNY")],
    ],
)
def test_edits_that_cannot_be_made_are_refused(edits: list[Edit], tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(UsageError):
        save(path, open_file(path), edits)
    assert path.read_text() == SAMPLE


def rebuilt(value: Any, edits: list[Edit], path: tuple[Any, ...] = ()) -> Any:
    """What edits mean, built from the old data part by part: nothing ever moves."""
    given = {where: new for where, new in edits if new is not DELETE and where[-1] != APPEND}
    gone = [where for where, new in edits if new is DELETE]
    if path in given:
        return given[path]
    if isinstance(value, list):
        left = [rebuilt(item, edits, (*path, i)) for i, item in enumerate(value) if (*path, i) not in gone]
        return left + [new for where, new in edits if where == (*path, APPEND)]
    if isinstance(value, dict):
        return {key: rebuilt(item, edits, (*path, key)) for key, item in value.items() if (*path, key) not in gone}
    return value


def test_an_addition_inside_a_later_item_stays_in_that_item_when_an_earlier_one_goes(tmp_path: Path) -> None:
    text = "a:\n  - l: [1]  # x\n  - l: [2]  # y\n  - l: [3]  # z\n"
    opened = open_file(write(tmp_path, text))
    edits: list[Edit] = [(("a", 0), DELETE), (("a", 1, "l", APPEND), 9)]
    assert apply_edits(opened.data, edits) == {"a": [{"l": [2, 9]}, {"l": [3]}]}
    assert edited_text(opened, edits) == "a:\n  - l: [2, 9]  # y\n  - l: [3]  # z\n"


@pytest.mark.parametrize("seed", range(30))
def test_sets_additions_and_removals_together_are_what_they_mean(seed: int, tmp_path: Path) -> None:
    r = random.Random(seed)
    items = [f"  - id: i{i}  # item {i}\n    l: [{10 * i}, {10 * i + 1}]\n    m:\n      - q{i}\n      - p{i}\n" for i in range(4)]
    opened = open_file(write(tmp_path, "a:\n" + "".join(items) + "b: 1\n"))
    edits: list[Edit] = []
    for i in range(4):
        if r.random() < 0.3:
            edits.append((("a", i), DELETE))
            continue
        for name in ("l", "m"):
            edits += [(("a", i, name, APPEND), 100 + i)] * r.randrange(2)
            edits += [(("a", i, name, r.randrange(2)), r.choice([DELETE, -i]))] * r.randrange(2)
    edits += [(("a", APPEND), {"id": "new"})] * r.randrange(2)
    r.shuffle(edits)
    meant = rebuilt(opened.data, edits)
    assert apply_edits(opened.data, edits) == meant
    text = edited_text(opened, edits)
    assert open_file(write(tmp_path, text)).data == meant
    assert "b: 1\n" in text


def test_an_addition_to_what_is_removed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two edits change the same field"):
        edited_text(open_file(write(tmp_path)), [(("offers", 0), DELETE), (("offers", 0, "tags", APPEND), "x")])


def test_quotes_stay_as_they_were(tmp_path: Path) -> None:
    path = write(tmp_path, ODD)
    text = saved(path, (("title",), "Bob's"), (("folded",), "c"), (("text",), "one"))
    assert "title:   'Bob''s'   # two blanks" in text
    assert 'folded: "c"' in text
    assert "text: one\n\nfolded" in text


def test_a_second_editor_is_told_and_both_texts_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path)
    mine, theirs = open_file(path), open_file(path)
    save(path, theirs, [(PRICE, 260)])
    now = path.read_bytes()
    with pytest.raises(ChangedOnDisk, match=r"f\.yaml was changed by somebody else") as caught:
        save(path, mine, [(PRICE, 270)])
    assert caught.value.exit_code == 3
    assert isinstance(caught.value, SaveConflict)
    assert path.read_bytes() == now
    assert "amount: 270" in caught.value.mine
    assert caught.value.theirs == open_file(path)
    path.write_text("format: [")
    with pytest.raises(ChangedOnDisk, match="deleted or damaged"):
        save(path, mine, [(PRICE, 270)])
    path.unlink()
    with pytest.raises(BadInput, match="no such file"):
        save(path, mine, [(PRICE, 270)])


def test_mode_stays_and_no_temporary_file_is_left(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.chmod(0o640)
    (tmp_path / ".f.yaml.123-0011aaff.tmp").write_text("left by a process that was killed")
    (tmp_path / ".f.yaml.x.tmp").write_text("somebody's own")
    (tmp_path / ".f.yaml.b.yaml.123-0011aaff.tmp").write_text("of a save of another file")
    saved(path, (PRICE, 300))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    names = {one.name for one in tmp_path.iterdir()} - {".f.yaml.lock"}
    assert names == {"f.yaml", ".f.yaml.x.tmp", ".f.yaml.b.yaml.123-0011aaff.tmp"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = write(tmp_path)
    os.chown(path, 12345, 23456)
    saved(path, (PRICE, 300))
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


def test_a_link_inside_the_folder_stays_a_link_and_one_outside_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    real = write(folder)
    (folder / "link.yaml").symlink_to("f.yaml")
    saved(folder / "link.yaml", (PRICE, 300))
    assert (folder / "link.yaml").is_symlink()
    assert "amount: 300" in real.read_text()
    secret = write(tmp_path, SAMPLE.replace("Sample", "Secret"), "secret.yaml")
    (folder / "out.yaml").symlink_to(secret)
    with pytest.raises(BadInput, match="is a link") as caught:
        open_file(folder / "out.yaml", folder)
    assert "Secret" not in str(caught.value)
    with pytest.raises(BadInput, match="is a link"):
        save(folder / "out.yaml", open_file(real), [(PRICE, 1)], folder)
    with pytest.raises(BadInput, match="outside"):
        save(folder / ".." / "secret.yaml", open_file(real), [(PRICE, 1)], folder)
    assert "Secret" in secret.read_text()


def test_new_files_keep_to_the_folder_and_to_one_spelling(tmp_path: Path) -> None:
    opened = create(tmp_path, "base.yaml", starter_text())
    assert opened == open_file(tmp_path / "base.yaml")
    assert stat.S_IMODE((tmp_path / "base.yaml").stat().st_mode) == 0o666 & ~_umask()
    for name, problem in {
        "base.yaml": "exists already",
        "Base.yaml": "capital letters",
        "notes.txt": "ends with .yaml",
        "missing/f.yaml": "folder does not exist",
    }.items():
        with pytest.raises(BadInput, match=problem):
            create(tmp_path, name, starter_text())
    with pytest.raises(BadInput, match="given twice"):
        create(tmp_path, "bad.yaml", "format: 1\nformat: 1\n")
    assert [one.name for one in sorted(tmp_path.iterdir()) if not one.name.startswith(".")] == ["base.yaml"]
    assert (tmp_path / "base.yaml").read_text() == starter_text()


def test_twins_in_the_folder_are_refused_on_save(tmp_path: Path) -> None:
    path = write(tmp_path, name="f.yaml")
    write(tmp_path, name="F.yaml")
    if not path.samefile(tmp_path / "F.yaml"):
        with pytest.raises(BadInput, match="capital letters"):
            save(path, open_file(path), [(PRICE, 300)])
        assert path.read_text() == SAMPLE


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
