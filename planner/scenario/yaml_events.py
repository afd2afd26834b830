"""YAML text -> plain data with the place of every value, from parser events: nothing is built that was not asked for.

The loaders of PyYAML are not used: they recurse, follow aliases, build objects from tags, keep the last of two equal
keys and read ``NO`` as false. Reading is one flat loop over events with a stack of at most ``DEEPEST`` open containers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from planner.errors import BadInput
from planner.scenario.characters import WIDE_SPACE, find_invisible, visible
from planner.scenario.document import Mark, Path, field_name
from planner.scenario.findings import Finding
from planner.scenario.parsed import Parsed, StopReading
from planner.scenario.scalars import Refused, key_problem, read_plain, refuse_template
from planner.scenario.yaml_errors import explain_yaml_error, tight_colon

DEEPEST = 20
MOST_VALUES = 200_000
MOST_KEYS = 10_000
LONGEST_TEXT = 10_000
TOP_KEYS = "format, title, calendar, money, routes, sites, demand, suppliers, offers"
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml when it is there, else the same events from pure Python."""


@dataclass(slots=True)
class _Open:
    """A container being filled. ``key`` is the next key's text, None while a key is awaited; lists count instead.

    ``keep`` is false for the value of a key given twice, ``lost`` for a container inside such a value.
    """

    node: Any
    path: Path
    is_map: bool
    flow: bool
    begin: Mark
    key: str | None = None
    key_mark: Mark | None = None
    keep: bool = True
    lost: bool = False


def parse_yaml(text: str, file: str, parser: Any = PARSER) -> Parsed:
    """The data in ``text``; raises BadInput, with everything found so far, where reading cannot go on."""
    parsed = Parsed(file)
    stack: list[_Open] = []
    try:
        _read_events(text, parsed, stack, parser)
    except StopReading:
        raise BadInput(parsed.findings()) from None
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
        raise BadInput([*parsed.findings(), _in_field(explain_yaml_error(error, text, file), parsed, stack)]) from None
    return parsed


def _in_field(finding: Finding, parsed: Parsed, stack: list[_Open]) -> Finding:
    """The parser's complaint with its whole field: what is open there, which blocks further in are not."""
    around = [top for top in stack if _holds(top, finding)]
    if not around:
        return finding
    top = around[-1]
    path = (*top.path, top.key) if top.key else top.path if top.is_map else (*top.path, len(top.node))
    if finding.field and path[-1:] != (finding.field,) and not (top.key and _line(top.key_mark) == finding.line):
        path = (*path, finding.field)
    return replace(finding, field=visible(field_name(parsed.data, path)))


def _holds(top: _Open, finding: Finding) -> bool:
    """Whether the place of a finding is inside an open container: a block ends where the text is less far in."""
    if top.key and _line(top.key_mark) == finding.line:
        return True
    begin, place = (top.begin.line, top.begin.column), (finding.line, finding.column)
    return begin < place if top.flow else begin <= place and top.begin.column <= finding.column


def _line(mark: Mark | None) -> int:
    return mark.line if mark else 0


