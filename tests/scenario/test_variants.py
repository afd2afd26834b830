"""Variants: what each change does, where its values stand, which files may be extended, and what is refused."""

from __future__ import annotations

import copy
import pathlib
import time
from typing import Any

import pytest

from planner.errors import BadInput
from planner.scenario.change_path import Step, parse_selector
from planner.scenario.changes import describe_change
from planner.scenario.document import Document, mark_of
from planner.scenario.places import value_at
from planner.scenario.read import ReadScenario, read_document, read_scenario
from tests.catalogue.reading import GOOD, GOOD_FILE

MAXWELL, NORDIC = ("offers", 0), ("offers", 1)
HEAD = "format: 1\nextends: base.yaml\n"
BASE: Any = read_document(GOOD_FILE).data


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "base.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def write(folder: pathlib.Path, *changes: str, head: str = HEAD, name: str = "v.yaml") -> pathlib.Path:
    text = head + ("changes:\n" + "".join(f"  - {change}\n" for change in changes) if changes else "")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def read(folder: pathlib.Path, *changes: str, head: str = HEAD) -> ReadScenario:
    return read_scenario(write(folder, *changes, head=head), folder)


def data(folder: pathlib.Path, *changes: str, head: str = HEAD) -> Document:
    return read_document(write(folder, *changes, head=head), folder)


def refusals(folder: pathlib.Path, *changes: str, head: str = HEAD) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(folder, *changes, head=head)
    assert caught.value.exit_code == 3
    return [str(f) for f in caught.value.findings if f.severity == "error"]


def expected(path: tuple[str | int, ...], value: object) -> Any:
    """The base's data with one value replaced."""
    result = copy.deepcopy(BASE)
    value_at(result, path[:-1])[path[-1]] = value
    return result


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        ("{select: 'offers[maxwell-line].price.amount', set: 260}", (*MAXWELL, "price", "amount"), 260),
        ("{select: 'offers[maxwell-line].price.amount', multiply: 1.1}", (*MAXWELL, "price", "amount"), 269.5),
        ("{select: 'offers[maxwell-line].price.amount', add: -45}", (*MAXWELL, "price", "amount"), 200),
        ("{select: 'offers[nordic-line].price', multiply: 2}", (*NORDIC, "price"), 83),
        ("{select: 'offers[nordic-line].price.amount', multiply: 0.1}", (*NORDIC, "price"), 4.15),
        ("{select: 'offers[nordic-line].price.amount', set: {2026: 1, 2027: 2}}", (*NORDIC, "price"), {"2026": 1, "2027": 2}),
        ("{select: 'offers[nordic-line].price.amount.*', add: 0.5}", (*NORDIC, "price"), 42),
        ("{select: 'offers[nordic-line].price.currency', set: CNY}", (*NORDIC, "price"), {"amount": 41.5, "currency": "CNY"}),
        ("{select: 'offers[supplier=nordic].lead_time', set: 9 months}", (*NORDIC, "lead_time"), "9 months"),
        ("{select: 'offers[supplier=nordic,min_order=2].min_order', add: 1}", (*NORDIC, "min_order"), 3),
        ("{select: 'suppliers[country=NO].name', set: N}", ("suppliers", 1, "name"), "N"),
        ("{select: 'offers[maxwell-line].slots.2026-Q2', set: 3}", (*MAXWELL, "slots", "2026-Q2"), 3),
        ("{select: 'offers[maxwell-line].tags', append: extra}", (*MAXWELL, "tags"), ["licensed", "extra"]),
        ("{select: 'offers[maxwell-line].sites', append: texas}", (*MAXWELL, "sites"), ["texas"]),
        ("{select: 'demand[ramp].sites[texas]', remove: true}", ("demand", 0, "sites"), ["new-york"]),
        ("{select: 'policy.max_suppliers', set: 2}", ("policy", "max_suppliers"), 2),
        (
            "{select: 'resources', append: {id: hall, slots: {per: year, 2026: 9}}}",
            ("resources",),
            [{"id": "hall", "slots": {"per": "year", "2026": 9}}],
        ),
        ("{select: 'suppliers[maxwell].rival_claims.share', set: 0.1}", ("suppliers", 0, "rival_claims"), {"share": 0.1}),
        ("{select: 'routes[hjt-print].cell_watts', add: 0.1}", ("routes", "hjt-print", "cell_watts"), 11.5),
        ("{select: 'money.rates.CNY', multiply: 2}", ("money", "rates", "CNY"), 0.29),
        (
            "{select: 'calendar', set: {start: 2026-01-01, step: month, periods: 36}}",
            ("calendar",),
            {"start": "2026-01-01", "step": "month", "periods": 36},
        ),
    ],
)
def test_one_change_changes_one_place(folder: pathlib.Path, change: str, path: tuple[str | int, ...], value: object) -> None:
    document = data(folder, change)
    assert document.data == expected(path, value)
    assert type(value_at(document.data, path)) is type(value)


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        (
            "{select: 'offers[maxwell-line].slots.*', multiply: 0.5}",
            (*MAXWELL, "slots"),
            {"per": "quarter", "2026-Q1": 2, "2026-Q2": 6, "2027-Q1": 5},
        ),
        (
            "{select: 'demand[*].target_mw.*', multiply: 2}",
            ("demand", 0, "target_mw"),
            {"2027-Q1": 4000, "2028-Q4": 18000, "interpolate": "linear"},
        ),
        ("{select: 'offers[*].covers.*', set: 700}", (*NORDIC, "covers"), {"wet": 700, "pecvd": 700, "test": 700}),
        ("{select: 'offers[*].price.amount', multiply: 1.1}", (*NORDIC, "price"), 45.65),
        ("{select: 'offers[*].min_order', set: 7}", (*MAXWELL, "min_order"), 7),
    ],
)
def test_a_change_can_reach_many_places(folder: pathlib.Path, change: str, path: tuple[str | int, ...], value: object) -> None:
    assert value_at(data(folder, change).data, path) == value


