"""Indentation of block maps and lists: two spaces per level. Lines inside a text or brackets move with the first line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.scenario.yaml_events import PARSER

STEP = 2
_FLOW_STARTS = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_FLOW_ENDS = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


@dataclass(frozen=True, slots=True)
class _Block:
    """An open block map or list and the column it gets. ``bare``: a list in the column of its key, which no token opens."""

    wanted: int
    is_map: bool
    bare: bool = False


@dataclass(slots=True)
class _Line:
    """What begins on one line, as (column now, column wanted), from left to right; ``inside``: a text or bracket goes on."""

    begins: list[tuple[int, int]] = field(default_factory=list)
    inside: bool = False


def indented(text: str) -> str:
    """The text with every block in its column. Line ends must be LF; the caller reads the result again."""
    lines = text.split("\n")
    found = _find_lines(text, len(lines))
    result, shift = [], 0
    for number, line in enumerate(lines):
        about = found[number]
        if about.begins:
            result.append(_placed(line, about.begins))
            shift = about.begins[-1][1] - about.begins[-1][0]
        elif line.lstrip(" ").startswith("#") and not about.inside:
            result.append(_moved(line, _comment_shift(_width(line), number, found, shift)))
        else:
            result.append(_moved(line, shift) if line.strip() else line)
    return "\n".join(result)


def _find_lines(text: str, count: int) -> list[_Line]:
    """What begins on each line."""
    found = [_Line() for _ in range(count)]
    stack: list[_Block] = []
    opened: list[int] = []
    for token in yaml.scan(text, Loader=PARSER):
        first, end = token.start_mark.line, token.end_mark
        if isinstance(token, _FLOW_STARTS):
            opened.append(first)
        elif isinstance(token, _FLOW_ENDS):
            first = opened.pop()
        elif not opened:
            _follow(token, stack, found[first])
        for line in range(first + 1, min(end.line + (end.column > 0), count)):
            found[line].inside = True
    return found


def _follow(token: Any, stack: list[_Block], line: _Line) -> None:
    """Keep the stack of open blocks, and note where a key or a dash begins."""
    inner = stack[-1].wanted + STEP if stack else 0
    if isinstance(token, yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken):
        stack.append(_Block(inner, isinstance(token, yaml.BlockMappingStartToken)))
    elif isinstance(token, yaml.BlockEndToken):
        if stack.pop().bare:
            stack.pop()
    elif isinstance(token, yaml.BlockEntryToken):
        if stack[-1].is_map:
            stack.append(_Block(inner, is_map=False, bare=True))
        line.begins.append((token.start_mark.column, stack[-1].wanted))
    elif isinstance(token, yaml.KeyToken):
        if stack[-1].bare:
            stack.pop()
        line.begins.append((token.start_mark.column, stack[-1].wanted))


def _placed(line: str, begins: list[tuple[int, int]]) -> str:
    """The line with each of its beginnings in its column; one space behind a dash."""
    laid = ""
    for (column, wanted), (following, _) in zip(begins, [*begins[1:], (len(line), 0)], strict=True):
        laid = laid.rstrip(" ").ljust(wanted) + re.sub(r"^- +", "- ", line[column:following])
    return laid


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _moved(line: str, shift: int) -> str:
    """The line with more or fewer spaces before it, as far as there are some."""
    return " " * max(_width(line) + shift, 0) + line.lstrip(" ")


def _comment_shift(column: int, number: int, found: list[_Line], shift: int) -> int:
    """A comment moves with the next line, or else the nearest line above, that begins something in its column."""
    below = next((line for line in found[number + 1 :] if line.begins), None)
    for line in [*([below] if below else []), *reversed(found[:number])]:
        for now, wanted in line.begins:
            if now == column:
                return wanted - now
    return shift
