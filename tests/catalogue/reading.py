"""Rows of the catalogue of bad inputs that the reader decides, as edits of one good file in our own format.

``GOOD`` is a small scenario with every kind of section. A case replaces pieces of its text (or its bytes), and says what
the reader must answer: the verdict, the field, part of the message, and the piece of text whose place is reported.
``differs`` gives the reason where our format rightly answers otherwise than the row.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

GOOD_FILE = pathlib.Path(__file__).parent / "good.yaml"
GOOD = GOOD_FILE.read_text(encoding="utf-8")
PRICE, OFFER = "price: 41.5", "offers.nordic-line"


@dataclass(frozen=True)
class Case:
    """One fixture of a row. ``at`` stands once in the edited text: its first character is the place reported."""

    row: str
    verdict: str
    edits: tuple[tuple[str, str], ...] = ()
    field: str = ""
    says: tuple[str, ...] = ()
    at: str = ""
    place: tuple[int, int] | None = None
    make: Callable[[], bytes] | None = None
    differs: str = ""

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        if self.make:
            return self.make()
        text = GOOD
        for old, new in self.edits:
            assert text.count(old) == 1, f"{self.row}: {old!r} stands {text.count(old)} times in the good file"
            text = text.replace(old, new)
        return text.encode("utf-8")

    @property
    def line_and_column(self) -> tuple[int, int] | None:
        """Where the complaint must point to, counted from 1; None where the row gives no place."""
        if self.place or not self.at:
            return self.place
        text = self.raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        assert text.count(self.at) == 1, f"{self.row}: {self.at!r} stands {text.count(self.at)} times in the edited file"
        before = text[: text.index(self.at)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")


def price(row: str, written: str, *says: str, at: str = "") -> Case:
    """A case that writes something else for a price."""
    return Case(row, "REJECT", ((PRICE, f"price: {written}"),), f"{OFFER}.price", says, at or written)


def units(row: str, written: str, *says: str) -> Case:
    """A case that writes something else for a whole number of units."""
    return Case(
        row, "REJECT", (("available_units: 40", f"available_units: {written}"),), f"{OFFER}.available_units", says, written
    )


def whole(row: str, text: str, verdict: str, place: tuple[int, int], *says: str, field: str = "", differs: str = "") -> Case:
    """A case that is a whole file of its own."""
    return Case(row, verdict, field=field, says=says, place=place, make=lambda: text.encode("utf-8"), differs=differs)


def bytes_of(*edits: tuple[bytes, bytes]) -> Callable[[], bytes]:
    """The good file with some bytes replaced."""

    def make() -> bytes:
        raw = GOOD.encode("utf-8")
        for old, new in edits:
            assert raw.count(old) == 1
            raw = raw.replace(old, new)
        return raw

    return make


SYNTAX = [
    Case(
        "BI-001",
        "REJECT",
        (("offers:\n  - id: maxwell-line", "offers:\n\t- id: maxwell-line"),),
        "offers.id",
        ("tab found where spaces are required", "replace the tab by two spaces"),
        "\t- id",
    ),
    Case(
        "BI-002",
        "REJECT",
        ((PRICE, "price:41.5"),),
        f"{OFFER}.price",
        ("write price: 41.5 (a space after the colon)", "line 50"),
        "price:41.5",
        differs="the complaint points to the line to correct, not to the one after it",
    ),
    Case(
        "BI-003",
        "REJECT",
        (("unit: line", "note: Phase 2: south"),),
        "offers.maxwell-line.note",
        ("mapping values are not allowed here", "quote the text"),
        ": south",
    ),
    Case(
        "BI-006",
        "REJECT",
        (("unit: line", 'unit: "line'),),
        "offers.maxwell-line.unit",
        ("the quote opened here is never closed",),
        '"line',
    ),
    Case("BI-007", "REJECT", (("2026: 3000}}\n", "2026: 3000}}\n}\n"),), "", ("unexpected }",), place=(60, 1)),
    Case(
        "BI-008",
        "REJECT",
        (("name: Nordic Tools", "name: @nordic"),),
        "suppliers[1].name",
        ("quote the text",),
        "@nordic",
    ),
    Case("BI-008", "REJECT", (("name: Maxwell", "name: `maxwell`"),), "suppliers.maxwell.name", ("quote the text",), "`maxwell`"),
    whole("BI-011", "# nothing\n# here\n", "REJECT", (1, 1), "the file is empty"),
    whole("BI-012", "- id: A\n", "REJECT", (1, 1), "top level must be a mapping with keys format, title"),
    whole("BI-013", "hello\n", "REJECT", (1, 1), "top level must be a mapping with keys format, title"),
    price("BI-016", "#41.5", "value is missing", at="price: #41.5"),
    Case("BI-017", "ACCEPT", (("name: Maxwell", "name: A#1"),), says=("supplier.maxwell.name", "A#1")),
    Case(
        "BI-018",
        "REJECT",
        (("format: 1\n", "format: 1\ntitle: One\n"),),
        "title",
        ("given twice (first at line 3)",),
        "title: Sign",
    ),
    Case(
        "BI-021",
        "REJECT",
        (("cost: 0.4}", "cost: {1.0: 3, 1: 4}}"),),
        "suppliers.maxwell.vetting.cost.1.0",
        ("key 1.0 must be text",),
        "1.0: 3",
    ),
    Case("BI-022", "REJECT", (("unit: line", ": 5"),), "offers.maxwell-line", ("key is missing",), ": 5\n"),
    Case(
        "BI-023", "REJECT", (("unit: line", "? [1, 2]\n    : 3"),), "offers.maxwell-line", ("a key must be plain text",), "[1, 2]"
    ),
]

TYPES = [
    Case(
        "BI-026",
        "REJECT",
        (("lead_time: 6 months", "lead_time: 010"),),
        f"{OFFER}.lead_time",
        ("not a plain decimal number", "write 10, or quote it if it is text"),
        "010",
    ),
    Case("BI-027", "REJECT", (("{id: nordic,", "{id: 007,"),), "suppliers[1].id", ("quote it",), "007"),
    Case(
        "BI-028",
        "REJECT",
        (("supplier: nordic\n", "supplier: 0o17\n"),),
        f"{OFFER}.supplier",
        ("not a plain decimal number",),
        "0o17",
    ),
    units("BI-031", "1_000", "write 1000"),
    units("BI-032", "1,000", "thousands separators are not allowed", "write 1000"),
    price("BI-033", "12,5", "use a decimal point: 12.5"),
    price("BI-036", "1E400", "number is too large"),
    price("BI-036", "1.0e999", "number is too large"),
    price("BI-037", ".nan", "not a number"),
    Case(
        "BI-038",
        "REJECT",
        (("available_units: 40", "available_units: .inf"),),
        f"{OFFER}.available_units",
        ("infinity is not a number", "leave the field out for no limit"),
        ".inf",
        differs="there is no field `unlimited`: an offer without available_units is not limited by it",
    ),
    Case(
        "BI-041", "ACCEPT", (("available_units: 40", "available_units: 40.0"),), says=(f"offer.{OFFER[7:]}.available_units", "40")
    ),
    Case("BI-041", "ACCEPT", (("periods: 12", "periods: 1.2e1"),), says=("calendar.periods", "12")),
    units("BI-042", "5.5", "must be a whole number"),
    Case(
        "BI-043",
        "REJECT",
        (("min_order: 2", "min_order: true"),),
        f"{OFFER}.min_order",
        ("must be a number, found true/false",),
        "true",
    ),
    Case(
        "BI-046",
        "REJECT",
        (("start: 2026-01-01", "start: 12:30"),),
        "calendar.start",
        ("a time of day or a number", "a date or a period"),
        "12:30",
    ),
    Case(
        "BI-047",
        "REJECT",
        (("format: 1\n", "format: 1.10\n"),),
        "format",
        ("formats are whole numbers", "write format: 1"),
        "1.10",
        differs="the version of our format is a whole number, so quoting it is no cure",
    ),
    price("BI-048", "5%", "plain number only"),
    price("BI-048", "$5", "plain number only"),
    price("BI-048", "5 USD", "plain number only"),
    Case(
        "BI-052", "ACCEPT", ((PRICE, f"freight: -0.0\n    {PRICE}"),), says=("offer.nordic-line.freight.amount.numbers", "(0.0,)")
    ),
    Case(
        "BI-053",
        "REJECT",
        ((PRICE, "price: 1e-12"),),
        f"{OFFER}.price",
        ("smaller than the smallest amount",),
        "1e-12",
        differs="the smallest number of any field is 1e-9; a price finer than a cent is a warning of its own",
    ),
    Case(
        "BI-056",
        "REJECT",
        (("ships: 2026-05-04", "ships: 01/02/2027"),),
        "commitments[0].ships",
        ("write 2027-02-01 or 2027-01-02",),
        "01/02/2027",
    ),
    Case(
        "BI-057",
        "REJECT",
        (("unit: line", "unit: !!python/object/apply:os.system [echo x]"),),
        "offers.maxwell-line.unit",
        ("YAML tags are not allowed",),
        "!!python",
    ),
    price("BI-058", "!Foo 1", "YAML tags are not allowed"),
    price("BI-061", "!!int 5.5", "YAML tags are not allowed"),
]

ENCODING = [
    Case("BI-076", "ACCEPT", says=("format", "1"), make=lambda: b"\xef\xbb\xbf" + GOOD.encode()),
    Case("BI-077", "REJECT", (("title: Sign", "\ufefftitle: Sign"),), "", ("invisible character U+FEFF",), place=(3, 1)),
    Case(
        "BI-078",
        "REJECT",
        field="",
        says=("the file is not UTF-8", "perhaps GBK", "re-save the file as UTF-8"),
        place=(22, 11),
        make=bytes_of((b"name: Maxwell", "name: 迈为科技股份".encode("gbk"))),
    ),
    Case(
        "BI-081",
        "REJECT",
        says=("the file may be truncated",),
        place=(60, 9),
        make=lambda: GOOD.encode() + "# short ü".encode()[:-1],
    ),
    Case("BI-082", "REJECT", (("name: Maxwell", "name: Max\x00well"),), "", ("U+0000",), "\x00"),
    Case("BI-083", "REJECT", (("name: Maxwell", "name: Max\x07well"),), "", ("U+0007", "bell"), "\x07"),
    Case("BI-083", "REJECT", (("name: Maxwell", r'name: "Max\awell"'),), "suppliers.maxwell.name", ("U+0007",), '"Max'),
    Case("BI-086", "REJECT", (("    price: 41.5", "    pri\u200bce: 41.5"),), "", ("invisible character U+200B",), "\u200b"),
    Case("BI-087", "REJECT", (("name: Maxwell", "name: Max\u202ewell"),), "", ("invisible character U+202E",), "\u202e"),
    Case(
        "BI-088",
        "REJECT",
        (("name: Maxwell", "name: Cafe\u0301"), ("name: Nordic Tools", "name: Caf\u00e9")),
        "suppliers.nordic.name",
        ("two suppliers have the same name", "line 22"),
        "Caf\u00e9",
    ),
    Case("BI-091", "ACCEPT", says=("title", "Sign before"), make=lambda: GOOD.replace("\n", "\r").encode()),
    Case(
        "BI-091",
        "REJECT",
        field=f"{OFFER}.price",
        says=("plain number only",),
        place=(50, 12),
        make=lambda: GOOD.replace("price: 41.5", "price: 5%").replace("\n", "\r").encode(),
    ),
    Case("BI-092", "ACCEPT", (("unit: line", "note: 🏭 👩‍🔧 𠮷"),), says=("offer.maxwell-line.note", "🏭 👩‍🔧 𠮷")),
]

STRUCTURE = [
    Case(
        "BI-093",
        "REJECT",
        (("unit: line", "prise: 99"),),
        "offers.maxwell-line.prise",
        ("unknown field; did you mean price?",),
        "prise",
    ),
    Case(
        "BI-096",
        "REJECT",
        field="offers",
        says=("at least one offer is needed",),
        place=(27, 9),
        make=(GOOD[: GOOD.index("offers:")] + "offers: []\n").encode,
    ),
    Case(
        "BI-097",
        "REJECT",
        field="offers",
        says=("expected a list of offers, found a mapping",),
        place=(27, 1),
        make=(GOOD[: GOOD.index("offers:")] + "offers:\n  id: A\n  price: 3\n").encode,
    ),
    Case(
        "BI-097",
        "REJECT",
        (("routes:\n  hjt-print:", "routes:\n  - hjt-print:"),),
        "routes",
        ("expected a mapping, found a list",),
        "routes:",
    ),
    Case(
        "BI-098",
        "REJECT",
        (("format: 1\n", "format: 4\n"),),
        "format",
        ("written for format 4, this planner reads up to 1",),
        "4\n",
    ),
    Case("BI-101", "REJECT", ((PRICE, "price: " + "x" * 9_000),), f"{OFFER}.price", ("x" * 79 + "…",), "x" * 9_000),
    Case(
        "BI-101",
        "REJECT",
        ((PRICE, "price: " + "x" * 100_000),),
        f"{OFFER}.price",
        ("text longer than 10,000 characters",),
        "x" * 100_000,
    ),
    Case(
        "BI-102",
        "WARN",
        (("note: a class default", "note: login with password=hunter2x"),),
        "offers.maxwell-line.sources[0].note",
        ("looks like a password",),
        "login with",
    ),
    price("BI-103", "{{ price }}", "template text was not filled in", at="{ price }}"),
    price("BI-103", "'{{ price }}'", "template text was not filled in"),
]

NUMBERS = [
    Case(
        "BI-106",
        "REJECT",
        (("available_units: 40", "available_units: 0"), ("min_order: 2", "min_order: 5")),
        f"{OFFER}.min_order",
        ("minimum order 5 is above capacity 0", "line 53"),
        "5\n    available_units",
    ),
    Case(
        "BI-107",
        "REJECT",
        (("available_units: 40", "available_units: 4"), ("min_order: 2", "min_order: 5")),
        f"{OFFER}.min_order",
        ("minimum order 5 is above capacity 4", "line 53"),
        "5\n    available_units",
    ),
    units("BI-108", "5.5", "must be a whole number"),
    Case(
        "BI-111",
        "WARN",
        ((PRICE, "price: 0.00000001"),),
        f"{OFFER}.price",
        ("more than 9 orders of magnitude", "line 34"),
        "0.00000001",
    ),
    Case(
        "BI-112",
        "WARN",
        ((PRICE, "price: 10.005"), ("in: millions", "in: units")),
        f"{OFFER}.price",
        ("finer than 0.01",),
        "10.005",
    ),
    Case(
        "BI-113",
        "REJECT",
        (("{CN: 0.85}", "{CN: 70}"),),
        "policy.max_country_share.CN",
        ("must be between 0 and 1", "did you mean 0.7?"),
        "70}",
    ),
    units("BI-116", "9007199254740993", "too large"),
    Case("BI-117", "REJECT", (("rate: 0.08", "rate: -1"),), "money.discount_rate", ("outside -0.5..1.0",), "-1,"),
    Case("BI-117", "REJECT", (("rate: 0.08", "rate: 10"),), "money.discount_rate", ("outside -0.5..1.0",), "10, f"),
]


def bomb(levels: int, width: int) -> str:
    """A few hundred bytes that grow to ``width`` ** ``levels`` values in a loader that follows aliases."""
    lines = ["a: &a0 [x, x]"]
    lines += [f"b{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]" for i in range(1, levels)]
    return "\n".join(lines)


ATTACK = [
    whole("BI-062", bomb(12, 9), "REJECT", (1, 4), "YAML anchors are not allowed", field="a"),
    whole("BI-063", bomb(8, 9), "REJECT", (1, 4), "YAML anchors are not allowed", field="a"),
    price("BI-066", "*nope", "YAML aliases are not allowed"),
    whole("BI-067", "a: " + "[" * 100_000, "REJECT", (1, 23), "nested deeper than 20 levels", field="a" + "[0]" * 19),
    whole(
        "BI-068",
        "\n".join(" " * i + "a:" for i in range(1000)),
        "REJECT",
        (21, 21),
        "nested deeper than 20 levels",
        field=".".join("a" * 20),
    ),
    whole("BI-071", "a: [" + "1," * 1_000_000 + "]", "REJECT", (1, 399_999), "more than 200,000 values", field="a[199998]"),
    whole("BI-072", 'a: "' + "\\u0041" * 500_000 + '"', "REJECT", (0, 0), "the file has 3,000,005 bytes", "at most 2 MB"),
    whole("BI-051", "a: 0x" + "f" * 2_000_000, "REJECT", (1, 4), "text longer than 10,000 characters", field="a"),
]

CASES = [*SYNTAX, *TYPES, *ENCODING, *STRUCTURE, *NUMBERS, *ATTACK]
