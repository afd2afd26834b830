"""One layout for every scenario file: two people's editors must not make differences where nobody changed anything.

The layout: UTF-8 without byte-order mark, LF line ends, no spaces at line ends, spaces instead of tabs, no empty line at the
start and one at most elsewhere, one line break at the end, two spaces per level, lists one level in. Words, quotes, numbers,
comments and their order stay as they are. Each step is read again; one that would change a value or a comment is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from planner.errors import BadInput
from planner.scenario.indenting import indented
from planner.scenario.store import same_data
from planner.scenario.yaml_events import PARSER, parse_yaml

MOST_ROUNDS = 4
"""One step may make room for another; in practice the second round changes nothing."""
_BREAK = re.compile(r"\r\n?")
_GAP = re.compile(r"[ \t]*\t[ \t]*")


def canonical_text(text: str) -> str:
    """The text in the common layout; what is in it already comes back as it is. Raises BadInput for what cannot be read."""
    steps = (_with_line_feeds, _without_tabs, _without_trailing_spaces, _with_few_empty_lines, indented)
    data, comments = _read(text), list(_comments(text))
    for _ in range(MOST_ROUNDS):
        before = text
        for step in steps:
            laid = step(text)
            if laid != text and _says(laid, data, comments):
                text = laid
        if text == before:
            break
    return text


def _says(text: str, data: Any, comments: list[str]) -> bool:
    """Whether the text can be read and has this data and these comments."""
    try:
        return same_data(_read(text), data) and list(_comments(text)) == comments
    except BadInput:
        return False


def _read(text: str) -> Any:
    parsed = parse_yaml(text, "scenario")
    if parsed.complaints:
        raise BadInput(parsed.findings())
    return parsed.data


def _scalars(text: str) -> list[tuple[int, int]]:
    """Where keys and values begin and end, in their order, quotes included."""
    return [_place(event) for event in yaml.parse(text, Loader=PARSER) if isinstance(event, yaml.ScalarEvent)]


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _between(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between keys and values: signs, spaces, line ends and comments."""
    begin = 0
    for start, end in _scalars(text):
        yield begin, start
        begin = end
    yield begin, len(text)


def _comments(text: str) -> Iterator[str]:
    """Every comment, without the spaces at its end."""
    for start, end in _between(text):
        for line in re.split(r"[\r\n]", text[start:end]):
            _, sign, words = line.partition("#")
            if sign:
                yield words.rstrip()


def _with_line_feeds(text: str) -> str:
    return _BREAK.sub("\n", text)


def _without_tabs(text: str) -> str:
    """Tabs between values become one space; those in text and in comments stay."""
    return _changed(text, lambda part: "\n".join(map(_tabless, part.split("\n"))))


def _tabless(line: str) -> str:
    signs, sign, words = line.partition("#")
    return _GAP.sub(" ", signs) + sign + words


def _without_trailing_spaces(text: str) -> str:
    laid = _changed(text, lambda part: re.sub(r"[ \t]+(?=\n)", "", part))
    return laid.rstrip(" \t") if _scalars(text)[-1][1] < len(text) else laid


def _with_few_empty_lines(text: str) -> str:
    laid = _changed(text, lambda part: re.sub(r"\n{3,}", "\n\n", part))
    return laid.lstrip("\n").rstrip("\n") + "\n"


def _changed(text: str, change: Callable[[str], str]) -> str:
    """The text with every stretch between its values changed."""
    parts, begin = [], 0
    for start, end in _between(text):
        parts += [text[begin:start], change(text[start:end])]
        begin = end
    return "".join(parts)
