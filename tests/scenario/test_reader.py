"""The reader as a whole: what a good file becomes, every complaint in one run, places that hold, no silent change."""

from __future__ import annotations

import hashlib
import json
import pathlib
import pickle
import random
import re
from typing import Any

import pytest
import yaml

from planner.errors import BadInput
from planner.scenario.document import Document, Mark, field_name, mark_of
from planner.scenario.findings import Finding
from planner.scenario.known_fields import fields_at
from planner.scenario.read import build_scenario, read_document, read_scenario
from planner.scenario.yaml_events import parse_yaml
from tests.catalogue.reading import GOOD, GOOD_FILE, PRICE


def read_text(folder: pathlib.Path, text: str) -> Any:
    file = folder / "f.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    return read_scenario(file)


def complaints(folder: pathlib.Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_text(folder, text)
    return [str(f) for f in caught.value.findings if f.severity == "error"]


def changed(*edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_good_file_is_read_as_written() -> None:
    read = read_scenario(GOOD_FILE, GOOD_FILE.parent)
    document = read.document
    assert document.file == "good.yaml"
    assert document.sha256 == hashlib.sha256(GOOD_FILE.read_bytes()).hexdigest()
    assert document.files == (("good.yaml", document.sha256),)
    assert document.data["suppliers"][1]["country"] == "NO"
    assert document.data["sites"][0]["ready"] == "2026-10-01"
    assert document.data["money"]["fiscal_year_starts"] == 1
    assert read.scenario.supplier["nordic"].country == "NO"
    assert not [f for f in read.findings if f.severity != "note"]


def test_every_value_and_key_has_its_place() -> None:
    document = read_document(GOOD_FILE)
    lines = GOOD.splitlines()

    def check(node: Any, path: tuple[str | int, ...]) -> int:
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        count = 0
        for key, item in items:
            below = (*path, key)
            mark = document.marks[below]
            text = lines[mark.line - 1][mark.column - 1 :]
            if not isinstance(item, dict | list):
                assert text.startswith((str(item), f"0{item}")), below
            if isinstance(node, dict):
                at = document.keys[below]
                assert lines[at.line - 1][at.column - 1 :].startswith(f"{key}:"), below
            count += 1 + check(item, below)
        return count

    assert check(document.data, ()) == len(document.marks)


def test_data_is_what_a_loader_of_yaml_1_2_would_read() -> None:
    class Texts(yaml.SafeLoader):
        """Every scalar as text."""

    Texts.yaml_implicit_resolvers = {}

    def texts(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: texts(item) for key, item in node.items()}
        return [texts(item) for item in node] if isinstance(node, list) else str(node)

    expected = yaml.load(GOOD.replace("starts: 01", "starts: 1").replace("fee: 2.0", "fee: 2"), Loader=Texts)
    assert texts(read_document(GOOD_FILE).data) == expected


def test_pure_python_and_libyaml_read_alike() -> None:
    fast, slow = parse_yaml(GOOD, "f"), parse_yaml(GOOD, "f", yaml.SafeLoader)
    assert (fast.data, fast.marks, fast.keys) == (slow.data, slow.marks, slow.keys)


def test_a_document_without_places_is_built_and_refused_without_lines() -> None:
    document = read_document(GOOD_FILE)
    bare = Document("good.yaml", document.sha256, json.loads(json.dumps(document.data)))
    assert build_scenario(bare)[0] == read_scenario(GOOD_FILE).scenario
    bare.data["offers"][1]["prise"] = 3
    with pytest.raises(BadInput) as caught:
        build_scenario(bare)
    assert str(caught.value.findings[0]).startswith("good.yaml offers.nordic-line.prise is 3; unknown field; did you mean price?")
    assert caught.value.findings[0].line == 0


def test_a_document_can_be_sent_to_another_process() -> None:
    document = read_document(GOOD_FILE)
    assert pickle.loads(pickle.dumps(document)) == document


def test_mark_of_falls_back_to_what_is_written() -> None:
    document = read_document(GOOD_FILE, GOOD_FILE.parent)
    price = ("offers", 1, "price")
    assert mark_of(document, (*price, "amount", "2026")) == document.marks[price]
    assert mark_of(document, ("nowhere",)) == Mark("good.yaml", 1, 1)


def test_field_names_use_ids_where_there_are_any() -> None:
    data = {"offers": [{"id": "a"}, {"x": 1}, {"id": 7}]}
    assert field_name(data, ("offers", 0, "price")) == "offers.a.price"
    assert field_name(data, ("offers", 1, "price")) == "offers[1].price"
    assert field_name(data, ("offers", 2)) == "offers[2]"


TWENTY = [
    ("in: millions", "in: milions"),
    ("rate: 0.08", "rate: 8"),
    ("steps: [wet, pecvd, test]", "step: [wet, pecvd, test]"),
    ("{id: texas, country: US", "{id: texas, country: usa"),
    ("ready: 2027-04-01", "ready: 2027-02-30"),
    ("capacity_mw: 10000", "capacity_mw: 1_000"),
    ("sites: [texas, new-york]", "sites: texas"),
    ("per: GW-year", "per: GWh"),
    ("2028-Q4: 9000", "2028-Q5: 9000"),
    ("duration: 8 weeks", "duration: 8"),
    ("signing_fee: 2.0", "signing_fee: $2"),
    ("{id: nordic, name", "{id: 007, name"),
    ("origin: CN   #", "origon: CN   #"),
    ("covers: {wet: 600,", "covers: {wet: 600 MW,"),
    ("escalation: 0.03", "escalation: 3"),
    ("share: [0.3, 0.7]", "share: [0.7, 0.3]"),
    ("secured: 0.8", "secured: 80"),
    ("supplier: nordic\n", "supplier: nordic\n    supplier: maxwell\n"),
    ("available_units: 40", "available_units: 40.5"),
    ("of: price,", "of: prise,"),
    ("lead_time: 6 months", "lead_time:"),
    ("min_order: 2", "min_order: yes"),
]


def test_twenty_errors_are_reported_in_one_run(tmp_path: pathlib.Path) -> None:
    text = changed(*TWENTY)
    lines = {line for line, (a, b) in enumerate(zip(GOOD.splitlines(), text.splitlines(), strict=False), 1) if a != b}
    assert len(lines) > 15
    found = complaints(tmp_path, text)
    wrong = [
        "milions",
        "discount_rate is 8;",
        "did you mean steps",
        "usa",
        "2027-02-30",
        "1_000",
        "write [texas]",
        "GWh",
        "2028-Q5",
    ]
    wrong += [
        "duration is 8;",
        "$2",
        "007",
        "did you mean origin",
        "600 MW",
        "escalation is 3;",
        "share",
        "secured is 80;",
        "twice",
    ]
    wrong += ["40.5", "prise", "lead_time: value is missing", "min_order is yes;"]
    assert len(wrong) == len(TWENTY)
    missed = [words for words in wrong if not any(words in line for line in found)]
    assert len(missed) <= 0.05 * len(wrong), missed
    assert len(found) <= len(wrong), "errors that only follow from others:\n" + "\n".join(found)


def test_findings_come_in_the_order_of_the_file(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_text(tmp_path, changed(*TWENTY))
    places = [(f.severity != "error", f.line, f.column) for f in caught.value.findings]
    assert places == sorted(places)


def test_random_mutilations_are_reported_too(tmp_path: pathlib.Path) -> None:
    """Any subset of the errors gives exactly the complaints of its members."""
    each = {
        edit: set(complaints(tmp_path, changed(edit)))
        for edit in TWENTY
        if "\n" not in edit[1] and edit[0] != "{id: nordic, name"
    }
    rng = random.Random(7)
    for _ in range(25):
        edits = rng.sample(sorted(each), 4)
        found = {line.split(" ", 1)[1] for line in complaints(tmp_path, changed(*edits))}
        for edit in edits:
            assert {line.split(" ", 1)[1] for line in each[edit]} <= found or "references" in str(found), edit


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (PRICE, "price: {amonut: 5, currency: CNY}", "price.amonut is 5; unknown field; did you mean amount?"),
        (PRICE, "price: {currency: CNY, 2026: 4}", "numbers by period stand below amount"),
        ("2026-Q2: 12", "2026-Q2:12", "write 2026-Q2: 12 (a space after the colon)"),
        ("unit: line", "price:10", "write price: 10 (a space after the colon)"),
        ("CNY: 0.145", "CNY: {rat: 0.145}", "did you mean rate?"),
        ("interpolate: linear", "interpolat: linear", "did you mean interpolate?"),
        ("format: 1\n", "format: '1'\n", "write format: 1, without quotes"),
        ("format: 1\n", "format: true\n", "is not a format, found true/false"),
        ("format: 1\n", "", "format: is missing - add format"),
        ("title: Sign before", "title: '{% x %}' # Sign", "template text was not filled in"),
        ("cost: 0.4", "cost: {amount: '0.4'}", "write 0.4 without quotes"),
        ("payment: {order: 0.3", "payment: {order: 0,3", "a comma separates entries here"),
        ("name: Maxwell", "name: 2026", "must be text, found a number"),
        ("vetting: {duration: 8 weeks, cost: 0.4}", "vetting: 8 weeks", "expected a mapping, found text"),
        ("{id: nordic,", "{id: null,", "value is missing"),
        ("unit: line", "divisible: 1", "must be true or false, found a number"),
        ("unit: line", "divisible: True", "write true, or quote it"),
        (PRICE, "price: 1e-400", "smaller than the smallest amount"),
        (PRICE, "price: 0.12345678901234567890", "more than 18 digits"),
        (PRICE, "price: +41.5", "write 41.5"),
        ("unit: line", "storage: {amount: 1, per: month, per: year}", "given twice (first at line 30)"),
        ("unit: line", "<<: {a: 1}", "merge keys are not allowed"),
        ("format: 1\n", "%YAML 1.1\n---\nformat: 1\n", "YAML directives"),
        ("format: 1\n", "format: 1\n---\n", "a second document begins here"),
        ("format: 1\n", "format: 1\nchanges: []\n", "changes need the scenario they change"),
    ],
)
def test_the_complaint_says_what_to_do(tmp_path: pathlib.Path, old: str, new: str, says: str) -> None:
    text = GOOD.replace(old, new, 1)
    found = complaints(tmp_path, text)
    assert any(says in line for line in found), found
    assert len(found) == 1, found


def test_key_order_and_comments_change_nothing(tmp_path: pathlib.Path) -> None:
    text = GOOD.replace("\n", "\r\n").replace("# duty", "# another comment")
    assert read_text(tmp_path, text).scenario == read_scenario(GOOD_FILE).scenario


def test_a_flood_of_errors_is_cut_short(tmp_path: pathlib.Path) -> None:
    many = "".join(f"  - {{id: o{i}, supplier: nordic}}\n" for i in range(3_000))
    found = complaints(tmp_path, GOOD[: GOOD.index("offers:")] + "offers:\n" + many)
    assert 200 <= len(found) <= 202
    assert "more complaints are not shown" in found[-1]
    found = complaints(tmp_path, GOOD + "extra: [" + "010, " * 5_000 + "]\n")
    assert len(found) <= 202


def test_fields_are_known_at_every_place() -> None:
    assert "in" in fields_at(("money",))
    assert "unit" not in fields_at(("money",))
    assert {"amount", "by_site", "escalation"} <= set(fields_at(("offers", 3, "price")))
    assert "is" in fields_at(("offers", 0, "sources", 1))
    assert {"mw", "yield"} <= set(fields_at(("offers", 0, "covers", "wet")))
    assert fields_at(("policy", "pins", 0)) == ("vet", "sign", "order", "period", "site", "ships", "units")
    assert fields_at(("nowhere", 1)) == ()


def mutations(rng: random.Random, count: int) -> list[str]:
    """Good files with one random character deleted, doubled, swapped with the next, or replaced."""
    texts = []
    for _ in range(count):
        at = rng.randrange(len(GOOD) - 1)
        kind = rng.randrange(4)
        new = {0: "", 1: GOOD[at] * 2, 2: GOOD[at + 1] + GOOD[at], 3: rng.choice("0123456789abcxyzQ-:,.[]{}#'\"&*!|>%@ \n\t_~")}[
            kind
        ]
        texts.append(GOOD[:at] + new + GOOD[at + (2 if kind == 2 else 1) :])
    return texts


def essence(text: str) -> str:
    """What a file says without comments, layout, quotes, zeros at the end of decimals and commas at the end of lists."""
    lines = [line.split(" #")[0] for line in text.splitlines() if not line.lstrip().startswith("#")]
    bare = "".join("".join(lines).translate(str.maketrans("", "", " \t'\"")))
    bare = re.sub(r"(\d\.\d*?)0+(?!\d)", r"\1", bare)
    return re.sub(r"\.(?!\d)|,(?=[\]}])", "", bare)


@pytest.mark.parametrize("seed", range(10))
def test_no_one_character_edit_is_ignored(tmp_path: pathlib.Path, seed: int) -> None:
    """Each of 1,000 random edits is refused, or changes the data; only layout, comments and equal numbers may not."""
    good = repr(read_document(GOOD_FILE).data)
    for text in mutations(random.Random(seed), 100):
        data, findings = data_or_findings(tmp_path, text)
        assert all(finding.file == "f.yaml" and finding.line for finding in findings), findings
        if not findings and repr(data) == good:
            assert essence(text) == essence(GOOD)


def data_or_findings(folder: pathlib.Path, text: str) -> tuple[Any, list[Finding]]:
    try:
        return read_text(folder, text).document.data, []
    except BadInput as error:
        return None, error.findings
