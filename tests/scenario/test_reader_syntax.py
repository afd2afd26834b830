"""Broken YAML in words a person can act on, alike from libyaml and from pure Python."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from planner.errors import BadInput
from planner.scenario.characters import decode_text, find_invisible, place_in, visible
from planner.scenario.yaml_events import DEEPEST, PARSER, parse_yaml

PARSERS = [PARSER, yaml.SafeLoader]


def complaint(text: str, parser: Any = PARSER) -> str:
    try:
        findings = parse_yaml(text, "f", parser).findings()
    except BadInput as error:
        findings = error.findings
    return "\n".join(map(str, findings))


@pytest.mark.parametrize("parser", PARSERS, ids=["libyaml", "pure"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a:\n\tb: 1", "f:2:1 a.b is b: 1; tab found where spaces are required - replace the tab by two spaces"),
        ("price:10\ncap: 5", "f:1:1 price is price:10; no space after the colon in line 1 - write price: 10"),
        ("price:10\n# why\n\ncap: 5", "f:1:1 price is price:10; no space after the colon in line 1 - write price: 10"),
        ("price:10", "write price: 10 (a space after the colon)"),
        ("a:\n  - id: x\n    price:10\n  - id: y", "f:3:5 a.x.price is price:10; no space"),
        (
            "note: Phase 2: south",
            "f:1:14 note is : south; mapping values are not allowed here: a second colon in one line - quote the text",
        ),
        (
            "a: 1\n  b: 2",
            "f:2:3 b is b: 2; mapping values are not allowed here: the line is indented too far - begin it in the column",
        ),
        ("a:\n  b: 1\n c: 2", "f:3:2 c is c: 2; the line does not line up"),
        ("a:\n  - 1\n b: 2", "f:3:2 b is b: 2; the line does not line up"),
        ('a: "x\nb: 1\n', 'f:1:4 a is "x; the quote opened here is never closed'),
        ('a: "x\nb: "y"\n', 'f:1:4 a is "x; the quote opened here runs on to line 2'),
        ("a: 'it's'", "f:1:8 a is s'; text behind a closed quote"),
        ('a: "\\q"', "a backslash in double quotes begins an escape"),
        ("a: @x", "f:1:4 a is @x; text may not begin with @ - quote the text"),
        ("a: `x`", "text may not begin with ` - quote the text"),
        ("a: %x", "text may not begin with %"),
        ("a: *x* y", "text may not begin with *"),
        ("a: &amp; x", "text may not begin with &"),
        ("a: [x] y", "f:1:8 a is y; text behind a closed bracket"),
        ("a: > text", "text may not stand behind | or >"),
        ("a: - b", "f:1:4 a is - b; - may not begin a value here"),
        ("a: 1\n}", "f:2:1 unexpected } - remove it"),
        ("a: {b: 1\nc: 2", "f:1:4 a is {b: 1; the { opened here is not closed with } before line 2"),
        ("a: [1, 2\nb: 3\n", "f:1:4 a is [1, 2; the [ opened here is not closed with ] before line 2"),
        ("a: {b: c: d}", "a comma or } is missing"),
        (": 5", "f:1:1 key is missing"),
        ("a: {: 5}", "f:1:5 a is : 5}; key is missing"),
        ("a: 1\nfoo\nb: 2", "f:2:1 a line without a colon"),
        ("? [1]\n: 3", "f:1:3 a key must be plain text"),
        ("a: {{ p }}", "f:1:5 a: template text was not filled in"),
        ("a: *x", "f:1:4 a is *x; YAML aliases are not allowed"),
        ("a: &b c", "f:1:4 a is &b; YAML anchors are not allowed"),
        ("a: &b [c]", "f:1:4 a is &b; YAML anchors are not allowed"),
        ("a: !!str c", "YAML tags are not allowed"),
        ("a: ! c", "YAML tags are not allowed"),
        ("a: !x {b: c}", "YAML tags are not allowed"),
        ("%TAG ! x\n---\na: 1", "YAML directives"),
        ("a: 1\n---\nb: 2", "f:2:1 a second document begins here"),
        ("a: {b: 1,000}", "f:1:10 a.000: key 000 must be text"),
        ("a: 1\nb: 2\na: 3", "f:3:1 a: given twice (first at line 1)"),
        ("~: 4", "f:1:1 key is missing"),
        ("- a", "top level must be a mapping"),
        ("a", "top level must be a mapping"),
        ("---\n", "f:1:1 the file is empty"),
    ],
)
def test_broken_yaml(text: str, says: str, parser: Any) -> None:
    assert says in complaint(text, parser)


def test_reading_goes_on_after_a_word_it_refuses() -> None:
    found = complaint("a: 010\nb: yes\n1: x\nc: {d: 1_0, d: 2}\ne: '{{ x }}'")
    assert [line.split(" ")[0] for line in found.splitlines()] == ["f:1:4", "f:2:4", "f:3:1", "f:4:8", "f:4:13", "f:5:4"]


def test_the_second_value_of_a_key_given_twice_leaves_the_first_and_its_place_alone() -> None:
    parsed = parse_yaml("a: {b: 1}\na:\n  b: [2, 3]\n  c: 010\n", "f")
    assert parsed.data == {"a": {"b": 1}}
    assert parsed.marks[("a", "b")] == ("f", 1, 8)
    assert parsed.keys[("a", "b")] == ("f", 1, 5)
    assert ("a", "c") not in parsed.marks
    assert "f:4:6 a.c" in complaint("a: {b: 1}\na:\n  b: [2, 3]\n  c: 010\n")


def test_places_of_missing_values_and_of_blocks_are_those_of_their_keys() -> None:
    parsed = parse_yaml("x: 1\na:\nb:\n  c: 2\nd:\n  - e: 3\nf:\n  [4]\n", "f")
    assert parsed.marks[("a",)][1:] == (2, 1)
    assert parsed.marks[("b",)][1:] == (3, 1)
    assert parsed.marks[("d",)][1:] == (5, 1)
    assert parsed.marks[("d", 0)][1:] == (6, 5)
    assert parsed.marks[("f",)][1:] == (8, 3)


def test_quoted_scalars_and_blocks_are_always_text() -> None:
    parsed = parse_yaml("a: '010'\nb: \"true\"\nc: |\n  5\nd: >-\n  yes\ne: ''\n", "f")
    assert parsed.data == {"a": "010", "b": "true", "c": "5\n", "d": "yes", "e": ""}
    assert not parsed.complaints


@pytest.mark.parametrize("depth", [DEEPEST - 1, DEEPEST])
def test_the_deepest_nesting_is_counted_from_the_whole_file(depth: int) -> None:
    text = "a: " + "[" * depth + "]" * depth
    assert ("nested deeper" in complaint(text)) == (depth == DEEPEST)


def test_too_many_keys_values_and_long_texts_are_refused() -> None:
    assert "more than 10,000 keys" in complaint("\n".join(f"k{i}: 1" for i in range(10_001)))
    assert "more than 200,000 values" in complaint("a: [" + "1," * 200_001 + "]")
    assert "text longer than 10,000 characters" in complaint("a: '" + "x" * 10_001 + "'")
    assert "text longer than 10,000 characters" in complaint("x" * 10_001 + ": 1")
    assert complaint("a: '" + "x" * 10_000 + "'") == ""


@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0085", "\u2028", "\U000e0041", "\u3164", "\x7f", "\x0c"]
)
def test_invisible_characters_are_refused_as_such_and_as_escapes(character: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode_text(f"a: 1\nb: x{character}y\n".encode(), "f")
    assert str(caught.value).startswith(f"f:2:5 invisible character U+{ord(character):04X}")
    escape = f"\\U{ord(character):08x}"
    assert "invisible character" in complaint(f'a: "x{escape}y"')
    assert "invisible character" in complaint(f'"x{escape}y": 1')
    assert character not in complaint(f'a: "x{escape}y"')


@pytest.mark.parametrize("text", ["  \u00a0a: 1", "a:\u00a01", "- \u3000a", "a: {b:\u20091}", "\u00a0"])
def test_wide_spaces_are_refused_where_they_would_change_the_structure(text: str) -> None:
    with pytest.raises(BadInput, match="invisible character"):
        decode_text(text.encode(), "f")


def test_wide_spaces_inside_text_are_text() -> None:
    assert decode_text("a: 5\u00a0% of\u3000all".encode(), "f") == "a: 5\u00a0% of\u3000all"
    assert "invisible character" in complaint("a\u00a0b: 1")


@pytest.mark.parametrize("text", ["👩‍🔧", "🏳️‍🌈", "é", "e\u0301", "迈为", "日本", "हिन्दी", "𠮷"])
def test_visible_text_of_any_script_passes(text: str) -> None:
    assert find_invisible(text) is None
    assert decode_text(f"a: {text}".encode(), "f") == f"a: {text}"


def test_a_joiner_outside_pictures_is_refused() -> None:
    assert find_invisible("pri\u200dce")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xff\xfea\x00", "f:1:1 the file is UTF-16"),
        ("a: 1".encode("utf-16-le"), "the file looks like UTF-16"),
        ("a: 1\nb: caf\xe9 x".encode("latin-1"), "f:2:7 the file is not UTF-8 (perhaps Windows-1252 or Latin-1)"),
        ("a: 1\nb: 東京都新宿区".encode("shift_jis"), "Shift JIS)"),
        ("b: 苏州迈为科技股份有限公司".encode("gbk"), "f:1:4 the file is not UTF-8 (perhaps GBK)"),
        ("a: 1\r\nb: ü".encode()[:-1], "f:2:4 the last character is cut off"),
        (b"a: \xed\xa0\x80", "the file is not UTF-8"),
        (b"a: \xc0\x80", "the file is not UTF-8"),
    ],
)
def test_other_encodings_are_refused_with_their_place(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode_text(raw, "f")
    assert says in str(caught.value)


def test_places_are_counted_alike_for_all_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"a{end}bc{end}{end}d"
        assert place_in(text, text.index("c")) == (2, 2)
        assert place_in(text, text.index("d")) == (4, 1)


def test_texts_in_messages_are_one_visible_line() -> None:
    assert visible("a\u202eb\n\tc") == "a<U+202E>b c"