def test_changes_apply_in_order_and_exactly(folder: pathlib.Path) -> None:
    amount = "select: 'offers[maxwell-line].price.amount'"
    document = data(folder, f"{{{amount}, set: 0.1}}", f"{{{amount}, add: 0.2}}", f"{{{amount}, multiply: 3}}")
    assert value_at(document.data, (*MAXWELL, "price", "amount")) == 0.9


def test_removing_items_moves_the_places_of_the_others(folder: pathlib.Path) -> None:
    document = data(
        folder,
        "{select: 'suppliers[maxwell]', remove: true}",
        "{select: 'offers[supplier=maxwell]', remove: true}",
        "{select: 'commitments[*]', remove: true}",
        "{select: 'offers[nordic-line].price', set: 50}",
        "{select: 'offers', append: {id: third, supplier: nordic, price: 1, covers: {wet: 1}}}",
    )
    assert [offer["id"] for offer in document.data["offers"]] == ["nordic-line", "third"]
    assert document.data["commitments"] == []
    line = GOOD.splitlines().index("    lead_time: 6 months") + 1
    assert mark_of(document, ("offers", 0, "lead_time")) == ("base.yaml", line, 16)
    assert mark_of(document, ("offers", 0, "price"))[:2] == ("v.yaml", 7)
    assert mark_of(document, ("offers", 1, "covers", "wet"))[:2] == ("v.yaml", 8)
    assert ("offers", 2) not in document.marks
    assert all(value_at(document.data, path) is not None for path in document.marks)


def test_the_same_item_appended_to_many_lists_is_many_items(folder: pathlib.Path) -> None:
    document = data(
        folder,
        "{select: 'offers[*].sources', append: {field: price, is: assumption, note: a}}",
        "{select: 'offers[nordic-line].sources[is=assumption].note', set: b}",
    )
    assert value_at(document.data, (*MAXWELL, "sources", 1, "note")) == "a"
    assert value_at(document.data, (*NORDIC, "sources", 0, "note")) == "b"


