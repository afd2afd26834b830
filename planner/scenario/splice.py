"""Change values in a YAML text by cutting and inserting at their places: comments, order and spelling of the rest stay."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any, Final

from planner.errors import UsageError
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at
from planner.scenario.render import plain, render, render_key, render_lines
from planner.scenario.spans import Span, find_spans

DELETE: Final = type("Delete", (), {"__repr__": lambda _: "DELETE"})()
"""As the value of an edit: remove the key or the list item."""
APPEND: Final = -1
"""As the last part of a path: add the value at the end of the list."""
Edit = tuple[Path, Any]
Spans = dict[Path, Span]


def apply_edits(data: Any, edits: Sequence[Edit]) -> Any:
    """What the data must be after the edits; all paths mean the data before the first edit. Raises UsageError.

    Values are set first, then new items are added, then items are removed. The places to add to and to remove from are
    found before anything moves, so that this is right whatever order the text is cut in.
    """
    result = copy.deepcopy(data)
    edits = ordered(edits)
    for path, value in edits:
        if value is not DELETE and path[-1] != APPEND:
            _parent(result, path)[path[-1]] = plain(value)
    added = [(_list_at(result, path[:-1]), value) for path, value in edits if value is not DELETE and path[-1] == APPEND]
    gone = [(value_at(result, path[:-1]), path) for path, value in edits if value is DELETE]
    for path in (path for _, path in gone if value_at(result, path) is MISSING):
        raise UsageError(f"there is no {_told(path)} to delete")
    for held, value in added:
        held.append(plain(value))
    for held, path in sorted(gone, key=lambda found: _rank(found[1]), reverse=True):
        del held[path[-1]]
    return result


def ordered(edits: Sequence[Edit]) -> list[Edit]:
    """Edits in an order in which none moves the place of a later one: set, add, remove from the last to the first.

    Raises UsageError when one lies inside another or the path is empty.
    """
    if any(not path for path, _ in edits):
        raise UsageError("an edit names the whole document; name a field")
    appends = [e for e in edits if e[0][-1] == APPEND and e[1] is not DELETE]
    deletes = sorted((e for e in edits if e[1] is DELETE), key=lambda e: _rank(e[0]), reverse=True)
    sets = [e for e in edits if e[1] is not DELETE and e[0][-1] != APPEND]
    paths = [path for path, _ in (*sets, *deletes)]
    chosen, removed = set(paths), {path for path, _ in deletes}
    inside = any(path[:end] in chosen for path in paths for end in range(1, len(path)))
    lost = any(path[:end] in removed for path, _ in appends for end in range(1, len(path)))
    if len(chosen) < len(paths) or inside or lost:
        raise UsageError("two edits change the same field; make one of them")
    return [*sets, *appends, *deletes]


def _rank(path: Path) -> list[tuple[bool, str | int]]:
    """Sorts paths: items of a list in their order."""
    return [(isinstance(part, str), part) for part in path]


def _list_at(data: Any, path: Path) -> list[Any]:
    """The list at a path, made where there is nothing yet."""
    held = value_at(data, path)
    if held is MISSING or held is None:
        held = _parent(data, path)[path[-1]] = []
    if not isinstance(held, list):
        raise UsageError(f"{_told(path)} is not a list")
    return held


def _parent(data: Any, path: Path) -> Any:
    """The container that holds ``path``; missing maps on the way are made."""
    for depth, part in enumerate(path[:-1]):
        inner = value_at(data, (part,))
        if inner is MISSING or inner is None:
            if isinstance(part, int) or not isinstance(data, dict):
                raise UsageError(f"there is no {_told(path[: depth + 1])}")
            inner = data[part] = {}
        data = inner
    last = path[-1]
    if isinstance(data, dict) and isinstance(last, str):
        return data
    if isinstance(data, list) and isinstance(last, int) and 0 <= last < len(data):
        return data
    raise UsageError(f"{_told(path[:-1])} has no {last}: it is a single value, set the whole field")


def _told(path: Path) -> str:
    return ".".join(map(str, path)) or "document"


def splice(text: str, data: Any, edits: Sequence[Edit], newline: str) -> str:
    """The text after the edits. ``data`` is what the text says; an edit to the same value leaves the text alone."""
    spans = find_spans(text)
    cuts: list[tuple[int, int, str]] = []
    rest: list[Edit] = []
    for path, value in ordered(edits):
        span = spans.get(path)
        if value is not DELETE and _same(value_at(data, path), value):
            continue
        if (
            span
            and span.kind == "scalar"
            and span.end > span.start
            and value is not DELETE
            and not isinstance(value, dict | list)
        ):
            cuts.append((span.start, span.end, render(plain(value), span.style)))
        else:
            rest.append((path, value))
    for start, end, new in sorted(cuts, reverse=True):
        text = text[:start] + new + text[end:]
    for path, value in rest:
        text = _restructure(text, path, value, newline)
    return text


def _same(old: Any, value: Any) -> bool:
    new = plain(value)
    return type(old) is type(new) and bool(old == new)


def _restructure(text: str, path: Path, value: Any, newline: str) -> str:
    spans = find_spans(text)
    if value is DELETE:
        return _remove(text, spans, path)
    if path[-1] == APPEND:
        path = path[:-1]
        if path in spans and spans[path].kind == "list":
            return _add(text, spans, path, "", plain(value), newline)
        value = [value]
    while path not in spans and path[:-1] not in spans:
        path, value = path[:-1], {path[-1]: value}
    if path in spans:
        return _replace(text, spans, path, render(plain(value)))
    if _is_empty(spans[path[:-1]]):
        return _replace(text, spans, path[:-1], render({str(path[-1]): plain(value)}))
    return _add(text, spans, path[:-1], str(path[-1]), plain(value), newline)


def _is_empty(span: Span) -> bool:
    return span.kind == "scalar"


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _line_end(text: str, index: int) -> int:
    """The end of the line, before its line break."""
    found = re.compile(r"[\r\n]").search(text, index)
    return found.start() if found else len(text)


def _next_line(text: str, index: int) -> int:
    found = re.compile(r"\r\n|\r|\n").search(text, index)
    return found.end() if found else len(text)


def _replace(text: str, spans: Spans, path: Path, new: str) -> str:
    """Put one line in the place of a value; below its key, its further lines go with their comments."""
    span = spans[path]
    if span.start == span.end:  # 'key:' with nothing behind it
        colon = text.index(":", span.key_end) + 1 if span.key_end >= 0 else span.end
        return f"{text[:colon]} {new}{text[colon:]}"
    if span.key_end >= 0 and not span.flow and _line_start(text, span.start) > span.key_end:
        colon = text.index(":", span.key_end) + 1
        end = _line_end(text, span.end)
        return f"{text[:colon]} {new}{text[colon : _line_end(text, colon)]}{text[end:]}"
    return text[: span.start] + new + text[span.end :]


def _remove(text: str, spans: Spans, path: Path) -> str:
    parent, span = spans[path[:-1]], spans[path]
    index = parent.children.index(path[-1])
    if len(parent.children) == 1:
        return _replace(text, spans, path[:-1], "{}" if parent.kind == "map" else "[]")
    if parent.flow:
        return _remove_from_line(text, spans, path[:-1], index)
    first = _dash(text, spans, path, index) if parent.kind == "list" else span.first
    start = _line_start(text, first)
    if text[start:first].strip():  # the first part behind a dash: the next one takes its place
        following = (*path[:-1], parent.children[index + 1])
        return (
            text[:first] + text[_dash(text, spans, following, index + 1) if parent.kind == "list" else spans[following].first :]
        )
    return text[:start] + text[_next_line(text, max(span.end, span.key_end)) :]


def _dash(text: str, spans: Spans, path: Path, index: int) -> int:
    """The dash of a list item: the first one in the column of the list, after the item before."""
    parent = spans[path[:-1]]
    column = parent.start - _line_start(text, parent.start)
    begin = _line_start(text, spans[path].first)
    floor = spans[(*path[:-1], index - 1)].end if index else parent.start
    while text[begin + column : begin + column + 1] != "-" and begin > floor:
        begin = _line_start(text, begin - 1)
    return begin + column


def _remove_from_line(text: str, spans: Spans, container: Path, index: int) -> str:
    """Take one part out of ``{..}`` or ``[..]`` with the comma behind it, or the one before if it is the last."""
    parent = spans[container]
    span = spans[(*container, parent.children[index])]
    if index + 1 < len(parent.children):
        following = spans[(*container, parent.children[index + 1])].first
        comma = text.index(",", span.end)
        gap = len(text[comma + 1 : following]) - len(text[comma + 1 : following].lstrip(" "))
        return text[: span.first] + text[comma + 1 + gap :]
    before = spans[(*container, parent.children[index - 1])]
    comma = text.index(",", before.end)
    between = text[comma + 1 : span.first]
    return text[:comma] + (between if between.strip() or "\n" in between else "") + text[max(span.end, span.key_end) :]


def _add(text: str, spans: Spans, container: Path, key: str, value: Any, newline: str) -> str:
    """Add a key (or, without one, an item) after the last part of a map or list."""
    parent = spans[container]
    if parent.flow:
        entry = f"{render_key(key)}: {render(value)}" if key else render(value)
        if not parent.children:
            return text[: parent.start + 1] + entry + text[parent.start + 1 :]
        last = spans[(*container, parent.children[-1])]
        return f"{text[: max(last.end, last.key_end)]}, {entry}{text[max(last.end, last.key_end) :]}"
    last = spans[(*container, parent.children[-1])]
    indent = " " * (parent.start - _line_start(text, parent.start))
    lines = _entry(key, value) if key else _item(value, last.flow)
    end = _line_end(text, max(last.end, last.key_end))
    return text[:end] + "".join(newline + indent + line for line in lines) + text[end:]


def _entry(key: str, value: Any) -> list[str]:
    """``key: value``; a list of maps stands below its key, one map to a line."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [f"{render_key(key)}:", *(f"  {line}" for line in render_lines(value))]
    return [f"{render_key(key)}: {render(value)}"]


def _item(value: Any, one_line: bool) -> list[str]:
    lines = [render(value)] if one_line or not isinstance(value, dict) else render_lines(value)
    return [("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]