def _read_events(text: str, parsed: Parsed, stack: list[_Open], parser: Any) -> None:
    """One pass over the events; ``stack`` is the caller's, who names the open field when the syntax breaks."""
    file, count, documents = parsed.file, 0, 0
    events: Iterator[Any] = yaml.parse(text, Loader=parser)
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            count += 1
            _scalar(event, parsed, stack)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            count += 1
            _open(event, parsed, stack, kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
        elif kind is yaml.AliasEvent:
            mark = _mark(file, event)
            _stop(parsed, _here(stack), mark, f"*{event.anchor}", "YAML aliases are not allowed", "quote it if it is text")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            _document(event, documents, parsed)
        if count > MOST_VALUES:
            _stop(
                parsed,
                _here(stack),
                _mark(file, event),
                "",
                f"the file holds more than {MOST_VALUES:,} values",
                "make it smaller",
            )
    _check_top(parsed)


def _check_top(parsed: Parsed) -> None:
    mark = Mark(parsed.file, 1, 1)
    if parsed.data is None:
        _stop(parsed, (), mark, "", "the file is empty", "write a scenario: format: 1, title, calendar and so on")
    if not isinstance(parsed.data, dict):
        fix = tight_colon(str(parsed.data)) or "write key: value lines"
        _stop(parsed, (), mark, "", f"top level must be a mapping with keys {TOP_KEYS}", fix)


def _document(event: Any, documents: int, parsed: Parsed) -> None:
    mark = _mark(parsed.file, event)
    if documents > 1:
        _stop(parsed, (), mark, "", "a second document begins here; a file holds one scenario", "remove the line ---")
    if event.version or event.tags:
        _stop(parsed, (), mark, "", "YAML directives (%YAML, %TAG) are not allowed", "remove the line")


def _scalar(event: Any, parsed: Parsed, stack: list[_Open]) -> None:
    top = stack[-1] if stack else None
    text, mark = event.value, _mark(parsed.file, event)
    if event.tag is not None or event.anchor is not None or len(text) > LONGEST_TEXT:
        _forbidden(event, parsed, _here(stack), mark)
    if top is not None and top.is_map and top.key is None:
        _key(event, mark, parsed, top)
        return
    value: Any = text
    if not event.style:
        value = read_plain(text, (top.key or "") if top is not None else "")
        if not text and top is not None and top.key_mark is not None:
            mark = top.key_mark
    elif event.style == '"' and (hidden := find_invisible(text)):
        value = Refused(text, hidden, "visible characters", "delete it")
    elif "{" in text:
        value = refuse_template(text) or text
    path = _put(value, mark, parsed, top)
    if type(value) is Refused:
        parsed.refused[path] = mark
        parsed.complain(path, mark, value)


def _key(event: Any, mark: Mark, parsed: Parsed, top: _Open) -> None:
    """Take a key; a bad one is kept as text, so that what stands below it is read and judged too."""
    text = event.value
    path = (*top.path, text)
    top.key, top.key_mark, top.keep = text, mark, True
    if not event.style and text == "<<":
        _stop(parsed, top.path, mark, "<<", "merge keys are not allowed", "write the values out, or use extends and changes")
    if len(top.node) >= MOST_KEYS:
        _stop(parsed, top.path, mark, "", f"more than {MOST_KEYS:,} keys in one mapping", "make it smaller")
    if text in top.node:
        first = parsed.keys.get(path, mark).line
        parsed.complain(path, mark, Refused("", f"given twice (first at line {first})", "each key once", "remove one of the two"))
        top.keep = False
    elif bad := _bad_key(text, event.style, top.flow):
        parsed.complain(path if text not in ("", "~") else top.path, mark, bad)
        parsed.refused[path] = mark
    if top.keep and not top.lost:
        parsed.keys[path] = mark


def _bad_key(text: str, style: str | None, flow: bool) -> Refused | None:
    if not style and text in ("", "~"):
        return Refused("", "key is missing", "a key before the colon", "write the key")
    if not style and (problem := key_problem(text)):
        fix = "quote it if it is a name"
        if flow and text.isdigit():
            fix = "a comma separates entries here; thousands separators and decimal commas are not allowed"
        return Refused(text, problem, "text, or a period such as 2026-Q1", fix)
    if style or not text.isascii():
        hidden = find_invisible(text) or ("invisible character" if WIDE_SPACE.search(text) else "")
        return Refused(text, f"the key has an {hidden}", "visible characters", "delete it") if hidden else None
    return None


def _open(event: Any, parsed: Parsed, stack: list[_Open], is_map: bool) -> None:
    mark, top = _mark(parsed.file, event), stack[-1] if stack else None
    if event.tag is not None or event.anchor is not None:
        _forbidden(event, parsed, _here(stack), mark)
    if len(stack) >= DEEPEST:
        _stop(parsed, _here(stack), mark, "", f"nested deeper than {DEEPEST} levels", "flatten it")
    if top is not None and top.is_map and top.key is None:
        if top.flow and is_map and event.flow_style:
            _stop(
                parsed,
                top.path,
                mark,
                "",
                "template text was not filled in",
                "fill in the value, or quote text that begins with {",
            )
        _stop(parsed, top.path, mark, "", "a key must be plain text", "write a word before the colon")
    node: Any = {} if is_map else []
    # A block begins on the line below its key: the key is what a person looks for.
    shown = top.key_mark if top is not None and top.key_mark is not None and not event.flow_style else mark
    path = _put(node, shown, parsed, top)
    lost = top is not None and (top.lost or not top.keep)
    stack.append(_Open(node, path, is_map, bool(event.flow_style), mark, lost=lost))


def _put(value: Any, mark: Mark, parsed: Parsed, top: _Open | None) -> Path:
    """Store a value in the open container; the second value of a key given twice is read but not kept."""
    if top is None:
        parsed.data = value
        return ()
    if not top.is_map:
        path: Path = (*top.path, len(top.node))
        top.node.append(value)
        if not top.lost:
            parsed.marks[path] = mark
        return path
    path = (*top.path, top.key or "")
    if top.keep:
        top.node[top.key] = value
        if not top.lost:
            parsed.marks[path] = mark
    top.key = top.key_mark = None
    return path


def _forbidden(event: Any, parsed: Parsed, path: Path, mark: Mark) -> None:
    """Refuse anchors, tags and overlong text; each ends the reading."""
    if event.anchor is not None:
        _stop(parsed, path, mark, f"&{event.anchor}", "YAML anchors are not allowed", "quote it if it is text")
    if event.tag is not None:
        _stop(
            parsed,
            path,
            mark,
            str(event.tag),
            "YAML tags are not allowed",
            "remove the tag, or quote the text if it begins with !",
        )
    problem = f"text longer than {LONGEST_TEXT:,} characters"
    _stop(parsed, path, mark, event.value[:100], problem, "shorten it")


def _stop(parsed: Parsed, path: Path, mark: Mark, text: str, problem: str, fix: str) -> None:
    parsed.complain(path, mark, Refused(text, problem, "", fix))
    raise StopReading


def _here(stack: list[_Open]) -> Path:
    if not stack:
        return ()
    top = stack[-1]
    return (*top.path, top.key) if top.key is not None else top.path if top.is_map else (*top.path, len(top.node))


def _mark(file: str, event: Any) -> Mark:
    return Mark(file, event.start_mark.line + 1, event.start_mark.column + 1)