def test_changed_values_stand_in_the_variant_the_others_in_the_base(folder: pathlib.Path) -> None:
    document = data(
        folder, "{select: 'offers[maxwell-line].price.amount', set: 260, note: dearer}", head=HEAD + "title: Dearer\n"
    )
    assert mark_of(document, ("title",)) == ("v.yaml", 3, 8)
    assert mark_of(document, (*MAXWELL, "price", "amount")) == ("v.yaml", 5, 56)
    assert mark_of(document, (*MAXWELL, "price", "currency"))[0] == "base.yaml"
    assert [name for name, _ in document.files] == ["v.yaml", "base.yaml"]
    assert document.sha256 == document.files[0][1] != document.files[1][1]
    assert document.data["title"] == "Dearer"
    assert not {"extends", "changes"} & set(document.data)


def test_errors_a_change_makes_are_found_at_the_change(folder: pathlib.Path) -> None:
    assert refusals(folder, "{select: calendar.periods, set: 9.5}")[0].startswith(
        "v.yaml:4:37 calendar.periods is 9.5; must be a whole"
    )
    assert refusals(folder, "{select: 'offers[maxwell-line].price', remove: true}") == [
        "v.yaml:4:52 offers.maxwell-line.price: is missing - add price"
    ]
    found = refusals(folder, "{select: 'offers[maxwell-line].prise', set: 1}")
    assert "unknown field; did you mean price?" in found[0]
    assert found[0].startswith("v.yaml:4:")
    assert "unknown supplier" in refusals(folder, "{select: 'offers[nordic-line].supplier', set: nordik}")[0]
    assert "v.yaml:4:" in refusals(folder, "{select: 'offers[nordic-line].supplier', set: nordik}")[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "{select: 'offers[maxwell-lin].price', set: 1}",
            "v.yaml:4:14 changes[0].select is offers[maxwell-lin].price; selects nothing: offers has no maxwell-lin",
        ),
        ("{select: 'offers[maxwell-lin].price', set: 1}", "did you mean maxwell-line?"),
        ("{select: 'offers[maxwell-line].prise', multiply: 2}", "did you mean price?"),
        ("{select: 'offer[maxwell-line].price', multiply: 2}", "did you mean offers?"),
        ("{select: 'suppliers[country=CH].name', set: x}", "selects nothing: suppliers has no country=CH (allowed: CN, NO)"),
        ("{select: 'offers[country=CN].price', multiply: 2}", "selects nothing"),
        ("{select: 'offers[*].freight', multiply: 2}", "selects nothing"),
        ("{select: 'offers[0].price', multiply: 2}", "selects nothing"),
        ("{select: 'offers[maxwell-line].lead_time', multiply: 2}", "offers.maxwell-line.lead_time is 5 months, not a number"),
        ("{select: 'offers[maxwell-line].slots', multiply: 2}", "add .* to change every number in it"),
        ("{select: 'offers[maxwell-line].price.amount', multiply: 1e-11}", "smaller than the smallest amount"),
        ("{select: 'offers[maxwell-line].price.amount', multiply: 1e14}", "too large"),
        ("{select: title, append: x}", "title is not a list"),
        ("{select: title.x, set: x}", "selects nothing"),
        ("{sel: a, set: 1}", "changes[0].sel: unknown field"),
        ("{selekt: a, set: 1}", "did you mean select?"),
        ("{select: title}", "does nothing"),
        ("{select: title, set: a, add: 1}", "does two things at once"),
        ("{set: a}", "says not what it changes"),
        ("{select: [title], set: a}", "says not what it changes"),
        ("{select: title, set: }", "value is missing"),
        ("{select: title, multiply: '2'}", "must be a number"),
        ("{select: title, multiply: true}", "must be a number"),
        ("{select: title, remove: false}", "must be true"),
        ("{select: title, set: a, note: 5}", "changes[0].note is 5; must be text"),
        ("{select: a..b, set: 1}", "the selector cannot be read from '..b' on"),
        ("{select: 'a[', set: 1}", "the selector cannot be read"),
        ("{select: 'a[]', set: 1}", "the selector cannot be read"),
        ("{select: 'a[ ]', set: 1}", "written [field=value]"),
        ("{select: 'a[=b]', set: 1}", "written [field=value]"),
        ("{select: '', set: 1}", "names nothing"),
        ("{select: '" + "a." * 20 + "b', set: 1}", "deeper than 20 levels"),
        ("{select: title, set: 010}", "write 10"),
        ("{select: title, set: " + "[" * 16 + "]" * 16 + "}", "must be text, found a list"),
        ("set", "a change is a mapping"),
    ],
)
def test_changes_that_cannot_be_made_are_refused_at_their_line(folder: pathlib.Path, change: str, says: str) -> None:
    found = refusals(folder, change)
    assert len(found) == 1
    assert says in found[0]
    assert found[0].startswith("v.yaml:4:")


