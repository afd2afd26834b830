"""What the YAML parser trips over, in words a person can act on: where it began, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

import yaml

from planner.scenario.characters import visible
from planner.scenario.check_names import SECRET
from planner.scenario.findings import Finding, cut

_BREAKS = re.compile(r"\r\n|\r|\n")
_TIGHT = re.compile(r"^[\s\-]*(?P<key>\w[\w.-]*):(?P<value>[^\s:/\\][^:]*?)\s*$")
_KEYED = re.compile(r"^[\s\-]*(?P<key>[\w.-]+):\s")
_JUST_BEFORE = re.compile(r"(?P<key>[\w.-]+):\s+$")
QUOTE = "quote the text"


def explain_yaml_error(error: yaml.MarkedYAMLError | yaml.reader.ReaderError, text: str, file: str) -> Finding:
    """The finding for the parser's ``error``; its field is only the key on the line, the reader knows what it is in."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Finding(file, 1, 1, "", "", "this is not YAML", "", "check the text for unusual characters")
    lines = [*_BREAKS.split(text), ""]
    line, column, problem, fix = _explain(error, lines)
    here = lines[line]
    keyed = _JUST_BEFORE.search(here[:column]) or _KEYED.match(here) or _TIGHT.match(here)
    value = cut(visible(here[column:]))
    if SECRET.search(here):
        value, fix = "", "correct the line"
    return Finding(file, line + 1, column + 1, keyed["key"] if keyed else "", value, problem, "", fix)


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str, str]:
    """Line and column (from 0), problem and fix."""
    mark: Any = error.problem_mark
    begun: Any = error.context_mark or mark
    problem, context = error.problem or "", error.context or ""
    line, column = mark.line, mark.column
    here = lines[line]
    at = here[column : column + 1]
    if "\t" in (at, *here[:column][:1]) and not here[:column].strip():
        return line, here.index("\t"), "tab found where spaces are required", "replace the tab by two spaces"
    if "values are not allowed" in problem:
        return _second_colon(line, column, lines)
    if "could not find expected ':'" in problem:
        return _no_colon(begun, lines)
    if "quoted scalar" in context and "end of stream" in problem:
        return begun.line, begun.column, "the quote opened here is never closed", "close the quote"
    if "escape" in problem:
        return line, column, "a backslash in double quotes begins an escape", "use single quotes, or write \\\\"
    if "flow" in context:
        return _open_bracket(begun, line, column, lines)
    if "cannot start any token" in problem or "alias" in context or "anchor" in context or "tag" in context:
        sign = lines[begun.line][begun.column : begun.column + 1]
        return begun.line, begun.column, f"text may not begin with {sign}", QUOTE
    if "block scalar" in context:
        return begun.line, begun.column, "text may not stand behind | or > on the same line", QUOTE
    return _misplaced(line, column, lines, here)


def _second_colon(line: int, column: int, lines: list[str]) -> tuple[int, int, str, str]:
    """A colon where none can stand: no space after an earlier one, two on one line, or a line too far in."""
    before = _line_above(line, lines)
    if before is not None and (tight := _TIGHT.match(lines[before])):
        return _tight(before, tight)
    keyed = _KEYED.match(lines[line])
    if keyed and keyed.end() <= column:
        return line, column, "mapping values are not allowed here: a second colon in one line", QUOTE
    fix = (
        "line it up with its neighbours"
        if before is None
        else f"begin it in the column of line {before + 1}, or give that line no value"
    )
    begin = len(lines[line]) - len(lines[line].lstrip())
    return line, begin, "mapping values are not allowed here: the line is indented too far", fix


def _line_above(line: int, lines: list[str]) -> int | None:
    """The nearest line above that says something."""
    return next((i for i in range(line - 1, -1, -1) if lines[i].strip() and not lines[i].lstrip().startswith("#")), None)


def tight_colon(text: str) -> str:
    """The cure for ``price:10`` written without a space; empty when the text is something else."""
    found = _TIGHT.match(text.partition("\n")[0])
    return f"write {found['key']}: {cut(found['value'])} (a space after the colon)" if found else ""


def _tight(line: int, found: re.Match[str]) -> tuple[int, int, str, str]:
    return line, found.start("key"), f"no space after the colon in line {line + 1}", tight_colon(found[0])


def _no_colon(begun: Any, lines: list[str]) -> tuple[int, int, str, str]:
    if tight := _TIGHT.match(lines[begun.line]):
        return _tight(begun.line, tight)
    return begun.line, begun.column, "a line without a colon", "write key: value, or indent it under the text it continues"


def _open_bracket(begun: Any, line: int, column: int, lines: list[str]) -> tuple[int, int, str, str]:
    bracket = lines[begun.line][begun.column : begun.column + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "a closing bracket")
    if lines[line][column : column + 1] == ":" and lines[line][:column].rstrip()[-1:] in "{[,":
        return line, column, "key is missing", "write the key before the colon"
    if line > begun.line:
        problem = f"the {bracket} opened here is not closed with {closing} before line {line + 1}, or a comma is missing"
        return begun.line, begun.column, problem, f"write {closing}, or a comma between entries"
    return line, column, f"a comma or {closing} is missing", f"write a comma or {closing}, or quote text that holds signs"


def _misplaced(line: int, column: int, lines: list[str], here: str) -> tuple[int, int, str, str]:
    """Something stands where the next key of a block was expected."""
    before = here[:column].rstrip()
    at = here[column : column + 1]
    if at == ":":
        return line, column, "key is missing", "write the key before the colon"
    if before.endswith(("'", '"')):
        opened = _opening_line(line, before[-1], here[: len(before)], lines)
        if opened is not None:
            return (
                opened,
                lines[opened].rindex(before[-1]),
                f"the quote opened here runs on to line {line + 1}",
                "close the quote",
            )
        return line, column, "text behind a closed quote", "quote the whole text, and write a quote inside it twice"
    if before.endswith(("]", "}")):
        return line, column, "text behind a closed bracket", QUOTE
    if before and before[-1:] in ":-" and at in "-?":
        return line, column, f"{at} may not begin a value here", "begin the list on a line of its own, or quote the text"
    if before and at:
        return line, column, "unexpected text", QUOTE
    if at in "]},":
        return line, column, f"unexpected {at}", "remove it"
    above = _line_above(line, lines)
    if above is not None and (tight := _TIGHT.match(lines[above])):
        return _tight(above, tight)
    return line, column, "the line does not line up with the lines above", "indent it like its neighbours (spaces only)"


def _opening_line(line: int, quote: str, before: str, lines: list[str]) -> int | None:
    """The line of a quote that was left open, when the quote that ends just before the error began further up."""
    if before.count(quote) % 2 == 0:
        return None
    return next((i for i in range(line - 1, -1, -1) if lines[i].count(quote) % 2), None)