def test_all_bad_changes_are_reported_with_the_errors_of_the_base(folder: pathlib.Path) -> None:
    (folder / "base.yaml").write_text(
        GOOD.replace("price: 41.5", "price: 041.5").replace("unit: line", "unti: line"), encoding="utf-8"
    )
    found = refusals(
        folder, "{select: title, add: x}", "{select: titel, remove: true}", "{select: 'offers[nordic-line].price', multiply: 2}"
    )
    assert [line.split(":")[0] for line in found] == ["base.yaml"] * 2 + ["v.yaml"] * 2
    assert "did you mean unit?" in found[0]
    assert "write 41.5" in found[1]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("extends: base.yaml\npolicy: {}\n", "v.yaml:2:1 policy: a variant gives only title, description and changes"),
        ("extends: base.yaml\nchanges: {select: a}\n", "expected a list of changes"),
        ("extends: base.yaml\ntitle: 5\n", "v.yaml:2:8 title is 5; must be text"),
        ("format: 2\nextends: base.yaml\n", "v.yaml:1:9 format: written for format 2, this planner reads up to 1"),
        ("format: 1.5\nextends: base.yaml\n", "formats are whole numbers"),
        ("extends: ../base.yaml\n", "may not leave or skip folders"),
        ("extends: /etc/hosts\n", "an absolute path is not a name"),
        ("extends: .base.yaml\n", "may not begin with ."),
        ("extends: 5\n", "is not the name of a file"),
        ("extends:\n", "is not the name of a file"),
        (
            "extends: bse.yaml\n",
            "extends: there is no file bse.yaml (allowed: base.yaml, broken.yaml, link.yaml) - did you mean base.yaml?",
        ),
        ("extends: v.yaml\n", "extends goes round in a circle: v.yaml -> v.yaml"),
        ("extends: link.yaml\n", "is a link"),
        ("extends: out/secret.yaml\n", "is a link"),
        ("extends: sub\n", "is a folder, not a scenario file"),
        ("extends: broken.yaml\n", "broken.yaml:1:4 a is [1; the [ opened here"),
    ],
)
def test_what_may_not_be_extended(folder: pathlib.Path, head: str, says: str) -> None:
    (folder / "link.yaml").symlink_to("base.yaml")
    (folder / "out").symlink_to(folder.parent)
    (folder.parent / "secret.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "broken.yaml").write_text("a: [1\n")
    found = refusals(folder, head=head)
    assert len(found) == 1
    assert says in found[0]
    assert str(folder) not in found[0]


def test_a_circle_is_named_whole(folder: pathlib.Path) -> None:
    write(folder, head="extends: b.yaml\n", name="a.yaml")
    write(folder, head="extends: a.yaml\n", name="b.yaml")
    assert "extends goes round in a circle: b.yaml -> a.yaml -> b.yaml" in refusals(folder, head="extends: b.yaml\n")[0]


def test_a_chain_applies_the_base_first(folder: pathlib.Path) -> None:
    price = "select: 'offers[nordic-line].price'"
    write(folder, f"{{{price}, set: {{amount: {{2026: 5, 2027: 6}}}}}}", head="extends: base.yaml\ntitle: M\n", name="m.yaml")
    document = data(
        folder, f"{{{price[:-1]}.amount.*', multiply: 2}}", f"{{{price[:-1]}.amount.2028', set: 7}}", head="extends: m.yaml\n"
    )
    assert value_at(document.data, (*NORDIC, "price")) == {"amount": {"2026": 10, "2027": 12, "2028": 7}}
    assert document.data["title"] == "M"
    assert [name for name, _ in document.files] == ["v.yaml", "m.yaml", "base.yaml"]
    assert mark_of(document, (*NORDIC, "price", "amount", "2026"))[0] == "v.yaml"
    assert mark_of(document, (*NORDIC, "price"))[0] == "m.yaml"


def test_a_base_may_lie_in_a_folder_below_and_chains_end(folder: pathlib.Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "s.yaml").write_text(GOOD, encoding="utf-8")
    assert data(folder, head="extends: sub/s.yaml\n").files[1][0] == "sub/s.yaml"
    for i in range(11):
        write(folder, head=f"extends: {'base' if i == 0 else f'c{i - 1}'}.yaml\n", name=f"c{i}.yaml")
    assert len(read_document(folder / "c8.yaml").files) == 10
    assert "more than 10 files extend each other" in refusals(folder, head="extends: c10.yaml\n")[0]


def test_a_variant_without_changes_is_its_base(folder: pathlib.Path) -> None:
    assert read(folder, head="extends: base.yaml\n").scenario == read_scenario(folder / "base.yaml").scenario


def test_hostile_variants_end_soon(folder: pathlib.Path) -> None:
    offers = "".join(f"  - {{id: o{i}, supplier: nordic, price: 5, tags: [a], covers: {{wet: 600}}}}\n" for i in range(5_000))
    (folder / "base.yaml").write_text(GOOD[: GOOD.index("offers:")] + "offers:\n" + offers, encoding="utf-8")
    for change, count, says in [
        ("{select: 'offers[*].price', multiply: 1.01}", 900, "touch too many values"),
        ("{select: 'offers[*].tags', append: [" + "a," * 500 + "]}", 1, "add more than 200,000 values"),
        ("{select: 'offers[nobody].price', multiply: 2}", 900, "selects nothing"),
        ("{select: title, set: x}", 1_001, "more than 1000 changes"),
    ]:
        started = time.process_time()
        with pytest.raises(BadInput, match=says):
            data(folder, *[change] * count)
        assert time.process_time() - started < 2


def test_selectors_are_read_step_by_step() -> None:
    assert parse_selector("offers[a-1.x].price.*") == (
        Step(key="offers"),
        Step(item="a-1.x"),
        Step(key="price"),
        Step(every=True),
    )
    assert parse_selector("a[*].b[c=d, e=f g]")[1:] == (Step(every=True), Step(key="b"), Step(where=(("c", "d"), ("e", "f g"))))
    assert parse_selector("demand[x].target_mw.2027-Q1")[-1] == Step(key="2027-Q1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"select": "a.b", "set": 5}, "Sets a.b to 5."),
        ({"select": "a.b", "set": {"x": [1, True, "y"]}, "note": "as agreed"}, "Sets a.b to {x: [1, true, y]}: as agreed"),
        ({"select": "a.b", "multiply": 1.1}, "Multiplies a.b by 1.1."),
        ({"select": "a.b", "add": 2}, "Adds 2 to a.b."),
        ({"select": "a.b", "add": -2}, "Takes 2 off a.b."),
        ({"select": "a.b", "append": "x"}, "Adds the entry x to a.b."),
        ({"select": "a.b", "remove": True}, "Removes a.b."),
        ({"select": "a.b"}, "Does nothing to a.b."),
    ],
)
def test_a_change_is_told_in_one_sentence(change: dict[str, Any], sentence: str) -> None:
    assert describe_change(change) == sentence
